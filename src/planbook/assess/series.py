"""One indicator's values in one scope, and what they say about a year: shares, totals, differences.

Values of the year to date are reported cumulatively, and January may be missing. Nothing is filled
in: what an amount would have to be guessed from is ``None``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from planbook.periods import TimePeriod
from planbook.vocabulary import Accumulation

SHARE_YEARS = 3  # the usual share of the year is averaged over at most so many complete years


@dataclass(frozen=True, slots=True)
class Observation:
    """One value as known in an edition; ``None`` where a number was not given."""

    period: TimePeriod
    scope: str
    vintage: str
    accumulation: str
    value: float | None
    status: str
    release_stage: str
    yoy: float | None  # percent, as reported
    yoy_type: str
    prior_value: float | None  # same period a year earlier, as reported


@dataclass(frozen=True)
class Share:
    """The share of the year usually reached by a month; `from_history` is false for months/12."""

    value: float
    from_history: bool


@dataclass(frozen=True)
class Series:
    """The observations of one indicator in one scope, with its baselines in that scope.

    Attributes
    ----------
    observations
        In any order, at most one a period; some without a value.
    baselines
        Value by period, in the same scope.
    """

    scope: str
    accumulation: Accumulation
    observations: tuple[Observation, ...]
    baselines: Mapping[TimePeriod, float]

    @cached_property
    def values(self) -> dict[TimePeriod, float]:
        """The indicator's own values, oldest first."""
        found = {o.period: o.value for o in self.observations if o.value is not None}
        return dict(sorted(found.items()))

    @cached_property
    def _by_period(self) -> dict[TimePeriod, Observation]:
        return {observation.period: observation for observation in self.observations}

    @cached_property
    def _reported_before(self) -> dict[TimePeriod, float]:
        """上年同期 as reported a year later, by the period it describes."""
        return {
            o.period.plus(-12): o.prior_value
            for o in self.observations
            if o.prior_value is not None
        }

    def at(self, period: TimePeriod) -> Observation | None:
        return self._by_period.get(period)

    def known(self, period: TimePeriod) -> float | None:
        """Return the value of a period: observed, else baseline, else as reported a year later."""
        for source in (self.values, self.baselines, self._reported_before):
            if period in source:
                return source[period]
        return None

    def complete_year(self, year: int) -> float | None:
        """Return the value of a whole year (of a stock: at its end), observed or baseline."""
        end = TimePeriod(year, 12)
        return self.values.get(end, self.baselines.get(end))

    def a_year_earlier(self, period: TimePeriod) -> float | None:
        """Return the value of the same period a year earlier."""
        return self.known(period.plus(-12))

    def usual_share(self, period: TimePeriod) -> Share:
        """Return the share of the year that the year to date has usually reached by this month.

        The mean over the last complete years, at most three, of the value to this month divided by
        the year's total; a year in which either is unknown or not above zero does not count.
        Without any such year it is months/12.
        """
        if period.is_year_end:
            return Share(1.0, from_history=True)
        years = sorted({p.year for p in (*self.values, *self.baselines) if p.year < period.year})
        found = [
            part / total
            for year in reversed(years)
            if (total := self.complete_year(year) or 0.0) > 0
            and (part := self.known(TimePeriod(year, period.month)) or 0.0) > 0
        ][:SHARE_YEARS]
        return Share(fmean(found), True) if found else Share(period.month / 12, False)

    def rolling_year(self, period: TimePeriod) -> float | None:
        """Return the total of the twelve months to `period`, of a flow reported year to date."""
        if self.accumulation is not Accumulation.YTD or period not in self.values:
            return None
        if period.is_year_end:
            return self.values[period]
        last_year, before = self.complete_year(period.year - 1), self.a_year_earlier(period)
        if last_year is None or before is None:
            return None
        return self.values[period] + last_year - before
