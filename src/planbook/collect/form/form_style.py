"""How our workbooks look: colours and fonts, for the template and for the feedback alike.

Yellow is to be filled in, grey is for reference. The font comes with every Windows, whether Excel
or WPS is installed; elsewhere a sans of the same width takes its place.
"""

from __future__ import annotations

import math
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from planbook.collect.layout import Column

FONT = "微软雅黑"
INK, MUTED, RULE, PAPER = "#1F2933", "#5B6770", "#B8C4CE", "#FFFFFF"
HEAD, REFERENCE_HEAD, REFERENCE, ENTRY = "#1F4E79", "#C9D2DB", "#F1F3F5", "#FFF6CC"
WRONG, DOUBTFUL = "#F8C6BE", "#FFD98A"  # cells with an error, cells with a question
RED, AMBER = "#C0392B", "#B45F06"  # entries that are no number, entries that are unusual

BASE = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
BOXED = {**BASE, "border": 1, "border_color": RULE, "text_wrap": True}
TITLE = {**BASE, "font_size": 16, "bold": True, "font_color": HEAD}
LINE_HEIGHT = 17.0  # points, of a line of text of size 10


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook, small: float = 9) -> None:
        self._book = book
        self.small = small  # points, of what is for reference
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, base: dict[str, Any], **changes: Any) -> Format:
        """Return the format `base` with `changes`."""
        wanted = {**base, **changes}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def heading(self, column: Column) -> Format:
        """Return the format of a column's heading."""
        grey = column.role == "reference"
        return self.get(
            BOXED,
            bold=True,
            align="center",
            num_format="@",
            bg_color=REFERENCE_HEAD if grey else HEAD,
            font_color=INK if grey else PAPER,
        )

    def cell(self, column: Column, decimals: int | None = None, **changes: Any) -> Format:
        """Return the format of a column's cells; numbers show at least `decimals` places."""
        match column.role:
            case "number":
                look: dict[str, Any] = {"num_format": number_format(decimals), "align": "right"}
            case "reference":
                look = {
                    "num_format": "@",
                    "align": column.align,
                    "font_size": self.small,
                    "font_color": MUTED,
                }
            case _:
                look = {"num_format": "@", "align": column.align}
        if column.is_entry:
            look |= {"bg_color": ENTRY, "locked": False}
        elif column.role == "reference":
            look |= {"bg_color": REFERENCE}
        return self.get(BOXED, **{**look, **changes})


def number_format(decimals: int | None) -> str:
    """Return Excel's format of a number: what is printed and signed is all that was typed."""
    if decimals is None:
        return "General"
    return "#,##0" + (f".{'0' * decimals}###" if decimals else "")


# Widths of marks at size 10, in the unit of a column's width (7 pixels), and the cell's padding.
_WIDE, _NARROW, _PADDING = 1.92, 1.05, 0.5


def lines_needed(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, rather one too many than one too few."""
    lines = 0
    for part in text.split("\n"):
        long = sum(_WIDE if ord(mark) > 0x2E7F or mark in "“”‘’—…" else _NARROW for mark in part)
        lines += max(1, math.ceil(long / (width - _PADDING)))
    return lines
