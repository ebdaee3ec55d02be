"""Rows of a list, in columns on the terminal."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planbook.collect.feedback.findings_report import printable

_GAP, _INDENT = 2, 4  # between columns, and in front of a text on lines of its own
_READABLE = 24  # columns, twelve characters of Chinese, below which no text is folded beside a row


def print_rows(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows below their headings; or nothing.

    The last column is folded to what room is left. Where that is hardly any, its text stands below
    the row instead; nothing is cut off.
    """
    if not rows:
        return
    console = Console(highlight=False, markup=False)
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(headings, *shown, strict=True)]
    left = console.width - sum(width + _GAP for width in widths[:-1])
    if left >= min(_READABLE, widths[-1]):
        print_table(headings, shown, folded=(len(headings) - 1,))
        return
    for *cells, text in (headings, *shown):
        aligned = (set_cell_size(cell, n + _GAP) for cell, n in zip(cells, widths, strict=False))
        console.print(Text("".join(aligned).rstrip()), soft_wrap=True)
        console.print(Padding(Text(text), (0, 0, 0, _INDENT)))


def print_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, folded: Collection[int]
) -> None:
    """Print rows below their headings, some columns folded to what room the others leave.

    Parameters
    ----------
    rows
        A cell may have several lines.
    folded
        Numbers of columns, from 0.
    """
    table = Table(box=None, pad_edge=False)
    for number, heading in enumerate(headings):
        if number in folded:
            table.add_column(heading, overflow="fold", min_width=cell_len(heading))
        else:
            table.add_column(heading, no_wrap=True)
    for row in rows:
        table.add_row(*(Text("\n".join(map(printable, cell.split("\n")))) for cell in row))
    Console(highlight=False, markup=False).print(table)
