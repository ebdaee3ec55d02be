"""Progress divided by progress due, and the growth behind it: plain numbers in, a plain number out.

``d`` is the direction (+1 where more is better, −1 where less is), ``b`` the baseline, ``v`` the
current value, ``T`` the target, ``e`` the years elapsed since the baseline and ``h`` those from
baseline to due date. Which of the two paces rates a goal is decided by its kind, not here.

The denominators are absolute values. With the baseline already past the target, a signed
denominator would call a worsening series "on track".
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def growth_pace(
    *,
    baseline: float,
    current: float,
    target: float,
    elapsed: float,
    horizon: float,
    direction: int,
) -> float | None:
    """Return the observed average yearly growth divided by the growth required.

    ``d·[(v/b)^(1/e) − 1] / |(T/b)^(1/h) − 1|``, the ratio of compound annual growth rates that
    Eurostat's monitoring reports on the sustainable development goals use and Statistics Canada
    publishes.

    Parameters
    ----------
    baseline, current, target
        In one unit and one scope; their unit does not matter.
    elapsed, horizon
        Years from the baseline to the current value, and to the due date.
    direction
        +1 or −1.

    Returns
    -------
    float or None
        1 is exactly on course, below 0 is moving away. ``None`` where the ratio is undefined: a
        value of zero or below, no time elapsed, target equal to the baseline.

    Raises
    ------
    ValueError
        If `direction` is neither +1 nor −1.
    """
    _check(direction)
    if min(baseline, current, target) <= 0 or elapsed <= 0 or horizon <= 0:
        return None
    required = _yearly(target / baseline, horizon)
    if required == 0:
        return None
    return direction * _yearly(current / baseline, elapsed) / abs(required)


def linear_pace(
    *,
    baseline: float,
    current: float,
    target: float,
    elapsed: float,
    horizon: float,
    direction: int,
) -> float | None:
    """Return the share of the way covered divided by the share of the time gone (序时进度比).

    ``d·(v − b)/|T − b| ÷ e/h``. Values may be zero or negative; the parameters are those of
    `growth_pace`.

    Returns
    -------
    float or None
        1 is exactly on course. ``None`` if no time has elapsed or the target equals the baseline.

    Raises
    ------
    ValueError
        If `direction` is neither +1 nor −1.
    """
    _check(direction)
    if elapsed <= 0 or horizon <= 0 or target == baseline:
        return None
    covered = direction * (current - baseline) / abs(target - baseline)
    return covered / (elapsed / horizon)


def pace_without_distance(*, baseline: float, current: float, direction: int) -> float:
    """Return the limit of a pace as the target nears the baseline: −∞ worse, 0 still, +∞ better.

    A target that equals the baseline leaves no distance to divide by, but the sign of the change is
    known and decides the rating.
    """
    _check(direction)
    change = direction * (current - baseline)
    return math.copysign(math.inf, change) if change else 0.0


def average_growth(*, baseline: float, current: float, years: float) -> float | None:
    """Return the average yearly growth (水平法, the base year is not counted) as a share a year.

    ``(v/b)^(1/years) − 1``; 0.20 means 20 %. ``None`` unless both values and `years` are above
    zero.
    """
    if baseline <= 0 or current <= 0 or years <= 0:
        return None
    return _yearly(current / baseline, years)


def mean_growth(rates: Sequence[float]) -> float | None:
    """Return the geometric mean of yearly growth rates, shares a year in and out.

    −0.068 and 0.183 give 0.050, as in the two-year averages the National Bureau of Statistics
    printed for 2021. ``None`` without rates, or if one of them is −100 % or below.
    """
    if not rates or min(rates) <= -1:
        return None
    return math.expm1(math.fsum(math.log1p(rate) for rate in rates) / len(rates))


def required_growth(*, current: float, target: float, years: float) -> float | None:
    """Return the average yearly growth that leads from `current` to `target`, as a share a year.

    Negative for a target that lies below. ``None`` unless all three are above zero.
    """
    return average_growth(baseline=current, current=target, years=years)


def required_average_growth(
    *, average: float, years: float, target: float, horizon: float
) -> float | None:
    """Return the yearly growth still required for an average of `target` over `horizon` years.

    Parameters
    ----------
    average
        Average growth so far, a share a year.
    years
        Years that it covers.
    target
        Average growth demanded, a share a year.
    horizon
        Years it is demanded for, the base year not counted.

    Returns
    -------
    float or None
        A share a year: after 14.02 % in two years of four, an average of 20 % still needs 0.263.
        ``None`` if no year is left.
    """
    if horizon <= years or min(average, target) <= -1:
        return None
    left = horizon * math.log1p(target) - years * math.log1p(average)
    return math.expm1(left / (horizon - years))


def _yearly(ratio: float, years: float) -> float:
    return math.expm1(math.log(ratio) / years)  # exact where the ratio is close to 1


def _check(direction: int) -> None:
    if direction not in (1, -1):
        raise ValueError(f"direction is {direction!r}, allowed are 1 and -1")
