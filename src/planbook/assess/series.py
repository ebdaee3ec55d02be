"""One indicator's values in one scope, and what they say about a year: shares, totals, differences.

Values of the year to date are reported cumulatively, and January may be missing. Nothing is filled
in: what an amount would have to be guessed from is ``None``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from statistics import fmean

from planbook.frames import ObservationRow
from planbook.periods import FiscalYear, TimePeriod
from planbook.vocabulary import Accumulation

SHARE_YEARS = 3  # the usual share of the year is averaged over at most so many complete years


class Basis(Enum):
    """What the share of the running year that is reached rests on."""

    WHOLE = "whole"  # the year is complete
    YEARS = "years"  # earlier years
    GROWTH = "growth"  # growth on the year before, to date
    MONTHS = "months"  # months/12, for want of anything better


@dataclass(frozen=True, slots=True)
class Share:
    """The share of the year reached by a month, and what it rests on."""

    value: float
    basis: Basis

    @property
    def from_history(self) -> bool:
        """Whether the series itself says so, in whatever way."""
        return self.basis is not Basis.MONTHS


@dataclass(frozen=True)
class Series:
    """The observations of one indicator in one scope, with its baselines in that scope.

    Attributes
    ----------
    observations
        In any order, at most one a period; some without a value.
    baselines
        Value by period, in the same scope.
    year
        The years that totals are of; months are counted in them.
    """

    scope: str
    accumulation: Accumulation
    observations: tuple[ObservationRow, ...]
    baselines: Mapping[TimePeriod, float]
    year: FiscalYear

    @cached_property
    def values(self) -> dict[TimePeriod, float]:
        """The indicator's own values, oldest first."""
        found = {o.time_period: o.obs_value for o in self.observations if o.obs_value is not None}
        return dict(sorted(found.items()))

    @cached_property
    def _by_period(self) -> dict[TimePeriod, ObservationRow]:
        return {observation.time_period: observation for observation in self.observations}

    @cached_property
    def _reported_before(self) -> dict[TimePeriod, float]:
        """上年同期 as reported a year later, by the period it describes."""
        return {
            o.time_period.plus(-12): o.prior_value
            for o in self.observations
            if o.prior_value is not None
        }

    def at(self, period: TimePeriod) -> ObservationRow | None:
        return self._by_period.get(period)

    def known(self, period: TimePeriod) -> float | None:
        """Return the value of a period: observed, else baseline, else as reported a year later."""
        for source in (self.values, self.baselines, self._reported_before):
            if period in source:
                return source[period]
        return None

    def complete_year(self, year: int) -> float | None:
        """Return the value of a whole year (of a stock: at its end), observed or baseline."""
        end = self.year.end(year)
        return self.values.get(end, self.baselines.get(end))

    def a_year_earlier(self, period: TimePeriod) -> float | None:
        """Return the value of the same period a year earlier."""
        return self.known(period.plus(-12))

    def usual_share(self, period: TimePeriod) -> Share:
        """Return the share of the year that the year to date has usually reached by this month.

        The mean over the last complete years, at most three, of the value to this month divided by
        the year's total; a year in which either is unknown or not above zero does not count. While
        no year after the base year is complete, the total of the year before grows as the year to
        date did: on the value of a year earlier, or as reported. Without either it is months/12.
        """
        if self.year.is_end(period):
            return Share(1.0, Basis.WHOLE)
        years = self._shares_of_years(period)
        growth = self._share_by_growth(period)
        if growth is not None and (self._in_first_year(period) or not years):
            return Share(growth, Basis.GROWTH)
        if years:
            return Share(fmean(years[:SHARE_YEARS]), Basis.YEARS)
        return Share(self.year.month_of(period) / 12, Basis.MONTHS)

    def _shares_of_years(self, period: TimePeriod) -> list[float]:
        """Return the shares of the years before that are known, newest first."""
        running, month = self.year.of(period), self.year.month_of(period)
        years = {self.year.of(p) for p in (*self.values, *self.baselines)}
        return [
            part / total
            for year in sorted(years, reverse=True)
            if year < running
            and (total := self.complete_year(year) or 0.0) > 0
            and (part := self.known(self.year.month(year, month)) or 0.0) > 0
        ]

    def _in_first_year(self, period: TimePeriod) -> bool:
        """Whether no year before is complete but those that were given as a base."""
        own = self.values.keys() - self.baselines.keys()
        began = self.year.before(period)
        return not any(self.year.is_end(end) and end <= began for end in own)

    def _share_by_growth(self, period: TimePeriod) -> float | None:
        """Return the share at which the year grows as it did to date; ``None`` if that is unknown.

        The base is the total of the year before. The growth is on the value of a year earlier, else
        the 同比 reported.
        """
        total, before = self.complete_year(self.year.of(period) - 1), self.a_year_earlier(period)
        if total is None or total <= 0:
            return None
        if before is not None:
            return before / total if before > 0 else None
        now = self.at(period)
        if now is None or now.obs_value is None or now.yoy is None:
            return None
        if now.obs_value <= 0 or now.yoy <= -100:
            return None
        return now.obs_value / (total * (1 + now.yoy / 100))

    def rolling_year(self, period: TimePeriod) -> float | None:
        """Return the total of the twelve months to `period`, of a flow reported year to date."""
        if self.accumulation is not Accumulation.YTD or period not in self.values:
            return None
        if self.year.is_end(period):
            return self.values[period]
        last_year, before = (
            self.complete_year(self.year.of(period) - 1),
            self.a_year_earlier(period),
        )
        if last_year is None or before is None:
            return None
        return self.values[period] + last_year - before

    def increments_of_years(self, start: TimePeriod) -> Series:
        """Return what was added since each year began, of a number added up since `start`.

        A year-to-date series: in the first year from nothing at `start`, later from the end of the
        year before. A year that began before `start` is left out.
        """

        def since_year_began(period: TimePeriod, value: float | None) -> float | None:
            began = self.year.before(period)
            if value is None or began < start:
                return None
            before = 0.0 if began == start else self.known(began)
            return None if before is None else value - before

        return Series(
            scope=self.scope,
            accumulation=Accumulation.YTD,
            observations=tuple(
                replace(
                    each,
                    obs_value=since_year_began(each.time_period, each.obs_value),
                    prior_value=since_year_began(each.time_period.plus(-12), each.prior_value),
                    yoy=None,
                )
                for each in self.observations
            ),
            baselines={},
            year=self.year,
        )
