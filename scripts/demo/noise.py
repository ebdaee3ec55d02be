"""How far a figure lies from its usual course in a month, in standard deviations.

As real series do: what disturbs a month is two thirds gone a quarter later (an autoregressive
process of order one). Everything comes from `scenario.draw`, so that a deviation depends on its
indicator and month alone, whatever else is asked for.
"""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

from demo.scenario import draw
from planbook.periods import TimePeriod

KEPT = 0.7  # what of a disturbance is left a month later
MEMORY = 12  # months after which nothing is left that anyone would see

_NORMAL = NormalDist()


@cache
def deviation(indicator: str, seed: int, period: TimePeriod) -> float:
    """Return the deviation of an indicator's month; `seed` chooses among its possible courses."""
    fresh = math.sqrt(1 - KEPT**2)
    return math.fsum(
        fresh * KEPT**back * _disturbance(indicator, seed, period.plus(-back))
        for back in range(MEMORY)
    )


@cache
def _disturbance(indicator: str, seed: int, period: TimePeriod) -> float:
    return _NORMAL.inv_cdf(draw(indicator, "noise", seed, period) or 0.5)
