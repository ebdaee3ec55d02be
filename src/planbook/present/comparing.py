"""How two numbers that are compared are rounded, so that no word disagrees with what is printed.

The one place that decides it: sentences, tiles, tables, charts, PDFs and packs ask here. Decimals
are added until the two sides read differently; what is not the same never reads as the same, and
the gap that is printed is the difference of the two numbers that are printed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum

from planbook.present import numbers
from planbook.present.numbers import ABSENT, grouped
from planbook.rounding import rounded

_SAME = 1e-12  # relative, as in the judgement: 2.2 and 1.1·(1 + 100 %) are one number
_MORE_DECIMALS = 4  # added at most; then the value is moved by one step of the last


class Side(IntEnum):
    """Where a value lies beside another one, in numbers: more is not always better."""

    LESS = -1
    SAME = 0
    MORE = 1


@dataclass(frozen=True, slots=True)
class Compared:
    """Two numbers as they are printed side by side.

    Attributes
    ----------
    value, other
        Grouped, minus as 「−」, with the same decimals; the same text only where `side` is `SAME`.
    gap
        What lies between the two as printed, without a sign; zero only where `side` is `SAME`.
    side
        Where the value lies, of the unrounded numbers.
    decimals
        Digits after the point of all three texts.
    """

    value: str
    other: str
    gap: str
    side: Side
    decimals: int


def side(value: float, other: float) -> Side:
    """Return where a value lies beside another, but for the noise of floating point."""
    if math.isclose(value, other, rel_tol=_SAME, abs_tol=_SAME):
        return Side.SAME
    return Side.MORE if value > other else Side.LESS


def compared(value: float, other: float, decimals: int) -> Compared:
    """Return two numbers as they are printed where one is compared with the other.

    Parameters
    ----------
    value, other
        Finite, in one unit.
    decimals
        Digits after the point that are printed where these tell the two apart; else up to four
        more, in the last of which the value is moved one step to its side.

    Returns
    -------
    Compared
        19.998 beside 20 with one decimal: ``19.998``, ``20.000``, gap ``0.002``, `Side.LESS`.
    """
    lies = side(value, other)
    if lies is Side.SAME:
        text = grouped(rounded(other, decimals))
        return Compared(text, text, grouped(rounded(0, decimals)), lies, decimals)
    for places in range(decimals, decimals + _MORE_DECIMALS + 1):
        one, two = rounded(value, places), rounded(other, places)
        if one != two:
            break
    else:
        one = two + int(lies) * Decimal(1).scaleb(-places)
    return Compared(grouped(one), grouped(two), grouped(abs(one - two)), lies, places)


def compared_shares(value: float, other: float, decimals: int = 1) -> Compared:
    """Return two shares as they are printed in percent where one is compared with the other.

    Parameters
    ----------
    value, other
        Shares: 0.268 is 26.8 %.

    Returns
    -------
    Compared
        0.268 beside 0.241: ``26.8%``, ``24.1%``, gap ``2.7个百分点``, `Side.MORE`.
    """
    found = compared(value * 100, other * 100, decimals)
    gap = f"{found.gap}个百分点"
    return replace(found, value=f"{found.value}%", other=f"{found.other}%", gap=gap)


def completion_share(share: float | None) -> str:
    """Return how much of something is reached, in percent; `ABSENT` for ``None``.

    ``100.0%`` only if all of it is reached and no more: 0.99996 reads ``99.996%``.
    """
    return ABSENT if share is None else compared_shares(share, 1.0).value


def pace_share(ratio: float) -> str:
    """Return a pace in percent of the progress due; only what is exactly due reads ``100.0%``.

    Below it a pace is rounded down, as everywhere: 0.9499 reads ``94.9%``.
    """
    text = numbers.pace_share(ratio)
    return completion_share(ratio) if ratio > 1 and text == numbers.pace_share(1.0) else text


def telling(value: float, others: Iterable[float | None], decimals: int) -> str:
    """Return a number with as many decimals as tell it from all others that it is beside.

    Parameters
    ----------
    others
        Numbers in the same unit that a reader holds it against: target, baseline, what is due.
        One that is the same, or ``None``, asks for nothing.
    decimals
        Digits after the point that are enough otherwise.
    """
    found = [compared(value, other, decimals) for other in others if other is not None]
    closest = max(found, key=lambda each: each.decimals, default=None)
    return numbers.number(value, decimals) if closest is None else closest.value
