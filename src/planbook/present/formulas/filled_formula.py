"""A formula with its numbers, printed so that whoever computes it again gets the result behind it.

Decimals are added until the numbers give the printed result; where they never do, the formula stays
general. `planbook.present.formulas.goal_formulas` says which formula a goal has.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from planbook.contract import Number
from planbook.present import numbers
from planbook.rounding import rounded

DECIMALS = 4  # decimals of a pace
_MOST = 10  # decimals more than a number is usually printed with


class Fixed(NamedTuple):
    """A number that is printed in one way only, such as a fraction."""

    text: str
    value: float


Value = float | Fixed | None
Symbols = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Formula:
    """A formula in general, with numbers (empty if they are not all known), and its symbols.

    Attributes
    ----------
    symbols
        Pairs of a symbol and what it stands for, with its value.
    first
        Formulas whose results it takes over: the estimate of a year, the whole units due.
    """

    name: str
    general: str
    filled: str
    symbols: Symbols
    first: tuple[Formula, ...] = ()

    @property
    def steps(self) -> tuple[Formula, ...]:
        """The formulas in the order in which they are computed, this one last."""
        return (*self.first, self)

    @property
    def all_symbols(self) -> Symbols:
        """The symbols of all steps, each once."""
        return tuple({symbol: said for step in self.steps for symbol, said in step.symbols}.items())


def filled(
    write: Callable[..., str],
    compute: Callable[..., float],
    values: Sequence[Value],
    *,
    result: Number,
    decimals: Sequence[int],
    printed: Callable[[float], str] | None = None,
) -> str:
    """Return the formula with numbers and its result; empty where the one does not give the other.

    Parameters
    ----------
    write, compute
        The formula as LaTeX of printed numbers, and as a number of the same numbers.
    values
        What stands in it; ``None`` where the verdict has none.
    result
        What the verdict has.
    decimals
        How many each value is printed with; more are added until the result comes out.
    printed
        How the result is printed; a pace by default.
    """
    known = [value for value in values if value is not None]
    if result is None or not math.isfinite(result) or len(known) < len(values):
        return ""
    say = printed or _pace
    wanted = say(result)
    for more in range(_MOST):
        terms = [_term(value, n + more) for value, n in zip(known, decimals, strict=True)]
        try:
            found = say(compute(*(term.value for term in terms)))
        except (ArithmeticError, TypeError):  # a number rounded to nothing; a root of one below 0
            continue
        if found == wanted:
            return f"{write(*(term.text for term in terms))}={wanted}"
    return ""


def _term(value: float | Fixed, decimals: int) -> Fixed:
    """Return a number as it stands in a formula, and the number that its text says."""
    if isinstance(value, Fixed):
        return value
    text = numbers.plain(value, decimals)
    return Fixed(f"({text})" if text.startswith("-") else text, float(text))


def _pace(ratio: float) -> str:
    """Return a pace with four decimals, never rounded up, as everywhere in the book."""
    exact = rounded(ratio, 12)
    shown = exact.quantize(Decimal(1).scaleb(-DECIMALS), rounding=ROUND_FLOOR)
    text = f"{shown:f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
