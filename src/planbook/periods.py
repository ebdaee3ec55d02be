"""Months, years and editions, and what a value's period is called in Chinese.

Turns the text of YAML, CSV and workbooks into small ordered values, ``TimePeriod`` (a month) and
``Edition`` (the book of a month, quarter, half-year or year), and back. Every layer uses them. An
edition covers months and a time period is one, so each has its own strict parser: pandas reads
"2026-3" as the first quarter. Which years a plan goes by, its ``FiscalYear`` says.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from planbook.vocabulary import Accumulation

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_EDITION = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<month>0[1-9]|1[0-2])(?P<letter>[QHY]?))?"
    r"(?:\.(?P<correction>[1-9]\d*))?",
    re.ASCII,
)
_LETTERS = {"": 1, "Q": 3, "H": 6, "Y": 12}  # months of an edition whose id ends with a month
_LETTER_OF = {months: letter for letter, months in _LETTERS.items()}
_QUARTERS, _HALVES = "一二三四", "上下"


@dataclass(frozen=True, slots=True, order=True)
class TimePeriod:
    """A calendar month: the last month of the period that a value describes."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> TimePeriod:
        """Read ``YYYY-MM``; anything else raises ``ValueError``."""
        match = _MONTH.fullmatch(text)
        if match is None:
            raise ValueError(f"「{text}」不是数据时期（应为四位年-两位月，如 2026-09）")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def ordinal(self) -> int:
        """Months since year 0, for arithmetic."""
        return self.year * 12 + self.month - 1

    @property
    def words(self) -> str:
        """``2026年9月``."""
        return f"{self.year}年{self.month}月"

    @property
    def last_day(self) -> dt.date:
        following = self.plus(1)
        return dt.date(following.year, following.month, 1) - dt.timedelta(days=1)

    def plus(self, months: int) -> TimePeriod:
        """Return the month `months` later (earlier if negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return TimePeriod(year, month + 1)

    def years_since(self, start: TimePeriod) -> float:
        """Return the time from the end of `start` to the end of this month, in years."""
        return (self.ordinal - start.ordinal) / 12


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """One published book: the `months` up to `end`, and above 0 the number of a correction.

    A shorter edition comes before a longer one with the same end, each followed by its corrections.
    The id says it all, whatever the plan: ``2026-10``, ``2026-Q3``, ``2026-H1`` and ``2026`` of
    calendar quarters, halves and years; ``2026-04Q``, ``2026-09H`` and ``2026-03Y`` of others,
    which end with that month; ``.n`` for a correction.
    """

    end: TimePeriod = field(compare=False)
    months: int = field(compare=False)
    correction: int = field(default=0, compare=False)
    _order: tuple[int, int, int] = field(init=False, repr=False)  # a tuple, since it is fast

    def __post_init__(self) -> None:
        order = (self.end.ordinal, self.months, self.correction)
        object.__setattr__(self, "_order", order)

    @classmethod
    def parse(cls, text: str) -> Edition:
        """Read an edition's id; anything else raises ``ValueError``, another spelling too."""
        match = _EDITION.fullmatch(text)
        found = None if match is None else _edition(match)
        if found is None or str(found) != text:
            raise ValueError(
                f"「{text}」不是期号（应为 2026-Q3、2026-10、2026-H1 或 2026，更正版为 2026-Q3.1）"
            )
        return found

    def __str__(self) -> str:
        return f"{self._base_id}.{self.correction}" if self.correction else self._base_id

    @property
    def _base_id(self) -> str:
        year, month = self.end.year, self.end.month
        if self.months == 1 or month % self.months:
            return f"{self.end}{_LETTER_OF[self.months]}"
        if self.months == 3:
            return f"{year:04d}-Q{month // 3}"
        return f"{year:04d}-H{month // 6}" if self.months == 6 else f"{year:04d}"

    @property
    def label(self) -> str:
        """``2026年三季度``, ``2025年4月—2026年3月``, with the number of a correction."""
        extra = f"（更正{self.correction}）" if self.correction else ""
        return f"{self._base_label}{extra}"

    @property
    def _base_label(self) -> str:
        year, month = self.end.year, self.end.month
        if self.months == 1:
            return self.end.words
        if month % self.months:
            return span_label(self.start, self.end)
        if self.months == 3:
            return f"{year}年{_QUARTERS[month // 3 - 1]}季度"
        return f"{year}年{_HALVES[month // 6 - 1]}半年" if self.months == 6 else f"{year}年"

    @property
    def start(self) -> TimePeriod:
        return self.end.plus(1 - self.months)

    @property
    def base(self) -> Edition:
        """The same months without a correction number."""
        return Edition(self.end, self.months) if self.correction else self

    def plus(self, editions: int) -> Edition:
        """Return the regular edition so many of the same length later (earlier if negative)."""
        return Edition(self.end.plus(self.months * editions), self.months)

    def same_cycle(self, other: Edition) -> bool:
        """Whether two editions are as long, and ends of one may be ends of the other."""
        apart = self.end.ordinal - other.end.ordinal
        return self.months == other.months and apart % self.months == 0

    def editions_since(self, earlier: Edition) -> int:
        """Return how many editions of this length lie between two ends."""
        return (self.end.ordinal - earlier.end.ordinal) // self.months


