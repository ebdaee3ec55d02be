"""What is internal is not in the public plan and tables, and all else is as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planbook.edition_frames import (
    EDITION_CORRECTIONS,
    METHOD_CHANGES,
    EditionCorrectionRow,
    MethodChangeRow,
)
from planbook.frames import HISTORY, REVISIONS
from planbook.periods import Edition
from planbook.plan.model import Plan
from planbook.present.internal import has_internal, internal_indicators
from planbook.present.notebook.opened import OpenBook
from planbook.present.redaction import redacted
from planbook.produce.gate.guarded import Guarded
from planbook.project_frames import PROJECTS
from planbook.run.pipeline import open_book
from planbook.saved import TABLE_CONTRACTS, TableRows
from planbook.task_frames import TASKS
from planbook.vocabulary import Rating, Reason, Visibility
from planbook.watch_frames import ACTIONS, ALERTS, AlertRow, AlertRule
from tests.assess.watched import revised
from tests.present.watch_rows import action_row
from tests.present_rows import action, project, task

ROOT = Path(__file__).resolve().parents[2]
PLANTED = {"guoyuan-trade-sales", "scrap-appliances-recovered"}  # by their units


@pytest.fixture(scope="module")
def demo() -> OpenBook:
    return open_book("demo", None, ROOT)


def changed(plan: Plan, **marks: set[str]) -> Plan:
    """Return a plan in which things are internal: ids of goals, measures, sub-items and pages."""
    content = plan.model_dump()
    for chapter in content["chapters"]:
        for field in chapter["fields"]:
            for indicator in field["indicators"]:
                mark(indicator["goals"], marks.get("goals", set()))
            mark(field["measures"], marks.get("measures", set()))
            for measure in field["measures"]:
                mark(measure["sub_items"], marks.get("sub_items", set()))
    mark(content["about"]["back"], marks.get("pages", set()))
    return Plan.model_validate(content)


def mark(items: list[dict[str, Any]], ids: set[str]) -> None:
    for item in items:
        if item["id"] in ids:
            item["visibility"] = "internal"


def test_one_internal_value_hides_all_of_its_indicator(demo: OpenBook) -> None:
    assert internal_indicators(demo.plan, demo.tables) == PLANTED
    public = redacted(demo.plan, demo.tables).tables
    for table in ("observations", "revisions", "corrections", "baselines"):
        assert not PLANTED & set(getattr(public, table)["indicator_id"])
    goals = {g.id for id in PLANTED for g in demo.plan.indicator(id).goals}
    assert not goals & {*public.annual_targets["goal_id"], *public.annual_verdicts["goal_id"]}


def test_hidden_goals_stay_counted_in_every_edition_and_say_nothing(demo: OpenBook) -> None:
    public = TableRows(redacted(demo.plan, demo.tables).tables)
    assert len(public.verdicts) == len(demo.rows.verdicts)
    assert len(public.history) == len(demo.rows.history)
    hidden = [row for row in public.history if row.indicator_id in PLANTED]
    assert len(hidden) == 2 * len({row.edition for row in demo.rows.history})
    for row in hidden:
        assert (row.rating, row.reason) == (Rating.NOT_ASSESSABLE, Reason.WITHHELD)
        known = {name for name, value in vars_of(row).items() if isinstance(value, float)}
        assert known <= {"target_low", "target_high"}
        assert (row.evidence, row.notes, row.previous_rating) == ("", (), None)


def vars_of(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def test_what_is_public_stays_as_it_was(demo: OpenBook) -> None:
    public = TableRows(redacted(demo.plan, demo.tables).tables)
    for table in ("verdicts", "history"):
        kept = [row for row in getattr(demo.rows, table) if row.indicator_id not in PLANTED]
        assert [r for r in getattr(public, table) if r.indicator_id not in PLANTED] == kept
    assert public.measures == demo.rows.measures
    assert len(public.findings) == len(demo.rows.findings)


def test_findings_are_counted_and_workbooks_not_named(demo: OpenBook) -> None:
    public = TableRows(redacted(demo.plan, demo.tables).tables)
    for finding, was in zip(public.findings, demo.rows.findings, strict=True):
        assert (finding.rule, finding.severity) == (was.rule, was.severity)
        told = (finding.message, finding.observed, finding.expected, finding.file, finding.cell)
        assert not any(told)
    assert {(row.file, row.sha256) for row in public.submissions} == {("", "")}
    assert {row.source_file for row in public.observations} == {""}


def test_changes_of_what_is_hidden_are_not_told_and_no_workbook_is_named(demo: OpenBook) -> None:
    file = "software-2026-10-12-0a1b2c3d.xlsx"
    keys = ("thresholds.on_course", "guoyuan-trade-sales.target", "software-revenue.target")
    tables = replace(
        demo.tables,
        method_changes=METHOD_CHANGES.frame(
            MethodChangeRow(
                edition=demo.edition, changed_in="plan", key=key, goal_id="", was="1", now="2"
            )
            for key in keys
        ),
        edition_corrections=EDITION_CORRECTIONS.frame(
            EditionCorrectionRow(
                goal_id=id,
                indicator_id=id,
                what="最新值",
                value_before=1.0,
                value_after=2.0,
                rating_before=None,
                rating_after=None,
                reason=reason,
                corrects=demo.edition,
                edition=demo.edition,
            )
            for id, reason in (
                ("guoyuan-trade-sales", "发布后收到"),
                ("software-revenue", f"{file}：发布后收到；阈值改变"),
                ("tech-firm-loans", file),
                ("green-loans", f"{file}；{file}；阈值改变"),
            )
        ),
    )
    public = TableRows(redacted(demo.plan, tables).tables)
    assert [row.key for row in public.method_changes] == [keys[0], keys[2]]
    assert [(row.goal_id, row.reason) for row in public.edition_corrections] == [
        ("software-revenue", "发布后收到；阈值改变"),
        ("tech-firm-loans", "报送了新的数据"),
        ("green-loans", "报送了新的数据；阈值改变"),
    ]


@pytest.mark.parametrize(
    ("reason", "public"),
    [
        ("software-2026-10-12-0a1b2c3d.xlsx", "报送了新的数据"),
        ("a.xlsx：漏报；b.xlsx；阈值改变", "漏报；报送了新的数据；阈值改变"),
        ("a.xlsx；b.xlsx", "报送了新的数据"),
        ("", ""),
    ],
)
def test_a_workbook_that_gave_no_reason_is_not_named_either(
    demo: OpenBook, reason: str, public: str
) -> None:
    correction = EditionCorrectionRow(
        goal_id="software-revenue",
        indicator_id="software-revenue",
        what="最新值",
        value_before=1.0,
        value_after=2.0,
        rating_before=None,
        rating_after=None,
        reason=reason,
        corrects=demo.edition,
        edition=demo.edition,
    )
    tables = replace(demo.tables, edition_corrections=EDITION_CORRECTIONS.frame([correction]))
    once = redacted(demo.plan, tables)
    assert [row.reason for row in TableRows(once.tables).edition_corrections] == [public]
    twice = redacted(once.plan, once.tables)
    assert [row.reason for row in TableRows(twice.tables).edition_corrections] == [public]


def test_redacting_again_changes_nothing(demo: OpenBook) -> None:
    for unit_names in (True, False):
        once = redacted(demo.plan, demo.tables, unit_names=unit_names)
        twice = redacted(once.plan, once.tables, unit_names=True)
        assert once.plan == twice.plan
        for name in TABLE_CONTRACTS:
            assert getattr(once.tables, name).equals(getattr(twice.tables, name)), name
        whole = redacted(demo.plan, once.tables, unit_names=unit_names)  # as a notebook opens it
        assert whole.plan == once.plan
        for name in TABLE_CONTRACTS:
            assert getattr(once.tables, name).equals(getattr(whole.tables, name)), name


def test_an_internal_goal_hides_the_others_on_its_indicator(demo: OpenBook) -> None:
    plan = changed(demo.plan, goals={"software-revenue-cagr"})
    public = redacted(plan, demo.tables)
    hidden = {row.goal_id for row in TableRows(public.tables).verdicts if row.reason == "不公开"}
    assert {"software-revenue", "software-revenue-cagr"} <= hidden
    assert public.plan.indicator("software-revenue").visibility is Visibility.INTERNAL


def test_internal_measures_and_pages_are_gone_and_counted(demo: OpenBook) -> None:
    measure = next(m for m in demo.plan.measures if len(m.sub_items) > 1)
    other = next(m for m in demo.plan.measures if m.sub_items and m.id != measure.id)
    item = other.sub_items[0].id
    plan = changed(demo.plan, measures={measure.id}, sub_items={item}, pages={"data-quality"})
    public = redacted(plan, demo.tables)
    gone = {measure.id, *(part.id for part in measure.sub_items), item}
    assert not gone & set(public.tables.measures["measure_id"])
    assert measure.id not in {m.id for m in public.plan.measures}
    assert item not in {part.id for part in public.plan.measure(other.id).sub_items}
    assert "data-quality" not in {page.id for page in public.plan.about.back}
    assert public.withheld.of(plan.fields) == len(gone)
    assert public.withheld.pages == 1


def test_internal_commentary_is_gone_and_the_rest_forgets_what_is_hidden(demo: OpenBook) -> None:
    assert "green" in {row.chapter for row in demo.rows.commentary}
    plan = changed(demo.plan, goals={"software-new-firms"})
    rows = {row.chapter: row for row in TableRows(redacted(plan, demo.tables).tables).commentary}
    assert "green" not in rows
    figures = json.loads(rows["digital"].written_for)
    assert "software-new-firms" not in figures
    assert "software-revenue" in figures


def test_units_may_be_numbered_instead_of_named(demo: OpenBook) -> None:
    public = redacted(demo.plan, demo.tables, unit_names=False)
    names = {unit.name for unit in demo.plan.units} | {unit.id for unit in demo.plan.units}
    assert not names & {name for u in public.plan.units for name in (u.id, u.name, u.short)}
    for name in TABLE_CONTRACTS:
        frame = getattr(public.tables, name)
        for column in ("submitting_unit", "unit_name", "assessed_by", "decided_by", "author"):
            assert column not in frame.columns or not names & set(frame[column]), (name, column)
    for indicator in public.plan.indicators:
        assert public.plan.unit_of(indicator).name.startswith("填报单位")


def test_where_nothing_is_internal_the_plan_stays_as_it_is(demo: OpenBook) -> None:
    assert has_internal(demo.plan, demo.tables)
    commentary = TABLE_CONTRACTS["commentary"]
    kept = [row for row in demo.rows.commentary if row.visibility is Visibility.PUBLIC]
    tables = replace(
        demo.tables,
        observations=demo.tables.observations.assign(visibility="public"),
        commentary=commentary.frame(kept),
        actions=demo.tables.actions.assign(visibility="public"),
        tasks=demo.tables.tasks.assign(visibility="public"),
        projects=demo.tables.projects.assign(visibility="public"),
    )
    assert not has_internal(demo.plan, tables)
    public = redacted(demo.plan, tables)
    assert (public.plan, public.withheld.pages, public.withheld.measures) == (demo.plan, 0, {})
    assert public.tables.verdicts.equals(tables.verdicts)


def test_a_change_from_an_internal_value_is_not_told(demo: OpenBook) -> None:
    """Both paces, or the mixtures, would tell the value that was internal in the edition before."""
    told = next(row for row in demo.rows.change_reasons if row.turned_by is None)
    indicator = demo.plan.indicator_of(demo.plan.goal(told.goal_id)).id
    revision = replace(
        demo.rows.revisions[0], indicator_id=indicator, vintage=told.edition, old_value=None
    )
    frame = REVISIONS.frame([*demo.rows.revisions, revision])
    for revisions, shown in ((demo.tables.revisions, True), (frame, False)):
        public = redacted(demo.plan, replace(demo.tables, revisions=revisions)).tables
        for table in ("change_reasons", "change_steps"):
            assert (told.goal_id in set(getattr(public, table)["goal_id"])) is shown


def test_changes_of_hidden_goals_are_not_told(demo: OpenBook) -> None:
    goals = {goal.id for id in PLANTED for goal in demo.plan.indicator(id).goals}
    assert goals & {row.goal_id for row in demo.rows.change_steps}
    public = redacted(demo.plan, demo.tables).tables
    assert not goals & {*public.change_reasons["goal_id"], *public.change_steps["goal_id"]}


GOAL, HIDDEN_GOAL, MEASURE = "green-loans", "guoyuan-trade-sales", "software-m07"
OPEN_ACTION, CLOSED_TO_READERS = "a-public", "a-internal"


def warned(rule: AlertRule, **known: Any) -> AlertRow:
    edition = Edition.parse("2026-Q3")
    columns = {"edition": edition, "since": edition, "submitting_unit": "greenfin", **known}
    return AlertRow(alert_rule=rule, **columns)


def with_alerts(demo: OpenBook, *rows: AlertRow, **tables: Any) -> tuple[AlertRow, ...]:
    """Return what the public book says of these warnings."""
    actions = ACTIONS.frame(
        [
            action(OPEN_ACTION, goal_id=GOAL, visibility=Visibility.PUBLIC),
            action(CLOSED_TO_READERS, goal_id=GOAL),
        ]
    )
    given = replace(demo.tables, alerts=ALERTS.frame(rows), actions=actions, **tables)
    return TableRows(redacted(demo.plan, given).tables).alerts


def test_warnings_are_public_where_all_they_tell_is(demo: OpenBook) -> None:
    shown = [
        warned(AlertRule.RATING_FELL, goal_id=GOAL, action_ids=(OPEN_ACTION, CLOSED_TO_READERS)),
        warned(AlertRule.MEASURE_BLOCKED, measure_id=MEASURE, unanswered=3),
        warned(AlertRule.ACTION_OVERDUE, goal_id=GOAL, action_id=OPEN_ACTION),
    ]
    left = [
        warned(AlertRule.RATING_FELL, goal_id=HIDDEN_GOAL),
        warned(AlertRule.ACTION_OVERDUE, goal_id=GOAL, action_id=CLOSED_TO_READERS),
        warned(AlertRule.MEASURE_SILENT, measure_id=MEASURE),
        warned(AlertRule.UNIT_LATE),
    ]
    public = with_alerts(demo, *shown, *left)
    assert [row.alert_rule for row in public] == [row.alert_rule for row in shown]
    assert [row.action_ids for row in public] == [(OPEN_ACTION,), (), ()]
    assert {row.unanswered for row in public} == {0}


def test_a_warning_from_when_its_value_was_internal_is_not_told(demo: OpenBook) -> None:
    newest = next(row.latest_period for row in demo.rows.verdicts if row.goal_id == GOAL)
    became_public = revised("green-loans", str(newest), 1.0, 2.0, Edition.parse("2026-Q3"))
    revisions = REVISIONS.frame([replace(became_public, old_value=None)])
    history = HISTORY.frame(
        replace(row, latest_period=newest) if row.goal_id == GOAL else row
        for row in demo.rows.history
    )
    known = {"revisions": revisions, "history": history}
    then = [Edition.parse("2026-Q1"), Edition.parse("2026-Q2")]
    rows = [warned(AlertRule.OUTLIER, goal_id=GOAL, edition=e, since=then[0]) for e in then]
    assert with_alerts(demo, *rows, **known) == ()
    public = TableRows(redacted(demo.plan, replace(demo.tables, **known)).tables)
    told = {row.edition for row in public.outlooks if row.goal_id == GOAL}
    assert told == {Edition.parse("2026-Q3")}


def test_the_texts_of_internal_actions_are_looked_for_in_finished_files(demo: OpenBook) -> None:
    actions = [
        action_row("a1", task="请尽快落实配套用地"),
        action_row("a2", task="由港口单位牵头协调", visibility="public"),
    ]
    tables = replace(demo.tables, actions=ACTIONS.frame(actions))
    guarded = Guarded.of(demo.plan, tables).texts.values()
    assert "请尽快落实配套用地" in guarded
    assert "由港口单位牵头协调" not in guarded


def test_an_internal_action_makes_a_book_internal(demo: OpenBook) -> None:
    tables = replace(
        demo.tables,
        actions=ACTIONS.frame([action_row("a1", visibility="public")]),
        tasks=TASKS.frame([]),
        projects=PROJECTS.frame([]),
        observations=demo.tables.observations.assign(visibility="public"),
        commentary=TABLE_CONTRACTS["commentary"].frame([]),
    )
    assert not has_internal(demo.plan, tables)
    assert has_internal(demo.plan, replace(tables, actions=ACTIONS.frame([action_row("a1")])))


@pytest.mark.parametrize(("replied", "told"), [("2026-Q2", ""), ("2026-Q3", "已查明")])
def test_a_reply_from_before_the_form_said_it_would_be_public_is_not_told(
    demo: OpenBook, replied: str, told: str
) -> None:
    said = {"action_status": "办理中", "reply": "已查明", "replied_in": replied}
    row = action(visibility="public", public_since="2026-Q2", **said)
    given = replace(demo.tables, actions=ACTIONS.frame([row]))
    (shown,) = TableRows(redacted(demo.plan, given).tables).actions
    assert shown.reply == told
    assert (shown.action_status is None) is (not told)


def test_a_public_book_has_the_public_tasks_that_are_about_nothing_hidden(demo: OpenBook) -> None:
    withheld = redacted(demo.plan, demo.tables).tables.verdicts
    hidden = withheld.loc[withheld["reason"] == Reason.WITHHELD, "goal_id"].iloc[0]
    rows = [
        task("t1", visibility="public"),
        task("t2"),
        task("t3", visibility="public", goal_id=hidden, measure_id=""),
    ]
    given = replace(demo.tables, tasks=TASKS.frame(rows))
    shown = TableRows(redacted(demo.plan, given).tables).tasks
    assert [row.task_id for row in shown] == ["t1"]


def test_an_internal_task_makes_a_book_internal_and_its_texts_are_looked_for(
    demo: OpenBook,
) -> None:
    rows = [
        task("t1", task="请尽快落实配套用地", dropped="另有内部安排考虑"),
        task("t2", task="由港口单位牵头协调", visibility="public"),
    ]
    tables = replace(
        demo.tables,
        actions=ACTIONS.frame([]),
        tasks=TASKS.frame(rows[1:]),
        projects=PROJECTS.frame([]),
        observations=demo.tables.observations.assign(visibility="public"),
        commentary=TABLE_CONTRACTS["commentary"].frame([]),
    )
    assert not has_internal(demo.plan, tables)
    tables = replace(tables, tasks=TASKS.frame(rows))
    assert has_internal(demo.plan, tables)
    guarded = set(Guarded.of(demo.plan, tables).texts.values())
    assert {"请尽快落实配套用地", "另有内部安排考虑"} <= guarded
    assert "由港口单位牵头协调" not in guarded


@pytest.mark.parametrize(("reported", "told"), [("2026-Q2", ""), ("2026-Q3", "已封顶")])
def test_words_on_a_task_from_before_the_form_said_they_would_be_public_are_not_told(
    demo: OpenBook, reported: str, told: str
) -> None:
    said = {"task_status": "推进中", "progress": "已封顶", "reported_in": reported}
    row = task(visibility="public", public_since="2026-Q2", **said)
    given = replace(demo.tables, tasks=TASKS.frame([row]))
    (shown,) = TableRows(redacted(demo.plan, given).tables).tasks
    assert shown.progress == told
    assert shown.task_status == "推进中"


def test_a_public_book_has_the_public_projects_that_serve_nothing_hidden(demo: OpenBook) -> None:
    withheld = redacted(demo.plan, demo.tables).tables.verdicts
    hidden = withheld.loc[withheld["reason"] == Reason.WITHHELD, "goal_id"].iloc[0]
    rows = [
        project("p1", visibility="public", problem="征地未完成", need="请协调用地"),
        project("p2"),
        project("p3", visibility="public", goal_id=hidden, measure_id=""),
    ]
    given = replace(demo.tables, projects=PROJECTS.frame(rows))
    (shown,) = TableRows(redacted(demo.plan, given).tables).projects
    assert (shown.project_id, shown.total_investment) == ("p1", 10.0)
    assert (shown.problem, shown.need) == ("", "")


def test_an_internal_project_makes_a_book_internal_and_its_texts_are_looked_for(
    demo: OpenBook,
) -> None:
    known = {"visibility": "public", "next_node": "完成首批设备安装调试"}
    rows = [
        project(
            "p1", project="星河算力", left_reason="投资方另有内部安排", need="请明确能耗由谁平衡"
        ),
        project("p2", project="云帆中试基地", problem="资金尚有缺口未落实", **known),
    ]
    tables = replace(
        demo.tables,
        actions=ACTIONS.frame([]),
        tasks=TASKS.frame([]),
        projects=PROJECTS.frame(rows[1:]),
        observations=demo.tables.observations.assign(visibility="public"),
        commentary=TABLE_CONTRACTS["commentary"].frame([]),
    )
    assert not has_internal(demo.plan, tables)
    tables = replace(tables, projects=PROJECTS.frame(rows))
    assert has_internal(demo.plan, tables)
    guarded = Guarded.of(demo.plan, tables)
    texts = set(guarded.texts.values())
    assert {"星河算力", "投资方另有内部安排", "请明确能耗由谁平衡", "资金尚有缺口未落实"} <= texts
    assert not {"云帆中试基地", "完成首批设备安装调试"} & texts
    assert [*guarded.found_in("在建的有“星河·算力”等")] == ["内部文字「星河算力」"]
    assert [*guarded.found_in("在建的有云帆中试基地等")] == []


def test_the_investment_of_an_internal_project_is_no_value_of_the_goal_it_serves(
    demo: OpenBook,
) -> None:
    """It is told by the project's name: a number would stop books that tell the goal's own."""
    serving = project(goal_id="software-revenue", measure_id="", total_investment=4321.5)
    given = replace(demo.tables, projects=PROJECTS.frame([serving]))
    before, after = (Guarded.of(demo.plan, tables) for tables in (demo.tables, given))
    assert "4321.5" not in after.alone
    assert {name: forms for name, (_, forms) in after.beside.items()} == {
        name: forms for name, (_, forms) in before.beside.items()
    }
