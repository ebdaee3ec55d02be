"""A month between two editions: what is asked, who owes it, and what the edition takes in."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from planbook.assess.actions import assess_actions
from planbook.assess.key_projects import assess_projects
from planbook.assess.yearly_tasks import assess_tasks
from planbook.collect.form.blank import PriorKnowledge, blank_form
from planbook.collect.form.form import Form
from planbook.collect.form.instructions import instructions
from planbook.collect.form.template import workbook_bytes
from planbook.collect.inbox.asked_of_units import asked_beside_indicators
from planbook.collect.inbox.received import Submissions
from planbook.collect.inbox.submissions import read_submissions
from planbook.collect.layout import MEASURES
from planbook.collect.owed import owed_indicators, owed_measures
from planbook.collect.read.workbook_reader import read_submission
from planbook.editions import Register
from planbook.facts import Facts, build_facts
from planbook.facts.observations import as_of
from planbook.frames import ObservationRow
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.plan.cycle import Flashes
from planbook.project_frames import ProjectChange
from planbook.task_frames import TaskDecisionRow, TaskState
from planbook.vocabulary import Accumulation, MeasureStatus, SubmissionState
from planbook.workspace import Workspace
from tests.assess.test_actions import decided
from tests.assess.test_yearly_tasks import agreed, report
from tests.observed import observation
from tests.office import DATASET, GOOD, PLAN, Q3, SIGNED, file, filled
from tests.project_reports import project_report as project

OCTOBER, NOVEMBER, Q4 = (Edition.parse(id) for id in ("2026-10", "2026-11", "2026-Q4"))
LATER = dt.date(2027, 3, 1)


@cache
def plan_with(flashes: Flashes = Flashes.MONTHLY) -> Plan:
    """Return the office's plan with months between its quarters, from October 2026."""
    content = PLAN.model_dump()
    content["about"] |= {"flashes": flashes, "flashes_from": OCTOBER}
    return Plan.model_validate(content)


MONTHS = plan_with()


def form_of(
    edition: Edition = OCTOBER, unit: str = "office", tasks: Iterable[TaskDecisionRow] = ()
) -> Form:
    return blank_form(MONTHS, unit, edition, DATASET, PriorKnowledge(task_decisions=tuple(tasks)))


def filled_in(form: Form, value: float = 340.0) -> Form:
    lines = (replace(line, **{**GOOD["revenue"], "value": value}) for line in form.values)
    said = (replace(task, status="已完成", progress="验收文件〔2026〕1号") for task in form.tasks)
    return replace(form, values=tuple(lines), tasks=tuple(said), sign_off=SIGNED)


def read(folder: Path, upto: Edition = Q4, plan: Plan = MONTHS, **known: Any) -> Submissions:
    return read_submissions(folder, plan, dataset=DATASET, upto=upto, today=LATER, **known)


def states(submissions: Submissions, edition: Edition) -> dict[str, SubmissionState]:
    rows = (row for row in submissions.rows if row.edition == edition)
    return {row.submitting_unit: row.state for row in rows}


def test_a_month_asks_for_monthly_values_and_no_statuses() -> None:
    ((indicator, period),) = owed_indicators(MONTHS, "office", OCTOBER)
    assert (indicator.id, period) == ("revenue", TimePeriod(2026, 10))
    assert owed_measures(MONTHS, "office", OCTOBER) == ()
    assert owed_measures(MONTHS, "office", Q4)
    assert owed_indicators(MONTHS, "bureau", OCTOBER) == ()


def test_months_of_the_first_edition_are_collected_too(tmp_path: Path) -> None:
    about = MONTHS.about.model_copy(update={"first_edition": Q4})
    first = Plan.model_validate(MONTHS.model_dump() | {"about": about.model_dump()})
    assert owed_indicators(first, "office", OCTOBER)
    assert owed_indicators(first, "office", Q3) == ()
    file(tmp_path, filled_in(form_of()), "2026-11-10")
    found = read(tmp_path, plan=first)
    assert (states(found, OCTOBER), found.findings) == ({"office": SubmissionState.ON_TIME}, ())


def test_its_form_hides_the_sheet_that_is_empty_and_asks_for_open_tasks() -> None:
    form = form_of(tasks=[agreed("t-1", due="2026-12")])
    assert [line.task_id for line in form.tasks] == ["t-1"]
    assert "2026年10月" in form.title
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(form)))
    assert book[MEASURES.sheet].sheet_state == "hidden"
    assert not form_of(unit="bureau").asks_for_something
    only = form_of(unit="bureau", tasks=[agreed("t-2", unit="bureau", due="2026-12")])
    assert only.asks_for_something
    assert "请填「年度任务」表并签署" in only.subtitle


