"""Convert an amount from one Chinese unit into another of the same base: 万元 into 亿元."""

from __future__ import annotations

from decimal import Decimal

# Longest first: 万亿 must not be read as 万 of something.
_SCALES = {
    "万亿": Decimal(10**12),
    "千万": Decimal(10**7),
    "百万": Decimal(10**6),
    "亿": Decimal(10**8),
    "万": Decimal(10**4),
    "千": Decimal(10**3),
    "百": Decimal(10**2),
}


def converted(number: float, written: str, unit: str) -> float | None:
    """Return a number given in the unit `written` as one in `unit`; ``None`` if they do not fit.

    Exact to the digits written. A bare scale (「12万」) is no unit: nobody can tell whether it
    stands for 万 of the unit or for the unit itself.
    """
    (scale, base), (wanted, wanted_base) = _parts(written), _parts(unit)
    if not base or base != wanted_base:
        return None
    return float(Decimal(repr(number)) * scale / wanted)


def _parts(unit: str) -> tuple[Decimal, str]:
    """Return how many of the base unit one is, and the base unit."""
    compact = "".join(unit.split())
    for scale, size in _SCALES.items():
        if compact.startswith(scale):
            return size, compact.removeprefix(scale)
    return Decimal(1), compact
