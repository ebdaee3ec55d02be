"""Convert an amount from one Chinese unit into another of the same base: 万元 into 亿元."""

from __future__ import annotations

import re
from decimal import Decimal

# Longest first: 万亿 must not be read as 万 of something.
_SCALES = {
    "万亿": Decimal(10**12),
    "千亿": Decimal(10**11),
    "百亿": Decimal(10**10),
    "十亿": Decimal(10**9),
    "千万": Decimal(10**7),
    "百万": Decimal(10**6),
    "十万": Decimal(10**5),
    "亿": Decimal(10**8),
    "万": Decimal(10**4),
    "千": Decimal(10**3),
    "百": Decimal(10**2),
}
_METRIC = re.compile("千(?=[瓦克米伏安帕赫卡焦])")  # of a unit like 万千瓦时, besides its scale
_SAME = {  # other ways to write a unit without its scale
    "㎡": "平方米",
    "m²": "平方米",
    "㎢": "平方公里",
    "km²": "平方公里",
    "㎥": "立方米",
    "m³": "立方米",
    "吨标煤": "吨标准煤",
    "公斤": "千克",
    "公里": "千米",
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


def is_scaled(unit: str) -> bool:
    """Whether a unit is so many of another: 万人, of which there are parts, not 人."""
    scale, base = _parts(unit)
    return bool(base) and scale != 1


def _parts(unit: str) -> tuple[Decimal, str]:
    """Return how many of the base unit one is, and the base unit; empty of a bare scale."""
    base, scale = "".join(unit.split()), Decimal(1)
    for name, size in _SCALES.items():
        if base.startswith(name):
            base, scale = base.removeprefix(name), size
            break
    base = _SAME.get(base, base)
    if _METRIC.match(base):
        base, scale = base[1:], scale * 1000
    return scale, "" if base in _SCALES else base  # 千百万 is no unit