def _edition(match: re.Match[str]) -> Edition:
    year, correction = int(match["year"]), int(match["correction"] or 0)
    if match["quarter"]:
        return Edition(TimePeriod(year, int(match["quarter"]) * 3), 3, correction)
    if match["half"]:
        return Edition(TimePeriod(year, int(match["half"]) * 6), 6, correction)
    if match["month"]:
        months = _LETTERS[match["letter"]]
        return Edition(TimePeriod(year, int(match["month"])), months, correction)
    return Edition(TimePeriod(year, 12), 12, correction)


def editions_between(first: Edition, last: Edition) -> tuple[Edition, ...]:
    """Return the regular editions from `first` to `last`, both included."""
    found, current = [], first.base
    while current <= last.base:
        found.append(current)
        current = current.plus(1)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """The years a plan goes by; `first_month` is the month in which each begins.

    A year is known by the calendar year in which it ends: that from April 2025 to March 2026 is
    2026.
    """

    first_month: int = 1
    _shift: int = field(init=False, repr=False, compare=False)  # months from its end to December

    def __post_init__(self) -> None:
        object.__setattr__(self, "_shift", (13 - self.first_month) % 12)

    @property
    def is_calendar(self) -> bool:
        return self.first_month == 1

    def of(self, period: TimePeriod) -> int:
        """Return the year that a month belongs to."""
        return (period.ordinal + self._shift) // 12

    def month_of(self, period: TimePeriod) -> int:
        """Return which month of its year a month is, from 1 to 12."""
        return (period.ordinal + self._shift) % 12 + 1

    def month(self, year: int, number: int) -> TimePeriod:
        """Return the month with a number, 1 to 12, of a year."""
        ordinal = year * 12 + number - 1 - self._shift
        return TimePeriod(ordinal // 12, ordinal % 12 + 1)

    def end(self, year: int) -> TimePeriod:
        """Return a year's last month."""
        return self.month(year, 12)

    def is_end(self, period: TimePeriod) -> bool:
        return (period.ordinal + self._shift) % 12 == 11

    def end_of(self, period: TimePeriod) -> TimePeriod:
        """Return the last month of the year that a month belongs to."""
        return self.end(self.of(period))

    def before(self, period: TimePeriod) -> TimePeriod:
        """Return the last month of the year before that of a month: when its year began."""
        return self.end(self.of(period) - 1)

    def last_closed(self, period: TimePeriod) -> int:
        """Return the newest year that has ended by the end of a month."""
        return self.of(period.plus(1)) - 1

    def label(self, year: int) -> str:
        """``2026年``; of years that cross two calendar years ``2025—2026财年``."""
        return f"{year}年" if self.is_calendar else f"{year - 1}—{year}财年"

    def label_of(self, period: TimePeriod) -> str:
        """Return the `label` of the year that a month belongs to."""
        return self.label(self.of(period))

    def name_of(self, period: TimePeriod) -> str:
        """Return what a base period or a due date is called: its year, else the month itself."""
        named = self.is_calendar or self.is_end(period)
        return self.label(self.of(period)) if named else period.words

    def whole(self, year: int) -> str:
        """Return a year as the period of a value: ``2026年``, ``2025年4月—2026年3月``."""
        return period_label(self.end(year), Accumulation.YEAR, year=self)


CALENDAR = FiscalYear()


def day_label(day: dt.date) -> str:
    """``2026年10月5日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def span_label(first: TimePeriod, last: TimePeriod) -> str:
    """Return some months in words: ``2026年1—9月``, ``2025年4月—2026年3月``, ``2026年1月``."""
    if first == last:
        return first.words
    if first.year == last.year:
        return f"{first.year}年{first.month}—{last.month}月"
    return f"{first.words}—{last.words}"


def period_label(
    period: TimePeriod,
    accumulation: Accumulation,
    since: TimePeriod | None = None,
    year: FiscalYear = CALENDAR,
) -> str:
    """Return the period as Chinese tables print it.

    ``2026年1—9月`` (ytd), ``2026年9月末`` (end_of_period), ``2025年`` (year, and ytd to December),
    ``2025年1月—2026年9月`` (since_start, whose first month follows `since`),
    ``2025年`` and ``2025—2026年`` where that makes whole calendar years. Of a year from April
    ``2026年4—9月`` (ytd) and ``2025年4月—2026年3月`` (year, and ytd to March).
    """
    match accumulation:
        case Accumulation.YEAR:
            return _months_of(year.end_of(period), year)
        case Accumulation.YTD:
            return _months_of(period, year)
        case Accumulation.END_OF_PERIOD:
            return f"{period.year}年末" if period.month == 12 else f"{period.words}末"
        case Accumulation.SINCE_START if since is not None:
            first = since.plus(1)
            if first == year.before(period).plus(1):
                return _months_of(period, year)
            if first.month == 1 and period.month == 12:
                return f"{first.year}—{period.year}年"
            return f"{first.words}—{period.words}"
        case Accumulation.STATUS | Accumulation.SINCE_START:
            return f"截至{period.words}"


def _months_of(period: TimePeriod, year: FiscalYear) -> str:
    """Return the months of a year up to one of them."""
    if year.is_calendar and period.month == 12:
        return f"{period.year}年"
    return span_label(year.before(period).plus(1), period)


_TO = r"[\u2014\u2013\u81f3~\uff5e\-]"  # — – 至 ~ ～ -: what people type between two months
_YEAR_MONTH = (
    re.compile(rf"(?P<year>\d{{4}})年(?P<first>\d{{1,2}}){_TO}(?P<month>\d{{1,2}})月"),
    re.compile(rf"\d{{4}}年\d{{1,2}}月{_TO}(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月"),
    re.compile(r"(?:截至|)(?P<year>\d{4})年(?P<month>\d{1,2})月(?:末|)"),
    re.compile(r"(?P<year>\d{4})年末"),
)
_CALENDAR_YEARS = (
    re.compile(rf"\d{{4}}(?:年|){_TO}(?P<year>\d{{4}})年"),
    re.compile(r"(?P<year>\d{4})年"),
)


def parse_period_label(text: str, year: FiscalYear = CALENDAR) -> TimePeriod:
    """Read what `period_label` prints, or ``YYYY-MM``; raise ``ValueError`` for anything else.

    Where a plan's years are not calendar years, 「2025年」 could be either and is refused.
    """
    compact = re.sub(r"\s", "", text)
    if _MONTH.fullmatch(compact):
        return TimePeriod.parse(compact)
    for pattern in (*_YEAR_MONTH, *(_CALENDAR_YEARS if year.is_calendar else ())):
        match = pattern.fullmatch(compact)
        if match is not None:
            parts = match.groupdict()
            first, month = int(parts.get("first", 1)), int(parts.get("month", 12))
            begins = "first" not in parts or first == year.first_month
            if begins and first <= month <= 12:
                return TimePeriod(int(parts["year"]), month)
    to_date, whole = span_label(year.month(2026, 1), year.month(2026, 9)), year.whole(2025)
    raise ValueError(
        f"「{text}」不是数据时期（应为「{to_date}」「2026年9月末」「{whole}」或 2026-09）"
    )
