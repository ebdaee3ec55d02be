from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.collect.form.form import Form, RevisionLine, SignOff
from planbook.collect.form.template import workbook_bytes
from planbook.collect.layout import FIRST_ROW, HEADING_ROW, MEASURES, META_SHEET, VALUES
from tests.office import Q1, Q3, filled, read


def opened(form: Form) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(form)))


def test_the_same_form_gives_the_same_bytes() -> None:
    assert workbook_bytes(filled()) == workbook_bytes(filled())


def test_another_edition_gives_other_bytes() -> None:
    assert workbook_bytes(filled(Q1)) != workbook_bytes(filled(Q3))


def test_a_workbook_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "office.xlsx").write_bytes(workbook_bytes(filled()))
    assert (tmp_path / "office.xlsx").read_bytes() == workbook_bytes(filled())


def test_sheets_stand_in_order_and_the_marks_are_hidden() -> None:
    book = opened(filled())
    assert book.sheetnames == ["填报表", "举措", "年度任务", "重点项目", "修订", "说明", META_SHEET]
    assert book[META_SHEET].sheet_state == "veryHidden"
    marks = [row[1].value for row in book[META_SHEET].rows][:4]
    assert marks == ["7", "demo", "2026-Q3", "office"]


def test_ids_are_hidden_and_headings_locked_and_entries_open() -> None:
    sheet = opened(filled())["填报表"]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.protection.sheet
    assert sheet.cell(HEADING_ROW + 1, VALUES.at("value") + 1).protection.locked
    assert not sheet.cell(FIRST_ROW + 1, VALUES.at("value") + 1).protection.locked
    assert sheet.cell(FIRST_ROW + 1, VALUES.at("target") + 1).protection.locked


def test_its_first_sheet_prints_on_two_pages_beside_each_other() -> None:
    sheet = opened(filled())["填报表"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.pageOrder == "overThenDown"
    assert [brk.id for brk in sheet.col_breaks.brk] == [VALUES.at("visibility")]
    assert sheet.print_title_cols == "$B:$C"  # the indicator's name on both
    assert sheet.freeze_panes == "D4"


def test_a_form_of_an_older_version_prints_as_it_always_did() -> None:
    sheet = opened(replace(filled(), template_version="5"))["填报表"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert not sheet.col_breaks.brk


def test_the_target_column_is_headed_by_the_plans_due_year() -> None:
    sheet = opened(filled())["填报表"]
    assert sheet.cell(HEADING_ROW + 1, VALUES.at("target") + 1).value == "2027年目标"


def test_statuses_are_offered_by_the_measures_pattern() -> None:
    lists = {
        str(rule.sqref): rule.formula1
        for rule in opened(filled())["举措"].data_validations.dataValidation
    }
    assert lists[MEASURES.cell(FIRST_ROW, "status")] == '"未启动,推进中,已完成,受阻"'
    assert lists[MEASURES.cell(FIRST_ROW + 3, "status")] == '"未启动,推进中,受阻"'


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    sheet = opened(filled(rows={"firms": {"remark": "=1+1"}}))["填报表"]
    cell = sheet[VALUES.cell(FIRST_ROW + 1, "remark")]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_signatures_stand_below_the_table() -> None:
    form = replace(filled(), sign_off=SignOff(head="甲", date="2026-10-10"))
    sheet = opened(form)["填报表"]
    row = FIRST_ROW + len(form.values) + 2
    assert sheet.cell(row, VALUES.at("name") + 1).value == "单位负责人"
    assert sheet.cell(row + 1, VALUES.at("name") + 1).value == "甲"
    assert sheet.cell(row + 1, VALUES.at("remark") + 1).value == "2026-10-10"


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_number_that_excel_cannot_hold_is_refused(bad: Any) -> None:
    with pytest.raises(TypeError):
        workbook_bytes(filled(rows={"firms": {"value": bad}}))


# Excel keeps 15 digits and the form shows 4 decimals: such numbers must come back as they were.
numbers = st.decimals(
    min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False
).map(float)


@settings(max_examples=settings().max_examples // 5)  # whole workbooks
@given(st.lists(numbers, min_size=5, max_size=5))
def test_numbers_written_are_the_numbers_read(drawn: Any) -> None:
    value, prior, yoy, old, new = drawn
    form = filled(
        rows={
            "revenue": {"value": value, "prior_value": prior, "yoy": None},
            "added": {"yoy": yoy},
        },
        revisions=(RevisionLine("营业收入", "2026年1—6月", old, new, "年报核定"),),
    )
    submission = read(form)
    revenue, _, added = submission.values
    assert (revenue.value, revenue.prior_value, added.yoy) == (value, prior, yoy)
    assert (submission.revisions[0].old_value, submission.revisions[0].new_value) == (old, new)
    assert not submission.findings
