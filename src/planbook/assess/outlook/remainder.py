"""How far what remains of the running year may be off, from the single periods of a flow.

The estimate itself is the rating's, not this module's: here is only the scale of its error.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from planbook.assess.outlook.constants import (
    DRIFT_DOUBT,
    FEWEST,
    FLOW,
    LAST_PERIOD,
    LAST_PERIOD_FACTOR,
    SEASONED,
    UNCHANGED,
)
from planbook.assess.outlook.scale import own_scale, short_scale, spread
from planbook.assess.outlook.single_periods import Window
from planbook.assess.outlook.trend import Path, short_paths, trend_of
from planbook.periods import TimePeriod

_REMAINING = "remaining_sum"


def remainder_scale(window: Window, *, latest: TimePeriod) -> float | None:
    """Return the scale of the logarithm of what remains of the year after `latest`.

    Of a t distribution with 4 degrees of freedom. Three parts, added as squares: the errors of
    like series, the doubt about the drift, and the rounding of the published values.

    Parameters
    ----------
    window
        Up to the newest whole period.
    latest
        Period of the newest value, not the end of a year.

    Returns
    -------
    float or None
        ``None`` where nothing is known of the spread: fewer than five periods, zero or negative
        amounts, or amounts that hardly ever change.
    """
    amounts = window.amounts
    if len(amounts) < FEWEST or min(amounts) <= 0 or hardly_changing(window):
        return None
    lengths = [window.months(ahead) for ahead in range(1 - len(amounts), 1)]
    values = [math.log(each / months) for each, months in zip(amounts, lengths, strict=True)]
    if len(values) < SEASONED:
        scale, (damped, undamped) = short_scale(values), short_paths(values)
    else:
        trend = trend_of(values, newest=window.position(0), model=FLOW)
        scale, damped, undamped = own_scale(trend.adjusted, FLOW), trend.damped, trend.undamped
    ahead = (12 - window.year.month_of(latest)) / 3
    errors = scale * spread(_REMAINING, periods=len(values), ahead=ahead)
    if ahead < LAST_PERIOD:
        errors *= LAST_PERIOD_FACTOR
    left = _periods_left(window, window.year.of(latest))
    drift = centre(window, damped, left) - centre(window, undamped, left) if left else 0.0
    rounding = window.unit / math.sqrt(6) / (math.fsum(amounts[-4:]) / 4)
    return math.hypot(errors, DRIFT_DOUBT * drift, rounding)


def centre(window: Window, path: Path, ahead: Sequence[int]) -> float:
    """Return the logarithm of the sum of coming periods on a path of amounts a month."""
    return math.log(math.fsum(window.months(each) * math.exp(path(each)) for each in ahead))


def hardly_changing(window: Window) -> bool:
    """Whether a flow shows no changes to learn from, compared as published.

    All amounts equal; of whole numbers, more than a few equal to the one before.
    """
    step = window.unit or 1
    same = [one == other for one, other in pairwise(round(each / step) for each in window.amounts)]
    return all(same) or (step == 1 and sum(same) > UNCHANGED * len(same))


def _periods_left(window: Window, year: int) -> range:
    """Return which periods of the year are not yet in the window, counted from its newest."""
    begun = window.year.of(window.newest) == year
    return range(1, 4 - (window.position(0) if begun else -1))