def test_what_a_month_says_is_known_from_it_on_and_the_quarter_takes_it_in(
    tmp_path: Path,
) -> None:
    tasks = (agreed("t-1", since=Q3, due="2026-12"),)
    file(tmp_path, filled(Q3), "2026-10-10")
    file(tmp_path, filled_in(form_of(tasks=tasks)), "2026-11-10")
    submissions = read(tmp_path, tasks=tasks)
    assert [s.edition for s in submissions.current] == [Q3, OCTOBER]
    assert [f for s in submissions.current for f in s.findings if "举措" in f.message] == []
    facts = build_facts(MONTHS, submissions, task_decisions=tasks)
    october = [row for row in facts.observations if row.time_period == TimePeriod(2026, 10)]
    assert [(row.vintage, row.obs_value) for row in october] == [(OCTOBER, 340.0)]
    assert as_of(facts.observations, Q3) == tuple(
        row for row in facts.observations if row.vintage == Q3
    )
    (task,) = assess_tasks(MONTHS, facts, Q4, demonstration=True)
    assert (task.task_state, task.done_in) == (TaskState.DONE, OCTOBER)
    last = [row for row in facts.status_reports if row.measure_id == "build"]
    assert [row.vintage for row in last] == [Q3]


def test_who_is_asked_nothing_in_a_month_is_not_listed_and_who_is_silent_is(
    tmp_path: Path,
) -> None:
    tasks = (agreed("t-2", unit="bureau", since=OCTOBER, due="2026-12"),)
    file(tmp_path, filled_in(form_of()), "2026-11-10")
    found = read(tmp_path, tasks=tasks)
    assert states(found, OCTOBER) == {
        "office": SubmissionState.ON_TIME,
        "bureau": SubmissionState.MISSING,
    }
    assert states(read(tmp_path), OCTOBER) == {"office": SubmissionState.ON_TIME}
    assert states(read(tmp_path, upto=Q3), OCTOBER) == {}


def test_a_month_that_nobody_answered_is_called_for_and_is_in_no_book(tmp_path: Path) -> None:
    file(tmp_path, filled_in(form_of()), "2026-11-10")
    found = read(tmp_path)
    assert states(found, NOVEMBER) == {"office": SubmissionState.MISSING}
    told = {row.edition for row in build_facts(MONTHS, found).submissions}
    assert OCTOBER in told
    assert Q4 in told
    assert NOVEMBER not in told


def test_a_task_that_was_done_is_asked_for_no_more(tmp_path: Path) -> None:
    tasks = (agreed("t-1", since=OCTOBER, due="2026-12"),)
    file(tmp_path, filled_in(form_of(tasks=tasks)), "2026-11-10")
    bureau = (agreed("t-2", unit="bureau", since=OCTOBER, due="2026-12"),)
    only = replace(form_of(unit="bureau", tasks=bureau), sign_off=SIGNED)
    done = replace(only.tasks[0], status="已完成", progress="验收文件〔2026〕2号")
    file(tmp_path, replace(only, tasks=(done,)), "2026-11-10")
    found = read(tmp_path, tasks=(*tasks, *bureau))
    assert states(found, NOVEMBER) == {"office": SubmissionState.MISSING}


@pytest.mark.parametrize(
    "stages",
    [
        {"2026-Q3": "前期"},
        {"2026-Q3": "前期", "2026-10": "投产"},
        {"2026-Q3": "投产", "2026-Q4": "投产"},
        {"2026-Q3": "前期", "2026-10": "投产", "2026-Q4": "前期"},
        {"2026-Q3": "前期", "2026-10": "退库"},
    ],
)
def test_who_is_asked_for_projects_is_who_has_a_form_that_asks(stages: dict[str, str]) -> None:
    said = {
        Edition.parse(id): project(id, stage, submitting_unit="bureau")
        for id, stage in stages.items()
    }
    sent: Any = {
        (edition, "bureau"): [SimpleNamespace(unit_id="bureau", tasks=(), projects=(row,))]
        for edition, row in said.items()
    }
    rounds = [OCTOBER, NOVEMBER, Q4, *(Edition.parse(f"2027-{n}") for n in ("01", "Q1", "04"))]
    asked = asked_beside_indicators(MONTHS, rounds, sent, (), ())
    prior = PriorKnowledge(project_reports=tuple(said.values()))
    for edition in rounds:
        form = blank_form(MONTHS, "bureau", edition, DATASET, prior)
        beside = replace(form, values=())
        assert ((edition, "bureau") in asked) == beside.asks_for_something, edition


