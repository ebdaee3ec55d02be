"""Read a cell of 数据时期: the month a value's period ends in, if the text fits the indicator."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from planbook.collect.owed import label_of, since_of
from planbook.collect.xlsx.raw_cells import Raw
from planbook.periods import FiscalYear, TimePeriod, parse_period_label, span_label
from planbook.plan import Indicator
from planbook.vocabulary import Accumulation

_SAID = {"1季度": 3, "一季度": 3, "上半年": 6, "前三季度": 9, "前3季度": 9, "全年": 12}
_FROM_JANUARY = re.compile(rf"年({'|'.join(_SAID)})$")


def read_period(raw: Raw, indicator: Indicator, year: FiscalYear) -> TimePeriod:
    """Return the period a cell names.

    The text must have the indicator's own form: under a year-to-date indicator 「2026年9月」 may be
    one month's value, which nobody can tell afterwards, while 「2026年前三季度」 are nine months,
    where years are calendar years. ``2026-09`` is taken in any case. Dashes, blanks and full-width
    digits make no difference.

    Raises
    ------
    ValueError
        If the cell is no text (a date Excel made of it), or names no period of this form.
    """
    if not isinstance(raw, str):
        raise ValueError(str(raw))
    text = _plain(raw)
    to_date = indicator.accumulation is Accumulation.YTD
    if to_date and year.is_calendar:
        text = _FROM_JANUARY.sub(lambda match: f"年1—{_SAID[match[1]]}月", text)
    if to_date:
        text = re.sub(rf"年{year.first_month}月—(\d\d?月)$", rf"年{year.first_month}—\1", text)
    period = parse_period_label(text, year)
    if text not in {_plain(form) for form in _forms(period, indicator, year)}:
        raise ValueError(text)
    return period


def _forms(period: TimePeriod, indicator: Indicator, year: FiscalYear) -> Iterator[str]:
    """Yield the ways to write a period of an indicator."""
    yield str(period)
    yield label_of(period, indicator, year)
    match indicator.accumulation:
        case Accumulation.YTD | Accumulation.YEAR if year.is_end(period):
            yield year.whole(year.of(period))
            yield span_label(year.before(period).plus(1), period)
        case Accumulation.SINCE_START if since := since_of(indicator):
            yield span_label(since.plus(1), period)
        case Accumulation.END_OF_PERIOD:
            yield f"{period.words}末"


def _plain(text: str) -> str:
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    if re.fullmatch(r"\d{4}-\d{2}", compact):
        return compact
    return re.sub("[-–―~至\u2212]", "—", compact)
