"""A goal's series carried on: what its quantity will be at a time, and at a steady growth.

An `Asked` with its window becomes distributions. No gate, no likelihood here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from planbook.assess.outlook.asked import Asked
from planbook.assess.outlook.forecast import (
    Course,
    Forecast,
    along,
    course_of,
    level,
    sum_along,
    total,
)
from planbook.assess.outlook.logits import from_logit, logit
from planbook.assess.outlook.remainder import sum_rounding
from planbook.assess.outlook.single_periods import Window
from planbook.outlook_frames import OutlookQuantity
from planbook.periods import TimePeriod

_YEAR_AHEAD = 4  # quarters up to which what is known of a year leaves only the rest to forecast
_FULL = 99.99  # percent; a share that grows steadily stops here


@dataclass(frozen=True)
class Prospect:
    """What is asked of a series, its window and how that goes on."""

    asked: Asked
    window: Window
    course: Course

    def quarters(self, period: TimePeriod) -> float:
        """Return the quarters from the newest value to a month."""
        return self.window.quarters_to(period)

    def quantity(self, period: TimePeriod) -> OutlookQuantity:
        """Return what is forecast of a month: of a year that is begun, or next, what remains."""
        if self.asked.of_years and self.quarters(period) <= _YEAR_AHEAD:
            return OutlookQuantity.REMAINING_SUM
        return self.asked.quantity

    def known(self, period: TimePeriod) -> float:
        """Return what is known already of the sum that ends with a month."""
        window = self.window
        if not self.asked.of_years:
            return self.asked.added_before(window) + window.to_date()
        return window.to_date() if self._begun(period) else 0.0

    def at(self, period: TimePeriod) -> Forecast:
        """Return the distribution of the quantity at the end of a month."""
        quarters = self.quarters(period)
        if self.asked.of_levels:
            return level(
                self.course,
                ahead=self._levels_ahead(period),
                quarters=quarters,
                rounding=self._level_rounding(),
                ratio=self.asked.is_share,
            )
        return total(
            self.course,
            self.quantity(period),
            ahead=self._ahead(period),
            months=self.window.months,
            quarters=quarters,
            known=self.known(period),
            begun=self._completed(period),
            rounding=sum_rounding(self.window),
        )

    def growing(self, forecast: Forecast, growth: float, period: TimePeriod) -> Forecast:
        """Return the forecast of a month, if from now on the series grows by a share each quarter.

        The season stays, and so does the spread. Of a share in percent it is the share that grows.
        """
        steady, drift = self.course.steady, math.log1p(growth)
        if not self.asked.of_levels:
            centre = sum_along(
                steady(drift),
                ahead=self._ahead(period),
                months=self.window.months,
                begun=self._completed(period),
            )
            return replace(forecast, centre=centre)
        ahead = self._levels_ahead(period)
        if not self.asked.is_share:
            return replace(forecast, centre=along(steady(drift), ahead))
        share = from_logit(along(steady(0), ahead))
        grown = min(share * math.exp(drift * ahead), _FULL)
        return replace(forecast, centre=logit(grown))

    def _begun(self, period: TimePeriod) -> bool:
        """Whether the newest value is of the year that ends with a month."""
        year = self.window.year
        return year.of(period) == year.of(self.window.newest)

    def _ahead(self, period: TimePeriod) -> range:
        """Return the periods that a sum still needs."""
        last = self.window.ahead_of(period)
        first = last - 3 if self.asked.of_years else 1
        return range(max(first, 1), last + 1)

    def _completed(self, period: TimePeriod) -> float:
        return self.window.completed if not self.asked.of_years or self._begun(period) else 0.0

    def _levels_ahead(self, period: TimePeriod) -> float:
        return max((period.ordinal - self.window.newest.ordinal) / 3, 0.0)

    def _level_rounding(self) -> float:
        newest = self.window.amounts[-1]
        part = 1 - newest / 100 if self.asked.is_share else 1.0
        return self.window.unit / math.sqrt(12) / (newest * part)


def prospect_of(asked: Asked, window: Window) -> Prospect:
    """Carry a window on that no gate stops."""
    course = course_of(
        transformed(asked, window), newest=window.position(0), flow=not asked.of_levels
    )
    return Prospect(asked, window, course)


def transformed(asked: Asked, window: Window) -> list[float]:
    """Return the values in which a series is carried on: logarithms, of shares logits."""
    if not asked.of_levels:
        return window.rates()
    if asked.is_share:
        return [logit(value) for value in window.amounts]
    return [math.log(value) for value in window.amounts]
