"""Write a `Form` as an ``.xlsx`` workbook that departments fill in Excel, WPS or LibreOffice.

Who calls it: the analyst's template command (blank forms) and the demonstration (filled ones). The
same form always gives the same bytes: the file carries the quarter's first day, not the clock.
"""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planbook.collect.choices import choose, validate_values
from planbook.collect.form import Cell, Form, MeasureLine, RevisionLine, ValueLine
from planbook.collect.layout import (
    FIRST_ROW,
    HEADING_ROW,
    MEASURES,
    META_KEYS,
    META_SHEET,
    NOT_APPLICABLE,
    NOTES_SHEET,
    PREVIOUS,
    REVISION_ROWS,
    REVISIONS,
    SIGN_OFF,
    VALUES,
    Column,
    Table,
)

_INK, _RULE, _HEAD, _ENTRY, _QUIET = "#1F2933", "#B8C4CE", "#DCE6F0", "#FFFDF0", "#F3F5F7"
_LINE_HEIGHT = 15.0
_BASE = {"font_name": "宋体", "font_size": 10, "font_color": _INK, "valign": "vcenter"}
_BOXED = {**_BASE, "border": 1, "border_color": _RULE, "text_wrap": True}


def write_workbook(path: Path, form: Form) -> None:
    """Write the form to `path`, replacing what is there."""
    path.write_bytes(workbook_bytes(form))


def workbook_bytes(form: Form) -> bytes:
    """Return the form as the bytes of an ``.xlsx`` file; numbers keep the 15 digits Excel holds.

    Raises
    ------
    TypeError
        If a number is NaN or infinite, which a workbook cannot hold.
    """
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    book.set_properties(
        {
            "title": form.title,
            "created": dt.datetime(form.edition.year, form.edition.quarter * 3 - 2, 1),
        }
    )
    book.set_size(2400, 1400)
    styles = _Styles(book)
    _write_values(book, styles, form)
    _write_measures(book, styles, form)
    _write_revisions(book, styles, form)
    _write_notes(book, styles, form)
    _write_meta(book, form)
    book.close()
    return buffer.getvalue()


