"""Rows of a list, in columns on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from planbook.collect.feedback.findings_report import printable


def print_rows(headings: Sequence[str], rows: Sequence[Sequence[str]], *, folding: int = 1) -> None:
    """Print rows below their headings, the last `folding` columns in what room is left; or nothing.

    A cell may have several lines.
    """
    if not rows:
        return
    table = Table(box=None, pad_edge=False)
    kept = len(headings) - folding
    for heading in headings[:kept]:
        table.add_column(heading, no_wrap=True)
    for heading in headings[kept:]:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text("\n".join(map(printable, cell.split("\n")))) for cell in row))
    Console(highlight=False, markup=False).print(table)
