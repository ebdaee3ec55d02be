"""How a cell of the analysts' CSV files is read: what it may hold, and what to write instead."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from planbook.collect.written_numbers import accepted_text
from planbook.periods import QUARTERLY, Edition
from planbook.plan import Plan
from planbook.written_dates import read_day, read_month

Parse = Callable[[str], Any]
_AS_TEXT = "；在 Excel 中先把该列设为「文本」格式再填"


@dataclass(frozen=True, slots=True)
class Column:
    """How a cell is read: `parse` raises ``ValueError`` or ``KeyError`` for all but `expected`."""

    parse: Parse
    expected: str
    remedy: str
    choices: frozenset[str] = frozenset()


def last_edition(plan: Plan) -> Edition:
    """Return the last edition that can tell of the plan: a year after it is due."""
    return QUARTERLY.containing(plan.due).plus(4)


def one_of(allowed: Iterable[str], expected: str) -> Column:
    """Return a column of known words; a misspelled one is answered with the nearest."""
    words = {str(word): word for word in allowed}
    return Column(words.__getitem__, expected, "核对 data/plan 中的写法", frozenset(words))


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

    def parse(cell: str) -> Edition:
        found = Edition.parse(cell)
        if found > last:
            raise ValueError(cell)
        return found

    return Column(parse, f"{name}，如 2026-Q3", f"写作四位年-Q季度，不晚于 {last}")


def year(first: int, last: int) -> Column:
    """Return a column of calendar years, both ends included."""
    years = {str(year): year for year in range(first, last + 1)}
    return Column(
        lambda cell: years[cell.removesuffix("年")],
        f"{first}至{last}的年份",
        f"写作四位数字，如 {last}",
    )


def _number(cell: str) -> float:
    number = accepted_text(cell)
    if number is None or not math.isfinite(number):
        raise ValueError(cell)
    return number


ANYTHING = Column(str, "", "")
MONTH = Column(read_month, "年月，如 2024-12", f"写作 2024-12{_AS_TEXT}")
NUMBER = Column(
    _number, "不带单位的数值", "只写数字：不带单位、百分号和括号，不用科学计数法，60.5% 写 60.5"
)
DAY = Column(lambda cell: read_day(cell).isoformat(), "日期", f"写作 2026-10-12{_AS_TEXT}")
