"""What an indicator's own history leads to expect of its next value, and how far it may be off.

Medians, so that one wrong value in the history does not move what is expected.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from planbook.collect.history import Known
from planbook.collect.owed import since_of
from planbook.collect.period_cells import label_of
from planbook.periods import TimePeriod
from planbook.plan import Indicator, Plan
from planbook.vocabulary import Accumulation, Nature

# A misplaced decimal point is a factor of 10, 万元 for 亿元 one of 10 000; the busiest quarter of a
# seasonal flow is about twice its average, and hardly any series of a plan doubles within a year.
YEAR_LIMIT = 2.0  # factor to the same period a year earlier, and to a level's usual value
RATE_LIMIT = 3.0  # factor to the usual monthly amount, where there is no year earlier
RECENT = 4  # how many of the newest values are the usual ones
WIDE = 5.0  # robust standard deviations (1.4826 × MAD of the logarithms) that are still usual
_MAD = 1.4826


@dataclass(frozen=True, slots=True)
class Usual:
    """What the history leads to expect: an amount, what it is called, and the factor allowed."""

    amount: float
    basis: str
    limit: float


def usual_value(
    plan: Plan,
    indicator: Indicator,
    period: TimePeriod,
    earlier: Sequence[Known],
    year_ago: Known | None,
) -> Usual | None:
    """Return what the history leads to expect of a period; ``None`` if it tells nothing.

    Year-to-date values are compared with the same period a year earlier. Without it they, and
    running totals, are expected at the median monthly average of the newest ones; levels at the
    median of the newest levels. The factor widens where the history itself is uneven.

    Parameters
    ----------
    earlier
        Values of earlier periods in the same scope, oldest first.
    year_ago
        The value of the period a year before, if there is one.
    """
    if indicator.nature is Nature.COUNT_NET:
        return None  # may cross zero, where factors say nothing
    if indicator.accumulation is Accumulation.YTD and year_ago is not None:
        return Usual(
            year_ago.value, f"上年同期（{label_of(year_ago.period, indicator)}）", YEAR_LIMIT
        )
    months = _months(indicator, period, plan)
    rates = [k.value / _months(indicator, k.period, plan) for k in earlier]
    recent = rates[-RECENT:]
    if not recent or min(recent) <= 0:
        return None
    is_level = indicator.accumulation in (Accumulation.END_OF_PERIOD, Accumulation.YEAR)
    basis = f"此前{len(recent)}期{'' if is_level else '月均'}中位数推算的"
    limit = max(YEAR_LIMIT if is_level else RATE_LIMIT, _own_spread(recent))
    return Usual(median(recent) * months, basis, limit)


def _own_spread(recent: list[float]) -> float:
    """Return the factor within which the history's own values lie, by the median deviation."""
    middle = median(recent)
    deviation = median(abs(math.log(rate / middle)) for rate in recent)
    return math.exp(WIDE * _MAD * deviation)


def _months(indicator: Indicator, period: TimePeriod, plan: Plan) -> int:
    """Return over how many months a value accumulates; 1 for a level."""
    match indicator.accumulation:
        case Accumulation.YTD:
            return period.month
        case Accumulation.SINCE_START:
            return max(period.ordinal - (since_of(indicator) or plan.start).ordinal, 1)
        case _:
            return 1
