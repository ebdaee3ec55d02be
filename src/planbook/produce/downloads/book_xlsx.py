"""The book's tables as one Excel workbook that a leader can open: 目标, 数据, 达标可能性, 举措 ….

Values are the saved tables' own; only their names and formats are for people. No text is ever a
formula, and the same tables give the same bytes: the file carries the edition's first day, not the
clock.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planbook.present.book import Book
from planbook.present.escaping import display_width
from planbook.present.pages.fragments import banner
from planbook.produce.downloads.book_sheets import sheets
from planbook.produce.downloads.sheet_model import KINDS, Column, Sheet
from planbook.produce.downloads.sheet_paper import on_paper
from planbook.spreadsheet_texts import could_run

NAME = "progress.xlsx"

_HEAD_ROW = 3
_LINE = 16  # points
_LARGE_LINE = 27
_FONT: dict[str, Any] = {"font_name": "Microsoft YaHei", "font_size": 10}
_TITLE = {**_FONT, "font_size": 14, "bold": True}
_SMALL = {**_FONT, "font_color": "#5B6673"}
_WARNED = {**_FONT, "bold": True, "font_color": "#B01818"}
_LARGE = {"font_size": 13, "valign": "vcenter", "border": 1, "border_color": "#C9D1D9"}
_URGENT = {"bold": True, "font_color": "#B01818"}
_BODY = {**_FONT, "valign": "top", "bottom": 4, "bottom_color": "#C9D1D9"}
_HEAD = {
    **_FONT,
    "bold": True,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
    "font_color": "#FFFFFF",
    "bg_color": "#334E68",
    "border": 1,
    "border_color": "#C9D1D9",
}


def workbook_bytes(book: Book, shown: Sequence[Sheet] | None = None) -> bytes:
    """Return the workbook of a book: all its sheets, or those given."""
    content = io.BytesIO()
    made = Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    made.set_properties(
        {
            "title": book.dateline(),
            "subject": book.plan.about.title,
            "comments": banner(book),
            "created": dt.datetime(book.edition.start.year, book.edition.start.month, 1),
        }
    )
    writer = _Writer(made, book.dateline(), banner(book))
    for sheet in sheets(book) if shown is None else shown:
        writer.write(sheet)
    made.close()
    return content.getvalue()


@dataclass
class _Writer:
    book: Workbook
    dateline: str
    warning: str

    def __post_init__(self) -> None:
        add = self.book.add_format
        self._head = add(_HEAD)
        self._formats: dict[tuple[str, int, bool, bool, bool], Format] = {}

    def write(self, sheet: Sheet) -> None:
        """Write a sheet: title, dateline, head, rows."""
        sheet, paper = on_paper(sheet)
        page = self.book.add_worksheet(sheet.name)
        self._above(page, sheet)
        heads = [column.head for column in sheet.columns]
        page.set_row(_HEAD_ROW, max(2, _lines(sheet.columns, heads)) * _LINE)
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width)
            page.write_string(_HEAD_ROW, number, column.head, self._head)
        for line, item in enumerate(sheet.items, start=_HEAD_ROW + 1):
            self._row(page, line, sheet, [column.of(item) for column in sheet.columns])
        last = max(_HEAD_ROW + len(sheet.items), _HEAD_ROW + 1)
        if sheet.filtered:
            page.autofilter(_HEAD_ROW, 0, last, len(sheet.columns) - 1)
        if self.warning and sheet.note and sheet.poster:  # its place above is taken
            last += 1
            page.write_string(last, 0, sheet.note, self.book.add_format(_SMALL))
        page.freeze_panes(_HEAD_ROW + 1, sheet.frozen)
        page.print_area(0, 0, last, (sheet.printed or len(sheet.columns)) - 1)
        paper.set(page, sheet.frozen)
        page.repeat_rows(_HEAD_ROW)
        said = (self.warning or self.dateline).replace("&", "&&")
        page.set_footer(f"&L{said}&R第 &P 页，共 &N 页")

    def _above(self, page: Worksheet, sheet: Sheet) -> None:
        """Write title, dateline and note; what is longer than the table is wide is broken."""
        last = (sheet.printed or len(sheet.columns)) - 1
        room = sum(column.width for column in sheet.columns[: last + 1]) - 2
        noted = _WARNED if self.warning else _SMALL
        said = (
            (sheet.title, _TITLE),
            (self.dateline, _SMALL),
            (self.warning or sheet.note, noted),
        )
        for line, (text, style) in enumerate(said):
            size = style.get("font_size", _FONT["font_size"]) / _FONT["font_size"]
            lines = max(1, math.ceil(display_width(text) * size / room))
            if lines > 1 and last:
                broken = self.book.add_format({**style, "text_wrap": True, "valign": "top"})
                page.merge_range(line, 0, line, last, text, broken)
            else:
                page.write_string(line, 0, text, self.book.add_format(style))
            page.set_row(line, _LINE * math.ceil(size) * lines)

    def _row(self, page: Worksheet, line: int, sheet: Sheet, row: Sequence[Any]) -> None:
        page.set_row(line, _LARGE_LINE if sheet.large else _LINE * _lines(sheet.columns, row))
        for number, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            decimals = 0
            style = partial(self._format, large=sheet.large)
            if isinstance(value, tuple):  # a number with the decimals it is printed with
                value, decimals = value  # noqa: PLW2901
            if value is None or (isinstance(value, float) and not math.isfinite(value)):
                page.write_blank(line, number, None, style(column.kind, decimals))
            elif isinstance(value, (int, float)):
                page.write_number(line, number, value, style(column.kind, decimals))
            else:
                text = str(value)
                about = {"quoted": could_run(text), "urgent": sheet.makes_urgent(text)}
                page.write_string(line, number, text, style("text", 0, **about))

    def _format(
        self,
        kind: str,
        decimals: int,
        *,
        quoted: bool = False,
        large: bool = False,
        urgent: bool = False,
    ) -> Format:
        """Return a cell's format; `quoted` keeps Excel from running a text that is edited."""
        key = (kind, decimals, quoted, large, urgent)
        if key not in self._formats:
            style: dict[str, Any] = {**_BODY, "num_format": _number_format(kind, decimals)}
            if kind == "text":
                style |= {"text_wrap": True, "quote_prefix": quoted}
            style |= (_LARGE if large else {}) | (_URGENT if urgent else {})
            self._formats[key] = self.book.add_format(style)
        return self._formats[key]


def _lines(columns: Sequence[Column], row: Sequence[Any]) -> int:
    """Return how many lines the longest text needs: not every program fits rows by itself."""
    widths = zip(columns, row, strict=True)
    return max(
        sum(math.ceil(display_width(line) / (column.width - 1)) for line in value.split("\n"))
        for column, value in widths
        if isinstance(value, str) and value
    )


def _number_format(kind: str, decimals: int) -> str:
    if kind == "value":
        return "#,##0" + ("." + "0" * decimals if decimals else "")
    return KINDS[kind]
