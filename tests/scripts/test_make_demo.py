"""The demonstration: the same every time, small, instructive, and nobody's real figures."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from click.testing import CliRunner

from demo.scenario import draw
from demo.statuses import reports
from demo.tree import Files, dataset_files, differences, read_tree
from make_demo import desk, main, write
from planbook.assess.actions import assess_actions
from planbook.assess.goals import assess_history
from planbook.assess.key_projects import assess_projects
from planbook.assess.outlook.constants import FLOW, LEVEL
from planbook.assess.outlook.scale import own_scale
from planbook.assess.outlook.trend import trend_of
from planbook.assess.yearly_tasks import assess_tasks
from planbook.collect.decided.action_decisions import read_action_decisions
from planbook.collect.decided.corrections import read_corrections
from planbook.collect.decided.csv_inputs import (
    read_annual_targets,
    read_assessments,
    read_baselines,
)
from planbook.collect.decided.task_decisions import read_task_decisions
from planbook.collect.inbox.submissions import read_submissions
from planbook.errors import ProblemsFound
from planbook.facts import build_facts
from planbook.frames import HISTORY
from planbook.periods import Edition, TimePeriod, editions_between
from planbook.project_frames import ProjectChange, ProjectReportRow, ProjectRow, ProjectStage
from planbook.task_frames import TaskState
from planbook.vocabulary import (
    Accumulation,
    Frequency,
    MeasureStatus,
    Note,
    Origin,
    Rating,
    Reason,
    Severity,
    SubmissionState,
    Visibility,
)

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "data" / "demo"
WORKBOOK_BYTES = 35_000
JULY, AUGUST = MONTHS = tuple(map(Edition.parse, ("2026-07", "2026-08")))
NOT_ASKED_IN_A_MONTH = {
    "content",
    "digitalfin",
    "environment",
    "hr",
}  # nothing of theirs is monthly
SILENT_IN_THE_MONTHS = {"ecommerce", "design"}


@pytest.fixture(scope="module")
def demo_desk() -> Any:
    return desk(ROOT / "data" / "plan")


@pytest.fixture(scope="module")
def made(demo_desk: Any) -> Files:
    return dataset_files(demo_desk)


@pytest.fixture(scope="module")
def facts(demo_desk: Any) -> Any:
    """Everything that was submitted and decided, read from the committed files."""
    plan = demo_desk.plan
    decided = read_action_decisions(COMMITTED / "actions.csv", plan)
    tasks = read_task_decisions(COMMITTED / "tasks.csv", plan)
    return build_facts(
        plan,
        read_submissions(
            COMMITTED / "submissions",
            plan,
            dataset=demo_desk.dataset,
            upto=demo_desk.scenario.editions.last,
            actions=decided,
            tasks=tasks,
        ),
        baselines=read_baselines(COMMITTED / "baselines.csv", plan),
        annual_targets=read_annual_targets(COMMITTED / "annual_targets.csv", plan),
        assessments=read_assessments(COMMITTED / "assessments.csv", plan),
        corrections=read_corrections(COMMITTED / "corrections.yaml", plan),
        action_decisions=decided,
        task_decisions=tasks,
    )


@pytest.fixture(scope="module")
def history(demo_desk: Any, facts: Any) -> Any:
    editions = demo_desk.scenario.editions
    return HISTORY.frame(
        assess_history(
            demo_desk.plan,
            facts,
            editions_between(editions.first, editions.last),
            demonstration=True,
        )
    )


@pytest.fixture(scope="module")
def latest(demo_desk: Any, history: Any) -> Any:
    return history[history["edition"] == str(demo_desk.scenario.editions.last)]


def test_committed_files_are_what_the_script_makes(made: Files) -> None:
    assert differences(made, read_tree(COMMITTED)) == []


def test_a_changed_or_missing_file_is_a_difference() -> None:
    made = {"a.csv": b"1", "b.csv": b"2", "c.csv": b"3"}
    assert differences(made, {"a.csv": b"1", "b.csv": b"9", "d.csv": b"4"}) == [
        "b.csv",
        "c.csv",
        "d.csv",
    ]


def test_writing_replaces_what_an_earlier_run_left(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    write(folder, {"submissions/2025-Q1/old.xlsx": b"old"})
    write(folder, {"submissions/2025-Q2/new.xlsx": b"new", "README.md": b"text"})
    assert sorted(read_tree(folder)) == ["README.md", "submissions/2025-Q2/new.xlsx"]


def test_chance_depends_on_the_key_alone() -> None:
    assert draw("a", 1) == draw("a", 1) == pytest.approx(0.0, abs=1)
    assert draw("a", 1) != draw("a", 2)


def test_quarters_scatter_about_as_much_as_real_series_do(demo_desk: Any) -> None:
    def scale(series: Any) -> float:
        ends = [TimePeriod(2024, 3).plus(3 * number) for number in range(11)]
        values = [series.value(end) for end in ends]
        flow = series.indicator.accumulation is Accumulation.YTD
        if flow:
            values = [
                value - (values[number - 1] if ends[number].month > 3 else 0)
                for number, value in enumerate(values)
            ]
        model = FLOW if flow else LEVEL
        trend = trend_of([math.log(value) for value in values], newest=2, model=model)
        return own_scale(trend.adjusted, model)

    quarterly = [
        series
        for series in demo_desk.series.values()
        if series.indicator.frequency is not Frequency.ANNUAL
        and not series.story.steps
        and not series.story.quarters
    ]
    flows = [s for s in quarterly if s.indicator.accumulation is Accumulation.YTD]
    levels = [s for s in quarterly if s.indicator.accumulation is Accumulation.END_OF_PERIOD]
    assert 0.035 < median(map(scale, flows)) < 0.08  # real ones: 0.056
    assert 0.012 < median(map(scale, levels)) < 0.03  # real ones: 0.019


def test_whole_years_are_those_of_the_story_whatever_the_scatter(demo_desk: Any) -> None:
    def known(id: str, period: TimePeriod, **changed: float) -> float:
        series = demo_desk.series[id]
        story = series.story.model_copy(update=changed)
        value: float = replace(series, story=story).value(period)
        return value

    for id in ("online-retail-sales", "tech-managers"):
        year, quarter = TimePeriod(2025, 12), TimePeriod(2025, 6)
        assert known(id, year, noise=0) == known(id, year) == known(id, year, seed=99)
        assert (
            len({known(id, quarter, noise=0), known(id, quarter), known(id, quarter, seed=9)}) == 3
        )


def test_every_indicator_with_numbers_has_a_story_and_no_story_is_left_over(demo_desk: Any) -> None:
    wanted = {i.id for i in demo_desk.plan.indicators if not i.by_people}
    assert set(demo_desk.scenario.stories) == wanted


def test_an_indicator_without_a_story_is_named(demo_desk: Any, monkeypatch: Any) -> None:
    stories = dict(demo_desk.scenario.stories)
    del stories["software-revenue"]
    less = demo_desk.scenario.model_copy(update={"stories": stories})
    monkeypatch.setattr("make_demo.read_scenario", lambda: less)
    with pytest.raises(ProblemsFound, match=r"software-revenue.*没有情节"):
        desk(ROOT / "data" / "plan")


def test_one_workbook_a_unit_and_edition_but_for_one_missing_and_one_sent_twice(
    made: Files, demo_desk: Any
) -> None:
    incidents = demo_desk.scenario.incidents
    editions, units = demo_desk.scenario.editions, len(demo_desk.plan.units)
    workbooks = Counter(p.split("/")[1] for p in made if p.endswith(".xlsx"))
    expected = {
        str(edition): units
        - len(NOT_ASKED_IN_A_MONTH) * (edition in MONTHS)
        - sum(each.edition == edition for each in incidents.absent)
        + sum(each.edition == edition for each in incidents.sent_twice)
        for edition in (*editions_between(editions.first, editions.last), *MONTHS)
    }
    assert workbooks == expected


def test_workbooks_are_small(made: Files) -> None:
    assert max(len(data) for path, data in made.items() if path.endswith(".xlsx")) < WORKBOOK_BYTES


def test_every_baseline_says_that_it_is_invented(facts: Any) -> None:
    assert all("示例数据" in row.source for row in facts.baselines)


def test_no_figure_of_the_live_dataset_is_used(demo_desk: Any, facts: Any) -> None:
    live = read_baselines(ROOT / "data" / "live" / "baselines.csv", demo_desk.plan)
    assert len(live)
    real = {(row.indicator_id, row.obs_value) for row in live}
    assert not real & {(row.indicator_id, row.obs_value) for row in facts.baselines}
    assert not real & {(row.indicator_id, row.obs_value) for row in facts.observations}
    assert not real & {(row.indicator_id, row.prior_value) for row in facts.observations}


def test_every_rating_before_the_due_date_occurs_in_the_last_edition(latest: Any) -> None:
    assert set(latest["rating"]) == set(Rating) - {Rating.MISSED}


def test_every_reason_not_to_judge_occurs_and_all_but_one_in_the_last_edition(
    latest: Any, history: Any
) -> None:
    known = set(Reason) - {Reason.WITHHELD}  # which is for public books
    assert set(history["reason"]) - {""} == known
    # By the second year every annual indicator has a year to be judged by.
    assert set(latest["reason"]) - {""} == known - {Reason.ANNUAL_NOT_DUE}


def test_ratings_are_spread_as_in_a_real_plan(latest: Any) -> None:
    counts = Counter(latest["rating"])
    assert counts[Rating.ON_COURSE] > counts[Rating.BEHIND] > counts[Rating.FAR_BEHIND]
    assert counts[Rating.FAR_BEHIND] > counts[Rating.REVERSING] >= 2
    assert counts[Rating.NOT_ASSESSABLE] < len(latest) / 5


def test_the_special_cases_are_told(history: Any) -> None:
    told = {note for notes in history["notes"] for note in notes.split()}
    assert told >= {
        Note.PARTIAL_PERIOD,
        Note.CARRIED_ANNUAL,
        Note.CARRIED_ABSENT,
        Note.MISSED_YEAR,
        Note.ABOVE_RANGE,
        Note.WITHIN_TOLERANCE,
        Note.FALLEN_OUT,
        Note.NEGATIVE_NET,
        Note.YOY_GAP,
        Note.REVISED,
        Note.SCOPE_UNSTATED,
    }


def test_submissions_come_late_twice_or_not_at_all(facts: Any) -> None:
    states = {row.state for row in facts.submissions}
    assert {SubmissionState.ON_TIME, SubmissionState.LATE, SubmissionState.MISSING} <= states
    assert sum(row.superseded for row in facts.submissions) == 1


def test_departments_err_only_as_the_scenario_says(demo_desk: Any, facts: Any) -> None:
    errors = [
        finding
        for finding in facts.findings
        if finding.severity is Severity.ERROR and finding.rule not in ON_PROJECTS
    ]
    typed = demo_desk.scenario.incidents.cells
    taken = ("—", "亿元")
    refused = {
        (str(cell.edition), cell.indicator)
        for cell in typed
        if cell.column == "value" and isinstance(cell.text, str) and not cell.text.endswith(taken)
    }
    half_proposed = [f for f in errors if f.rule == "task-incomplete"]
    assert len(half_proposed) == sum(not each.deliverable for each in demo_desk.scenario.proposals)
    others = [finding for finding in errors if finding not in half_proposed]
    assert {(finding.edition, finding.indicator_id) for finding in others} == refused


def test_values_are_revised_with_and_without_a_word(facts: Any) -> None:
    assert {row.declared for row in facts.revisions} == {True, False}


def test_a_correction_replaces_a_refused_value(demo_desk: Any, facts: Any) -> None:
    own = [row for row in facts.observations if row.indicator_id == "tech-firm-loans"]
    (corrected,) = (row for row in own if row.origin is Origin.CORRECTION)
    series = demo_desk.series["tech-firm-loans"]
    assert corrected.obs_value == series.value(corrected.time_period)


def test_every_status_occurs_in_the_last_edition_and_some_measures_are_silent(
    demo_desk: Any,
) -> None:
    last, first = demo_desk.scenario.editions.last, demo_desk.plan.about.first_edition
    sent = [
        report
        for measure in demo_desk.plan.measures
        for report in reports(measure, last, first, demo_desk.phrases).values()
    ]
    assert {report.status for report in sent if report} == set(MeasureStatus)
    assert None in sent


def test_actions_are_overdue_moved_closed_public_and_left_without_a_reply(
    demo_desk: Any, facts: Any
) -> None:
    last = demo_desk.scenario.editions.last
    rows = assess_actions(demo_desk.plan, facts, last, demonstration=True)
    assert {row.action_id for row in rows} == {each.id for each in demo_desk.scenario.actions}
    assert [row.action_id for row in rows if row.overdue]
    assert [row.action_id for row in rows if row.due_month > row.first_due_month]
    assert [row.action_id for row in rows if row.closed_in == last]
    assert {row.visibility for row in rows} == set(Visibility)
    told = {each.id: each.reply.text for each in demo_desk.scenario.actions if each.reply}
    assert {row.action_id: row.reply for row in rows if row.replied_in == last} == told
    assert len(told) < len(rows)


def test_tasks_stand_in_every_state_and_what_is_planted_is_found_once(
    demo_desk: Any, facts: Any
) -> None:
    last = demo_desk.scenario.editions.last
    rows = assess_tasks(demo_desk.plan, facts, last, demonstration=True)
    by_id = {row.task_id: row for row in rows}
    assert {task.id for task in demo_desk.scenario.tasks} <= set(by_id)
    assert {row.task_state for row in rows} == set(TaskState)
    assert {row.visibility for row in rows} == set(Visibility)
    assert by_id["t2026-mice-area"].due_month > by_id["t2026-mice-area"].first_due_month
    assert by_id["t2026-airport-pilot"].asked_month is not None
    assert by_id["t2026-port-kd"].reported_in is None
    planned = {row.submitting_unit for row in rows}
    assert planned == {unit.id for unit in demo_desk.plan.units} - {
        *demo_desk.scenario.without_tasks
    }
    found = Counter(f.rule for f in facts.findings if f.rule in ON_TASKS)
    assert found == dict.fromkeys(ON_TASKS, 1)


def test_before_they_were_agreed_there_were_no_tasks(demo_desk: Any, facts: Any) -> None:
    agreed = demo_desk.scenario.tasks_agreed
    first = assess_tasks(demo_desk.plan, facts, agreed.plus(-1), demonstration=True)
    then = assess_tasks(demo_desk.plan, facts, agreed, demonstration=True)
    assert first == ()
    assert {row.reported_in for row in then} == {None}


ON_TASKS = {
    "measure-ahead-of-tasks",
    "measure-behind-tasks",
    "measure-hides-blocked",
    "missing-task",
    "task-incomplete",
    "task-unexplained",
}


ON_PROJECTS = {
    "investment-leapt",
    "invested-over-total",
    "left-unexplained",
    "missing-project",
    "node-missing",
    "node-overdue",
    "stage-went-back",
}


def test_projects_come_go_on_back_and_away_and_what_is_planted_is_found_once(
    demo_desk: Any, facts: Any
) -> None:
    last, planned = demo_desk.scenario.editions.last, demo_desk.scenario.projects
    held: dict[str, list[ProjectReportRow]] = {}
    for row in facts.project_reports:
        held.setdefault(row.project, []).append(row)
    assert set(held) == {project.project for project in planned}
    assert all(len({row.project_id for row in rows}) == 1 for rows in held.values())
    told = [rows for rows in held.values() if rows[-1].vintage == last]
    moves = {(rows[-2].stage.order, rows[-1].stage.order) for rows in told if len(rows) > 1}
    assert {before < after for before, after in moves} == {True, False}
    assert {row.stage for rows in held.values() for row in rows} == set(ProjectStage)
    quarters = [[row for row in rows if row.vintage not in MONTHS] for rows in told]
    assert {len(rows) for rows in quarters} == {1, 2, 3}
    assert [rows[-1].vintage for rows in held.values()].count(last.plus(-1)) == 1
    assert {rows[-1].visibility for rows in told} == set(Visibility)
    assert any(row.need for rows in told for row in rows[-1:])
    assert held["示例工程技术服务产业园"][-1].total_investment == 8
    assert held["示例检测产业园"][-1].invested == 4.9
    found = Counter(f.rule for f in facts.findings if f.sheet == "重点项目")
    assert found == dict.fromkeys(ON_PROJECTS, 1)


def test_no_task_tells_another_story_than_the_project_of_its_measure(
    demo_desk: Any, facts: Any
) -> None:
    last, projects = demo_desk.scenario.editions.last, demo_desk.scenario.projects
    own = {project.about for project in projects}
    builds = {phrase.task for own in demo_desk.phrases.tasks for phrase in own if phrase.builds}
    tasks = assess_tasks(demo_desk.plan, facts, last, demonstration=True)
    assert builds
    assert any(row.task in builds for row in tasks)
    assert not [row.task_id for row in tasks if row.measure_id in own and row.task in builds]
    (pilot,) = (row for row in tasks if row.task_id == "t2026-airport-pilot")
    rows = [row for row in facts.project_reports if row.project == "示例再制造产业园一期"]
    nodes = {row.vintage: row.next_month for row in rows}
    assert nodes[demo_desk.scenario.tasks_agreed] == pilot.first_due_month == pilot.due_month
    assert nodes[last] == pilot.asked_month
    assert rows[-1].problem == pilot.progress


def test_two_units_send_nothing_between_the_quarters(facts: Any) -> None:
    states = {(row.edition, row.submitting_unit): row.state for row in facts.submissions}
    for month in MONTHS:
        asked = {unit for edition, unit in states if edition == month}
        assert not asked & NOT_ASKED_IN_A_MONTH
        silent = {unit for unit in asked if states[month, unit] is SubmissionState.MISSING}
        assert silent == SILENT_IN_THE_MONTHS


def test_a_task_becomes_overdue_within_a_month_and_others_are_done_in_one(
    demo_desk: Any, facts: Any
) -> None:
    july, august, last = (
        {row.task_id: row for row in assess_tasks(demo_desk.plan, facts, each, demonstration=True)}
        for each in (JULY, AUGUST, demo_desk.scenario.editions.last)
    )
    pilot = "t2026-airport-pilot"
    states = [rows[pilot].task_state for rows in (july, august, last)]
    assert states == [TaskState.NEAR, TaskState.OVERDUE, TaskState.OVERDUE]
    done = Counter(row.done_in for row in last.values() if row.done_in is not None)
    assert min(done[JULY], done[AUGUST], done[demo_desk.scenario.editions.last]) > 0


def test_a_node_is_put_off_in_a_month_and_the_project_moves_on_by_the_quarter(
    demo_desk: Any, facts: Any
) -> None:
    def stands(edition: Edition, project: str) -> ProjectRow:
        rows = assess_projects(demo_desk.plan, facts.project_reports, edition, demonstration=True)
        return next(row for row in rows if row.project == project)

    park = [stands(each, "示例软件园二期载体") for each in MONTHS]
    assert [(row.change, row.slipped) for row in park] == [(ProjectChange.SLIPPED, 2)] * 2
    last = stands(demo_desk.scenario.editions.last, "示例软件园二期载体")
    assert (last.change, last.slipped) == (ProjectChange.MOVED, 0)
    assert stands(demo_desk.scenario.editions.last, "示例综合能源站").moved_in == AUGUST


def test_monthly_values_of_the_months_are_known_from_them_and_nothing_else_is(
    demo_desk: Any, facts: Any
) -> None:
    came = {row.indicator_id for row in facts.observations if row.vintage in MONTHS}
    monthly = {
        indicator.id
        for indicator in demo_desk.plan.indicators
        if indicator.frequency is Frequency.MONTHLY
    }
    assert came
    assert came < monthly  # those of the unit that sends nothing are missing
    loans = {
        row.vintage: row.obs_value
        for row in facts.observations
        if row.indicator_id == "green-loans" and row.vintage >= JULY
    }
    assert loans[AUGUST] < loans[JULY]  # it fell in a month, and rose in the quarter
    assert loans[demo_desk.scenario.editions.last] > loans[JULY]


def test_what_a_monthly_meeting_decided_is_in_the_next_forms_and_in_the_quarter(
    demo_desk: Any, facts: Any
) -> None:
    last = demo_desk.scenario.editions.last
    (energy,) = (
        row
        for row in assess_actions(demo_desk.plan, facts, last, demonstration=True)
        if row.opened == AUGUST
    )
    assert "7月调度会" in energy.decided_in
    told = [row.vintage for row in facts.action_replies if row.action_id == energy.action_id]
    assert told == [AUGUST, last]
    (task,) = (row for row in facts.task_decisions if row.from_edition == AUGUST)
    assert "7月调度会" in task.decided_in


def test_of_the_months_nothing_is_found_but_silence(facts: Any) -> None:
    found = {f.rule for f in facts.findings if f.edition in map(str, MONTHS)}
    assert found == {"missing-reply", "nothing-changed"}


def test_what_is_planted_is_about_something_of_the_plan(demo_desk: Any) -> None:
    plan, planted = demo_desk.plan, demo_desk.scenario.planted
    items = {item.id for measure in plan.measures for item in measure.sub_items}
    known = {each.id for each in (*plan.goals, *plan.measures, *plan.units)} | items
    assert {each.on for each in planted} <= known
    assert len({each.rule for each in planted}) >= 12
    assert len(set(planted)) == len(planted)


def test_check_names_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Files
) -> None:
    monkeypatch.setattr("make_demo.find_root", lambda: tmp_path)
    monkeypatch.setattr("make_demo.desk", lambda plan: plan)
    monkeypatch.setattr("make_demo.dataset_files", lambda desk: made)
    write(tmp_path / "data" / "demo", {**made, "baselines.csv": b""})
    result = CliRunner().invoke(main, ["--check"])
    assert result.exit_code == 1
    assert "baselines.csv" in result.output
    assert "README.md" not in result.output
