"""Whether a value lies outside what the series before it led to expect one period ahead.

An interval of the outlook made without the value. With 99 % it was wrong in 0.6 to 0.7 % of real
quarters from 12 periods of history on, at 8 periods 99.5 % is used (1.5 %); the distance from the
median (robust z) was wrong in 5 to 16 % of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planbook.assess.outlook import student
from planbook.assess.outlook.constants import SEASONED
from planbook.assess.outlook.forecast import course_of, level, total
from planbook.outlook_frames import OutlookQuantity

_SHORT = 11  # periods of history up to which an interval is used that misses half as often


@dataclass(frozen=True, slots=True)
class OneStep:
    """The interval expected one period ahead, on the transformed scale."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def one_step(values: Sequence[float], *, newest: int, flow: bool, sure: float) -> OneStep | None:
    """Return where the next value is expected; ``None`` with fewer than eight values.

    Parameters
    ----------
    values
        Transformed (see `forecast.Course`), oldest first, without the value in question.
    newest
        Position of the last of them in its year, 0 to 3.
    sure
        Share of the cases in which the interval should hold the value: 0.99.
    """
    if len(values) < SEASONED:
        return None
    course = course_of(values, newest=newest, flow=flow)
    if flow:
        quantity = OutlookQuantity.REMAINING_SUM
        expected = total(course, quantity, ahead=(1,), months=lambda _: 1, quarters=1)
    else:
        expected = level(course, ahead=1, quarters=1)
    missed = (1 - sure) / 2 if len(values) <= _SHORT else 1 - sure
    reach = expected.scale * student.quantile(1 - missed / 2)
    return OneStep(expected.centre - reach, expected.centre + reach)
