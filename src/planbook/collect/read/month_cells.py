"""The month that a cell names: a date, or a text as departments write one."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from planbook.collect.xlsx.raw_cells import Raw, compact, plain_text
from planbook.periods import TimePeriod

_DAY = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?"
    r"|年(?P<month_2>\d{1,2})月(?:(?P<day_2>\d{1,2})日)?末?)"
)


def month_of(raw: Raw) -> TimePeriod | None:
    """Return the month of a date, or of a text that names a month or a day that exists.

    ``None`` for a blank; a year alone is no month.

    Raises
    ------
    ValueError
        If it is anything else.
    """
    if isinstance(raw, dt.date):
        return TimePeriod(raw.year, raw.month)
    text = unicodedata.normalize("NFKC", compact(plain_text(raw)))
    if not text:
        return None
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    month, day = match["month"] or match["month_2"], match["day"] or match["day_2"] or 1
    there = dt.date(int(match["year"]), int(month), int(day))
    return TimePeriod(there.year, there.month)
