"""What comes of a steady growth from now on: a dozen growths that a reader would ask for.

They are successive multiples of one step, the smallest of `STEPS` with which a dozen of them hold
no growth, the growth of the series itself and the growth that is needed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from planbook.assess.outlook.forecast import Forecast
from planbook.assess.outlook.likelihood import p_by_distribution, printed
from planbook.assess.outlook.logits import from_logit
from planbook.assess.outlook.prospect import Prospect
from planbook.outlook_frames import WhatIfRow
from planbook.periods import TimePeriod

STEPS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.03)  # a quarter
COUNT = 12
_LOWEST, _HIGHEST = -0.1, 0.25  # growths a quarter that are looked at
_HALVINGS = 30


def what_ifs(prospect: Prospect, period: TimePeriod) -> Iterator[WhatIfRow]:
    """Yield the value at the end of a month and the likelihood, growth by growth."""
    expected = prospect.at(period)
    needed = needed_growth(prospect, expected, period)
    for growth in growths(own=own_growth(prospect), needed=needed):
        forecast = prospect.growing(expected, growth, period)
        yield WhatIfRow(
            goal_id=prospect.asked.goal.id,
            growth=growth,
            value_at_due=forecast.quantile(0.5),
            p_met=printed(p_by_distribution(prospect.asked, forecast)),
        )


def growths(*, own: float, needed: float) -> list[float]:
    """Return a dozen growths in steps that hold 0, the own growth and the one needed."""
    low, high = min(0.0, own, needed), max(0.0, own, needed)
    for step in STEPS:
        first, last = math.floor(low / step), math.ceil(high / step)
        if last - first < COUNT:
            break
    spare = max(COUNT - 1 - (last - first), 0)
    first -= spare // 2
    return [round((first + each) * step, 6) for each in range(COUNT)]


def own_growth(prospect: Prospect) -> float:
    """Return the growth a quarter of the series as it goes on, of a year from now."""
    path, asked = prospect.course.undamped, prospect.asked
    if not asked.is_share:
        return math.expm1((path(8) - path(4)) / 4)
    now, later = (from_logit(path(ahead)) for ahead in (4, 8))
    return float((later / now) ** 0.25 - 1)


def needed_growth(prospect: Prospect, expected: Forecast, period: TimePeriod) -> float:
    """Return the growth a quarter with which the median ends at the target, within bounds.

    0 where even a steep fall leads above it.
    """
    low, high, limit = _LOWEST, _HIGHEST, prospect.asked.limit
    if prospect.growing(expected, low, period).quantile(0.5) >= limit:
        return 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if prospect.growing(expected, middle, period).quantile(0.5) < limit:
            low = middle
        else:
            high = middle
    return (low + high) / 2
