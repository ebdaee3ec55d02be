"""What an indicator's value would be in any month: a story and the plan's goal turned into numbers.

One `Series` an indicator. Values are rounded to the indicator's decimals, as a department would
report them. They scatter as real ones do (`demo.noise`); whole years of a flow and numbers counted
once a year do not, because they tell the story.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from demo.noise import deviation
from demo.scenario import Change, Story, draw
from planbook.periods import Edition, TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import Accumulation, Frequency, Kind, Nature

TILT = 0.10  # how far an indicator's months may lie from the profile they share
FLOW_NOISE = 0.095  # standard deviation of a month of a flow, relative
NEW_NOISE = 0.12  # of the things newly counted in a month
LEVEL_NOISE = 0.016  # of a balance or a number of things at a month's end
BEFORE_PLAN = 0.8  # pace of the years before the plan begins


def starting_share(bounds: tuple[float, float], indicator_id: str) -> float:
    """Return the share of its target that an indicator starts at, where its story says none."""
    low, high = bounds
    return low + (high - low) * draw(indicator_id, "start")


@dataclass(frozen=True)
class Series:
    """The values of one indicator.

    `profile` holds the weights of a flow's twelve months, `bounds` the limits of the starting
    share, `changes` what departments changed later.
    """

    plan: Plan
    indicator: Indicator
    story: Story
    profile: Sequence[float]
    bounds: tuple[float, float]
    changes: Sequence[Change] = ()

    def known(self, period: TimePeriod, edition: Edition) -> float:
        """Return the value as the department knows it in an edition, in the edition's area."""
        value = self._rounded(self.value(period) * self.story.factor(edition))
        for change in self.changes:
            if change.period == period and change.edition <= edition:
                value = self._rounded(value * (1 + change.change))
        return value

    def value(self, period: TimePeriod) -> float:
        """Return the value of a period as first reported, in the area the baseline covers."""
        match self.indicator.accumulation:
            case _ if self.story.steps:
                return self._step(period)
            case Accumulation.YTD if period.year in self.story.quarters:
                return self.story.quarters[period.year][period.month // 3 - 1]
            case Accumulation.YTD:
                return self._rounded(self._year(period.year) * self._share(period))
            case Accumulation.SINCE_START:
                return self._rounded(self._counted(period))
            case _:
                return self._rounded(self._level(period))

    @property
    def start(self) -> float:
        """Return the value at the start of the path: of the goal's base period."""
        if self.story.start is not None:
            return self.story.start
        share = self.story.share or starting_share(self.bounds, self.indicator.id)
        return self._rounded(float(f"{share * self._target:.3g}"))

    @property
    def _goal(self) -> Goal:
        """The goal the path aims at: a level if there is one, else a rate of growth."""
        goals = self.indicator.goals
        return next((goal for goal in goals if goal.kind is not Kind.CAGR), goals[0])

    @property
    def _origin(self) -> TimePeriod:
        return self._goal.base_period or self._goal.since or self.plan.start

    @property
    def _horizon(self) -> float:
        return self.plan.goal_due(self._goal).years_since(self._origin)

    @property
    def _target(self) -> float:
        goal = self._goal
        if goal.target is None:
            raise ValueError(f"{goal.id}: no number to aim at")
        if goal.kind is Kind.CAGR:
            return float(self.start * (1 + goal.target / 100) ** self._horizon)
        if goal.kind is Kind.GROWTH_VS_BASE:
            return self.start * (1 + goal.target / 100)
        return goal.target

    @property
    def _growth(self) -> float:
        """Growth a year that leads from the start to the target."""
        return float((self._target / self.start) ** (1 / self._horizon) - 1)

    def _step(self, period: TimePeriod) -> float:
        reached = [since for since in self.story.steps if since <= period]
        return self.story.steps[max(reached)] if reached else 0.0

    def _year(self, year: int) -> float:
        """Return a whole year's value of a flow."""
        if self.story.years:
            return self._target * self.story.years[year]
        if year < self._origin.year:
            return self.start / (1 + BEFORE_PLAN * self._growth) ** (self._origin.year - year)
        first, last = self.story.pace
        pace = first if year <= self.plan.start.year + 1 else last
        return self.start * (1 + pace * self._growth) ** (year - self._origin.year)

    def _share(self, period: TimePeriod) -> float:
        """Return the share of the year reached by the end of a month."""
        usual = [
            weight * (1 + TILT * (draw(self.indicator.id, "month", month) - 0.5))
            for month, weight in enumerate(self.profile, start=1)
        ]
        shocks = self.story.shocks
        extra = sum(
            self._month(usual, shock, FLOW_NOISE) * (factor - 1)
            for shock, factor in shocks.items()
            if shock.year == period.year and shock <= period
        )
        return self._reached(usual, period, FLOW_NOISE) + extra

    def _reached(self, usual: Sequence[float], period: TimePeriod, noise: float) -> float:
        """Return the share of a year reached by a month, its months scattering by so much."""
        months = (TimePeriod(period.year, month) for month in range(1, period.month + 1))
        return sum(self._month(usual, month, noise) for month in months)

    def _month(self, usual: Sequence[float], period: TimePeriod, noise: float) -> float:
        """Return the share of its year that falls to a month."""
        months = [
            weight * math.exp(noise * self._deviation(TimePeriod(period.year, month)))
            for month, weight in enumerate(usual, start=1)
        ]
        return months[period.month - 1] / sum(months)

    def _deviation(self, period: TimePeriod) -> float:
        return self.story.noise * deviation(self.indicator.id, self.story.seed, period)

    def _counted(self, period: TimePeriod) -> float:
        """Return what was counted since the start; in a whole year as many as the story says."""
        end = TimePeriod(period.year, 12)
        before, whole = self._straight(end.plus(-12)), self._straight(end)
        scatter = self._reached([1] * 12, period, NEW_NOISE) - period.month / 12
        return self._straight(period) + (whole - before) * scatter

    def _straight(self, period: TimePeriod) -> float:
        elapsed = period.years_since(self._origin)
        return self._target * self._pace(elapsed) * elapsed / self._horizon

    def _pace(self, elapsed: float) -> float:
        """Return the story's pace, straight from a quarter after the start to the last edition."""
        first, last = self.story.pace
        return first + (last - first) * max(0.0, min(1.0, (elapsed - 0.25) / 1.5))

    def _level(self, period: TimePeriod) -> float:
        elapsed = period.years_since(self._origin)
        pace = BEFORE_PLAN if elapsed < 0 else self._pace(elapsed)
        scatter = math.exp(LEVEL_NOISE * self._deviation(period)) if self._scatters(period) else 1.0
        if self.indicator.nature in (Nature.BALANCE, Nature.RATE):
            return float(self.start * (1 + pace * self._growth) ** elapsed * scatter)
        return scatter * (self.start + pace * (self._target - self.start) * elapsed / self._horizon)

    def _scatters(self, period: TimePeriod) -> bool:
        return self.indicator.frequency is not Frequency.ANNUAL and period != self._origin

    def _rounded(self, value: float) -> float:
        return round(value, self.indicator.decimals)
