"""The path due: where a goal should stand at a time, for its judgement and for its chart.

From the baseline to the value that meets (``T*``): straight, or geometric where growth is what
rates the goal, or in whole units where the way is short. Yearly targets (年度目标) have a verdict
of their own and never bend it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from planbook.assess.share_due import shares_due
from planbook.assess.targets import Target
from planbook.periods import TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import Frequency, Kind, Nature, RatedBy

MONEY = frozenset({Nature.BALANCE, Nature.FLOW})  # quantities that grow by a rate
_YEARLY = frozenset({Kind.ANNUAL_FLOW, Kind.GROWTH_VS_BASE, Kind.CAGR})
_NOISE = 1e-9  # 10 units times a third of the time thrice is 10


@dataclass(frozen=True, slots=True)
class DuePath:
    """The way from a baseline to the value that meets; `in_units` where it goes by whole units."""

    start: TimePeriod
    baseline: float
    due: TimePeriod
    target: float
    geometric: bool
    in_units: bool = False

    def share_of_time(self, period: TimePeriod) -> float:
        """Return the share of the time gone, from 0 before the start to 1 after the due date."""
        share = period.years_since(self.start) / self.due.years_since(self.start)
        return min(max(share, 0.0), 1.0)

    def at(self, period: TimePeriod) -> float:
        """Return the value due at a time; before the start as at it, at the end the target."""
        return self.at_share(self.share_of_time(period))

    def at_share(self, share: float) -> float:
        """Return the value due when a share of the way is, of a curve a share of the time."""
        if share == 1:
            return self.target
        way = self.target - self.baseline
        if self.in_units:
            return self.baseline + math.copysign(units_due(abs(way), share), way)
        if self.geometric:
            return float(self.baseline * (self.target / self.baseline) ** share)
        return self.baseline + way * share


def due_path(
    *,
    start: TimePeriod,
    baseline: float,
    due: TimePeriod,
    target: float,
    geometric: bool,
    direction: int,
    in_units: bool = False,
) -> DuePath:
    """Return the path from the baseline to the target, geometric only if both are above zero.

    A baseline that has met the target has no way to go, and none back: the target is then due at
    every time, for a path back down would call a value behind that meets.
    """
    if direction * (target - baseline) < 0:
        baseline = target
    geometric = geometric and not in_units and min(baseline, target) > 0
    return DuePath(start, baseline, due, target, geometric, in_units)


def way_in_units(target: Target, baseline: float, *, small: float) -> float | None:
    """Return the way ``W = |T* − b|`` of a count where it is short enough for whole units.

    Along a short way a share of one unit is no measure: with one to go, a straight line is missed
    until the last day. ``None`` where a goal is not on a count, the way is longer than `small`, or
    there is none.
    """
    way = target.direction.sign * (target.meeting - baseline)
    return way if target.counted and 0 < way <= small else None


def units_due(way: float, share: float) -> int:
    """Return how many whole units of a way are due when a share of it is."""
    return math.floor(way * share + _NOISE)


def rated_by_growth(indicator: Indicator, goal: Goal) -> bool:
    """Whether growth, where it is defined, rates the goal, or the straight line does.

    The goal's own `rated_by` decides; without it growth rates yearly totals and amounts of money.
    """
    if goal.rated_by is not None:
        return goal.rated_by is RatedBy.GROWTH
    return goal.kind in _YEARLY or (goal.kind is Kind.LEVEL_AT_END and indicator.nature in MONEY)


def as_value(goal: Goal, number: float, baseline: float | None) -> float | None:
    """Return a number in the goal's unit as a value of the indicator; ``None`` without baseline.

    A growth against a base year becomes ``b·(1 + x)``. Of an average growth rate this is no value
    but the rate itself, in percent.
    """
    if goal.kind is not Kind.GROWTH_VS_BASE:
        return number
    return None if baseline is None else baseline * (1 + number / 100)


def in_goal_unit(goal: Goal, value: float | None, baseline: float | None) -> float | None:
    """Return a value of the indicator in the goal's unit: what `as_value` undoes."""
    if value is None or goal.kind is not Kind.GROWTH_VS_BASE:
        return value
    return (value / baseline - 1) * 100 if baseline else None


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
        Of a cumulative goal, the share of a year usually added by each month of it, as
        `planbook.assess.share_due.shares_drawn` returns them.

    Returns
    -------
    list of (TimePeriod, float)
        In the indicator's unit, oldest first: year ends for yearly totals and annual indicators,
        quarter ends otherwise, of a monthly book months; of a cumulative goal the months where its
        path bends. Empty where no path can be drawn: goals that people judge, or no baseline.
    """
    indicator, due = plan.indicator_of(goal), plan.goal_due(goal)
    if goal.kind.by_people or goal.target is None:
        return []
    target = Target.of(plan, goal)
    if goal.kind is Kind.EVERY_YEAR:
        years = range(plan.year.of(plan.goal_start(goal)) + 1, plan.year.of(due) + 1)
        return [(plan.year.end(year), target.meeting) for year in years]
    line = goal_path(plan, goal, baseline=baseline)
    if line is None:
        return []
    if goal.kind is Kind.CUMULATIVE:
        drawn = shares_due(
            goal, indicator, start=line.start, due=due, usual=shares or {}, year=plan.year
        )
        return [(time, line.at_share(share)) for time, share in drawn]
    yearly = goal.kind in _YEARLY or indicator.frequency is Frequency.ANNUAL
    step = 12 if yearly else min(plan.cycle.months, 3)
    months = range(line.start.ordinal, due.ordinal, step)
    times = [line.start.plus(month - line.start.ordinal) for month in months] + [due]
    return [(time, line.at(time)) for time in times]


def goal_path(plan: Plan, goal: Goal, *, baseline: float | None) -> DuePath | None:
    """Return the path a goal has to follow; ``None`` without one or without the baseline.

    Of an average growth rate, the levels that it implies.
    """
    if goal.kind.by_people or goal.kind is Kind.EVERY_YEAR or goal.target is None:
        return None
    indicator, due = plan.indicator_of(goal), plan.goal_due(goal)
    target = Target.of(plan, goal)
    start = plan.goal_start(goal)
    if goal.kind is Kind.CUMULATIVE:
        baseline = 0.0
    if baseline is None:
        return None
    end = as_value(goal, target.meeting, baseline)
    if goal.kind is Kind.CAGR:
        end = baseline * (1 + target.meeting / 100) ** due.years_since(start)
    if end is None:
        return None
    return due_path(
        start=start,
        baseline=baseline,
        due=due,
        target=end,
        geometric=rated_by_growth(indicator, goal),
        # Of an average rate these are the levels it implies, which may fall: it is the rate that is
        # due at every time. What is added up has no baseline that could have met.
        direction=(
            goal.direction.sign
            if goal.kind.from_base and goal.kind is not Kind.CAGR
            else _as_it_runs(baseline, end)
        ),
        in_units=way_in_units(target, baseline, small=plan.about.small_target) is not None,
    )


def _as_it_runs(baseline: float, end: float) -> int:
    return 1 if end >= baseline else -1


def as_values(
    goal: Goal, baseline: float | None, annual_targets: Mapping[int, float]
) -> dict[int, float]:
    """Return yearly targets, given in the goal's unit, as values of the indicator for a chart.

    Average growth rates have none: their yearly targets are rates.
    """
    if goal.kind is Kind.CAGR:
        return {}
    values = {year: as_value(goal, each, baseline) for year, each in annual_targets.items()}
    return {year: value for year, value in values.items() if value is not None}
