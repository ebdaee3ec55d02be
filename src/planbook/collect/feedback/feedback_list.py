"""Sheet 核对意见: the findings on a workbook, one a row, with a link to each cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from planbook.collect.form.form_style import (
    DOUBTFUL,
    FONT,
    HEAD,
    INK,
    LINE_HEIGHT,
    PAPER,
    RULE,
    WRONG,
    lines_needed,
)
from planbook.collect.layout import FEEDBACK_SHEET, FIRST_ROW, REVISIONS, TABLES, VALUES
from planbook.collect.rules import expected_label, row_rules
from planbook.errors import Finding
from planbook.spreadsheet_texts import could_run
from planbook.vocabulary import Severity

COLUMNS = (  # heading, width
    ("序号", 5.0),
    ("级别", 6.0),
    ("工作表", 9.0),
    ("单元格", 8.0),
    ("指标或举措", 22.0),
    ("问题", 38.0),
    ("填报内容", 18.0),
    ("应为", 20.0),
    ("处理办法", 34.0),
)
_TITLE_ROW, _UNIT_ROW, _COUNT_ROW, _HEADING = 1, 2, 3, 4  # counted from 1
_SIGNED_NUMBER = re.compile(r"[+-]\d[\d,.]*%?", re.ASCII)
_LONGEST = 300  # characters of a cell's text that are shown


def write_list(book: Workbook, findings: Sequence[Finding]) -> None:
    """Put the list in front of the workbook's sheets and open the workbook there."""
    sheet = book.create_sheet(FEEDBACK_SHEET, 0)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    _put(sheet, _TITLE_ROW, 1, FEEDBACK_SHEET, size=16, bold=True, colour=HEAD)
    _put(sheet, _UNIT_ROW, 1, _whose(book))
    _put(sheet, _COUNT_ROW, 1, _summary(errors, len(findings) - errors), bold=True)
    for number, (heading, width) in enumerate(COLUMNS, start=1):
        cell = _put(sheet, _HEADING, number, heading, bold=True, colour=PAPER, centred=True)
        _box(cell, HEAD)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, finding in enumerate(findings, start=_HEADING + 1):
        _write_finding(book, sheet, row, finding)
    for row, height in ((_TITLE_ROW, 32), (_UNIT_ROW, 22), (_COUNT_ROW, 24), (_HEADING, 24)):
        sheet.row_dimensions[row].height = height
    _print_layout(sheet)
    book.active = 0
    for other in book.worksheets:  # two sheets selected at once would be typed into together
        other.sheet_view.tabSelected = other is sheet


def literal(text: str) -> str:
    """Return a text that no program takes for a formula, and that fits a line or two."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    if could_run(shown) and not _SIGNED_NUMBER.fullmatch(shown):
        return f"'{shown}"
    return shown


def colour_cell(cell: Cell, colour: str) -> None:
    """Fill a cell with a colour, written ``#F8C6BE``."""
    cell.fill = PatternFill("solid", fgColor=f"FF{colour.removeprefix('#')}")


def for_departments(remedy: str) -> str:
    """Return a remedy without what only analysts can do."""
    return "；".join(part for part in remedy.split("；") if "corrections.yaml" not in part)


def _summary(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return "未发现问题。"
    ask = "错误（红色）须更正，确认无误的按处理办法说明；" if errors else ""
    ask += "提示（橙色）请核实，数据无误的在备注说明；" if warnings else ""
    send = f"在原表中更正后报送；在本文件中更正的，删去「{FEEDBACK_SHEET}」表后报送。"
    return f"错误 {errors} 处，提示 {warnings} 处。{ask}{send}"


def _whose(book: Workbook) -> str:
    """Return the line of the department's own workbook that says whose it is."""
    if VALUES.sheet not in book.sheetnames:
        return "附件无法读取，以下意见针对整个文件。"
    sheet = book[VALUES.sheet]
    return literal(str(sheet.cell(2, VALUES.at("number") + 1).value or ""))


def _write_finding(book: Workbook, sheet: Worksheet, row: int, finding: Finding) -> None:
    subject, expected = _subject(book, finding), finding.expected
    if finding.rule == row_rules.BLANK_STATUS.id:  # one finding for many rows, which it counts
        subject, expected = "", ""
    elif expected and expected_label(finding.rule) == "对照":
        expected = f"对照 {expected}"
    texts = (
        finding.severity.label,
        finding.sheet,
        finding.cell,
        subject,
        finding.message,
        finding.observed,
        expected,
        for_departments(finding.remedy),
    )
    cells = [_put(sheet, row, 1, row - _HEADING, centred=True)]
    lines = 1
    for number, text in enumerate(texts, start=2):
        shown = literal(text)
        cells.append(_put(sheet, row, number, shown, centred=number <= 4))
        lines = max(lines, lines_needed(shown, COLUMNS[number - 1][1]))
    for cell in cells:
        _box(cell)
    colour = WRONG if finding.severity is Severity.ERROR else DOUBTFUL
    _box(cells[1], colour)
    if finding.cell and _is_shown(book, finding.sheet):
        _link(cells[3], finding)
    sheet.row_dimensions[row].height = min(LINE_HEIGHT * lines + 7, 400)


def _is_shown(book: Workbook, name: str) -> bool:
    return name in book.sheetnames and book[name].sheet_state == "visible"


def _link(cell: Cell, finding: Finding) -> None:
    quoted = finding.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{finding.cell}")
    cell.font = Font(name=FONT, size=10, color="FF0B5CAD", underline="single")


def _subject(book: Workbook, finding: Finding) -> str:
    """Return what a finding's row is about, as the workbook names it.

    A row of 填报表 without an id is not asked: below the table stand people's names.
    """
    table = TABLES.get(finding.sheet)
    if table is None or finding.sheet not in book.sheetnames:
        return finding.indicator_id
    sheet = book[finding.sheet]
    if finding.cell:
        row = int("".join(filter(str.isdigit, finding.cell)))
    else:
        ids = {sheet.cell(r, 1).value: r for r in range(FIRST_ROW + 1, sheet.max_row + 1)}
        row = ids.get(finding.indicator_id, 0)
    named = row > FIRST_ROW and (table is REVISIONS or sheet.cell(row, 1).value)
    name = str(sheet.cell(row, table.at(table.named_by) + 1).value or "") if named else ""
    return name or finding.indicator_id


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    content: str | int,
    *,
    size: int = 10,
    bold: bool = False,
    colour: str = INK,
    centred: bool = False,
) -> Cell:
    cell = cast("Cell", sheet.cell(row, column))  # nothing is merged on this sheet
    cell.value = content
    if isinstance(content, str):
        cell.data_type = "s"  # never a formula, whatever it begins with
    cell.font = Font(name=FONT, size=size, bold=bold, color=f"FF{colour.removeprefix('#')}")
    cell.alignment = Alignment(
        horizontal="center" if centred else "left", vertical="center", wrap_text=row >= _HEADING
    )
    return cell


def _box(cell: Cell, fill: str = "") -> None:
    side = Side(style="thin", color=f"FF{RULE.removeprefix('#')}")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    if fill:
        colour_cell(cell, fill)


def _print_layout(sheet: Worksheet) -> None:
    sheet.freeze_panes = f"A{_HEADING + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = "FFC0392B"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.3, right=0.3, top=0.5, bottom=0.65, footer=0.3)
    sheet.print_title_rows = f"{_HEADING}:{_HEADING}"
    footer = sheet.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "第 &P 页／共 &N 页"
