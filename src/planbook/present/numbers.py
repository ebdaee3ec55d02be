"""Numbers as Chinese official reports print them. Every function returns text.

Rounding is 四舍五入 on the decimal value, thousands are grouped, minus is 「−」. A missing number
is never 0 and never blank: `ABSENT` in a table, or the word that says why (未报, 基数待补).
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from planbook.rounding import rounded
from planbook.written_units import behind_number

ABSENT = "—"
UNCHANGED = "持平"
_NOISE = 12  # decimals to which a rating rounds a pace: 0.95 computed as 0.9499999999999998
_REMARK = re.compile(r"[（(].*$")
_HAN = r"\u4e00-\u9fff"
_LATIN = rf"[^\s<{_HAN}\u3000-\u303f\uff00-\uff60]"
_ENDS_IN_LATIN, _BEGINS_IN_LATIN = re.compile(rf"[^\W{_HAN}][)\]]*$"), re.compile(rf"[^\W{_HAN}]")
_WORD = rf"{_LATIN}{{1,14}}+(?!{_LATIN})"  # a longer one may stand alone
_UNIT = (
    r"(?:%|[万亿]{0,2}(?:平方(?:公里|千米|米)|立方米|公里|千瓦时?|标准箱"
    rf"|个(?:百分点|标准箱|季度|半年|月)?|人次?|月末?|[{_HAN}]))"
)
_AMOUNT = r"\d{1,4}(?:,\d{3}){0,3}(?:\.\d{1,6})?"
NUMBER_WITH_UNIT = (  # the word in front only of counts: 推进中34项、未报送1项
    rf"{_AMOUNT}[年%]?—{_AMOUNT}{_UNIT}?"  # 1—9月, 69.17—70.32, 30%—70%
    rf"|(?:[{_HAN}]{{2,4}}(?=\d+项))?[+−-]?\d[\d,]*(?:\.\d+)?{_UNIT}"
    # 12 persons, 60 tonnes of CO2, 12 × 1,000 t; US$ 5bn
    rf"|(?<![A-Za-z\d])[+−-]?\d[\d,]*(?:\.\d+)?(?: ×(?: [\d,]+)?)? (?=[A-Za-zµ$€£¥]){_WORD}"
    rf"|(?<![A-Za-z])[A-Z]{{0,3}}[$€£¥] ?\d{_WORD}"
)


def enough(value: float, decimals: int, *, upward: bool, beyond: bool = False) -> float:
    """Return the nearest number of so many decimals that is not short of the value, on its side.

    What is needed is never rounded to less: who does 0.5 where 0.55 is needed, misses the target.
    Four more decimals are taken where nothing but zero would be left. Where one has to get `beyond`
    the value, the number is never the value itself.
    """
    exact = rounded(value, _NOISE)
    way = ROUND_CEILING if upward else ROUND_FLOOR
    for places in range(decimals, decimals + 5):
        least = Decimal(1).scaleb(-places)
        found = exact.quantize(least, rounding=way)
        if beyond and found == exact:
            found += least if upward else -least
        if found or not exact:
            break
    return float(found)


def number(value: float | None, decimals: int = 0) -> str:
    """Return ``1,234.5``; `ABSENT` for ``None``."""
    return ABSENT if value is None else grouped(rounded(value, decimals))


def grouped(value: Decimal) -> str:
    """Return a number that is rounded already as ``1,234.5``, minus as 「−」."""
    return f"{value:,}".replace("-", "−")


def signed(value: Decimal) -> str:
    """Return a number that is rounded already with its sign: ``+0.12``, ``−0.10``, ``0.00``."""
    return f"+{grouped(value)}" if value > 0 else grouped(value)


def short(value: float, decimals: int) -> str:
    """Return ``1,234.5`` without trailing zeros, for the ticks and marks of a chart."""
    return trimmed(number(value, decimals))


def trimmed(text: str) -> str:
    """Return a printed number without trailing zeros after the point: ``7.60`` is ``7.6``."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def spoken_unit(unit: str) -> str:
    """Return the unit without a remark in brackets: 辆（待确认） is said 辆."""
    return _REMARK.sub("", unit).rstrip()


def with_unit(text: str, unit: str) -> str:
    """Return a number that is text already with its unit: ``12家``, ``65.2%``, ``12 persons``."""
    return text + behind_number(spoken_unit(unit))


def quantity(value: float | None, unit: str, decimals: int = 0) -> str:
    """Return the number with its unit: ``1,234.5亿元``, ``65.2%``."""
    return ABSENT if value is None else with_unit(number(value, decimals), unit)


def in_a_row(first: str, second: str) -> str:
    """Return two texts in a row, apart where letters or digits of both would run together."""
    meet = _ENDS_IN_LATIN.search(first) and _BEGINS_IN_LATIN.match(second)
    return f"{first} {second}" if meet else first + second


def percent(share: float | None, decimals: int = 1) -> str:
    """Return a share as ``68.6%``."""
    return ABSENT if share is None else f"{number(share * 100, decimals)}%"


def growth(rate: float, decimals: int = 1) -> str:
    """Return a change in percent in words: 增长12.3%, 下降3.2%, 持平. Never 增长−3.2%."""
    return _moved(rate, decimals, "增长", "%")


def shift(points: float) -> str:
    """Return a change of a ratio in words: 提高1.2个百分点, 下降0.4个百分点, 持平."""
    return _moved(points, 1, "提高", "个百分点")


def _moved(by: float, decimals: int, up: str, unit: str) -> str:
    amount = rounded(by, decimals)
    if amount.is_zero():
        return UNCHANGED
    return f"{up if amount > 0 else '下降'}{grouped(abs(amount))}{unit}"


def pace(ratio: float | None) -> str:
    """Return a pace: ``0.87``; `ABSENT` for an infinite one, whose target equals the baseline.

    Never rounded up: what is short of a rating's limit must not read as having reached it.
    """
    if ratio is None or math.isinf(ratio):
        return ABSENT
    return grouped(pace_printed(ratio))


def pace_printed(ratio: float, decimals: int = 2) -> Decimal:
    """Return a finite pace as it is printed, never rounded up."""
    return _floored(rounded(ratio, _NOISE), decimals)


def pace_share(ratio: float) -> str:
    """Return a pace as a share of the progress due, not rounded up either: ``94.9%``."""
    return f"{grouped(_floored(rounded(ratio, _NOISE) * 100, 1))}%"


def _floored(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_FLOOR)


def plain(value: float, decimals: int) -> str:
    """Return a number for a formula: no grouping, no trailing zeros, a hyphen for minus."""
    return trimmed(f"{rounded(value, decimals):f}")
