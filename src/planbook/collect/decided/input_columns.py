"""How a cell of the analysts' CSV files is read: what it may hold, and what to write instead."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from planbook.collect.written_numbers import accepted_text
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.written_dates import read_day, read_month

Parse = Callable[[str], Any]
_AS_TEXT = "；在 Excel 中先把该列设为「文本」格式再填"


@dataclass(frozen=True, slots=True)
class Column:
    """How a cell is read: `parse` raises ``ValueError`` where it is not what `expected` says."""

    parse: Parse
    expected: str
    remedy: str
    choices: frozenset[str] = frozenset()


def last_edition(plan: Plan) -> Edition:
    """Return the last edition that can tell of the plan: a year after it is due."""
    return Edition.containing(plan.due).plus(4)


def one_of(allowed: set[str], expected: str) -> Column:
    """Return a column of known words; a misspelled one is answered with the nearest."""

    def parse(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(cell)
        return cell

    return Column(parse, expected, "核对 data/plan 中的写法", frozenset(allowed))


def text(expected: str) -> Column:
    """Return a column that may not be empty."""

    def parse(cell: str) -> str:
        if not cell:
            raise ValueError(cell)
        return cell

    return Column(parse, expected, "填写")


def edition(plan: Plan, name: str) -> Column:
    """Return a column of editions up to the last that can tell of the plan."""

    last = last_edition(plan)

    def parse(cell: str) -> str:
        found = Edition.parse(cell)
        if found > last:
            raise ValueError(cell)
        return str(found)

    return Column(parse, f"{name}，如 2026-Q3", f"写作四位年-Q季度，不晚于 {last}")


def year(first: int, last: int) -> Column:
    """Return a column of calendar years, both ends included."""

    def parse(cell: str) -> int:
        digits = cell.removesuffix("年")
        if digits not in map(str, range(first, last + 1)):
            raise ValueError(cell)
        return int(digits)

    return Column(parse, f"{first}至{last}的年份", f"写作四位数字，如 {last}")


def _number(cell: str) -> float:
    number = accepted_text(cell)
    if number is None or not math.isfinite(number):
        raise ValueError(cell)
    return number


def _month(cell: str) -> str:
    return str(read_month(cell))


def _day(cell: str) -> str:
    return read_day(cell).isoformat()


ANYTHING = Column(str, "", "")
MONTH = Column(_month, "年月，如 2024-12", f"写作 2024-12{_AS_TEXT}")
NUMBER = Column(
    _number, "不带单位的数值", "只写数字：不带单位、百分号和括号，不用科学计数法，60.5% 写 60.5"
)
DAY = Column(_day, "日期", f"写作 2026-10-12{_AS_TEXT}")
