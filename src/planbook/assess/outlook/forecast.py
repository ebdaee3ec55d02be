"""The distribution of what is to come of a series: a centre on its path and a measured spread.

`course_of` carries a series on; `level` and `total` say what that means at a time or over some
periods. Source of the form: damped trend with a partly believed drift (Gardner and McKenzie 1985),
errors of Student's t with 4 degrees of freedom; constants and record in `constants`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planbook.assess.outlook import student
from planbook.assess.outlook.constants import (
    DRIFT_DOUBT,
    FEWEST,
    FLOW,
    LAST_PERIOD,
    LAST_PERIOD_FACTOR,
    LEVEL,
    SEASONED,
)
from planbook.assess.outlook.logits import from_logit, logit
from planbook.assess.outlook.scale import own_scale, short_scale, spread
from planbook.assess.outlook.trend import Path, short_paths, short_steady, trend_of
from planbook.outlook_frames import OutlookQuantity

Months = Callable[[int], int]  # length in months of a coming period, counted from 1


@dataclass(frozen=True)
class Course:
    """A series carried on, in logarithms (of a flow: of amounts a month) or logits.

    Attributes
    ----------
    damped, undamped
        By how many periods after the newest: its drift fading, and going on as it did.
    steady
        The same for a drift a period that is asked for.
    scale
        Of its errors a period.
    periods
        Of history.
    """

    damped: Path
    undamped: Path
    steady: Callable[[float], Path]
    scale: float
    periods: int


@dataclass(frozen=True)
class Forecast:
    """The distribution of a value: ``known + back(centre + scale·t)``, t with 4 degrees of freedom.

    Attributes
    ----------
    centre, own_centre
        Transformed median, and where the own pace would lead.
    errors, drift, rounding
        Parts of the scale: measured on like series, doubt about the drift, published decimals.
    known
        What is known already of a sum, in the indicator's unit.
    ratio
        Whether it is a share in percent (logit), else a positive amount (logarithm).
    """

    centre: float
    own_centre: float
    errors: float
    drift: float = 0.0
    rounding: float = 0.0
    known: float = 0.0
    ratio: bool = False

    @property
    def scale(self) -> float:
        return math.hypot(self.errors, self.drift, self.rounding)

    def quantile(self, share: float) -> float:
        """Return the value below which a share of the distribution lies."""
        return self._value(self.centre + self.scale * student.quantile(share))

    @property
    def own_value(self) -> float:
        """Where the own pace would lead, in the indicator's unit."""
        return self._value(self.own_centre)

    def below(self, value: float) -> float:
        """Return the likelihood of ending below a value."""
        left = value - self.known
        if left <= 0:
            return 0.0
        if self.ratio and left >= 100:
            return 1.0
        return student.below((self.transformed(value) - self.centre) / self.scale)

    def transformed(self, value: float) -> float:
        """Return what of a value is still open, on the scale of `centre`."""
        left = value - self.known
        return logit(left) if self.ratio else math.log(left)

    def _value(self, transformed: float) -> float:
        if self.ratio:
            return from_logit(transformed)
        return self.known + math.exp(transformed)


def course_of(values: Sequence[float], *, newest: int, flow: bool) -> Course:
    """Carry a series on.

    Parameters
    ----------
    values
        Transformed, oldest first: at least eight, of a flow at least five.
    newest
        Position of the last one in its year, 0 to 3.
    flow
        Whether they are amounts of single periods, else levels.

    Raises
    ------
    ValueError
        If there are too few.
    """
    if len(values) < (FEWEST if flow else SEASONED):
        raise ValueError(f"{len(values)} values are too few to carry on")
    if len(values) < SEASONED:
        damped, undamped = short_paths(values)
        return Course(damped, undamped, short_steady(values), short_scale(values), len(values))
    model = FLOW if flow else LEVEL
    trend = trend_of(values, newest=newest, model=model)
    scale = own_scale(trend.adjusted, model)
    return Course(trend.damped, trend.undamped, trend.steady, scale, len(values))


def level(
    course: Course, *, ahead: float, quarters: float, rounding: float = 0.0, ratio: bool = False
) -> Forecast:
    """Return the distribution of the level so many periods, and quarters, after the newest.

    Parameters
    ----------
    ahead
        Periods; of a part of one, a part of its way.
    quarters
        From the newest value, which may be older than the newest period.
    rounding
        Standard deviation of the rounding of the newest value, on the transformed scale.
    """
    centre, own = along(course.damped, ahead), along(course.undamped, ahead)
    return Forecast(
        centre=centre,
        own_centre=own,
        errors=_errors(course, OutlookQuantity.LEVEL, quarters),
        drift=DRIFT_DOUBT * abs(centre - own),
        rounding=rounding,
        ratio=ratio,
    )


def total(
    course: Course,
    quantity: OutlookQuantity,
    *,
    ahead: Sequence[int],
    months: Months,
    quarters: float,
    known: float = 0.0,
    begun: float = 0.0,
    rounding: float = 0.0,
) -> Forecast:
    """Return the distribution of what is known plus the sum of coming periods.

    Parameters
    ----------
    ahead
        The periods of the sum, counted from 1; successive.
    quarters
        From the newest value to the end of the last one.
    begun
        What is still expected of the newest period, where its value is older than its end.
    """
    centre, own = (
        sum_along(path, ahead=ahead, months=months, begun=begun)
        for path in (course.damped, course.undamped)
    )
    return Forecast(
        centre=centre,
        own_centre=own,
        errors=_errors(course, quantity, quarters),
        drift=DRIFT_DOUBT * abs(centre - own),
        rounding=rounding,
        known=known,
    )


def along(path: Path, ahead: float) -> float:
    """Return a path so many periods after the newest, between two of them on a straight line."""
    whole = math.floor(ahead)
    part = ahead - whole
    return path(whole) + part * (path(whole + 1) - path(whole)) if part else path(whole)


def sum_along(path: Path, *, ahead: Sequence[int], months: Months, begun: float = 0.0) -> float:
    """Return the logarithm of the sum of coming periods on a path of amounts a month."""
    coming = (months(each) * math.exp(path(each)) for each in ahead)
    return math.log(math.fsum((begun, *coming)))


def _errors(course: Course, quantity: OutlookQuantity, quarters: float) -> float:
    errors = course.scale * spread(quantity, periods=course.periods, ahead=quarters)
    last = quantity is not OutlookQuantity.LEVEL and quarters < LAST_PERIOD
    return errors * LAST_PERIOD_FACTOR if last else errors
