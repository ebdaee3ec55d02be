"""Judge the size of a number by numbers it should resemble: a target, a baseline, an earlier value.

Called with what a cell holds and what is known of the same quantity. What follows from a suspicion
(an error, a question, a hint) and how it is worded is the caller's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Doubt(StrEnum):
    """What is odd about a number."""

    ZERO = "zero"  # 0 where every yardstick is not
    SIGN = "sign"  # no yardstick has its sign
    SCALE = "scale"  # far from every yardstick, and close to the nearest times a power of ten
    FAR = "far"  # far from every yardstick, whatever the power of ten


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A number of the same quantity in the same unit, and how far from it a value may lie.

    A value between `lowest` and `highest` times `amount` is as usual. `written` is the number as it
    stands in its file where `amount` is cut from it to the length of the value's period.
    """

    name: str  # as a reader is told of it: 2027年目标
    amount: float
    lowest: float = 1 / 3
    highest: float = 3.0
    written: float | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why a number is doubted.

    `yardstick` is the one nearest to it by factor, `ratio` the value divided by that yardstick's
    amount. `meant` is the value times the power of ten that brings it nearest, for `Doubt.SCALE`.
    """

    doubt: Doubt
    yardstick: Yardstick
    ratio: float
    meant: float | None = None


_RESEMBLES = 2.0  # factor within which a value moved by a power of ten resembles a yardstick


def suspicious(
    value: float, yardsticks: Iterable[Yardstick], *, slack: float = 0.0
) -> Suspicion | None:
    """Tell whether a number is of another size than everything known of the same quantity.

    A number that one yardstick makes usual is not doubted, so that a series that began far below
    its target is judged by itself. Yardsticks that are 0 or not finite say nothing.

    Parameters
    ----------
    slack
        A difference from a yardstick that is never doubted, in the value's unit: one firm more
        doubles a count of one.
    """
    known = [each for each in yardsticks if each.amount and math.isfinite(each.amount)]
    if not known or any(_is_usual(value, yardstick, slack) for yardstick in known):
        return None
    if value == 0:
        return Suspicion(Doubt.ZERO, known[0], 0.0)
    alike = [each for each in known if (each.amount > 0) == (value > 0)]
    if not alike:
        return Suspicion(Doubt.SIGN, known[0], value / known[0].amount)
    nearest = min(alike, key=lambda each: abs(_orders(value, each)))
    ratio = value / nearest.amount
    power = -round(_orders(value, nearest))
    meant = times_power_of_ten(value, power)
    if power and 1 / _RESEMBLES <= meant / nearest.amount <= _RESEMBLES:
        return Suspicion(Doubt.SCALE, nearest, ratio, meant)
    return Suspicion(Doubt.FAR, nearest, ratio)


def times_power_of_ten(value: float, power: int) -> float:
    """Return a number with its decimal point moved, exact to the digits written."""
    return float(Decimal(repr(value)).scaleb(power))


def _orders(value: float, yardstick: Yardstick) -> float:
    """Return by how many powers of ten a value is above its yardstick."""
    return math.log10(abs(value)) - math.log10(abs(yardstick.amount))


def _is_usual(value: float, yardstick: Yardstick, slack: float) -> bool:
    if abs(value - yardstick.amount) <= slack:
        return True
    return yardstick.lowest <= value / yardstick.amount <= yardstick.highest
