"""How far what remains of the running year may be off, from the single periods of a flow.

The estimate itself is the rating's, not this module's: here is only the scale of its error.
"""

from __future__ import annotations

import math
from itertools import pairwise

from planbook.assess.outlook.constants import FEWEST, UNCHANGED
from planbook.assess.outlook.forecast import course_of, total
from planbook.assess.outlook.single_periods import Window
from planbook.outlook_frames import OutlookQuantity
from planbook.periods import TimePeriod


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
    course = course_of(window.rates(), newest=window.position(0), flow=True)
    left = _periods_left(window, window.year.of(latest))
    remainder = total(
        course,
        OutlookQuantity.REMAINING_SUM,
        ahead=left,
        months=window.months,
        quarters=(12 - window.year.month_of(latest)) / 3,
        begun=0.0 if left else 1.0,  # of whatever size: without a path there is no doubt about it
        rounding=sum_rounding(window),
    )
    return remainder.scale


def sum_rounding(window: Window) -> float:
    """Return what rounded values add to the scale of a sum: each amount is a difference of two."""
    return window.unit / math.sqrt(6) / (math.fsum(window.amounts[-4:]) / 4)


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
