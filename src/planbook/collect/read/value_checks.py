"""What a reported or revised number can be at all, and what follows from two of them.

Whether it is of the right size is for `size_checks`, which know what was reported before.
"""

from __future__ import annotations

from planbook.collect.read.row import Row
from planbook.collect.rules import cell_rules
from planbook.collect.written_numbers import shown
from planbook.plan import Indicator
from planbook.vocabulary import Nature

_WHOLE = 1e-6  # what a formula may leave of a whole number


def is_impossible(row: Row, key: str, indicator: Indicator, value: float | None) -> bool:
    """Report a number in a cell that cannot be meant: a count below zero, or a broken one."""
    if value is None:
        return False
    if indicator.nature in (Nature.COUNT_STOCK, Nature.COUNT_GROSS) and value < 0:
        row.add(cell_rules.NEGATIVE_COUNT, key, observed=shown(value))
        return True
    if indicator.counts_whole and abs(value - round(value)) > _WHOLE:
        row.add(cell_rules.FRACTION_OF_COUNT, key, observed=shown(value), expected=indicator.unit)
        return True
    return False


def computed_yoy(value: float | None, prior: float | None) -> float | None:
    """Return the growth from `prior` to `value` in percent, where it is defined."""
    if value is None or prior is None or prior <= 0:
        return None
    return (value / prior - 1) * 100


def rounding_error(value: float, prior: float, decimals: int) -> float:
    """Return by how many 百分点 the computed growth may be off, both values being rounded."""
    half = 0.5 * 10.0**-decimals
    return 100 * half / prior * (1 + abs(value) / prior)
