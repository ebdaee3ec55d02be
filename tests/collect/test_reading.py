from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule as FormattingRule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import Form
from planbook.collect.read.workbook_reader import read_submission
from planbook.collect.rules import (
    RULES,
    Rule,
    history_rules,
    project_rules,
    reply_rules,
    size_rules,
    task_rules,
)
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan, load_plan
from planbook.vocabulary import ObsStatus, Severity
from tests.office import (
    DATASET,
    PLAN,
    Q1,
    Q2,
    Q3,
    SIGNED,
    RevisionLine,
    filled,
    read,
    read_bytes,
    rules_of,
    workbook_bytes,
)
from tests.scopes import DIRECT, NEW_DISTRICT

CORRECTION = Edition.parse("2026-Q3.1")


def changed(form: Form, change: Any) -> bytes:
    """Return the form's workbook after someone changed it in a spreadsheet program."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(form)))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(sheet: str, cell: str, value: Any) -> Any:
    def change(book: Any) -> None:
        book[sheet][cell].value = value

    return change


def value_of(submission: Any, indicator: str = "firms") -> Any:
    return next(v for v in submission.values if v.indicator_id == indicator)


def test_a_well_filled_workbook_has_no_findings() -> None:
    submission = read(filled())
    assert submission.usable
    assert submission.findings == ()
    assert value_of(submission, "revenue").value == 321.5
    assert [status.measure_id for status in submission.statuses] == [
        "build",
        "build-s1",
        "build-s2",
        "keep",
    ]


def test_it_still_reads_after_another_program_has_saved_it() -> None:
    submission = read_bytes(changed(filled(), lambda book: None))
    assert submission == replace(read(filled()), sha256=submission.sha256)


def repeat_row(book: Any) -> None:
    sheet = book["填报表"]
    for letter in "ACDEFG":
        sheet[f"{letter}7"].value = sheet[f"{letter}5"].value


def repeat_row_otherwise(book: Any) -> None:
    repeat_row(book)
    book["填报表"]["G7"].value = 89


def strike(sheet: Any, cell: Any, **values: Any) -> Any:
    def change(book: Any) -> None:
        for place, value in values.items():
            book[sheet][place].value = value
        book[sheet][cell].font = Font(strike=True)

    return change


def paint(cell: Any, **look: Any) -> Any:
    def change(book: Any) -> None:
        book["填报表"][cell].font = Font(**look)

    return change


def hide_column(letter: Any) -> Any:
    def change(book: Any) -> None:
        book["填报表"].column_dimensions[letter].hidden = True

    return change


def condition(cell: Any, **look: Any) -> Any:
    def change(book: Any) -> None:
        style = DifferentialStyle(**look)
        rule = FormattingRule(type="expression", dxf=style, formula=["TRUE"])
        book["填报表"].conditional_formatting.add(cell, rule)

    return change


WHITE_INK = {"font": Font(color="FFFFFFFF")}
AS_TEN_THOUSANDS = {"numFmt": NumberFormat(200, '0.0,"万"')}


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        (paint("G5", color="FFFFF6CC"), "G5"),
        (paint("G5", sz=3), "G5"),
        (paint("E5", sz=3), "E5"),
        (paint("K4", color="FFFFFFFF"), "K4"),
        (hide_column("G"), "G5"),
        (hide_column("I"), "I4"),
        (condition("G5", **WHITE_INK), "G5"),
        (condition("A1:Z99", **AS_TEN_THOUSANDS), "G5"),
    ],
)
def test_a_cell_of_which_a_person_sees_something_else_is_refused(change: Any, cell: str) -> None:
    form = filled(rows={"revenue": {"stage": "初核"}})
    submission = read_bytes(changed(form, change))
    (finding,) = [f for f in submission.findings if f.cell == cell]
    assert (finding.rule, finding.severity) == ("unclear-look", Severity.ERROR)
    assert submission.usable
    if cell.endswith("5"):
        assert value_of(submission).value is None


@pytest.mark.parametrize(
    "change",
    [
        paint("G5", color="FFC0392B", sz=8),
        hide_column("O"),
        condition("G5", font=Font(color="FFC0392B", bold=True)),
        condition("G5", numFmt=NumberFormat(200, "0.0")),
        condition("O5", **WHITE_INK),
    ],
)
def test_a_look_that_hides_nothing_is_taken(change: Any) -> None:
    assert read_bytes(changed(filled(), change)).findings == ()


def test_a_remark_that_nobody_sees_is_named_and_read() -> None:
    form = filled(rows={"firms": {"remark": "口径有调整"}})
    for change in (paint("L5", color="FFFFFFFF"), hide_column("L")):
        submission = read_bytes(changed(form, change))
        assert rules_of(submission) == [("struck-text", "L5")]
        assert value_of(submission).remark == "口径有调整"


BOOK = load_plan(Path(__file__).resolve().parents[2] / "data/plan")


@pytest.mark.parametrize("version", ["1", "2", "3"])
@pytest.mark.parametrize("unit", [unit.id for unit in BOOK.units])
def test_the_looks_of_the_template_itself_hide_nothing(unit: Any, version: str) -> None:
    edition = Edition.parse("2027-Q1")
    form = blank_form(BOOK, unit, edition, DATASET)
    values = tuple(replace(v, value=0.5, prior_value=123456.0, yoy=1234.5) for v in form.values)
    line = RevisionLine("指标", "2026年", 0.5, 123456.0, "年报核定")
    data = workbook_bytes(replace(form, values=values, revisions=(line,), template_version=version))
    submission = read_submission(
        data, BOOK, file="x.xlsx", dataset=DATASET.name, edition=edition, unit_id=unit
    )
    assert submission.usable
    looks = {"unclear-look", "struck-text", "scaled-format"}
    assert not looks & {finding.rule for finding in submission.findings}


@pytest.mark.parametrize("reason", ["", "无", "—", "核实", "同上一行", "无需说明", "年报核定"])
def test_a_reason_that_tells_nothing_is_asked_for_as_an_explanation_is(reason: str) -> None:
    line = RevisionLine("企业数量", "2026年6月末", 80, 81, reason)
    submission = read(filled(revisions=(line,)))
    found = [] if reason == "年报核定" else [("revision-without-reason", "E4")]
    assert rules_of(submission) == found
    assert [revision.new_value for revision in submission.revisions] == [81]


def explained(*texts: Any, version: Any = "2") -> Any:
    ids = ("revenue", "firms", "added", "share")
    rows = {id: {"confirmed": text} for id, text in zip(ids, texts, strict=True)}
    form = replace(filled(Q1, rows), template_version=version)
    return read_bytes(workbook_bytes(form), edition=Q1)


def test_an_explanation_that_stands_in_three_rows_is_named_once_with_its_rows() -> None:
    submission = explained("经核实无误", "经核实 无误", "本季首次并表", "经核实无误")
    (finding,) = submission.findings
    assert (finding.rule, finding.cell) == ("repeated-explanation", "M4")
    assert finding.severity is Severity.WARNING
    assert "第 4、5、7 行" in finding.message


def test_an_explanation_in_two_rows_and_no_explanation_in_many_are_nothing() -> None:
    assert explained("经核实无误", "", "经核实无误", "").findings == ()
    assert explained("", "", "", "").findings == ()
    same = {id: {"remark": "初步数"} for id in ("revenue", "firms", "added")}
    old = replace(filled(rows=same), template_version="1")
    assert read_bytes(workbook_bytes(old)).findings == ()


def test_an_explanation_copied_down_the_revisions_is_named_too() -> None:
    months = ("2026年6月末", "2026年5月末", "2026年4月末")
    lines = [RevisionLine("企业数量", m, 80, 81, "年报核定", "经核实无误") for m in months]
    assert rules_of(read(filled(revisions=tuple(lines)))) == [("repeated-explanation", "F4")]


def note(book: Any) -> None:
    book["填报表"]["G5"].comment = Comment("口径变了", "某人")


def show_in_ten_thousands(book: Any) -> None:
    book["填报表"]["G4"].number_format = '0.0"万元"'


def show_as_percent(book: Any) -> None:
    book["填报表"]["I4"].value = 0.072
    book["填报表"]["I4"].number_format = "0.0%"


def completed(status: Any, month: Any) -> Any:
    return filled(statuses={"build": {"status": status, "completed_on": month}})


# For each rule one damage (what was sent, or what someone did to a good workbook) and its cell.
DAMAGES: dict[str, tuple[object, str]] = {
    "repeated-explanation": (
        filled(rows={key: {"confirmed": "经核实无误"} for key in ("revenue", "firms", "added")}),
        "M4",
    ),
    "unreadable": (b"no workbook", ""),
    "oversized": (put("填报表", "A9000", 1), ""),
    "not-ours": (lambda book: book.remove(book["修订"]), ""),
    "wrong-template": (put("_meta", "B1", "0"), "B1"),
    "wrong-dataset": (put("_meta", "B2", "live"), "B2"),
    "wrong-edition": (put("_meta", "B3", "2026-Q2"), "B3"),
    "wrong-unit": (put("_meta", "B4", "bureau"), "B4"),
    "moved-column": (lambda book: book["填报表"].insert_cols(7), "G3"),
    "extra-sheet": (lambda book: book.create_sheet("附表"), ""),
    "merged-cells": (lambda book: book["填报表"].merge_cells("G4:G5"), "G4"),
    "hidden-row": (lambda book: setattr(book["填报表"].row_dimensions[5], "hidden", True), "A5"),
    "unknown-indicator": (put("填报表", "A5", "other"), "A5"),
    "renamed-indicator": (put("填报表", "C5", "企业总数"), "C5"),
    "changed-unit": (put("填报表", "D5", "万家"), "D5"),
    "duplicate-row": (repeat_row_otherwise, "A7"),
    "repeated-row": (repeat_row, "A7"),
    "missing-row": (lambda book: book["填报表"].delete_rows(6), ""),
    "blank-value": (put("填报表", "G5", None), "G5"),
    "bad-period": (put("填报表", "E5", "九月"), "E5"),
    "period-outside": (put("填报表", "E5", "2026年6月末"), "E5"),
    "unknown-scope": (put("填报表", "F5", "全市"), "F5"),
    "unknown-visibility": (put("填报表", "N5", "内不"), "N5"),
    "unknown-word": (put("填报表", "J5", "按美元"), "J5"),
    "word-read": (put("填报表", "J5", "同口径"), "J5"),
    "unclear-look": (strike("填报表", "G5"), "G5"),
    "struck-text": (strike("填报表", "L5", L5="核实中"), "L5"),
    "word-for-blank": (put("填报表", "G5", "暂无"), "G5"),
    "unknown-status": (put("举措", "C5", "基本完成"), "C5"),
    "early-completion": (completed("已完成", "1999-01"), "E4"),
    "completion-not-done": (completed("推进中", "2026-08"), "E4"),
    "completion-contradicts": (completed("已完成", "2035-01"), "E4"),
    "unknown-measure": (put("举措", "A5", "other-m01"), "A5"),
    "blank-status": (put("举措", "C5", None), "C5"),
    "blocked-unexplained": (put("举措", "C5", "受阻"), "D5"),
    "bad-completion": (put("举措", "E5", "年底"), "E5"),
    "unknown-revised": (put("修订", "A4", "别处的指标"), "A4"),
    "incomplete-revision": (
        filled(revisions=(RevisionLine("企业数量", "2026年6月末", 80, None, "年报核定"),)),
        "D4",
    ),
    "revision-conflict": (
        filled(revisions=(RevisionLine("企业数量", "2026年9月末", 80, 81, "年报核定"),)),
        "D4",
    ),
    "revision-without-reason": (
        filled(revisions=(RevisionLine("企业数量", "2026年6月末", 80, 81),)),
        "E4",
    ),
    "not-a-number": (put("填报表", "G5", "8O"), "G5"),
    "swapped-indicator": (put("填报表", "C5", "营业收入"), "C5"),
    "continuous-done": (put("举措", "C7", "已完成"), "C7"),
    "unsigned": (put("填报表", "E9", None), "E9"),
    "personal-data": (put("举措", "D4", "已与甲某某对接"), "D4"),
    "negative-count": (put("填报表", "G5", -88), "G5"),
    "fraction-of-count": (put("填报表", "G5", 88.5), "G5"),
    "unit-in-cell": (put("填报表", "G5", "88户"), "G5"),
    "unit-converted": (put("填报表", "G5", "88家"), "G5"),
    "note-in-cell": (put("填报表", "G5", "约88"), "G5"),
    "brackets": (put("填报表", "G5", "(88)"), "G5"),
    "scientific-notation": (put("填报表", "G5", "8.8E1"), "G5"),
    "scaled-format": (show_in_ten_thousands, "G4"),
    "cell-note": (note, "G5"),
    "date-in-cell": (put("填报表", "G5", dt.date(2026, 8, 8)), "G5"),
    "error-cell": (put("填报表", "G5", "#DIV/0!"), "G5"),
    "formula-without-value": (put("填报表", "G5", "=80+8"), "G5"),
    "percent-format": (show_as_percent, "I4"),
    "nothing-filled": (blank_form(PLAN, "office", Q3, DATASET), ""),
    "below-sign-off": (put("填报表", "A12", "firms"), "A12"),
    "text-below-sign-off": (put("填报表", "C12", "以上数据以年报为准"), "A12"),
    "text-number": (put("填报表", "G5", "８８"), "G5"),
    "growth-read": (put("填报表", "I4", "增长7.2%"), "I4"),
    "odd-dash": (put("填报表", "G5", "-"), "G5"),
}
ELSEWHERE = {  # rules that are not about a single readable workbook; each has its own test
    "macros",
    "external-links",
    "foreign-file",
    "changed-file",
    "same-day",
    "marked-copy",
    "withdrawn-file",
    "chosen-file",
    "future-period",
    "revision-mismatch",
    "revision-unknown",
    "revision-unchanged",
    *(
        rule.id
        for module in (history_rules, size_rules, reply_rules, task_rules, project_rules)
        for rule in vars(module).values()
        if isinstance(rule, Rule)
    ),
}


def damaged(damage: Any) -> bytes:
    match damage:
        case bytes():
            return damage
        case Form():
            return workbook_bytes(damage)
        case _:
            return changed(filled(), damage)


@pytest.mark.parametrize("rule", DAMAGES)
def test_a_damage_is_found_by_its_rule_at_its_cell(rule: Any) -> None:
    damage, cell = DAMAGES[rule]
    findings = [f for f in read_bytes(damaged(damage)).findings if f.rule == rule]
    assert findings, rule
    assert findings[0].cell == cell
    assert "{" not in findings[0].message + findings[0].remedy


def test_every_rule_has_a_workbook_that_breaks_it() -> None:
    assert set(DAMAGES) | ELSEWHERE == {rule.id for rule in RULES}
    assert not set(DAMAGES) & ELSEWHERE


def test_a_finding_reads_as_what_where_and_how_to_fix() -> None:
    (finding,) = read(filled(rows={"revenue": {"value": "1O4.2"}})).findings
    assert str(finding).splitlines() == [
        "「1O4.2」不是数字（应为不带单位的数值）。",
        "  位置：office.xlsx，工作表「填报表」G4，revenue",
        "  处理：把字母 O 改为数字 0 后重新报送；若无法更正，在 corrections.yaml 中声明更正",
    ]
    assert (finding.edition, finding.submitting_unit) == ("2026-Q3", "office")


@pytest.mark.parametrize("rule", ["wrong-template", "wrong-dataset", "wrong-edition", "wrong-unit"])
def test_a_workbook_of_something_else_is_refused_as_a_whole(rule: str) -> None:
    submission = read_bytes(damaged(DAMAGES[rule][0]))
    assert not submission.usable
    assert submission.values == submission.statuses == submission.revisions == ()


def test_moved_columns_refuse_the_workbook() -> None:
    assert not read_bytes(damaged(DAMAGES["moved-column"][0])).usable


def test_a_bad_value_is_refused_alone_and_stays_visible() -> None:
    submission = read(filled(rows={"revenue": {"value": "1O4.2"}}))
    refused = value_of(submission, "revenue")
    assert (refused.status, refused.value, refused.cell) == (ObsStatus.REFUSED, None, "G4")
    assert value_of(submission).value == 88


def test_zero_blank_and_not_applicable_stay_apart() -> None:
    rows: dict[str, dict[str, Any]]
    rows = {"revenue": {"value": 0}, "firms": {"value": None}, "added": {"value": "—"}}
    statuses = [value.status for value in read(filled(rows=rows)).values]
    assert statuses == [ObsStatus.NORMAL, ObsStatus.NOT_SENT, ObsStatus.NOT_APPLICABLE]


def test_an_estimate_is_marked_as_such() -> None:
    value = value_of(read(filled(rows={"firms": {"stage": "估计"}})))
    assert (value.status, value.stage) == (ObsStatus.ESTIMATED, "估计")


def test_a_shorter_period_of_the_quarter_is_taken() -> None:
    value = value_of(read(filled(rows={"revenue": {"period": "2026年1—8月"}})), "revenue")
    assert (value.period, value.status) == (TimePeriod(2026, 8), ObsStatus.NORMAL)


def test_a_value_of_an_unreadable_period_is_not_guessed() -> None:
    value = value_of(read(filled(rows={"firms": {"period": "九月"}})))
    assert (value.status, value.value, value.period) == (
        ObsStatus.REFUSED,
        None,
        TimePeriod(2026, 9),
    )


def test_another_scope_is_kept_as_reported() -> None:
    assert value_of(read(filled(rows={"firms": {"scope": "新行政区"}}))).scope == NEW_DISTRICT


def test_a_blank_scope_is_the_indicators_own() -> None:
    assert value_of(read(filled(rows={"firms": {"scope": ""}}))).scope == DIRECT


def test_a_value_in_another_unit_is_not_taken() -> None:
    value = value_of(read_bytes(damaged(DAMAGES["changed-unit"][0])))
    assert (value.status, value.value) == (ObsStatus.REFUSED, None)


def test_of_two_rows_on_the_same_thing_neither_is_taken() -> None:
    value = value_of(read_bytes(damaged(DAMAGES["duplicate-row"][0])))
    assert (value.status, value.value) == (ObsStatus.REFUSED, None)


def test_rows_of_one_indicator_in_two_scopes_are_both_taken() -> None:
    form = filled()
    line = next(v for v in form.values if v.indicator_id == "firms")
    form = replace(form, values=(*form.values, replace(line, scope="全域", value=99)))
    submission = read(form)
    values = [v.value for v in submission.values if v.indicator_id == "firms"]
    assert (values, submission.findings) == ([88, 99], ())


def test_a_row_that_was_deleted_is_not_sent() -> None:
    value = value_of(read_bytes(damaged(DAMAGES["missing-row"][0])), "added")
    assert (value.status, value.cell) == (ObsStatus.NOT_SENT, "")


def test_a_row_with_the_name_of_another_indicator_is_not_taken() -> None:
    value = value_of(read_bytes(damaged(DAMAGES["swapped-indicator"][0])))
    assert (value.status, value.value) == (ObsStatus.REFUSED, None)


@pytest.mark.parametrize("merged", ["G4:G5", "G5:H5", "E4:E5", "F5:F6"])
def test_a_row_with_merged_cells_is_not_taken(merged: str) -> None:
    damage = changed(filled(), lambda book: book["填报表"].merge_cells(merged))
    submission = read_bytes(damage)
    assert value_of(submission).value is None
    assert next(f.rule for f in submission.findings if f.severity is Severity.ERROR) == (
        "merged-cells"
    )


def test_cells_merged_beside_or_below_the_table_are_nobodys_business() -> None:
    def merge(book: Any) -> None:
        book["填报表"].merge_cells("O4:P5")
        book["填报表"].merge_cells("B20:D21")

    assert read_bytes(changed(filled(), merge)).findings == ()


def test_the_feedback_sheet_and_its_notes_may_come_back() -> None:
    def answer(book: Any) -> None:
        book.create_sheet("核对意见")
        book["填报表"]["G5"].comment = Comment("请核对", "核对意见")

    assert read_bytes(changed(filled(), answer)).findings == ()


def test_a_continuous_measure_is_never_done() -> None:
    submission = read(filled(statuses={"keep": {"status": "已完成"}}))
    assert rules_of(submission) == [("continuous-done", "C7")]
    assert "keep" not in [status.measure_id for status in submission.statuses]


@pytest.mark.parametrize(
    "written", ["2026-08", "2026年8月", "2026年8月15日", "2026-8-15", "2026/08/15", "2026.8.1"]
)
def test_a_month_of_completion_is_read_however_it_is_written(written: str) -> None:
    submission = read(filled(statuses={"build": {"status": "已完成", "completed_on": written}}))
    assert submission.statuses[0].completed_on == "2026-08"


def test_a_revision_is_read_by_name_or_id() -> None:
    lines = (
        RevisionLine("营业收入", "2026年1—6月", 200.5, 210.25, "年报核定"),
        RevisionLine("firms", "2026年6月末", 80, 81, "年报核定"),
    )
    found = read(filled(revisions=lines)).revisions
    assert [(r.indicator_id, str(r.period), r.old_value, r.new_value) for r in found] == [
        ("revenue", "2026-06", 200.5, 210.25),
        ("firms", "2026-06", 80, 81),
    ]


def test_a_revision_given_twice_is_not_used() -> None:
    line = RevisionLine("企业数量", "2026年6月末", 80, 81, "年报核定")
    submission = read(filled(revisions=(line, replace(line, new_value=82))))
    assert submission.revisions == ()
    assert rules_of(submission) == [("duplicate-row", "A5")]


def test_a_revision_of_the_future_is_not_used() -> None:
    line = RevisionLine("企业数量", "2026年12月末", 80, 81, "年报核定")
    assert rules_of(read(filled(revisions=(line,)))) == [("period-outside", "B4")]


def test_the_workbook_of_a_correction_edition_holds_changes_only() -> None:
    form = filled(CORRECTION, rows={"firms": {"value": None}, "added": {"value": None}})
    submission = read(form)
    assert [value.indicator_id for value in submission.values] == ["revenue"]
    assert submission.findings == ()


@pytest.mark.parametrize("edition", [Q1, Q2])
def test_each_edition_reads_its_own_rows(edition: Any) -> None:
    submission = read(filled(edition))
    assert submission.findings == ()
    assert len(submission.values) == (4 if edition is Q1 else 3)


def test_all_findings_come_at_once() -> None:
    rows = {"revenue": {"value": "1O4.2", "scope": "全市"}, "firms": {"period": "九月"}}
    found = rules_of(read(filled(rows=rows, statuses={"keep": {"status": "好"}})))
    assert found == [
        ("not-a-number", "G4"),
        ("unknown-scope", "F4"),
        ("bad-period", "E5"),
        ("unknown-status", "C7"),
    ]


def late(edition: Edition, *dropped: int, **changes: Any) -> tuple[Plan, Form]:
    """Return a plan in which revenue runs a month late, and its form; rows may be `dropped`."""
    content = PLAN.model_dump()
    content["chapters"][0]["fields"][0]["indicators"][0]["lag_months"] = 1
    plan = Plan.model_validate(content)
    form = blank_form(plan, "office", edition, DATASET)
    values = [
        replace(line, value=100.0 - n, **changes.get(f"row_{n}", {}))
        for n, line in enumerate(form.values)
    ]
    kept = tuple(line for n, line in enumerate(values) if n not in dropped)
    measures = tuple(replace(m, status="推进中") for m in form.measures)
    return plan, replace(form, values=kept, measures=measures, sign_off=SIGNED)


def read_late(edition: Edition, *dropped: int, **changes: Any) -> Any:
    plan, form = late(edition, *dropped, **changes)
    return read_submission(
        workbook_bytes(form),
        plan,
        file="office.xlsx",
        dataset="demo",
        edition=edition,
        unit_id="office",
    )


def revenues(submission: Any) -> Any:
    return [
        (str(v.period), v.value, v.status.value)
        for v in submission.values
        if v.indicator_id == "revenue"
    ]


def test_a_late_indicator_brings_the_whole_year_and_the_first_months_in_two_rows() -> None:
    submission = read_late(Q1)
    assert revenues(submission) == [("2025-12", 100.0, "normal"), ("2026-02", 99.0, "normal")]
    assert submission.findings == ()


def test_of_two_rows_owed_the_missing_one_is_named_with_its_period() -> None:
    submission = read_late(Q1, 0)
    (finding,) = submission.findings
    assert (finding.rule, finding.expected) == ("missing-row", "营业收入，2025年")
    assert ("2025-12", None, "not_sent") in revenues(submission)


@pytest.mark.parametrize("broken", [0, 1])
def test_of_two_rows_owed_one_without_a_readable_period_stands_for_the_other_one(
    broken: int,
) -> None:
    submission = read_late(Q1, **{f"row_{broken}": {"period": "不清楚"}})
    expected: list[tuple[str, float | None, str]]
    expected = [("2025-12", 100.0, "normal"), ("2026-02", 99.0, "normal")]
    expected[broken] = (expected[broken][0], None, "refused")
    assert revenues(submission) == expected
    assert [finding.rule for finding in submission.findings] == ["bad-period"]


def test_two_rows_of_one_period_are_duplicates_even_where_two_periods_are_owed() -> None:
    submission = read_late(Q1, row_1={"period": "2025年"})
    assert revenues(submission)[0] == ("2025-12", None, "refused")
    assert [finding.rule for finding in submission.findings] == ["duplicate-row", "missing-row"]


def test_errors_and_warnings_are_counted() -> None:
    submission = read(filled(rows={"revenue": {"value": "1O4.2"}, "firms": {"value": "88"}}))
    assert (submission.count(Severity.ERROR), submission.count(Severity.WARNING)) == (1, 1)


PARTS = zipfile.ZipFile(io.BytesIO(workbook_bytes(filled())))


@given(
    name=st.sampled_from(PARTS.namelist()),
    at=st.floats(min_value=0, max_value=1, exclude_max=True),
    byte=st.integers(min_value=0, max_value=255),
)
def test_a_changed_byte_inside_never_gives_a_traceback(name: Any, at: float, byte: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for part in PARTS.namelist():
            content = bytearray(PARTS.read(part))
            if part == name:
                content[int(at * len(content))] = byte
            package.writestr(part, bytes(content))
    submission = read_bytes(buffer.getvalue(), edition=Q3)
    assert submission.usable or submission.findings
