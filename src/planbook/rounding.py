"""How a number is rounded before it is printed: one rule for pages, and for what analysts are told.

四舍五入 on the decimal value, as people round; what a float is in binary never shows.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: float, decimals: int) -> Decimal:
    """Return the value rounded half away from zero; a zero has no sign."""
    step = Decimal(1).scaleb(-decimals)
    found = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    return abs(found) if found.is_zero() else found
