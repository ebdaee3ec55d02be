"""What a unit owes in an edition: indicators with their period, measures, replies, its tasks.

Turns the plan into duties. The template asks for them, the reader checks that they came, and the
table of submissions counts them; all three use this module.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from planbook.grouping import grouped
from planbook.periods import Edition, FiscalYear, TimePeriod, period_label
from planbook.plan import Indicator, Measure, Plan
from planbook.plan.parts import SHORT
from planbook.task_frames import TaskDecisionRow
from planbook.vocabulary import Frequency
from planbook.watch_frames import ActionDecisionRow

Decision = TypeVar("Decision", ActionDecisionRow, TaskDecisionRow)


def owed_indicators(
    plan: Plan, unit_id: str, edition: Edition
) -> tuple[tuple[Indicator, TimePeriod], ...]:
    """Return what a unit owes in an edition: a pair for each row of its workbook.

    In the plan's order; of one indicator the older period first.
    """
    return tuple(
        (indicator, period)
        for indicator in plan.indicators_of(unit_id)
        for period in plan.owed_periods(indicator, edition)
    )


def taken_periods(plan: Plan, indicator: Indicator, edition: Edition) -> tuple[TimePeriod, ...]:
    """Return the periods that a row may answer for: what is owed, or the newest there can be.

    A year that ended before the plan began is not asked for; a workbook that tells of it is read.
    """
    owed = plan.owed_periods(indicator, edition)
    return owed or indicator.owed_periods(edition, plan.cycle)[-1:]


def owed_measures(plan: Plan, unit_id: str, edition: Edition) -> tuple[Measure, ...]:
    """Return the measures whose status a unit owes: all of its own, in every edition."""
    if edition < plan.about.first_edition or plan.cycle.is_flash(edition):
        return ()
    return plan.measures_of(unit_id)


def known_decisions(decisions: Iterable[Decision], edition: Edition) -> dict[str, Decision]:
    """Return the row that holds in an edition by action or task, first decided first.

    What was closed or dropped is among them.
    """
    known: dict[str, Decision] = {}
    for row in sorted(decisions, key=lambda row: row.from_edition):
        if row.from_edition <= edition:
            known[row.action_id if isinstance(row, ActionDecisionRow) else row.task_id] = row
    return known


def owed_replies(
    decisions: Iterable[ActionDecisionRow], edition: Edition
) -> dict[str, list[ActionDecisionRow]]:
    """Return by unit the open actions that it has to reply to, the one due first coming first."""
    open_ones = (row for row in known_decisions(decisions, edition).values() if not row.closure)
    in_order = sorted(open_ones, key=lambda row: (row.due_month, row.action_id))
    return grouped(in_order, lambda row: row.submitting_unit)


def tasks_of_units(
    decisions: Iterable[TaskDecisionRow], edition: Edition
) -> dict[str, list[TaskDecisionRow]]:
    """Return by unit the tasks that are not dropped, done or not, the one due first first."""
    still = (row for row in known_decisions(decisions, edition).values() if not row.dropped)
    in_order = sorted(still, key=lambda row: (row.due_month, row.task_id))
    return grouped(in_order, lambda row: row.submitting_unit)


def tasks_asked_for(plan: Plan, edition: Edition) -> int | None:
    """Return the year for which an edition's form takes new tasks: that of the edition after it.

    So the last form of a year asks for the next one. ``None`` once the plan is due.
    """
    year = plan.year.of(edition.base.plus(1).end)
    return year if year <= plan.year.of(plan.due) else None


def task_subjects(plan: Plan, unit_id: str) -> dict[str, tuple[str, str]]:
    """Return what a unit may break into tasks: the ids of goal and measure, one empty, by name.

    Also in a month that asks for no status: tasks and projects serve measures all the year.
    """
    named: list[tuple[str, str, tuple[str, str]]] = []
    for measure in plan.measures_of(unit_id):
        named.append((f"举措：{measure.title}", measure.id, ("", measure.id)))
        named += [(f"专项：{item.name}", item.id, ("", item.id)) for item in measure.sub_items]
    for indicator in plan.indicators_of(unit_id):
        named += [(f"目标：{goal.name}", goal.id, (goal.id, "")) for goal in indicator.goals]
    times = Counter(name for name, _, _ in named)
    return {name if times[name] == 1 else f"{name}（{id}）": subject for name, id, subject in named}


def allowed_periods(
    plan: Plan, indicator: Indicator, edition: Edition, owed: TimePeriod
) -> tuple[TimePeriod, ...]:
    """Return the periods that answer for one owed in an edition, newest first.

    A monthly or quarterly indicator may come a month or two short (1—8月 in the third quarter), or
    newer than owed, up to the edition's end; in a book of months there is nothing between. An
    annual one has its year only, and so has a year passed over.
    """
    *passed_over, newest = indicator.owed_periods(edition, plan.cycle)
    if owed != newest or indicator.frequency is Frequency.ANNUAL:
        return (owed,)
    short = min(SHORT, edition.months - 1)
    oldest = max([newest.plus(-short), *(year.plus(1) for year in passed_over)])
    months = edition.end.ordinal - oldest.ordinal + 1
    return tuple(edition.end.plus(-back) for back in range(months))


def since_of(indicator: Indicator) -> TimePeriod | None:
    """Return the month after which a ``since_start`` indicator begins to count."""
    return next((goal.since for goal in indicator.goals if goal.since is not None), None)


def label_of(period: TimePeriod, indicator: Indicator, year: FiscalYear) -> str:
    """Return the period as this indicator's rows print it."""
    return period_label(period, indicator.accumulation, since_of(indicator), year)
