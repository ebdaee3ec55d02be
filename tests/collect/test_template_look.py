from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from planbook.collect.form.form import Form
from planbook.collect.form.form_style import ENTRY, number_format
from planbook.collect.form.template import workbook_bytes
from planbook.collect.layout import (
    FIRST_ROW,
    HEADING_ROW,
    MEASURES,
    NOTES_SHEET,
    REVISIONS,
    VALUES,
    Table,
)
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.run.pipeline import next_templates
from planbook.workspace import Workspace
from tests.office import Q3, filled

ROOT = Path(__file__).resolve().parents[2]

TABLES = pytest.mark.parametrize("table", [VALUES, MEASURES, REVISIONS], ids=lambda t: t.sheet)


def opened(form: Form) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(form)))


def rule_of(form: Form, table: Table, key: str, row: int = FIRST_ROW) -> DataValidation:
    """Return the validation of one cell."""
    return rules_of(form, table)[table.cell(row, key)]


def rules_of(form: Form, table: Table) -> dict[str, DataValidation]:
    """Return the validations of a sheet by cell."""
    rules = opened(form)[table.sheet].data_validations.dataValidation
    return {cell: rule for rule in rules for cell in str(rule.sqref).split()}


def long(text: str) -> Form:
    """Return a form whose first measure has this 进展."""
    form = filled()
    return replace(form, measures=(replace(form.measures[0], progress=text), *form.measures[1:]))


@TABLES
def test_entries_are_open_and_tinted_and_everything_else_is_locked(table: Any) -> None:
    sheet = opened(filled())[table.sheet]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    for position, column in enumerate(table.columns):
        cell = sheet.cell(FIRST_ROW + 1, position + 1)
        assert cell.protection.locked is not column.is_entry, column.title
        assert (cell.fill.fgColor.rgb == f"FF{ENTRY[1:]}") is column.is_entry, column.title
        assert sheet.cell(HEADING_ROW + 1, position + 1).protection.locked


@TABLES
def test_each_sheet_prints_on_landscape_a4_with_its_headings_on_every_page(table: Any) -> None:
    sheet = opened(filled())[table.sheet]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes.endswith("4")


def smallest_print(sheet: Worksheet) -> float:
    """Return the points of the smallest letters of a sheet's widest page on A4."""
    setup, margins = sheet.page_setup, sheet.page_margins
    room = (11.69 - margins.left - margins.right) * 72
    shown = {
        at: each.width * 7 * 0.75
        for each in sheet.column_dimensions.values()
        for at in range(each.min or 0, (each.max or 0) + 1)
        if not each.hidden
    }
    breaks = [0, *(brk.id for brk in sheet.col_breaks.brk), max(shown)]
    repeated = range_boundaries(sheet.print_title_cols) if sheet.print_title_cols else None
    again = 0.0
    if repeated:
        again = sum(shown[at] for at in range(repeated[0] or 1, (repeated[2] or 0) + 1))
    pages = [
        sum(wide for at, wide in shown.items() if low < at <= high) + (again if low else 0.0)
        for low, high in pairwise(breaks)
    ]
    if sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage:
        assert setup.fitToHeight == 0
        scale = min(1.0, room / max(pages))
    else:
        scale = (setup.scale or 100) / 100
        assert max(pages) * scale <= room, sheet.title
    fonts = [cell.font.size for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return float(min(fonts)) * scale


def test_a_sheet_on_two_pages_leaves_room_for_wider_letters_and_cuts_no_title() -> None:
    """Without Excel's own font columns come out a quarter wider: no column may be left alone."""
    sheet = opened(filled())[VALUES.sheet]
    (page_break,) = [brk.id for brk in sheet.col_breaks.brk]
    widths = [0 if column.role == "id" else column.width for column in VALUES.columns]
    named = widths[: VALUES.at("name") + 1]
    for page in (widths[:page_break], [*named, *widths[page_break:]]):
        assert sum(page) <= 118, page
    assert sheet.cell(1, VALUES.at("number") + 1).value == VALUES.sheet
    assert str(sheet.cell(1, VALUES.at("unit") + 1).value).endswith("进展填报表（2026年三季度）")


def test_every_sheet_of_every_unit_prints_letters_of_nine_points_at_least() -> None:
    workspace = Workspace.open("demo", ROOT)
    made = next_templates(workspace, load_plan(workspace.plan), Edition.parse("2026-Q3"))
    for unit, form in made.items():
        book = openpyxl.load_workbook(io.BytesIO(form.task()().content))
        for sheet in book:
            if sheet.sheet_state == "visible":
                assert smallest_print(sheet) >= 9, (unit, sheet.title)


@TABLES
def test_the_footer_names_page_unit_and_edition(table: Any) -> None:
    footer = opened(filled())[table.sheet].oddFooter
    assert footer.center.text == "第 &P 页／共 &N 页"
    assert footer.left.text == "某办公室"
    assert footer.right.text == "2026年三季度"  # set apart, or letters of 102,026 points
    assert footer.right.size == 10


@TABLES
def test_every_entry_tells_what_to_type(table: Any) -> None:
    rules = rules_of(replace(filled(), revisable=("营业收入",)), table)
    for column in table.columns:
        if column.is_entry:
            rule = rules[table.cell(FIRST_ROW, column.key)]
            assert rule.prompt, column.title
            assert len(rule.prompt) <= 255
            assert rule.promptTitle == column.title


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("period", "2026年1—9月,2026年1—8月,2026年1—7月"),
        ("scope", "直管区,全域,新行政区,未注明"),
        ("yoy_type", "名义,实际,可比口径"),
        ("stage", "快报,初核,终核,估计"),
    ],
)
def test_words_are_chosen_from_a_list(key: str, words: str) -> None:
    rule = rule_of(filled(), VALUES, key)
    assert (rule.type, rule.formula1, rule.errorStyle) == ("list", f'"{words}"', None)


