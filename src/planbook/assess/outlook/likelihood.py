"""How likely a target is met: by the distribution of its quantity, or as often as in like cases."""

from __future__ import annotations

import math

from planbook.assess.outlook.asked import Asked
from planbook.assess.outlook.constants import REFERENCE
from planbook.assess.outlook.forecast import Forecast
from planbook.assess.outlook.parameters import Reference
from planbook.assess.pace import linear_pace
from planbook.frames import Verdict
from planbook.outlook_frames import OutlookQuantity
from planbook.vocabulary import Kind

LEAST, MOST, STEP = 0.05, 0.95, 20  # a likelihood is printed in twentieths, never as 0 or 1
_CLASSES = ((0.0, "reversed"), (0.6, "low"), (0.95, "mid"), (math.inf, "on"))
_KIND = {
    OutlookQuantity.LEVEL: "level",
    OutlookQuantity.YEAR_SUM: "year_sum",
    OutlookQuantity.REMAINING_SUM: "total",
}
_LAST_YEAR = 3  # of the plans that were counted
_LONGEST = 60  # months from start to due: goals of a longer way are in no like situation


def printed(p: float) -> float:
    """Return a likelihood as it is printed: a multiple of 0.05 from 0.05 to 0.95."""
    return max(LEAST, min(MOST, round(p * STEP) / STEP))


def p_by_distribution(asked: Asked, forecast: Forecast) -> float:
    """Return the likelihood that the quantity ends on the good side of the target.

    Where the series need only go on as it did it is never below 0.12, for the doubt about the drift
    reaches that far. On public series such goals told at most 0.3 were met as often as that says to
    5.3 points; ``scripts/outlook/record.csv`` has the other groups, some of them further off.
    """
    below = forecast.below(asked.limit)
    return 1 - below if asked.sign > 0 else below


def reference(asked: Asked, verdict: Verdict) -> Reference | None:
    """Return how often goals in a like situation were met; ``None`` where none was counted.

    By quantity, plain linear pace and time left; a number met now is a class of its own. Plans of
    three years were counted: of goals that have five years or less from start to due.
    """
    period = verdict.latest_period
    found = _class(asked, verdict)
    if period is None or found is None or asked.due.ordinal - asked.start.ordinal > _LONGEST:
        return None
    year = _LAST_YEAR - (asked.due.ordinal - period.ordinal) // 12
    return REFERENCE.get((_KIND[asked.quantity], found, year))


def _class(asked: Asked, verdict: Verdict) -> str | None:
    value = verdict.latest_value
    if not asked.of_years and value is not None and asked.met_by(value):
        return "met"
    pace = _pace(asked, verdict)
    return None if pace is None else pace_class(pace)


def pace_class(pace: float) -> str:
    """Return the class of the reference table that a linear pace falls into."""
    return next(name for below, name in _CLASSES if pace < below)


def _pace(asked: Asked, verdict: Verdict) -> float | None:
    """Return the linear pace; of an average growth that of the levels it implies."""
    if asked.goal.kind is not Kind.CAGR:
        return verdict.linear_pace
    average, base = verdict.observed_value, verdict.baseline_value
    elapsed, horizon = verdict.elapsed, verdict.horizon
    if average is None or not base or elapsed is None or horizon is None:
        return None
    return linear_pace(
        baseline=base,
        current=base * (1 + average / 100) ** elapsed,
        target=asked.threshold,
        elapsed=elapsed,
        horizon=horizon,
        direction=asked.sign,
    )
