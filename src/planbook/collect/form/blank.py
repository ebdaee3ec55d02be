"""Turn the plan and what is already known into the blank form of a unit and edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from operator import attrgetter
from typing import TypeVar

from planbook.collect.form.form import Form, ReplyLine, ValueLine
from planbook.collect.form.measure_lines import measure_lines
from planbook.collect.form.project_lines import blank_project_rows, project_lines
from planbook.collect.form.task_lines import blank_task_rows, proposed_lines, task_lines
from planbook.collect.layout import MEASURES, PREVIOUS, PROJECTS, REPLIES, TASKS
from planbook.collect.owed import (
    allowed_periods,
    label_of,
    owed_indicators,
    owed_replies,
    since_of,
    task_subjects,
    tasks_asked_for,
    tasks_of_units,
)
from planbook.frames import AnnualTargetRow, BaselineRow, ObservationRow, StatusReportRow
from planbook.grouping import grouped
from planbook.periods import Edition, TimePeriod, day_label, period_label
from planbook.plan import Goal, Indicator, Plan
from planbook.project_frames import ProjectReportRow
from planbook.task_frames import TaskDecisionRow, TaskProposalRow, TaskReportRow, open_proposals
from planbook.vocabulary import UNSTATED, Accumulation, Comparator, Kind, Visibility
from planbook.watch_frames import ActionDecisionRow, ActionReplyRow
from planbook.workspace import Dataset

Row = TypeVar("Row")


@dataclass(frozen=True)
class PriorKnowledge:
    """What is known before the edition: the reference columns come from it.

    `observations`, `status_reports`, `action_replies`, `task_reports`, `task_proposals` and
    `project_reports` may hold any vintages; those of the edition itself and later are ignored.
    Actions and tasks decided up to the edition are asked about in it.
    """

    observations: Iterable[ObservationRow] = ()
    baselines: Iterable[BaselineRow] = ()
    annual_targets: Iterable[AnnualTargetRow] = ()
    status_reports: Iterable[StatusReportRow] = ()
    action_decisions: Iterable[ActionDecisionRow] = ()
    action_replies: Iterable[ActionReplyRow] = ()
    task_decisions: Iterable[TaskDecisionRow] = ()
    task_reports: Iterable[TaskReportRow] = ()
    task_proposals: Iterable[TaskProposalRow] = ()
    project_reports: Iterable[ProjectReportRow] = ()

    @cached_property
    def owed_replies(self) -> Callable[[Edition], dict[str, list[ActionDecisionRow]]]:
        """Return by unit the open actions that it has to reply to in an edition."""
        return cache(partial(owed_replies, tuple(self.action_decisions)))

    @cached_property
    def tasks_of_units(self) -> Callable[[Edition], dict[str, list[TaskDecisionRow]]]:
        """Return by unit the tasks that are not dropped in an edition."""
        return cache(partial(tasks_of_units, tuple(self.task_decisions)))

    @cached_property
    def proposals_of_units(self) -> Callable[[Edition], dict[str, list[TaskProposalRow]]]:
        """Return by unit what it proposed before an edition, as far as nothing is decided in it."""

        def of_units(edition: Edition) -> dict[str, list[TaskProposalRow]]:
            before = [row for row in self.task_proposals if row.vintage < edition]
            open_ones = open_proposals(before, tuple(self.task_decisions), edition)
            return grouped(open_ones, attrgetter("submitting_unit"))

        return cache(of_units)

    @cached_property
    def values_of(self) -> dict[str, list[ObservationRow]]:
        """Observations by indicator, oldest vintage first."""
        return _grouped(self.observations, "indicator_id", "vintage")

    @cached_property
    def baselines_of(self) -> dict[str, list[BaselineRow]]:
        """Baselines by indicator, the one that held first comes first."""
        return _grouped(self.baselines, "indicator_id", "from_edition")

    @cached_property
    def annual_targets_of(self) -> dict[str, list[AnnualTargetRow]]:
        """Yearly targets by goal, the one that held first comes first."""
        return _grouped(self.annual_targets, "goal_id", "from_edition")

    @cached_property
    def statuses_of(self) -> dict[str, list[StatusReportRow]]:
        """Status reports by measure, oldest vintage first."""
        return _grouped(self.status_reports, "measure_id", "vintage")

    @cached_property
    def replies_to(self) -> dict[str, list[ActionReplyRow]]:
        """Replies by action, oldest vintage first."""
        return _grouped(self.action_replies, "action_id", "vintage")

    @cached_property
    def reports_on(self) -> dict[str, list[TaskReportRow]]:
        """Reports by task, oldest vintage first."""
        return _grouped(self.task_reports, "task_id", "vintage")

    @cached_property
    def projects_of_units(self) -> dict[str, list[list[ProjectReportRow]]]:
        """Reports on projects by unit and project, oldest vintage first."""
        by_project = _grouped(self.project_reports, "project_id", "vintage").values()
        return grouped(by_project, lambda rows: rows[0].submitting_unit)


def _grouped(rows: Iterable[Row], by: str, order: str) -> dict[str, list[Row]]:
    return grouped(sorted(rows, key=attrgetter(order)), attrgetter(by))


def blank_form(
    plan: Plan,
    unit_id: str,
    edition: Edition,
    dataset: Dataset,
    prior: PriorKnowledge | None = None,
) -> Form:
    """Return the form of a unit in an edition: what it owes, its cells still empty.

    Raises
    ------
    KeyError
        If the plan has no such unit.
    """
    prior = prior or PriorKnowledge()
    unit = plan.unit(unit_id)
    mark = "【示例数据】" if dataset.demonstration else ""
    deadline = day_label(dataset.deadline(edition))
    year = tasks_asked_for(plan, edition)
    subjects = tuple(task_subjects(plan, unit_id))
    values = tuple(
        _value_line(plan, indicator, period, edition, prior)
        for indicator, period in owed_indicators(plan, unit_id, edition)
    )
    measures = measure_lines(plan, unit_id, edition, prior.statuses_of)
    replies = _reply_lines(unit_id, edition, prior)
    tasks = task_lines(
        plan, unit_id, edition, prior.tasks_of_units(edition).get(unit_id, ()), prior.reports_on
    )
    rows = blank_task_rows(plan, edition) if subjects else 0
    open_ones = prior.proposals_of_units(edition).get(unit_id, ()) if rows else ()
    proposed = proposed_lines(plan, unit_id, edition, open_ones)
    projects = project_lines(plan, unit_id, edition, prior.projects_of_units.get(unit_id, ()))
    sheets = ((MEASURES, measures), (TASKS, tasks), (PROJECTS, projects), (REPLIES, replies))
    asked = "、".join(f"「{table.sheet}」" for table, lines in sheets if lines)
    nothing = "" if values else f"    本期无应报指标，请填{asked}表并签署"
    return Form(
        dataset=dataset.name,
        edition=edition,
        unit_id=unit_id,
        title=f"{mark}{plan.about.short_title}进展填报表（{edition.label}）",
        subtitle=f"填报单位：{unit.name}    期号：{edition}    报送截止：{deadline}{nothing}",
        target_heading=f"{plan.year.name_of(plan.due)}目标",
        unit_name=unit.name,
        scopes=tuple(plan.about.scope_codes),
        deadline=deadline,
        contact=dataset.contact,
        year=plan.year,
        values=values,
        measures=measures,
        replies=replies,
        tasks=tasks,
        proposed=proposed,
        task_rows=rows + len(proposed) if rows else 0,
        task_year="" if year is None else plan.year.label(year),
        task_subjects=subjects,
        projects=projects,
        project_rows=blank_project_rows(plan, edition) if subjects else 0,
        revisable=tuple(i.name for i in plan.indicators_of(unit_id) if not i.by_people),
    )


def _value_line(
    plan: Plan, indicator: Indicator, period: TimePeriod, edition: Edition, prior: PriorKnowledge
) -> ValueLine:
    since = since_of(indicator)
    told = _told_in_a_month(plan, period, edition, prior.values_of.get(indicator.id, []))
    return ValueLine(
        indicator_id=indicator.id,
        name=indicator.name,
        unit=indicator.unit,
        period=period_label(period, indicator.accumulation, since, plan.year),
        scope=told.scope if told else indicator.scope,
        value=told.obs_value if told else None,
        prior_value=told.prior_value if told else None,
        yoy=told.yoy if told else None,
        yoy_type=told.yoy_type or "" if told else "",
        stage=told.release_stage or "" if told else "",
        carried=told.obs_value if told else None,
        baseline=baseline_words(plan, indicator, edition, prior.baselines_of.get(indicator.id, [])),
        previous=_previous(plan, indicator, edition, prior.values_of.get(indicator.id, [])),
        target="\n".join(_target(plan, goal.as_of(edition)) for goal in indicator.goals),
        annual_target=_annual_target(plan, indicator, period, edition, prior),
        decimals=indicator.decimals,
        plausible=indicator.plausible,
        periods=tuple(
            period_label(allowed, indicator.accumulation, since, plan.year)
            for allowed in allowed_periods(plan, indicator, edition, period)
        ),
    )


def _told_in_a_month(
    plan: Plan, period: TimePeriod, edition: Edition, rows: list[ObservationRow]
) -> ObservationRow | None:
    """Return the value of a period that the last month within an edition told: typed once."""
    told_in, has_value = plan.cycle.told_in, [row for row in rows if row.obs_value is not None]
    own = [row for row in has_value if row.time_period == period and row.vintage < edition]
    return next((row for row in reversed(own) if told_in(row.vintage) == edition), None)


def _number(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}"


def _previous(
    plan: Plan, indicator: Indicator, edition: Edition, rows: list[ObservationRow]
) -> tuple[str, ...]:
    """Return the newest values known before the edition, newest first, each with its period."""
    known = {
        (row.time_period, row.scope): row.obs_value
        for row in rows
        if row.vintage < edition and row.obs_value is not None
    }
    shown = []
    for (period, scope), value in sorted(known.items(), reverse=True)[: len(PREVIOUS)]:
        label = label_of(period, indicator, plan.year)
        extra = "" if scope == indicator.scope else f"\n（{scope}）"
        shown.append(f"{_number(value, indicator.decimals)}\n{label}{extra}")
    return tuple(shown)


def baseline_words(
    plan: Plan, indicator: Indicator, edition: Edition, rows: list[BaselineRow]
) -> str:
    """Return the baselines known in an edition, or that there is none yet, or none is needed."""
    if indicator.accumulation is Accumulation.SINCE_START:
        since = since_of(indicator) or plan.start
        return f"从零起算\n自{period_label(since, Accumulation.END_OF_PERIOD)}"
    periods = {goal.base_period for goal in indicator.goals if goal.base_period}
    known = {
        (row.time_period, row.scope): row.obs_value
        for row in rows
        if row.time_period in periods and row.from_edition <= edition
    }
    if not known:
        # One goal that starts from a base is enough to ask for it.
        kinds = sorted((goal.kind for goal in indicator.goals), key=lambda kind: kind.from_base)
        return kinds[-1].without_base
    shown = []
    for (period, scope), value in sorted(known.items()):
        extra = "" if scope == UNSTATED else f"\n（{scope}）"
        shown.append(f"{_number(value, indicator.decimals)}\n{plan.year.name_of(period)}{extra}")
    return "\n".join(shown)


_SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.ABOVE: ">",
    Comparator.AT_MOST: "≤",
    Comparator.ABOUT: "约",
    Comparator.RANGE: "",
}
_GROWTH = {Kind.CAGR: "年均增长", Kind.GROWTH_VS_BASE: "比基年增长"}


def _target(plan: Plan, goal: Goal) -> str:
    if goal.target is None:
        return goal.name
    number = f"{goal.target:,g}" + (f"~{goal.target_high:,g}" if goal.target_high else "")
    sign = _SIGNS[goal.comparator] if goal.comparator else ""
    due = plan.goal_due(goal)
    year = "" if due == plan.due else plan.year.name_of(due)
    return f"{year}{_GROWTH.get(goal.kind, '')}{sign}{number}{plan.goal_unit(goal)}"


def _annual_target(
    plan: Plan, indicator: Indicator, period: TimePeriod, edition: Edition, prior: PriorKnowledge
) -> str:
    shown, year = [], plan.year.of(period)
    for goal in indicator.goals:
        valid = [
            row
            for row in prior.annual_targets_of.get(goal.id, [])
            if row.year == year and row.from_edition <= edition
        ]
        if valid:
            target = valid[-1].target_value
            shown.append(f"{plan.year.label(year)}{target:,g}{plan.goal_unit(goal)}")
    return "\n".join(shown)


def _reply_lines(unit_id: str, edition: Edition, prior: PriorKnowledge) -> tuple[ReplyLine, ...]:
    return tuple(
        ReplyLine(
            action_id=row.action_id,
            task=row.task,
            due=row.due_month.words + ("\n（已逾期）" if row.due_month < edition.start else ""),
            decided_in=row.decided_in + _if_public(row),
            previous=_last_reply(prior.replies_to.get(row.action_id, []), edition),
        )
        for row in prior.owed_replies(edition).get(unit_id, ())
    )


def _if_public(row: ActionDecisionRow) -> str:
    """Return what a unit must know before it writes: that readers of the public book read it."""
    return "\n（公开，所填内容随公开版刊出）" if row.visibility is Visibility.PUBLIC else ""


def _last_reply(rows: list[ActionReplyRow], edition: Edition) -> str:
    known = [row for row in rows if row.vintage < edition]
    if not known:
        return ""
    said = "：".join(part for part in (known[-1].action_status or "", known[-1].reply) if part)
    return f"{said}\n（{known[-1].vintage.label}）"