def test_a_number_without_a_usual_range_is_stopped_if_it_is_none() -> None:
    form = filled()
    line = replace(form.values[0], plausible=None)
    rule = rule_of(replace(form, values=(line, *form.values[1:])), VALUES, "value")
    assert rule.formula1 == 'OR(G4="—",ISNUMBER(G4))'
    assert rule.errorStyle is None  # which means: stop


def test_an_unusual_number_may_be_confirmed() -> None:
    form = filled()
    line = replace(form.values[0], plausible=(0.0, 500.0))
    rule = rule_of(replace(form, values=(line, *form.values[1:])), VALUES, "value")
    assert rule.formula1 == 'OR(G4="—",AND(ISNUMBER(G4),G4>=0.0,G4<=500.0))'
    assert rule.errorStyle == "warning"
    assert "0 至 500" in str(rule.error)


def test_a_pasted_text_turns_red() -> None:
    formats = opened(filled())[VALUES.sheet].conditional_formatting
    conditions = [r.formula[0] for area in formats if "G4" in str(area.sqref) for r in area.rules]
    assert 'AND(LEN(TRIM(G4))>0,NOT(ISNUMBER(G4)),TRIM(G4)<>"—")' in conditions


def test_the_indicators_of_a_revision_come_from_the_hidden_sheet_however_many() -> None:
    names = tuple(f"很长的指标名称之{number:03d}，其中含逗号,等" for number in range(60))
    form = replace(filled(), revisable=names)
    book = opened(form)
    assert rule_of(form, REVISIONS, "indicator").formula1 == "revisable"
    assert book.defined_names["revisable"].attr_text == "_meta!$D$1:$D$60"
    assert [book["_meta"].cell(row, 4).value for row in (1, 60)] == [names[0], names[-1]]


@pytest.mark.parametrize(
    ("decimals", "shown"), [(0, "#,##0"), (1, "#,##0.0###"), (2, "#,##0.00###"), (None, "General")]
)
def test_a_number_shows_at_least_its_decimals(decimals: int | None, shown: str) -> None:
    assert number_format(decimals) == shown


def test_a_row_is_high_enough_for_its_text_and_may_still_grow() -> None:
    parts = zipfile.ZipFile(io.BytesIO(workbook_bytes(long("推进情况良好。" * 40))))
    sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    row = re.search(r'<row r="4"[^>]*>', sheet)
    assert row is not None
    height = re.search(r' ht="([\d.]+)"', row[0])
    assert height is not None
    assert float(height[1]) > 17 * 560 / 62  # 280 marks, each two wide, in a column of 62
    assert "customHeight" not in row[0]


def test_the_notes_give_the_deadline_and_whom_to_ask() -> None:
    form = replace(filled(Q3), contact="统计科，电话 000-0000")
    texts = " ".join(
        str(cell.value) for row in opened(form)[NOTES_SHEET].rows for cell in row if cell.value
    )
    assert "2026年10月20日" in texts
    assert "统计科，电话 000-0000" in texts
    assert "不适用填「—」" in texts


def test_a_unit_that_owes_no_indicator_is_told_so() -> None:
    form = filled(unit="bureau")
    empty = replace(form, values=(), subtitle=form.subtitle + "    本期无应报指标")
    sheet = opened(empty)[VALUES.sheet]
    assert "本期无应报指标" in str(sheet["B2"].value)
    assert sheet.cell(FIRST_ROW + 2, VALUES.at("name") + 1).value == "单位负责人"


@pytest.mark.parametrize("mark", ["=", "+", "-", "@"])
def test_a_text_of_the_plan_is_never_a_formula(mark: str) -> None:
    text = f"{mark}1+cmd|' /C calc'!A0"
    form = filled()
    form = replace(
        form,
        title=text,
        unit_name=text,
        revisable=(text,),
        values=(replace(form.values[0], name=text, target=text, baseline=text),),
        measures=(replace(form.measures[0], title=text, progress=text),),
    )
    for sheet in opened(form).worksheets:
        assert all(cell.data_type != "f" for row in sheet.rows for cell in row), sheet.title
