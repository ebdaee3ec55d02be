"""The path due: where a goal should stand at a time, for its judgement and for its chart.

From the baseline to the target straight, or geometric where growth is what rates the goal. Yearly
targets (年度目标) have a verdict of their own and never bend it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planbook.assess.share_due import shares_of_way
from planbook.assess.targets import Target
from planbook.periods import TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import Frequency, Kind, Nature

MONEY = frozenset({Nature.BALANCE, Nature.FLOW})  # quantities that grow by a rate
_YEARLY = frozenset({Kind.ANNUAL_FLOW, Kind.GROWTH_VS_BASE, Kind.CAGR})


@dataclass(frozen=True)
class DuePath:
    """Known points in the order of time, at least two, and the way from one to the next."""

    knots: tuple[tuple[TimePeriod, float], ...]
    geometric: bool

    def at(self, period: TimePeriod) -> float:
        """Return the value due at a time; outside the known points the nearest one's."""
        earlier = [knot for knot in self.knots if knot[0] <= period]
        later = [knot for knot in self.knots if knot[0] > period]
        if not earlier or not later:
            return (earlier[-1] if earlier else later[0])[1]
        (start, low), (end, high) = earlier[-1], later[0]
        share = period.years_since(start) / end.years_since(start)
        if self.geometric:
            return float(low * (high / low) ** share)
        return low + (high - low) * share


def due_path(
    *,
    start: TimePeriod,
    baseline: float,
    due: TimePeriod,
    target: float,
    geometric: bool,
) -> DuePath:
    """Return the path from the baseline to the target, geometric only if both are above zero."""
    return DuePath(((start, baseline), (due, target)), geometric and min(baseline, target) > 0)


def rated_by_growth(indicator: Indicator, goal: Goal) -> bool:
    """Whether growth, where it is defined, rates the goal, or the straight line does."""
    return goal.kind in _YEARLY or (goal.kind is Kind.LEVEL_AT_END and indicator.nature in MONEY)


def target_value(goal: Goal, baseline: float | None) -> float | None:
    """Return the target as a value of the indicator; ``None`` without target or needed baseline.

    A growth against a base year becomes ``b·(1 + x)``. Of an average growth rate this is no value
    but the rate itself, in percent.
    """
    if goal.target is None or goal.kind is not Kind.GROWTH_VS_BASE:
        return goal.target
    return None if baseline is None else baseline * (1 + goal.target / 100)


def path(
    plan: Plan,
    goal: Goal,
    *,
    baseline: float | None,
    shares: Mapping[int, float] | None = None,
) -> list[tuple[TimePeriod, float]]:
    """Return the points of the path due from the baseline to the due date, for a chart.

    Parameters
    ----------
    goal
        With the target in force, ``goal.as_of(edition)``.
    baseline
        In the scope judged; ``None`` if it is missing.
    shares
        Of a cumulative goal, the share of a year usually added by each month, as
        `planbook.assess.share_due.shares_drawn` returns them.

    Returns
    -------
    list of (TimePeriod, float)
        In the indicator's unit, oldest first: year ends for yearly totals and annual indicators,
        quarter ends otherwise; of a cumulative goal the months where its path bends. Empty where
        no path can be drawn: goals that people judge, or no baseline.
    """
    indicator, due = plan.indicator_of(goal), plan.goal_due(goal)
    if goal.kind.by_people or goal.target is None:
        return []
    if goal.kind is Kind.EVERY_YEAR:
        first = (goal.base_period or plan.start).year + 1
        return [(TimePeriod(year, 12), goal.target) for year in range(first, due.year + 1)]
    if goal.kind is Kind.CUMULATIVE:
        start, baseline = goal.since or plan.start, 0.0
    else:
        start = goal.base_period or plan.start
    if baseline is None:
        return []
    target = target_value(goal, baseline)
    if goal.kind is Kind.CAGR:
        target = baseline * (1 + goal.target / 100) ** due.years_since(start)
    if target is None:
        return []
    if goal.kind is Kind.CUMULATIVE:
        end = Target.of(goal, indicator, tolerance=plan.about.approx_tolerance).meeting
        drawn = shares_of_way(goal, indicator, start=start, due=due, usual=shares or {})
        return [(time, end * share) for time, share in drawn]
    line = due_path(
        start=start,
        baseline=baseline,
        due=due,
        target=target,
        geometric=rated_by_growth(indicator, goal),
    )
    step = 12 if goal.kind in _YEARLY or indicator.frequency is Frequency.ANNUAL else 3
    months = range(start.ordinal, due.ordinal, step)
    times = [start.plus(month - start.ordinal) for month in months] + [due]
    return [(time, line.at(time)) for time in times]


def as_values(
    goal: Goal, baseline: float | None, annual_targets: Mapping[int, float]
) -> dict[int, float]:
    """Return yearly targets, given in the goal's unit, as values of the indicator.

    Average growth rates have none: their yearly targets are printed, and the average alone is
    judged.
    """
    if goal.kind is Kind.CAGR or (goal.kind is Kind.GROWTH_VS_BASE and baseline is None):
        return {}
    if goal.kind is Kind.GROWTH_VS_BASE and baseline is not None:
        return {year: baseline * (1 + rise / 100) for year, rise in annual_targets.items()}
    return dict(annual_targets)