def test_a_quarter_that_asks_for_a_task_only_is_not_nothing(tmp_path: Path) -> None:
    content = PLAN.model_dump()
    content["chapters"][0]["fields"][1]["indicators"][0]["reported_in"] = (1,)
    first_quarters = Plan.model_validate(content)
    task = agreed("t-1", unit="bureau", since=Q3, due="2026-12")
    for tasks, state in (
        ((task,), SubmissionState.MISSING),
        ((), SubmissionState.NOTHING_OWED),
    ):
        assert states(read(tmp_path, Q3, first_quarters, tasks=tasks), Q3)["bureau"] is state


def test_where_only_odd_months_are_collected_an_even_one_is_foreign(tmp_path: Path) -> None:
    file(tmp_path, filled_in(form_of()), "2026-11-10")
    found = read(tmp_path, plan=plan_with(Flashes.ODD_MONTHS))
    assert found.current == ()
    assert [finding.file for finding in found.findings] == ["2026-10"]


def test_what_ended_in_a_month_is_told_by_the_quarter_that_takes_it_in() -> None:
    tasks = (agreed(), agreed(since=OCTOBER, dropped="并入另一项"))
    actions = (decided(since=Q3), decided(since=OCTOBER, closure="已落实"))
    facts = Facts(task_decisions=tasks, action_decisions=actions)
    for edition, told in ((Q4, 1), (Q4.plus(1), 0)):
        assert len(assess_tasks(MONTHS, facts, edition, demonstration=True)) == told
        assert len(assess_actions(MONTHS, facts, edition, demonstration=True)) == told


def test_a_projects_change_is_told_against_the_last_edition_of_the_cycle() -> None:
    reports = [project("2026-Q3", "前期"), project("2026-10", "开工"), project("2026-11", "开工")]
    (row,) = assess_projects(MONTHS, reports, Q4, demonstration=True)
    assert (row.change, row.moved_in) == (ProjectChange.MOVED, OCTOBER)
    (october,) = assess_projects(MONTHS, reports, OCTOBER, demonstration=True)
    assert october.change is ProjectChange.MOVED
    (next_one,) = assess_projects(MONTHS, reports, Q4.plus(1), demonstration=True)
    assert next_one.change is ProjectChange.SILENT


def test_a_task_is_reported_done_in_a_month_and_undone_in_the_next() -> None:
    told = (report(OCTOBER, MeasureStatus.DONE), report(NOVEMBER, MeasureStatus.UNDER_WAY))
    facts = Facts(task_decisions=(agreed(due="2027-06"),), task_reports=told)
    (row,) = assess_tasks(MONTHS, facts, Q4, demonstration=True)
    assert (row.done_in, row.reported_in) == (None, NOVEMBER)


def test_the_deadline_of_a_month_is_known_once_a_workbook_was_filed(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, DATASET, Register(Q3))
    assert OCTOBER not in workspace.deadlines_known()
    file(workspace.submissions, filled_in(form_of()), "2026-11-10")
    assert workspace.deadlines_known()[OCTOBER] == dt.date(2026, 11, 20)


def test_january_asks_for_each_value_once_and_calls_it_januarys() -> None:
    january = form_of(Edition.parse("2027-01"))
    asked = [(line.indicator_id, line.period) for line in january.values]
    assert ("revenue", "2027年1月") in asked  # the month is all that there is of the year
    assert len({id for id, _ in asked}) == len(asked)
    assert not [period for _, period in asked if "1—" in period]
    assert set(january.values[0].periods) == {"2027年1月"}


def late_plan() -> Plan:
    """Return the plan of months whose revenue comes a month late."""
    content = MONTHS.model_dump()
    for chapter in content["chapters"]:
        for field in chapter["fields"]:
            for indicator in field["indicators"]:
                if indicator["id"] == "revenue":
                    indicator["lag_months"] = 1
    return Plan.model_validate(content)


def owed_late(edition: str) -> list[str]:
    owed = owed_indicators(late_plan(), "office", Edition.parse(edition))
    return [str(period) for indicator, period in owed if indicator.id == "revenue"]


