"""Read a cell of 数据时期: the month a value's period ends in, if the text fits the indicator."""

from __future__ import annotations

import re
import unicodedata

from planbook.collect.owed import since_of
from planbook.collect.xlsx.raw_cells import Raw
from planbook.periods import TimePeriod, parse_period_label, period_label
from planbook.plan import Indicator
from planbook.vocabulary import Accumulation

_SAID = {"1季度": 3, "一季度": 3, "上半年": 6, "前三季度": 9, "前3季度": 9, "全年": 12}
_FROM_JANUARY = re.compile(rf"年(?:1月—(\d\d?)月|({'|'.join(_SAID)}))$")


def label_of(period: TimePeriod, indicator: Indicator) -> str:
    """Return the period as this indicator's rows print it."""
    return period_label(period, indicator.accumulation, since_of(indicator))


def read_period(raw: Raw, indicator: Indicator) -> TimePeriod:
    """Return the period a cell names.

    The text must have the indicator's own form: under a year-to-date indicator 「2026年9月」 may be
    one month's value, which nobody can tell afterwards, while 「2026年前三季度」 are nine months.
    ``2026-09`` is taken in any case. Dashes, blanks and full-width digits make no difference.

    Raises
    ------
    ValueError
        If the cell is no text (a date Excel made of it), or names no period of this form.
    """
    if not isinstance(raw, str):
        raise ValueError(str(raw))
    text = _plain(raw)
    if indicator.accumulation is Accumulation.YTD:
        text = _FROM_JANUARY.sub(lambda match: f"年1—{_last_month(match)}月", text)
    period = parse_period_label(text)
    forms = {str(period), _plain(label_of(period, indicator))}
    if indicator.accumulation in (Accumulation.YTD, Accumulation.YEAR) and period.is_year_end:
        forms |= {f"{period.year}年", f"{period.year}年1—12月"}
    since = since_of(indicator)
    if indicator.accumulation is Accumulation.SINCE_START and since and since.is_year_end:
        first = since.plus(1).year
        forms.add(
            f"{first}年1—{period.month}月"
            if first == period.year
            else f"{first}年1月—{period.year}年{period.month}月"
        )
    if indicator.accumulation is Accumulation.END_OF_PERIOD:
        forms.add(f"{period.year}年{period.month}月末")
    if text not in forms:
        raise ValueError(text)
    return period


def _last_month(match: re.Match[str]) -> int:
    return int(match[1]) if match[1] else _SAID[match[2]]


def _plain(text: str) -> str:
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    if re.fullmatch(r"\d{4}-\d{2}", compact):
        return compact
    return re.sub("[-–―~至\u2212]", "—", compact)
