"""How a cell of the analysts' CSV files is read: what it may hold, and what to write instead."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from planbook.collect.written_numbers import accepted_text
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.written_dates import read_day, read_month

Parse = Callable[[str], Any]
_AS_TEXT = "；在 Excel 中先把该列设为「文本」格式再填"


@dataclass(frozen=True, slots=True)
class Column:
    """How a cell is read: `parse` raises ``ValueError`` or ``KeyError`` for all but `expected`.

    `meant` says what to write for words that are refused and yet name one thing.
    """

    parse: Parse
    expected: str
    remedy: str
    choices: frozenset[str] = frozenset()
    meant: Mapping[str, str] = field(default_factory=dict)


def last_edition(plan: Plan) -> Edition:
    """Return the last edition that can tell of the plan: a year after it is due."""
    return plan.cycle.containing(plan.due).plus(plan.cycle.a_year)


def one_of(allowed: Iterable[str], expected: str) -> Column:
    """Return a column of known words; a misspelled one is answered with the nearest."""
    words = {str(word): word for word in allowed}
    return Column(words.__getitem__, expected, "核对 data/plan 中的写法", frozenset(words))


def named(names: Mapping[str, Any], expected: str, remedy: str) -> Column:
    """Return a column of things that may go by several names."""
    return Column(names.__getitem__, expected, remedy, frozenset(names))


def or_nothing(column: Column, nothing: Any) -> Column:
    """Return a column that may be empty, which means `nothing`."""
    return replace(column, parse=lambda cell: column.parse(cell) if cell else nothing)


def text(expected: str) -> Column:
    """Return a column that may not be empty."""

    def parse(cell: str) -> str:
        if not cell:
            raise ValueError(cell)
        return cell

    return Column(parse, expected, "填写")


def edition(plan: Plan, name: str, *, flashes: bool = False) -> Column:
    """Return a column of the plan's editions up to the last that can tell of it.

    With `flashes` also of the months between them of which workbooks are collected.
    """
    known = plan.cycle.collects if flashes else plan.cycle.has
    first, last = plan.about.first_edition, last_edition(plan)

    def parse(cell: str) -> Edition:
        found = _edition(cell, months=flashes or plan.cycle.months == 1)
        if found > last or not known(found):
            raise ValueError(cell)
        return found

    return Column(parse, f"{name}，如 {first}", f"写作 {first} 这样的期号，不晚于 {last}")


def _edition(cell: str, *, months: bool) -> Edition:
    """Return the edition a cell names; of a month also what a spreadsheet makes of its id."""
    try:
        return Edition.parse(cell)
    except ValueError:
        if not months:
            raise
        return Edition(read_month(cell), 1)


def year(plan: Plan) -> Column:
    """Return a column of the plan's years; one that crosses calendar years has its last one's name.

    2026, 2026年, and 2025—2026财年 where that is what the year is called.
    """
    first, last = plan.year.of(plan.start.plus(1)), plan.year.of(plan.due)
    years = {name: n for n in range(first, last + 1) for name in (str(n), plan.year.label(n))}
    meant = "" if plan.year.is_calendar else f"（{plan.year.label(last)}）"
    return Column(years.__getitem__, f"{first}至{last}的年份", f"写作四位数字，如 {last}{meant}")


def month(plan: Plan) -> Column:
    """Return a column of months; 2024年 stands for its December, where years end with it."""

    def parse(cell: str) -> TimePeriod:
        if cell.rstrip().endswith("年") and not plan.year.is_calendar:
            raise ValueError(cell)
        return read_month(cell)

    return Column(parse, "年月，如 2024-12", f"写作 2024-12{_AS_TEXT}")


def _number(cell: str) -> float:
    number = accepted_text(cell)
    if number is None or not math.isfinite(number):
        raise ValueError(cell)
    return number


ANYTHING = Column(str, "", "")
NUMBER = Column(
    _number, "不带单位的数值", "只写数字：不带单位、百分号和括号，不用科学计数法，60.5% 写 60.5"
)
DAY = Column(lambda cell: read_day(cell).isoformat(), "日期", f"写作 2026-10-12{_AS_TEXT}")
