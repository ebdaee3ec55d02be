"""A sheet of a workbook in plain data: its columns, its rows and how it is read and printed.

`told` pairs a column with what stands in it, so that heads and cells cannot drift apart; `filled`
turns such pairs and the things they speak of into a sheet.
`planbook.produce.downloads.book_xlsx` writes it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = {  # how Excel prints a column
    "text": "@",
    "value": "",  # by the indicator's decimals
    "share": "0.0%",
    "ratio": "0.00",
    "yoy": "0.0",
    "count": "0",
}


def could_run(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula, which begins with ``= + - @``.

    White space and characters without width before it do not count, and their full-width, small
    and raised kin are the same character: some programs and input methods make them so. A tab or a
    line's end in front is enough, since some programs part cells there.
    """
    if text.startswith(("\t", "\r", "\n")):
        return True
    for character in text:
        if not character.isspace() and unicodedata.category(character)[0] != "C":
            return unicodedata.normalize("NFKC", character)[0] in "=+-@"
    return False


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its head, width in characters, and a key of `KINDS`."""

    head: str
    width: int
    kind: str = "text"


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    `frozen` columns stay when it is scrolled sideways; the first `printed` ones are printed, since
    all of them would be too small to read on A4.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""
    frozen: int = 0
    printed: int = 0  # 0: all
    filtered: bool = True


@dataclass(frozen=True)
class Told:
    """A column, and what stands in it for each thing that has a row.

    A cell is text, a number, the pair of a number and its decimals, or ``None``.
    """

    column: Column
    of: Callable[[Any], Any]


def told(head: str, width: int, of: Callable[[Any], Any], kind: str = "text") -> Told:
    """Return a column with what stands in it; text is the text of a word, a period, an edition."""
    said = (lambda item: str(of(item) or "")) if kind == "text" else of
    return Told(Column(head, width, kind), said)


def filled(
    name: str,
    title: str,
    columns: Sequence[Told],
    items: Iterable[Any],
    note: str = "",
    *,
    frozen: int = 0,
    printed: int = 0,
    filtered: bool = True,
) -> Sheet:
    """Return a sheet with a row for each item."""
    heads = tuple(column.column for column in columns)
    rows = tuple(tuple(column.of(item) for column in columns) for item in items)
    return Sheet(name, title, heads, rows, note, frozen, printed, filtered)
