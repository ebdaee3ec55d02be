"""What a unit owes in an edition: indicators with their period, and measures.

Turns the plan into duties. The template asks for them, the reader checks that they came, and the
table of submissions counts them; all three use this module.
"""

from __future__ import annotations

from planbook.periods import Edition, TimePeriod
from planbook.plan import Indicator, Measure, Plan
from planbook.vocabulary import Frequency


def owed_indicators(
    plan: Plan, unit_id: str, edition: Edition
) -> tuple[tuple[Indicator, TimePeriod], ...]:
    """Return the indicators a unit owes in an edition and the period owed, in the plan's order.

    An indicator is owed from the edition in which its first goal holds.
    """
    owed = []
    for indicator in plan.indicators:
        if plan.unit_of(indicator).id != unit_id:
            continue
        first = min(goal.from_edition or plan.about.first_edition for goal in indicator.goals)
        period = indicator.owed_in(edition)
        if period is not None and first <= edition:
            owed.append((indicator, period))
    return tuple(owed)


def owed_measures(plan: Plan, unit_id: str, edition: Edition) -> tuple[Measure, ...]:
    """Return the measures whose status a unit owes: all of its own, every quarter."""
    if edition < plan.about.first_edition:
        return ()
    return tuple(measure for measure in plan.measures if plan.unit_of(measure).id == unit_id)


def allowed_periods(indicator: Indicator, edition: Edition) -> tuple[TimePeriod, ...]:
    """Return the periods a row of this edition may carry, newest first; empty if nothing is owed.

    A monthly or quarterly indicator may come a month or two short (1—8月 in the third quarter), or
    newer than owed, but ends in the three months up to the quarter's end or to the period owed. An
    annual one has its year only.
    """
    owed = indicator.owed_in(edition)
    if owed is None:
        return ()
    if indicator.frequency is Frequency.ANNUAL:
        return (owed,)
    newest, oldest = edition.end.ordinal, owed.plus(-2).ordinal
    return tuple(edition.end.plus(-back) for back in range(newest - oldest + 1))


def since_of(indicator: Indicator) -> TimePeriod | None:
    """Return the month after which a ``since_start`` indicator begins to count."""
    return next((goal.since for goal in indicator.goals if goal.since is not None), None)
