"""Single periods of a number reported year to date, or its levels: the last run without a gap.

Turns a series into amounts a period, or levels, that can be compared with each other. Where data
come a month late the year is cut where they end (1—2, 3—5, 6—8 and 9—12月), so that the periods
of a year add up to it. What is filled in is marked, and only here: judging fills in nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from planbook.assess.outlook.constants import NEWEST, REVISION
from planbook.assess.series import Series
from planbook.periods import CALENDAR, FiscalYear, TimePeriod
from planbook.plan import Indicator
from planbook.vocabulary import Frequency

Ends = tuple[int, int, int, int]
YearToDate = Callable[[TimePeriod], float | None]


@dataclass(frozen=True)
class Window:
    """Successive single periods, or levels at their ends, oldest first.

    Attributes
    ----------
    amounts
        Of each period (or the levels), in the indicator's unit.
    ends
        Months of the year in which its four periods end.
    newest
        End of the newest period.
    unit
        Smallest step of the published values; 0 where they are exact numbers of things.
    filled
        Periods that rest on a value filled in.
    year
        In which months are counted.
    valued
        Period of the newest value, where that was carried on to the end of its period.
    completed
        By how much that was.
    """

    amounts: tuple[float, ...]
    ends: Ends
    newest: TimePeriod
    unit: float
    filled: int = 0
    year: FiscalYear = CALENDAR
    valued: TimePeriod | None = None
    completed: float = 0.0

    @property
    def newest_value(self) -> TimePeriod:
        """Period of the newest value used."""
        return self.valued or self.newest

    def position(self, ahead: int) -> int:
        """Return the position in its year, 0 to 3, of the period so many after the newest."""
        return (self.ends.index(self.year.month_of(self.newest)) + ahead) % 4

    def months(self, ahead: int) -> int:
        """Return the length of the period so many after the newest, in months."""
        position = self.position(ahead)
        return self.ends[position] - (self.ends[position - 1] if position else 0)

    def quarters_to(self, period: TimePeriod) -> float:
        """Return the quarters from the newest value to a month."""
        return (period.ordinal - self.newest_value.ordinal) / 3

    def rates(self) -> list[float]:
        """Return the logarithms of the amounts a month."""
        first = 1 - len(self.amounts)
        return [
            math.log(x) - math.log(self.months(first + at)) for at, x in enumerate(self.amounts)
        ]

    def to_date(self) -> float:
        """Return what was observed of the newest year, in which no period is missing."""
        return math.fsum(self.amounts[-self.position(0) - 1 :]) - self.completed

    def ahead_of(self, period: TimePeriod) -> int:
        """Return how many periods after the newest the one is in which a month lies."""
        month = self.year.month_of(period)
        position = sum(end < month for end in self.ends)
        return 4 * (self.year.of(period) - self.year.of(self.newest)) + position - self.position(0)


def period_ends(indicator: Indicator) -> Ends:
    """Return the months of a year in which its periods end; the year itself is always the last.

    A monthly number that comes a month late ends its periods in February, May and August.
    """
    late = indicator.lag_months % 3 if indicator.frequency is Frequency.MONTHLY else 0
    return (3 - late, 6 - late, 9 - late, 12)


def level_ends(indicator: Indicator) -> Ends:
    """Return the months of a year of which levels are looked at, three months apart."""
    first, second, third, _ = period_ends(indicator)
    return (first, second, third, third + 3)


def single_periods(series: Series, ends: Ends, *, until: TimePeriod, unit: float) -> Window | None:
    """Return the last run of single periods of a year-to-date series; ``None`` if there is none.

    The value of a year earlier that was reported with this year's counts, the own value first;
    where both are known and differ, the stretch up to there is another series and left out. A value
    between two ends is carried to the next end as the year before, and one missing end is split as
    the year before; a second gap ends the run.

    Parameters
    ----------
    until
        Period of the newest value.
    unit
        Of the window.
    """
    year = series.year
    to_date, newest, completed = _carried(series, ends, until)
    filled = int(newest > until)
    another = _last_of_another_series(series, unit)
    amounts: list[float] = []
    split = False
    end = newest
    while len(amounts) < NEWEST and (another is None or end > another):
        whole, before = to_date(end), _before(to_date, ends, end, year)
        if (whole is None or before is None) and not split:
            missing = end if whole is None else _end_before(ends, end, year)
            value = None if missing == newest else _split(to_date, ends, missing, year)
            if value is not None:
                split, filled = True, filled + 1
                to_date = _with(to_date, missing, value)
                continue
        if whole is None or before is None:
            break
        amounts.append(whole - before)
        end = _end_before(ends, end, year)
    if not amounts:
        return None
    valued = until if newest > until else None
    return Window(tuple(reversed(amounts)), ends, newest, unit, filled, year, valued, completed)


def levels(series: Series, ends: Ends, *, until: TimePeriod, unit: float) -> Window | None:
    """Return the last run of levels at the ends of periods; ``None`` if there is none.

    Values count as in `single_periods`. One level missing between two known ones is bridged by
    their geometric mean; a second gap ends the run.
    """
    at, newest, completed = _carried(series, ends, until)
    filled = int(newest > until)
    another = _last_of_another_series(series, unit)
    found: list[float] = []
    bridged = False
    while len(found) < NEWEST and (another is None or newest.plus(-3 * len(found)) > another):
        end = newest.plus(-3 * len(found))
        value = at(end)
        if value is None and found and not bridged:
            before = at(end.plus(-3))
            if before is not None and min(before, found[-1]) > 0:
                value, bridged, filled = math.sqrt(before * found[-1]), True, filled + 1
        if value is None:
            break
        found.append(value)
    if not found:
        return None
    valued = until if newest > until else None
    return Window(
        tuple(reversed(found)), ends, newest, unit, filled, series.year, valued, completed
    )


def _carried(series: Series, ends: Ends, until: TimePeriod) -> tuple[YearToDate, TimePeriod, float]:
    """Return the values, the newest period that is whole, and by how much it was completed."""
    year, month = series.year, series.year.month_of(until)
    if month in ends:
        return series.known, until, 0.0
    following = _end_after(ends, until, year)
    now, then, whole = (
        series.known(until),
        series.known(until.plus(-12)),
        series.known(following.plus(-12)),
    )
    if now is None or then is None or whole is None or min(then, whole) <= 0:
        return series.known, _end_before(ends, following, year), 0.0
    completed = now * whole / then
    return _with(series.known, following, completed), following, completed - now


def _last_of_another_series(series: Series, unit: float) -> TimePeriod | None:
    """Return the newest period whose value was reported a year later as quite another one."""
    differing = []
    for observation in series.observations:
        then, told = observation.time_period.plus(-12), observation.prior_value
        own = series.values.get(then, series.baselines.get(then))
        if own is None or told is None:
            continue
        if abs(told - own) > max(REVISION * abs(own), 2 * unit):
            differing.append(then)
    return max(differing, default=None)


def _before(to_date: YearToDate, ends: Ends, end: TimePeriod, year: FiscalYear) -> float | None:
    """Return the value to date before a period began: nothing at the start of the year."""
    return 0.0 if year.month_of(end) == ends[0] else to_date(_end_before(ends, end, year))


def _end_before(ends: Ends, end: TimePeriod, year: FiscalYear) -> TimePeriod:
    position = ends.index(year.month_of(end))
    return year.month(year.of(end) - (not position), ends[position - 1])


def _end_after(ends: Ends, period: TimePeriod, year: FiscalYear) -> TimePeriod:
    month = year.month_of(period)
    later = [end for end in ends if end > month]
    return year.month(year.of(period) + (not later), min(later or ends))


def _split(to_date: YearToDate, ends: Ends, missing: TimePeriod, year: FiscalYear) -> float | None:
    """Return a missing value to date between two known ones, in the proportion of the year before.

    ``None`` for the end of a year, and where a value needed is unknown.
    """
    if year.is_end(missing):
        return None
    following = year.month(year.of(missing), ends[ends.index(year.month_of(missing)) + 1])
    low, high = _before(to_date, ends, missing, year), to_date(following)
    past, past_low, past_high = (
        to_date(missing.plus(-12)),
        _before(to_date, ends, missing.plus(-12), year),
        to_date(following.plus(-12)),
    )
    if low is None or high is None or past is None or past_low is None or past_high is None:
        return None
    if past_high <= past_low:
        return None
    return low + (high - low) * (past - past_low) / (past_high - past_low)


def _with(to_date: YearToDate, period: TimePeriod, value: float) -> YearToDate:
    return lambda asked: value if asked == period else to_date(asked)
