"""A sheet of a workbook in plain data: what its rows speak of, and how it is read and printed.

A column says what stands in it, so that heads and cells cannot drift apart.
`planbook.produce.downloads.book_xlsx` writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = {  # how Excel prints a column
    "text": "@",
    "value": "",  # by the indicator's decimals
    "share": "0.0%",
    "percent": "0%",
    "ratio": "0.00",
    "part": "0.0000",
    "yoy": "0.0",
    "count": "0",
}


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its head, width in characters, what stands in it, a key of `KINDS`.

    A cell is text, a number, the pair of a number and its decimals, or ``None``.
    """

    head: str
    width: int
    of: Callable[[Any], Any]
    kind: str


def told(head: str, width: int, of: Callable[[Any], Any], kind: str = "text") -> Column:
    """Return a column; its text is the text of a word, a period, an edition."""
    said = (lambda item: str(of(item) or "")) if kind == "text" else of
    return Column(head, width, said, kind)


@dataclass(frozen=True)
class Sheet:
    """A sheet: a row for each item.

    `frozen` columns stay when it is scrolled sideways; the first `printed` ones are printed, since
    all of them would be too small to read on A4.
    """

    name: str
    title: str
    columns: Sequence[Column]
    items: Sequence[Any]
    note: str = ""
    frozen: int = 0
    printed: int = 0  # 0: all
    filtered: bool = True
    poster: bool = False  # printed on A3, to be hung up
    large: bool = False  # few rows, read from some way off
    urgent: str = ""  # the word by which a cell stands out

    def makes_urgent(self, text: str) -> bool:
        """Whether a cell of this text stands out; its words say the same without a colour."""
        return bool(self.urgent) and self.urgent in text
