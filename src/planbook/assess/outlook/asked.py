"""What is asked of a goal at its due date: which quantity, of what series, against what number.

Turns a goal with its chosen series into an `Asked`. All numbers are in the indicator's unit, those
of growth goals too: a tolerance is taken off the rate first and the rate turned into an amount.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from unicodedata import normalize

from planbook.assess.outlook.single_periods import (
    Window,
    level_ends,
    levels,
    period_ends,
    single_periods,
)
from planbook.assess.path import as_value
from planbook.assess.scope import Choice
from planbook.assess.series import Series
from planbook.assess.targets import Target
from planbook.outlook_frames import OutlookQuantity
from planbook.periods import TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import Accumulation, Comparator, Frequency, Kind, Nature


@dataclass(frozen=True)
class Asked:
    """A question to a series.

    Attributes
    ----------
    series
        In the scope judged: levels, values to date, or of a cumulative goal the sums since `start`.
    quantity
        What decides: a level, the sum of a year, or the sum of all that remains.
    due
        Month whose value decides; of yearly totals the end of the year.
    threshold
        ``T*``, the value that meets.
    whole
        Whether values are whole numbers of things.
    """

    goal: Goal
    indicator: Indicator
    series: Series
    quantity: OutlookQuantity
    start: TimePeriod
    due: TimePeriod
    threshold: float
    whole: bool

    @property
    def sign(self) -> int:
        return self.goal.direction.sign

    @property
    def of_levels(self) -> bool:
        return self.quantity is OutlookQuantity.LEVEL

    @property
    def of_years(self) -> bool:
        return self.quantity is OutlookQuantity.YEAR_SUM

    @property
    def is_share(self) -> bool:
        """Whether levels are percentages, which lie between 0 and 100."""
        in_percent = normalize("NFKC", self.indicator.unit) == "%"  # full width, too
        return self.of_levels and self.indicator.nature is Nature.RATIO and in_percent

    @property
    def limit(self) -> float:
        """What separates meeting from missing; of whole things half a thing before ``T*``."""
        return self.threshold - self.sign * 0.5 if self.whole else self.threshold

    def met_by(self, value: float) -> bool:
        return self.sign * (value - self.limit) >= 0

    def window(self) -> Window | None:
        """Return the last run of the series without a gap; ``None`` if there is none."""
        until = max(self.series.values, default=None)
        if until is None or is_yearly(self.indicator):
            return None
        unit = 0.0 if self.indicator.counts_whole else 10.0**-self.indicator.decimals
        if self.of_levels:
            return levels(self.series, level_ends(self.indicator), until=until, unit=unit)
        ends = period_ends(self.indicator)
        if self.of_years:
            return single_periods(self.series, ends, until=until, unit=unit)
        increments = self.series.increments_of_years(self.start)
        if until not in increments.values:
            return None
        return single_periods(increments, ends, until=until, unit=unit)

    def added_before(self, window: Window) -> float:
        """Return the sum of a cumulative goal when the newest year of its window began."""
        began = window.year.before(window.newest)
        return (self.series.known(began) or 0.0) if began > self.start else 0.0


def asked_of(plan: Plan, goal: Goal, choice: Choice) -> Asked | None:
    """Return what is asked of a goal; ``None`` where its target is no number yet.

    Parameters
    ----------
    goal
        With the target in force.
    """
    threshold = _threshold(plan, goal, choice)
    return None if threshold is None else looked_at(plan, goal, choice, threshold=threshold)


def looked_at(plan: Plan, goal: Goal, choice: Choice, *, threshold: float = math.nan) -> Asked:
    """Return what is looked at of a series, which needs no target."""
    indicator = plan.indicator_of(goal)
    quantity = _quantity(goal, indicator)
    due = plan.goal_due(goal)
    return Asked(
        goal=goal,
        indicator=indicator,
        series=choice.series,
        quantity=quantity,
        start=choice.start,
        due=plan.year.end_of(due) if quantity is OutlookQuantity.YEAR_SUM else due,
        threshold=threshold,
        whole=indicator.counts_whole,
    )


def is_yearly(indicator: Indicator) -> bool:
    """Whether it has but one value a year."""
    return Frequency.ANNUAL is indicator.frequency or indicator.accumulation is Accumulation.YEAR


def _quantity(goal: Goal, indicator: Indicator) -> OutlookQuantity:
    """Return what decides: how the indicator accumulates says it, not the kind of target alone."""
    if goal.kind is Kind.CUMULATIVE:
        return OutlookQuantity.REMAINING_SUM
    to_date = indicator.accumulation in (Accumulation.YTD, Accumulation.YEAR)
    if to_date and goal.kind.of_years:
        return OutlookQuantity.YEAR_SUM
    return OutlookQuantity.LEVEL


def _threshold(plan: Plan, goal: Goal, choice: Choice) -> float | None:
    if goal.target is None:
        return None
    target = Target.of(plan, goal)
    if goal.kind is Kind.CAGR:
        years = plan.goal_due(goal).years_since(choice.start)
        if choice.baseline is None or choice.baseline <= 0 or target.meeting <= -100:
            return None
        found: float | None = choice.baseline * math.exp(years * math.log1p(target.meeting / 100))
    else:
        found = as_value(goal, target.meeting, choice.baseline)
    if found is None or not goal.kind.of_growth or not plan.indicator_of(goal).counts_whole:
        return found
    strict = target.comparator is Comparator.ABOVE
    return math.floor(found) + 1.0 if strict else float(math.ceil(found))
