"""Read months and days as people and spreadsheets write them, where they can mean one only.

Excel and WPS turn a typed 2024-12 into a date and save it as ``Dec-24``, ``2024/12/1`` or a serial
number; people write 2024年12月. What could mean two months (``1/12/2024``, ``24-Dec``, and 2024.1,
which is what a spreadsheet leaves of 2024.10) is refused.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from planbook.periods import Edition, TimePeriod

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_CENTURY = 2000  # two-digit years are of this century
_FIRST_YEAR = 1900
_SERIAL_ZERO = dt.date(1899, 12, 30)  # day 0 of a spreadsheet, counted so that 1900-03-01 is 61
_SERIALS = range(36526, 73051)  # 2000-01-01 to 2099-12-31

_MONTHS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})(?P<month>\d{2})",
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})",
        r"(?P<year>\d{4})\.(?P<month>\d{2}|[2-9])",
        r"(?P<year>\d{4}|\d{2})年(?P<month>\d{1,2})月(?:份|末|底)?",
        r"(?P<year>\d{4})年(?:末|底)?",
        rf"{_NAME}[- ](?P<year>\d{{4}}|\d{{2}})",
        rf"(?P<year>\d{{4}})[- ]{_NAME}",
    )
)
_DAYS = tuple(
    re.compile(rf"{pattern}(?:[T ]0{{1,2}}:00(?::00(?:\.0+)?)?)?", re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>\d{4}|\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]",
        rf"(?P<day>\d{{1,2}})[- ]{_NAME}[- ](?P<year>\d{{4}})",
        rf"{_NAME} (?P<day>\d{{1,2}}), ?(?P<year>\d{{4}})",
    )
)
_ONLY_A_YEAR = re.compile(r"(?P<year>\d{4})(?:年|)", re.ASCII)
_AMERICAN_OR_EUROPEAN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)


def read_month(text: str) -> TimePeriod:
    """Return the month a text names, itself or by one of its days; a year is its December.

    Raises
    ------
    ValueError
        If it names no month, or could name another one.
    """
    plain = _plain(text)
    for pattern in _MONTHS:
        match = pattern.fullmatch(plain)
        if match is not None:
            parts = match.groupdict()
            day = _date(_year(parts["year"]), _month(parts, text), 1, text)
            return TimePeriod(day.year, day.month)
    if re.fullmatch(r"\d{5}", plain, re.ASCII) and int(plain) in _SERIALS:
        day = _SERIAL_ZERO + dt.timedelta(days=int(plain))
        if day.day != 1:  # 2024-12 becomes the first of a month; any other may be no date at all
            raise _unclear(text, "月份")
    else:
        day = _day(plain, text, "月份")
    return TimePeriod(day.year, day.month)


def read_day(text: str) -> dt.date:
    """Return the day a text names.

    Raises
    ------
    ValueError
        If it names no day, or could name another one.
    """
    return _day(_plain(text), text, "日期")


def read_issued(text: str) -> str:
    """Return when a document was issued: its day, or its month or year where no more is known.

    As files have it: 2026-01-15, 2026-01 or 2026.

    Raises
    ------
    ValueError
        If it names none of them.
    """
    plain = _plain(text)
    year = _ONLY_A_YEAR.fullmatch(plain)
    if year is not None:
        return _date(int(year["year"]), 1, 1, text).isoformat()[:4]
    try:
        if any(pattern.fullmatch(plain) for pattern in _MONTHS):
            return str(read_month(text))
        return read_day(text).isoformat()
    except ValueError:
        raise ValueError(
            f"「{text}」不是能确定的日期（应写作 2026-01-15，只知道月份或年份的写 2026-01、2026）"
        ) from None


def read_moment(text: str) -> dt.datetime:
    """Return the moment a text names: day, time and zone, 2026-10-28T09:00+08:00.

    Raises
    ------
    ValueError
        If it lacks one of them, so that nobody has to guess whose nine o'clock is meant.
    """
    plain = _plain(text)
    try:
        found = dt.datetime.fromisoformat(plain)
    except ValueError:
        found = dt.datetime.min
    if found.tzinfo is None or ":" not in plain:
        raise ValueError(f"「{text}」不是带时区的日期和时间（应写作 2026-10-28T09:00+08:00）")
    return found


def _day(plain: str, text: str, wanted: str) -> dt.date:
    for pattern in _DAYS:
        match = pattern.fullmatch(plain)
        if match is not None:
            parts = match.groupdict()
            return _date(_year(parts["year"]), _month(parts, text), int(parts["day"]), text)
    match = _AMERICAN_OR_EUROPEAN.fullmatch(plain)
    if match is not None:
        one, other, year = map(int, match.groups())
        if one == other or max(one, other) > 12:
            return _date(year, min(one, other), max(one, other), text)
    raise _unclear(text, wanted)


def _plain(text: str) -> str:
    """Return the text with plain digits and marks, and no blanks beside Chinese words."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"[‐-―−]", "-", plain)
    return re.sub(r"\s*([年月日号])\s*", r"\1", plain)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else _CENTURY + int(digits)


def _month(parts: dict[str, str], text: str) -> int:
    name = (parts.get("name") or "").lower()
    if name:
        named = [n for n, full in enumerate(_MONTH_NAMES, start=1) if full.startswith(name)]
        if not named:
            raise _unclear(text, "月份")
        return named[0]
    month = int(parts.get("month") or 12)
    if not 1 <= month <= 12:
        raise _unclear(text, "月份")
    return month


def _date(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        found = dt.date(year, month, day)
    except ValueError as error:
        raise _unclear(text, "日期") from error
    if not _FIRST_YEAR <= year < _FIRST_YEAR + 200:
        raise _unclear(text, "日期")
    return found


def _unclear(text: str, wanted: str) -> ValueError:
    example = "2026-10-12" if wanted == "日期" else "2024-12"
    return ValueError(f"「{text}」不是能确定的{wanted}（应写作 {example}）")


def _typed(read: Callable[[str], object]) -> BeforeValidator:
    """Return how a value of a YAML file is read; 20261026 is a number there without quotes."""

    def parse(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            return value
        return read(str(value))

    return BeforeValidator(parse)


def _strict(read: Callable[[str], object]) -> BeforeValidator:
    """Return how a value is read that has one form only."""
    return BeforeValidator(lambda value: read(value) if isinstance(value, str) else value)


def _read_edition(value: Any) -> Any:
    """Return the edition that a value of a YAML file names; a year's is a number there."""
    if isinstance(value, float):  # 2026.1 and 2026.10 are the same number
        raise ValueError(f"「{value}」是小数，更正版的期号要加引号，如 '2026.1'")
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return Edition.parse(str(value))
    return value


_AS_TEXT = PlainSerializer(str, return_type=str)
Day = Annotated[dt.date, _typed(read_day)]
Moment = Annotated[dt.datetime, _typed(read_moment)]
Month = Annotated[TimePeriod, _typed(read_month)]
Period = Annotated[TimePeriod, _strict(TimePeriod.parse), _AS_TEXT]  # 2026-09 and nothing else
EditionKey = Annotated[Edition, BeforeValidator(_read_edition), _AS_TEXT]
