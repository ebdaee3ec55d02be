"""Judge the size of a number by numbers it should resemble: a target, a baseline, an earlier value.

Called with what a cell holds and what is known of the same quantity. What follows from a suspicion
(an error, a question, a hint) and how it is worded is the caller's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Doubt(StrEnum):
    """What is odd about a number."""

    ZERO = "zero"  # 0 where every reference is not
    SIGN = "sign"  # no reference has its sign
    SCALE = "scale"  # far from every reference, and close to the nearest times a power of ten
    FAR = "far"  # far from every reference, whatever the power of ten


@dataclass(frozen=True, slots=True)
class Reference:
    """A number of the same quantity in the same unit, and how far from it a value may lie.

    A value between `lowest` and `highest` times `amount` is as usual.
    """

    name: str  # as a reader is told of it: 2027年目标
    amount: float
    lowest: float = 1 / 3
    highest: float = 3.0


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why a number is doubted.

    `reference` is the one nearest to it by factor, `ratio` the value divided by that reference's
    amount. `meant` is the value times the power of ten that brings it nearest, for `Doubt.SCALE`.
    """

    doubt: Doubt
    reference: Reference
    ratio: float
    meant: float | None = None


_RESEMBLES = 2.0  # factor within which a value moved by a power of ten resembles a reference


def suspicious(
    value: float, references: Iterable[Reference], *, slack: float = 0.0
) -> Suspicion | None:
    """Tell whether a number is of another size than everything known of the same quantity.

    A number that one reference makes usual is not doubted, so that a series that began far below
    its target is judged by itself. References that are 0 or not finite say nothing.

    Parameters
    ----------
    slack
        A difference from a reference that is never doubted, in the value's unit: one firm more
        doubles a count of one.
    """
    known = [r for r in references if r.amount and math.isfinite(r.amount)]
    if not known or any(_is_usual(value, reference, slack) for reference in known):
        return None
    if value == 0:
        return Suspicion(Doubt.ZERO, known[0], 0.0)
    alike = [r for r in known if (r.amount > 0) == (value > 0)]
    if not alike:
        return Suspicion(Doubt.SIGN, known[0], value / known[0].amount)
    nearest = min(alike, key=lambda r: abs(_orders(value, r)))
    ratio = value / nearest.amount
    power = -round(_orders(value, nearest))
    meant = times_power_of_ten(value, power)
    if power and 1 / _RESEMBLES <= meant / nearest.amount <= _RESEMBLES:
        return Suspicion(Doubt.SCALE, nearest, ratio, meant)
    return Suspicion(Doubt.FAR, nearest, ratio)


def times_power_of_ten(value: float, power: int) -> float:
    """Return a number with its decimal point moved, exact to the digits written."""
    return float(f"{value!r}e{power}") if "e" not in repr(value) else value * 10.0**power


def _orders(value: float, reference: Reference) -> float:
    """Return by how many powers of ten a value is above its reference."""
    return math.log10(abs(value)) - math.log10(abs(reference.amount))


def _is_usual(value: float, reference: Reference, slack: float) -> bool:
    if abs(value - reference.amount) <= slack:
        return True
    return reference.lowest <= value / reference.amount <= reference.highest