def test_no_month_asks_late_for_a_january_that_is_added_up() -> None:
    months = ("2026-10", "2026-11", "2027-01", "2027-02", "2027-04")
    asked = {month: owed_late(month) for month in months}
    assert asked == {
        "2026-10": ["2026-09"],
        "2026-11": ["2026-10"],
        "2027-01": ["2026-12"],
        "2027-02": [],  # of January alone there is no total: the quarter asks for 1—2月
        "2027-04": ["2027-03"],
    }
    assert owed_late("2027-Q1") == ["2026-12", "2027-02"]
    balance = MONTHS.indicator("revenue").model_copy(
        update={"lag_months": 1, "accumulation": Accumulation.END_OF_PERIOD}
    )
    february = Edition.parse("2027-02")
    assert balance.owed_periods(february, MONTHS.cycle) == (TimePeriod(2027, 1),)


def carried_form(*rows: ObservationRow) -> Form:
    first = Edition.parse("2027-Q1")
    return blank_form(late_plan(), "office", first, DATASET, PriorKnowledge(observations=rows))


def test_what_a_month_told_of_a_whole_year_stands_in_the_quarters_form() -> None:
    year = TimePeriod(2026, 12)
    about = {"indicator_id": "revenue", "scope": "未注明", "yoy": 6.5}
    told = observation(year, 455.0, vintage=Edition.parse("2027-01"), **about)
    line, newest = carried_form(told).values[:2]
    assert (line.period, line.value, line.yoy) == ("2026年", 455.0, 6.5)
    assert (newest.period, newest.value) == ("2027年1—2月", None)
    before = observation(year, 455.0, vintage=Q4, **about)  # told of in the last edition's form
    assert carried_form(before).values[0].value is None
    notes = {row[0]: row[1] for row in instructions(carried_form(told))}
    assert "月度快报报过" in notes["本期值"]
    assert "月度快报" not in dict(row[:2] for row in instructions(carried_form()))["本期值"]


@pytest.mark.parametrize(("remark", "filled"), [("", False), ("年报核定", True)])
def test_a_form_that_came_with_a_value_is_not_filled_in_by_it(remark: str, filled: bool) -> None:
    about = {"indicator_id": "revenue", "scope": "未注明"}
    january = Edition.parse("2027-01")
    form = carried_form(observation(TimePeriod(2026, 12), 455.0, vintage=january, **about))
    form = replace(form, values=(replace(form.values[0], remark=remark), *form.values[1:]))
    read_back = read_submission(
        workbook_bytes(replace(form, measures=())),
        late_plan(),
        file="office.xlsx",
        dataset=DATASET.name,
        edition=form.edition,
        unit_id="office",
        received=dt.date(2027, 4, 10),
    )
    rules = [finding.rule for finding in read_back.findings]
    assert ("nothing-filled" in rules) != filled


def test_a_projects_row_stays_as_printed_and_new_ones_may_serve_measures() -> None:
    prior = PriorKnowledge(project_reports=(project("2026-Q3", month="2027-03"),))
    forms = [blank_form(MONTHS, "office", each, DATASET, prior) for each in (OCTOBER, Q4)]
    assert len({form.projects for form in forms}) == 1
    assert forms[0].projects[0].about
    assert len({form.task_subjects for form in forms}) == 1
    submission = read_submission(
        workbook_bytes(filled_in(forms[0])),
        MONTHS,
        file="office.xlsx",
        dataset=DATASET.name,
        edition=OCTOBER,
        unit_id="office",
        received=LATER,
    )
    assert [row.measure_id for row in submission.projects] == ["build"]
    assert [f for f in submission.findings if f.sheet == "重点项目"] == []


@pytest.mark.parametrize("said", ["已完成", "未启动", ""])
def test_a_month_whose_values_stand_still_is_not_the_last_one_again_if_a_task_moved(
    tmp_path: Path, said: str
) -> None:
    tasks = (agreed("t-1", since=Q3, due="2026-12"),)
    started = replace(form_of(tasks=tasks).tasks[0], status="未启动")
    october = replace(filled_in(form_of(tasks=tasks)), tasks=(started,))
    november = filled_in(form_of(NOVEMBER, tasks=tasks))
    progress = "验收文件〔2026〕1号" if said == "已完成" else ""
    told = replace(november.tasks[0], status=said, progress=progress)
    file(tmp_path, october, "2026-11-10")
    file(tmp_path, replace(november, tasks=(told,)), "2026-12-10")
    found = [f.rule for s in read(tmp_path, tasks=tasks).current for f in s.findings]
    assert ("nothing-changed" in found) == (said != "已完成")


def test_the_round_after_a_month_is_the_next_month_or_the_edition() -> None:
    after = MONTHS.cycle.after
    assert (after(OCTOBER), after(NOVEMBER), after(Q4)) == (
        NOVEMBER,
        Q4,
        Edition.parse("2027-01"),
    )
