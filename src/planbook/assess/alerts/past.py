"""The single periods or levels of a goal's series as warnings look at them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from planbook.assess.outlook.single_periods import Window, period_ends, single_periods
from planbook.assess.scope import Choice
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import Accumulation, Frequency, Nature

YEAR = 4  # periods


@dataclass(frozen=True, slots=True)
class Past:
    """Successive periods of a series up to its newest value.

    Attributes
    ----------
    flow
        Whether they are amounts of single periods, else levels.
    ratio
        Whether they are shares in percent, strictly between 0 and 100.
    """

    window: Window
    flow: bool
    ratio: bool

    @property
    def values(self) -> tuple[float, ...]:
        """In the indicator's unit, oldest first."""
        return self.window.amounts

    @property
    def is_positive(self) -> bool:
        """Whether growth can be told of them; of shares also whether they are below the whole."""
        return min(self.values) > 0 and not (self.ratio and max(self.values) >= 100)

    def changes(self) -> list[float]:
        """Return each change on the year before: a share, of a ratio percentage points."""
        pairs = zip(self.values, self.values[YEAR:], strict=False)
        return [now - then if self.ratio else now / then - 1 for then, now in pairs]

    def transformed(self) -> list[float]:
        """Return logarithms, of flows of amounts a month; of ratios logits."""
        if self.ratio:
            return [math.log(each / (100 - each)) for each in self.values]
        return [math.log(each / self._months(at)) for at, each in enumerate(self.values, start=1)]

    def newest(self, transformed: float) -> float:
        """Return what a transformed value of the newest period is in the indicator's unit."""
        if self.ratio:
            return 100 / (1 + math.exp(-transformed))
        return math.exp(transformed) * self._months(len(self.values))

    def _months(self, number: int) -> int:
        """Return over how many months a value, counted from 1, adds up; of a level it is one."""
        return self.window.months(number - len(self.values)) if self.flow else 1


def past_of(plan: Plan, goal: Goal, choice: Choice) -> Past | None:
    """Return the past of a goal's series; ``None`` where it has none that can be compared.

    Parameters
    ----------
    goal
        With the target in force.
    """
    indicator, newest = plan.indicator_of(goal), choice.newest
    if newest is None or newest.obs_value is None or not choice.comparable:
        return None
    if indicator.frequency is Frequency.ANNUAL:
        return None
    window = _window(indicator, choice)
    if window is None or window.newest > newest.time_period:  # carried on, not a value that came
        return None
    flow = indicator.accumulation is not Accumulation.END_OF_PERIOD
    return Past(window, flow=flow, ratio=indicator.nature is Nature.RATIO)


def _window(indicator: Indicator, choice: Choice) -> Window | None:
    series, newest = choice.series, choice.newest
    if newest is None:
        return None
    ends, until = period_ends(indicator), newest.time_period
    unit = 0.0 if indicator.counts_whole else 10.0**-indicator.decimals
    if indicator.accumulation is Accumulation.YTD:
        return single_periods(series, ends, until=until, unit=unit)
    if indicator.accumulation is Accumulation.SINCE_START:
        increments = series.increments_of_years(choice.start)
        return single_periods(increments, ends, until=until, unit=unit)
    return None
