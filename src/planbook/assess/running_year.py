"""The year that is not over: its total as estimated, and the band in which it probably ends.

The estimate is what was reached divided by the share of the year usually reached by then. The band
is the known part plus the remainder with its spread (`planbook.assess.outlook`), so that it closes
as the year does. A rating at an end of the band is found by judging the goal again with the share
that this end implies.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from planbook.assess.outlook import student
from planbook.assess.outlook.constants import FEW_UNITS
from planbook.assess.outlook.remainder import remainder_scale
from planbook.assess.outlook.single_periods import period_ends, single_periods
from planbook.assess.series import Basis, Series, Share
from planbook.periods import TimePeriod
from planbook.plan import Indicator

BAND = 0.8  # share of cases in which the year should end inside the band


@dataclass(frozen=True, slots=True)
class Band:
    """The ends between which the year's total probably lies, and the shares that they imply."""

    low: float
    high: float
    share_at_low: float
    share_at_high: float


@dataclass(frozen=True, slots=True)
class RunningYear:
    """A year of which `amount` is known so far; `band` is ``None`` where its spread is unknown."""

    amount: float
    share: Share
    band: Band | None

    @property
    def total(self) -> float:
        """The estimate of the whole year."""
        return self.amount / self.share.value


def running_year(
    series: Series,
    indicator: Indicator,
    *,
    period: TimePeriod,
    amount: float,
    share: Share,
    things: float | None,
) -> RunningYear:
    """Return the running year with its band.

    Parameters
    ----------
    series
        Year to date.
    period, amount
        Newest value of the series.
    share
        Of the year reached by then.
    things
        Of whole things that are counted: how many the goal is about. Of a few no spread is known.
    """
    year = RunningYear(amount, share, None)
    if share.basis in (Basis.WHOLE, Basis.MONTHS) or not 0 < share.value < 1 or amount <= 0:
        return year
    if things is not None and max(year.total, things) < FEW_UNITS:
        return year
    unit = 10.0**-indicator.decimals if things is None else 0.0
    window = single_periods(series, period_ends(indicator), until=period, unit=unit)
    scale = None if window is None else remainder_scale(window, latest=period)
    if scale is None:
        return year
    return RunningYear(amount, share, band(amount, year.total - amount, scale))


def band(amount: float, remainder: float, scale: float) -> Band:
    """Return the 80 % band of a year: the known part, and the remainder with its spread."""
    reach = math.exp(scale * student.quantile((1 + BAND) / 2))
    low, high = amount + remainder / reach, amount + remainder * reach
    return Band(low, high, amount / low, amount / high)
