"""Statuses that a form comes with: what is filled in, what is read of it, what was typed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from planbook.collect.form.blank import PriorKnowledge, blank_form
from planbook.collect.form.form import Form
from planbook.collect.form.instructions import instructions
from planbook.collect.layout import CARRIED_COLUMN, FIRST_ROW, LAYOUTS, MEASURES, META_SHEET
from planbook.collect.read.submission import Submission
from planbook.collect.read.workbook_reader import read_submission
from planbook.frames import STATUS_REPORTS, StatusReportRow
from planbook.periods import Edition
from planbook.plan import Plan
from tests.office import DATASET, PLAN, Q1, Q3, SIGNED, read_bytes, rules_of, workbook_bytes

Q4 = Edition.parse("2026-Q4")
NEXT = Edition.parse("2027-Q1")
LAST: dict[str, dict[str, str]] = {
    "build": {"status": "推进中", "progress": "主体封顶"},
    "build-s1": {"status": "已完成", "progress": "一期已验收", "completed_on": "2026-05"},
    "build-s2": {"status": "受阻", "progress": "用地未批"},
    "keep": {"status": "推进中", "progress": "新增一家"},
}


def reports(
    said: Mapping[str, dict[str, str]] = LAST, vintage: str = "2026-Q2"
) -> tuple[StatusReportRow, ...]:
    nothing: dict[str, Any] = dict.fromkeys(STATUS_REPORTS.columns, "")
    rows = [nothing | {"measure_id": id, "vintage": vintage} | row for id, row in said.items()]
    return STATUS_REPORTS.rows(STATUS_REPORTS.frame(rows))


def carrying(
    said: Mapping[str, dict[str, str]] = LAST, edition: Edition = Q3, plan: Plan = PLAN
) -> Form:
    """Return the form of an edition that knows what was said in the one before."""
    prior = PriorKnowledge(status_reports=reports(said))
    return blank_form(plan, "office", edition, DATASET, prior)


def valued(form: Form) -> Form:
    """Return a form with its values, signed; its measures as they came."""
    values = tuple(replace(line, value=80.0) for line in form.values)
    return replace(form, values=values, sign_off=SIGNED)


def said(submission: Submission) -> dict[str, tuple[str, str, str]]:
    return {
        row.measure_id: (str(row.status), row.progress, row.completed_on)
        for row in submission.statuses
    }


def damaged(form: Form, change: Callable[[Any], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(form)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_form_comes_with_the_last_statuses_and_with_the_progress_of_what_is_finished() -> None:
    lines = {line.measure_id: line for line in carrying().measures}
    assert {id: (line.status, line.progress, line.completed_on) for id, line in lines.items()} == {
        "build": ("推进中", "", ""),
        "build-s1": ("已完成", "一期已验收", "2026-05"),
        "build-s2": ("受阻", "", ""),
        "keep": ("推进中", "", ""),
    }
    assert lines["build-s2"].previous_status == lines["build-s2"].carried == "受阻"


def test_only_what_earlier_editions_said_is_filled_in() -> None:
    known = PriorKnowledge(status_reports=reports(vintage="2026-Q3"))
    lines = blank_form(PLAN, "office", Q3, DATASET, known).measures
    assert {(line.status, line.previous_status) for line in lines} == {("", "")}


def test_a_status_that_its_pattern_has_no_more_is_shown_and_not_filled_in() -> None:
    line = carrying({"keep": {"status": "已完成"}}).measures[-1]
    assert (line.status, line.previous_status) == ("", "已完成")


@pytest.mark.parametrize(("edition", "status"), [(Q4, "本年已开展"), (NEXT, "")])
def test_what_was_done_in_a_year_says_nothing_of_the_next(edition: Edition, status: str) -> None:
    plan = recurring(PLAN)
    done = {"keep": {"status": "本年已开展", "progress": "已办一届", "completed_on": "2026-05"}}
    line = carrying(done, edition, plan).measures[-1]
    assert (line.status, line.previous_status) == (status, "本年已开展")
    assert bool(line.progress) is bool(status)


def test_what_is_left_as_it_came_is_reported_again() -> None:
    submission = read_bytes(workbook_bytes(valued(carrying())))
    assert said(submission) == {
        "build": ("推进中", "", ""),
        "build-s1": ("已完成", "一期已验收", "2026-05"),
        "build-s2": ("受阻", "", ""),
        "keep": ("推进中", "", ""),
    }
    # what is in the way has to be said each time
    assert [rule for rule, _ in rules_of(submission)] == ["blocked-unexplained"]


def test_what_is_changed_is_read_as_changed() -> None:
    form = valued(carrying())
    build, *others = form.measures
    done = replace(build, status="已完成", progress="已验收", completed_on="2026-08")
    submission = read_bytes(workbook_bytes(replace(form, measures=(done, *others))))
    assert said(submission)["build"] == ("已完成", "已验收", "2026-08")
    assert said(submission)["keep"] == ("推进中", "", "")


def test_a_status_that_was_cleared_is_none() -> None:
    form = valued(carrying())
    build, *others = form.measures
    cleared = replace(form, measures=(replace(build, status=""), *others))
    submission = read_bytes(workbook_bytes(cleared))
    assert "build" not in said(submission)
    assert "blank-status" in {rule for rule, _ in rules_of(submission)}


def test_what_a_form_came_with_is_nothing_that_was_filled_in() -> None:
    form = carrying()
    signed = replace(form, sign_off=SIGNED)
    for blank in (form, signed):  # values are asked for: a signature alone says nothing of them
        assert rules_of(read_bytes(workbook_bytes(blank))) == [("nothing-filled", "")]
    *others, keep = form.measures
    several: tuple[dict[str, Any], ...] = (
        {"status": "受阻"},
        {"progress": "新增一家"},
        {"status": ""},
    )
    for typed in several:
        changed = replace(form, measures=(*others, replace(keep, **typed)))
        assert read_bytes(workbook_bytes(changed)).usable, typed


def test_where_no_value_is_asked_for_a_signature_confirms_the_statuses() -> None:
    form = replace(carrying(), values=())
    assert not read_bytes(workbook_bytes(form)).usable
    confirmed = read_bytes(workbook_bytes(replace(form, sign_off=SIGNED)))
    assert confirmed.usable
    assert set(said(confirmed)) == set(LAST)


def test_a_form_that_lost_what_it_came_with_is_read_as_typed() -> None:
    def forget(book: Any) -> None:
        sheet = book[META_SHEET]
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, CARRIED_COLUMN + 1).value = None

    submission = read_bytes(damaged(carrying(), forget))
    assert submission.usable
    assert set(said(submission)) == set(LAST)


# Headings of groups, where a unit has measures of several fields.


def grouped_plan() -> Plan:
    """Return the plan with the second measure in a field of its own."""
    data = PLAN.model_dump()
    here, there = data["chapters"][0]["fields"]
    there["measures"], here["measures"] = [here["measures"][1]], here["measures"][:1]
    there["submitting_unit"] = "office"
    return Plan.model_validate(data)


def recurring(plan: Plan) -> Plan:
    data = plan.model_dump()
    data["chapters"][0]["fields"][0]["measures"][1]["pattern"] = "recurring"
    return Plan.model_validate(data)


GROUPED = grouped_plan()


def grouped() -> Form:
    return carrying(plan=GROUPED)


def read_grouped(data: bytes) -> Submission:
    return read_submission(
        data, GROUPED, file="office.xlsx", dataset=DATASET.name, edition=Q3, unit_id="office"
    )


def measures_of(form: Form) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes(form)))[MEASURES.sheet]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_measures_of_several_fields_stand_under_headings_and_of_one_under_none() -> None:
    titles = [row[1].value for row in measures_of(grouped()).iter_rows(min_row=FIRST_ROW + 1)]
    assert titles == ["here", "建设平台", "其中：一期", "其中：二期", "there", "持续服务"]
    sheet = measures_of(grouped())
    heading = sheet[MEASURES.cell(FIRST_ROW, "status")]
    assert heading.protection.locked
    assert sheet[MEASURES.cell(FIRST_ROW, "measure_id")].value is None
    assert measures_of(carrying())[MEASURES.cell(FIRST_ROW, "title")].value == "建设平台"


def test_headings_are_no_rows_to_read() -> None:
    submission = read_grouped(workbook_bytes(valued(grouped())))
    assert set(said(submission)) == set(LAST)
    assert [rule for rule, _ in rules_of(submission)] == ["blocked-unexplained"]


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        ({"B4": None}, []),  # a heading that somebody emptied
        ({"C4": "推进中"}, ["unknown-measure"]),  # a status beside a heading
        ({"A5": None}, ["unknown-measure", "missing-row"]),
        ({"A5": None, "C5": None}, ["missing-row"]),
        ({"C9": "#N/A"}, ["unknown-status"]),
    ],
)
def test_a_damaged_sheet_with_headings_loses_no_status_in_silence(
    cells: Mapping[str, str | None], rules: list[str]
) -> None:
    def damage(book: Any) -> None:
        sheet = book[MEASURES.sheet]
        for place, value in cells.items():
            sheet[place].value = value

    found = read_grouped(damaged(valued(grouped()), damage))
    assert found.usable
    known = ("blocked-unexplained",)
    assert sorted(rule for rule, _ in rules_of(found) if rule not in known) == sorted(rules)


@pytest.mark.parametrize("version", [each for each in LAYOUTS if not LAYOUTS[each].carries])
def test_older_versions_have_no_headings_and_are_filled_by_what_was_typed(version: str) -> None:
    old = replace(grouped(), template_version=version)
    assert measures_of(old)[MEASURES.cell(FIRST_ROW, "title")].value == "建设平台"
    assert set(said(read_grouped(workbook_bytes(old)))) == set(LAST)
    assert "照上期填好" not in str(instructions(old))


def test_the_instructions_say_what_a_signature_confirms() -> None:
    (told,) = (how for subject, how, _ in instructions(grouped()) if subject == "举措")
    assert "没有变化的不动，签署即确认，视同本期填报" in told
    assert "灰底的行" in told
    (alone,) = (how for subject, how, _ in instructions(carrying()) if subject == "举措")
    assert "灰底的行" not in alone


def test_the_first_form_has_nothing_to_carry() -> None:
    form = blank_form(PLAN, "office", Q1, DATASET)
    assert {line.status for line in form.measures} == {""}
