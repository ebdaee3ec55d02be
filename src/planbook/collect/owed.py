"""What a unit owes in an edition: indicators with their period, measures, replies to actions.

Turns the plan into duties. The template asks for them, the reader checks that they came, and the
table of submissions counts them; all three use this module.
"""

from __future__ import annotations

from collections.abc import Iterable

from planbook.periods import Edition, FiscalYear, TimePeriod, period_label
from planbook.plan import Indicator, Measure, Plan
from planbook.plan.parts import SHORT
from planbook.vocabulary import Frequency
from planbook.watch_frames import ActionDecisionRow


def owed_indicators(
    plan: Plan, unit_id: str, edition: Edition
) -> tuple[tuple[Indicator, TimePeriod], ...]:
    """Return what a unit owes in an edition: a pair for each row of its workbook.

    In the plan's order; of one indicator the older period first. An indicator is owed from the
    edition in which its first goal holds.
    """
    owed: list[tuple[Indicator, TimePeriod]] = []
    for indicator in plan.indicators_of(unit_id):
        first = min(goal.from_edition or plan.about.first_edition for goal in indicator.goals)
        if first <= edition:
            owed += [(indicator, period) for period in owed_periods(plan, indicator, edition)]
    return tuple(owed)


def owed_periods(plan: Plan, indicator: Indicator, edition: Edition) -> tuple[TimePeriod, ...]:
    """Return the periods an indicator owes in an edition, oldest first.

    A year passed over that ended before the plan began is the baseline's, not the department's.
    """
    periods = indicator.owed_periods(edition, plan.cycle)
    return tuple(p for p in periods[:-1] if p > plan.start) + periods[-1:]


def owed_measures(plan: Plan, unit_id: str, edition: Edition) -> tuple[Measure, ...]:
    """Return the measures whose status a unit owes: all of its own, in every edition."""
    if edition < plan.about.first_edition:
        return ()
    return plan.measures_of(unit_id)


def known_actions(
    decisions: Iterable[ActionDecisionRow], edition: Edition
) -> dict[str, ActionDecisionRow]:
    """Return the row that holds in an edition by action, closed ones too, first decided first."""
    known: dict[str, ActionDecisionRow] = {}
    for row in sorted(decisions, key=lambda row: row.from_edition):
        if row.from_edition <= edition:
            known[row.action_id] = row
    return known


def owed_replies(
    decisions: Iterable[ActionDecisionRow], edition: Edition
) -> dict[str, list[ActionDecisionRow]]:
    """Return by unit the open actions that it has to reply to, the one due first coming first."""
    open_ones = (row for row in known_actions(decisions, edition).values() if not row.closure)
    found: dict[str, list[ActionDecisionRow]] = {}
    for row in sorted(open_ones, key=lambda row: (row.due_month, row.action_id)):
        found.setdefault(row.submitting_unit, []).append(row)
    return found


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
