"""Months, editions and what a value's period is called in Chinese.

Turns the text of YAML, CSV and workbooks into two small ordered values, ``TimePeriod`` (a month)
and ``Edition`` (a quarter's book), and back. Every layer uses them. An edition is a quarter and a
time period is not, so each has its own strict parser: pandas reads "2026-3" as the first quarter.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from planbook.vocabulary import Accumulation

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_EDITION = re.compile(r"(\d{4})-Q([1-4])(?:\.([1-9]\d*))?", re.ASCII)
_QUARTERS = "一二三四"


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
    def is_year_end(self) -> bool:
        return self.month == 12

    @property
    def quarter(self) -> int:
        return (self.month - 1) // 3 + 1

    @property
    def last_day(self) -> dt.date:
        following = self.plus(1)
        return dt.date(following.year, following.month, 1) - dt.timedelta(days=1)

    def plus(self, months: int) -> TimePeriod:
        """Return the month `months` later (earlier if negative)."""
        year, month = divmod(self.ordinal + months, 12)
        return TimePeriod(year, month + 1)

    def years_since(self, start: TimePeriod) -> float:
        """Return the time from the end of `start` to the end of this month, in years."""
        return (self.ordinal - start.ordinal) / 12


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """One published book: a quarter, and a number above 0 for a correction edition."""

    year: int
    quarter: int
    correction: int = 0

    @classmethod
    def parse(cls, text: str) -> Edition:
        """Read ``YYYY-Qn`` or ``YYYY-Qn.m``; anything else raises ``ValueError``."""
        match = _EDITION.fullmatch(text)
        if match is None:
            raise ValueError(f"「{text}」不是期号（应为 2026-Q3，更正版为 2026-Q3.1）")
        return cls(int(match[1]), int(match[2]), int(match[3] or 0))

    def __str__(self) -> str:
        base = f"{self.year:04d}-Q{self.quarter}"
        return f"{base}.{self.correction}" if self.correction else base

    @property
    def label(self) -> str:
        """``2026年三季度``, with the correction's number where it is one."""
        extra = f"（更正{self.correction}）" if self.correction else ""
        return f"{self.year}年{_QUARTERS[self.quarter - 1]}季度{extra}"

    @property
    def end(self) -> TimePeriod:
        """The quarter's last month."""
        return TimePeriod(self.year, self.quarter * 3)

    @property
    def base(self) -> Edition:
        """The same quarter without a correction number."""
        return Edition(self.year, self.quarter)

    def plus(self, quarters: int) -> Edition:
        """Return the regular edition `quarters` later (earlier if negative)."""
        year, quarter = divmod(self.year * 4 + self.quarter - 1 + quarters, 4)
        return Edition(year, quarter + 1)

    @classmethod
    def containing(cls, period: TimePeriod) -> Edition:
        """Return the edition of the quarter in which `period` ends."""
        return cls(period.year, period.quarter)


def editions_between(first: Edition, last: Edition) -> tuple[Edition, ...]:
    """Return the regular editions from `first` to `last`, both included."""
    found, current = [], first.base
    while current <= last.base:
        found.append(current)
        current = current.plus(1)
    return tuple(found)


def period_label(
    period: TimePeriod, accumulation: Accumulation, since: TimePeriod | None = None
) -> str:
    """Return the period as Chinese tables print it.

    ``2026年1—9月`` (ytd), ``2026年9月末`` (end_of_period), ``2025年`` (year, and ytd to December),
    ``2025年1月—2026年9月`` (since_start, whose first month follows `since`),
    ``2025年`` and ``2025—2026年`` where that makes whole calendar years.
    """
    match accumulation:
        case Accumulation.YEAR:
            return f"{period.year}年"
        case Accumulation.END_OF_PERIOD:
            return (
                f"{period.year}年末" if period.is_year_end else f"{period.year}年{period.month}月末"
            )
        case Accumulation.SINCE_START:
            if since is None:
                return f"截至{period.year}年{period.month}月"
            first = since.plus(1)
            if first == TimePeriod(period.year, 1):
                return period_label(period, Accumulation.YTD)
            if first.month == 1 and period.is_year_end:
                return f"{first.year}—{period.year}年"
            return f"{first.year}年{first.month}月—{period.year}年{period.month}月"
        case Accumulation.STATUS:
            return f"截至{period.year}年{period.month}月"
        case Accumulation.YTD:
            if period.is_year_end:
                return f"{period.year}年"
            return (
                f"{period.year}年1月" if period.month == 1 else f"{period.year}年1—{period.month}月"
            )


_TO = r"[\u2014\u2013\u81f3~\uff5e\-]"  # — – 至 ~ ～ -: what people type between two months
_YEAR_MONTH = (
    re.compile(rf"(?P<year>\d{{4}})年1{_TO}(?P<month>\d{{1,2}})月"),
    re.compile(rf"\d{{4}}年\d{{1,2}}月{_TO}(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月"),
    re.compile(r"(?:截至|)(?P<year>\d{4})年(?P<month>\d{1,2})月(?:末|)"),
    re.compile(rf"\d{{4}}(?:年|){_TO}(?P<year>\d{{4}})年"),
    re.compile(r"(?P<year>\d{4})年(?:末|)"),
)


def parse_period_label(text: str) -> TimePeriod:
    """Read what `period_label` prints, or ``YYYY-MM``; raise ``ValueError`` for anything else."""
    compact = re.sub(r"\s", "", text)
    if _MONTH.fullmatch(compact):
        return TimePeriod.parse(compact)
    for pattern in _YEAR_MONTH:
        match = pattern.fullmatch(compact)
        if match is not None:
            parts = match.groupdict()
            year, month = int(parts["year"]), int(parts.get("month", 12))
            if 1 <= month <= 12:
                return TimePeriod(year, month)
    raise ValueError(
        f"「{text}」不是数据时期（应为「2026年1—9月」「2026年9月末」「2025年」或 2026-09）"
    )