class _Styles:
    """The workbook's formats, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, base: dict[str, Any], **changes: Any) -> Format:
        wanted = {**base, **changes}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def column(self, column: Column, decimals: int | None = None, indent: int = 0) -> Format:
        match column.role:
            case "number":
                number = (
                    "General"
                    if decimals is None
                    else "#,##0" + ("." + "0" * decimals) * (decimals > 0)
                )
                return self.get(
                    _BOXED, bg_color=_ENTRY, locked=False, num_format=number, align="right"
                )
            case "input":
                return self.get(_BOXED, bg_color=_ENTRY, locked=False, num_format="@")
            case "reference":
                return self.get(_BOXED, bg_color=_QUIET, align="right", num_format="@")
            case _:
                return self.get(_BOXED, num_format="@", indent=indent)


def _sheet(book: Workbook, styles: _Styles, table: Table, form: Form) -> Worksheet:
    """Return a sheet with title, headings, frozen panes and print layout."""
    sheet = book.add_worksheet(table.sheet)
    visible = next(n for n, column in enumerate(table.columns) if column.role != "id")
    for number, column in enumerate(table.columns):
        hidden = {"hidden": True} if column.role == "id" else {}
        sheet.set_column(number, number, column.width, None, hidden)
        title = form.target_heading if column.key == "target" else column.title
        sheet.write_string(
            HEADING_ROW,
            number,
            title,
            styles.get(_BOXED, font_name="黑体", bg_color=_HEAD, align="center", num_format="@"),
        )
    name = form.title if table is VALUES else f"{form.title} · {table.sheet}"
    sheet.write_string(0, visible, name, styles.get(_BASE, font_name="黑体", font_size=16))
    sheet.write_string(1, visible, form.subtitle, styles.get(_BASE))
    sheet.set_row(0, 30)
    sheet.set_row(1, 20)
    sheet.set_row(HEADING_ROW, 2 * _LINE_HEIGHT)
    frozen = table.at("unit") if table is VALUES else 0
    sheet.freeze_panes(FIRST_ROW, frozen)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, HEADING_ROW)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return sheet


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, style)  # never a formula, whatever it begins with
    else:
        sheet.write_number(row, column, cell, style)


def _height(texts: list[tuple[str, float]]) -> float:
    """Return the row height that shows each text in its column; Chinese marks are two wide."""
    lines = 1
    for text, width in texts:
        needed = 0
        for part in text.split("\n"):
            wide = sum(2 if ord(mark) > 0x2E80 else 1 for mark in part)
            needed += max(1, -(-wide // max(int(width) - 1, 1)))
        lines = max(lines, needed)
    return 6 + _LINE_HEIGHT * lines


def _write_row(
    sheet: Worksheet, styles: _Styles, table: Table, row: int, cells: dict[str, Cell], **style: int
) -> None:
    decimals, indent = style.get("decimals"), style.get("indent", 0)
    for number, column in enumerate(table.columns):
        places = None if column.key == "yoy" else decimals
        shift = indent if column.key == "title" else 0
        _put(sheet, row, number, cells.get(column.key), styles.column(column, places, shift))
    shown = {column.key: column.width for column in table.columns if column.role != "id"}
    texts = [(c, shown[k]) for k, c in cells.items() if isinstance(c, str) and k in shown]
    sheet.set_row(row, _height(texts))


def _write_values(book: Workbook, styles: _Styles, form: Form) -> None:
    sheet = _sheet(book, styles, VALUES, form)
    for number, line in enumerate(form.values, start=1):
        row = FIRST_ROW + number - 1
        _write_row(sheet, styles, VALUES, row, _value_cells(number, line), decimals=line.decimals)
        validate_values(sheet, row, line)
    row = FIRST_ROW + len(form.values) + 1
    label = styles.get(_BASE, font_name="黑体", align="center", bg_color=_HEAD, border=1)
    entry = styles.get(_BOXED, bg_color=_ENTRY, locked=False, num_format="@", align="center")
    for field, text, key in SIGN_OFF:
        sheet.write_string(row, VALUES.at(key), text, label)
        _put(sheet, row + 1, VALUES.at(key), getattr(form.sign_off, field), entry)
    sheet.set_row(row + 1, 24)


def _value_cells(number: int, line: ValueLine) -> dict[str, Cell]:
    return {
        "indicator_id": line.indicator_id,
        "number": float(number),
        "name": line.name,
        "unit": line.unit,
        "period": line.period,
        "scope": line.scope,
        "value": line.value,
        "prior_value": line.prior_value,
        "yoy": line.yoy,
        "yoy_type": line.yoy_type,
        "stage": line.stage,
        "remark": line.remark,
        "baseline": line.baseline,
        **dict(zip(PREVIOUS, line.previous, strict=False)),
        "target": line.target,
        "annual_target": line.annual_target,
    }


def _write_measures(book: Workbook, styles: _Styles, form: Form) -> None:
    sheet = _sheet(book, styles, MEASURES, form)
    for row, line in enumerate(form.measures, start=FIRST_ROW):
        _write_row(sheet, styles, MEASURES, row, _measure_cells(line), indent=2 * line.is_sub_item)
        choose(sheet, row, MEASURES.at("status"), line.statuses, "状态")


def _measure_cells(line: MeasureLine) -> dict[str, Cell]:
    return {
        "measure_id": line.measure_id,
        "title": line.title,
        "status": line.status,
        "progress": line.progress,
        "completed_on": line.completed_on,
        "previous_status": line.previous_status,
    }


def _write_revisions(book: Workbook, styles: _Styles, form: Form) -> None:
    sheet = _sheet(book, styles, REVISIONS, form)
    blanks = max(REVISION_ROWS - len(form.revisions), 0)
    lines: list[RevisionLine | None] = [*form.revisions, *[None] * blanks]
    for row, line in enumerate(lines, start=FIRST_ROW):
        _write_row(sheet, styles, REVISIONS, row, _revision_cells(line))
        choose(sheet, row, REVISIONS.at("indicator"), form.revisable, "指标")


def _revision_cells(line: RevisionLine | None) -> dict[str, Cell]:
    if line is None:
        return {}
    return {
        "indicator": line.indicator,
        "period": line.period,
        "old_value": line.old_value,
        "new_value": line.new_value,
        "reason": line.reason,
    }


def _notes(form: Form) -> tuple[tuple[str, str], ...]:
    return (
        (
            "填哪里",
            "只填浅黄色单元格；灰色单元格供参考，已锁定。请勿增删行列、改动表头或合并单元格。",
        ),
        ("本期值", "只填数字，不带单位和文字；单位见「计量单位」列。"),
        ("三种情况", f"没有发生填 0；不适用填「{NOT_APPLICABLE}」；暂无数据留空，在备注说明。"),
        ("累计口径", "按「数据时期」所示填写：年初至今累计数、月末时点数，或起算月以来的累计数。"),
        ("数据时期", "手头数据不到应报月份的，在下拉列表中选择数据实际所到的时期。"),
        (
            "上年同期值",
            "与本期同一口径、同一时段的上年数。同比按主管部门口径填报，并选择同比类型。",
        ),
        ("数据状态", "快报、初核、终核或估计。已报数据有改动的，在「修订」表逐条登记。"),
        ("举措", f"逐条选择状态；进展写可核实的事实；已完成的填完成年月，如 {form.edition.end}。"),
        ("签署", "由单位负责人、审核人、填报人在「填报表」下方签署，填写电话和日期。"),
    )


def _write_notes(book: Workbook, styles: _Styles, form: Form) -> None:
    sheet = book.add_worksheet(NOTES_SHEET)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "填报说明", styles.get(_BASE, font_name="黑体", font_size=16))
    sheet.set_row(0, 30)
    for row, (subject, text) in enumerate(_notes(form), start=2):
        sheet.write_string(row, 0, subject, styles.get(_BOXED, font_name="黑体", bg_color=_HEAD))
        sheet.write_string(row, 1, text, styles.get(_BOXED))
        sheet.set_row(row, _height([(text, 100)]))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("")


def _write_meta(book: Workbook, form: Form) -> None:
    sheet = book.add_worksheet(META_SHEET)
    marks = (form.template_version, form.dataset, str(form.edition), form.unit_id)
    for row, (key, mark) in enumerate(zip(META_KEYS, marks, strict=True)):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, mark)
    sheet.very_hidden()
