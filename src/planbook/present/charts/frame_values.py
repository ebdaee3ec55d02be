"""A data frame as the values of a chart: times or names, series, and what is said of them.

An index of periods, dates, months (``2026-09``) or years is an axis of time, on which what is
missing leaves a gap. Any other is one of names, in the order that the frame has.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from typing import Any

import pandas as pd

from planbook.periods import Edition, FiscalYear, TimePeriod
from planbook.present import numbers
from planbook.present.charts.frame_order import in_order
from planbook.present.charts.marked_values import YEAR_MIDDLE
from planbook.present.palette import SERIES
from planbook.present.tables.cells import Column, figure, words
from planbook.present.tables.table import Table, plain

_YEAR = re.compile(r"((?:19|20|21)\d\d)[年]?")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
_LEAST, _LARGEST = 0.001, 1e15  # what can be printed, of the largest value
_NUMBERED = (
    '行只有序号（0、1、2…），没有时期或名称：用 set_index("列名") 指定哪一列是时期或名称；'
    '数字本身就是名称的，用 rename_axis("月份") 写明是什么'
)
_NONE_YET = "还没有数"
_MOST_DECIMALS, _ALL_SAID = 3, 16  # a text for the ears names so many bars one by one


@dataclass(frozen=True)
class Place:
    """Where a row stands: its name, and on an axis of time its month, counted from year 0."""

    name: str
    month: float | None = None
    is_year: bool = False


@dataclass(frozen=True)
class FrameValues:
    """The values of a chart: for each place one of each series; ``None`` is missing."""

    head: str  # what the places are
    places: tuple[Place, ...]
    series: tuple[str, ...]
    rows: tuple[tuple[float | None, ...], ...]
    step: int = 0  # months from one time to the next, where the index itself says that
    ordered: bool = True  # whether places follow each other: times, numbers, ordered categories

    @property
    def of_time(self) -> bool:
        return self.places[0].month is not None

    @property
    def decimals(self) -> int:
        """As few as tell the values; where they have no end, so many that four digits are told."""
        known = [value for row in self.rows for value in row if value is not None]
        high = max(map(abs, known))
        enough = sum(high < limit for limit in (10, 1000, math.inf))
        every = range(_MOST_DECIMALS + 1)
        fitting = (n for n in every if all(math.isclose(v, round(v, n)) for v in known))
        return next(fitting, enough)

    def printed(self, value: float | None) -> str:
        return numbers.number(value, self.decimals)

    def column(self, number: int) -> list[tuple[Place, float]]:
        """Return what is known of a series, in order."""
        every = zip(self.places, self.rows, strict=True)
        return [(at, value) for at, row in every if (value := row[number]) is not None]

    def breaks(self) -> set[int]:
        """Return after which rows something is missing between one time and the next."""
        steps, usual = self._steps()
        return {n for n, step in enumerate(steps) if usual and step != usual}

    def missing_times(self) -> int:
        """Return how many times are missing between the first and the last."""
        steps, usual = self._steps()
        return int(sum(step // usual - 1 for step in steps)) if usual else 0

    def _steps(self) -> tuple[list[float], int]:
        """Return the months between times, and what is usual: 0 where they are not alike."""
        months = [at.month for at in self.places if at.month is not None]
        steps = [after - before for before, after in pairwise(months)]
        if not steps or any(step != int(step) for step in steps):
            return steps, 0
        usual = self.step or reduce(math.gcd, map(int, steps))
        return steps, usual if self.step or 2 * steps.count(usual) >= len(steps) else 0


def values_of(frame: pd.DataFrame | pd.Series) -> tuple[FrameValues | None, list[str]]:
    """Return the values of a frame, or all that keeps it from being drawn, in Chinese.

    Neither where there is no value yet.
    """
    own = frame.to_frame(frame.name or "数值") if isinstance(frame, pd.Series) else frame
    if not own.columns.is_unique:
        several = dict.fromkeys(own.columns[own.columns.duplicated()])
        return None, [f"列「{_joined(name)}」不止一列，先改名或去掉" for name in several]
    if _begins_with_names(own):
        own = own.set_index(own.columns[0])
    if own.isna().all(axis=None):
        own = own.iloc[:, :0]  # a column without a value is shown as such where another has some
    wrong = [*_no_numbers(own), *_unprintable(own)]
    if len(own.columns) > len(SERIES):
        wrong.append(f"有{len(own.columns)}列数，一张图最多{len(SERIES)}列")
    if _is_numbered(own.index) and not own.empty:
        wrong.append(_NUMBERED)
    if unnamed := sum(map(_is_missing, own.index)):
        return None, [*wrong, f"有{unnamed}行没有时期或名称，先补上或去掉"]
    places = _times(own.index) or [Place(_joined(name)) for name in own.index]
    twice = sorted({at.name for at in places if places.count(at) > 1})
    wrong += [f"行「{name}」不止一行" for name in twice[:3]]
    wrong += ["一行应是一个时期或名称，先用 groupby 汇总，或用 pivot 转换"] if twice else []
    if wrong or own.empty:
        return None, wrong
    rows = [tuple(None if pd.isna(v) else float(v) for v in row) for row in own.to_numpy()]
    ordered = list(zip(places, rows, strict=True))
    if of_time := places[0].month is not None:
        ordered.sort(key=lambda one: one[0].month or 0)
    named = "·".join(str(name) for name in own.index.names if name is not None)
    head = named or ("时期" if of_time else "项目")
    shown, found = zip(*ordered, strict=True)
    names, follow = tuple(map(_joined, own.columns)), of_time or in_order(own.index)
    return FrameValues(head, shown, names, found, _step(own.index), follow), []


def data_table(id: str, title: str, unit: str, values: FrameValues) -> Table:
    """Return the values drawn as the table below the chart."""
    head = Column(values.head, "period" if values.of_time else "text")
    columns = [head, *(Column(name, "number") for name in values.series)]
    rows = [
        (
            words(at.name, sort=f"{at.month:09.3f}" if at.month is not None else ""),
            *(figure(values.printed(value), value) for value in row),
        )
        for at, row in zip(values.places, values.rows, strict=True)
    ]
    return plain(id, f"{title}：图中数据（单位：{unit}）", columns, rows)


def line_words(values: FrameValues, unit: str) -> str:
    """Return what a chart of lines shows: where each begins and ends, and is highest and lowest."""
    said = [_course(values, n, unit) for n in range(len(values.series))]
    return f"折线图。{'。'.join(said)}。"


def bar_words(values: FrameValues, unit: str) -> str:
    """Return what a chart of bars shows: each value, or where the highest and lowest are."""
    many = len(values.places) * len(values.series) > _ALL_SAID
    said = []
    for n, name in enumerate(values.series):
        known = values.column(n)
        lead = f"{name}：" if len(values.series) > 1 else ""
        if not known:
            said.append(f"{lead}{_NONE_YET}")
        elif many:
            ends = _ends(values, known, unit)
            said.append(f"{lead}共{len(known)}项，{'，'.join(ends)}")
        else:
            said.append(lead + "、".join(_told(values, at, value, unit) for at, value in known))
    return f"条形图。{'。'.join(said)}。"


def _course(values: FrameValues, number: int, unit: str) -> str:
    known = values.column(number)
    lead = f"{values.series[number]}：" if len(values.series) > 1 else ""
    if not known:
        return lead + _NONE_YET
    parts = [_told(values, *known[0], unit)]
    if len(known) > 1:
        parts = [f"从{parts[0]}到{_told(values, *known[-1], unit)}"]
        parts += _ends(values, known, unit) if len(known) > 2 else []
    missing = len(values.rows) - len(known) + values.missing_times()
    parts += [f"其中{missing}个时点没有数"] if missing else []
    return lead + "，".join(parts)


def _ends(values: FrameValues, known: Sequence[tuple[Place, float]], unit: str) -> list[str]:
    high, low = (end(known, key=lambda one: one[1]) for end in (max, min))
    return [
        f"最高为{_told(values, *high, unit)}",
        f"最低为{_told(values, *low, unit)}",
    ]


def _told(values: FrameValues, at: Place, value: float, unit: str) -> str:
    joint = " " if re.search(r"[A-Za-z0-9]$", at.name) else ""
    return f"{at.name}{joint}{numbers.with_unit(values.printed(value), unit)}"


def _begins_with_names(frame: pd.DataFrame) -> bool:
    """Whether its rows are only numbered and its first column names them, as in a CSV."""
    if not _is_numbered(frame.index) or len(frame.columns) < 2:
        return False
    first = frame[frame.columns[0]]
    return not pd.api.types.is_numeric_dtype(first) or _years(list(first)) is not None


def _is_numbered(index: pd.Index) -> bool:
    """Whether rows have numbers that nobody gave them, or that nobody says what they are."""
    whole = pd.api.types.is_integer_dtype(index)
    return whole and index.name is None and not index.empty and _years(list(index)) is None


def _no_numbers(frame: pd.DataFrame) -> Iterator[str]:
    """Yield which columns are no numbers; of one that has some, a cell that is none."""
    for name in frame.columns:
        if pd.api.types.is_numeric_dtype(frame[name]):
            continue
        cells = list(frame[name].dropna())
        others = [cell for cell in cells if not isinstance(cell, int | float | Decimal)]
        texts = [str(cell).strip() for cell in others]
        grouped = next(filter(_THOUSANDS.fullmatch, texts), "")
        words = [text for text in texts if not grouped and not _is_number(text)]
        if grouped:
            yield f'列「{_joined(name)}」中的「{grouped}」是文本，读 CSV 时加 thousands=","'
        elif others and len(words) == len(cells):
            yield f"列「{_joined(name)}」不是数字，先去掉，或用 set_index 作为行名"
        elif words:
            remedy = f'读 CSV 时加 na_values="{words[0]}"'
            yield f"列「{_joined(name)}」中的「{words[0]}」不是数字，{remedy}"
        elif others:
            yield f"列「{_joined(name)}」是文本，先用 pd.to_numeric 改为数字"


def _unprintable(frame: pd.DataFrame) -> Iterator[str]:
    """Yield which columns hold what has no end, and whether all is too large or too small."""
    high = 0.0
    for name in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[name]):
            continue
        own = [abs(float(value)) for value in frame[name].dropna()]
        if math.inf in own:
            yield f"列「{_joined(name)}」中有无穷大（除数为 0），先改为缺值"
        high = max(high, *(value for value in own if value != math.inf), 0.0)
    if high >= _LARGEST or 0 < high < _LEAST:
        yield f"数太{'大' if high > 1 else '小'}，印不出来，先换成合适的单位"


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _is_missing(name: Any) -> bool:
    return any(map(pd.isna, name)) if isinstance(name, tuple) else bool(pd.isna(name))


def _joined(name: object) -> str:
    """Return the name of a row or column; of one with several levels, all of them."""
    return "·".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _times(index: pd.Index) -> list[Place] | None:
    """Return the places of an axis of time; ``None``: these are names."""
    if isinstance(index, pd.PeriodIndex):
        return _periods(index)
    if isinstance(index, pd.DatetimeIndex):
        return _dates(index)
    names = list(index)
    if years := _years(names):
        return years
    try:
        return [_month(TimePeriod.parse(name)) for name in names]
    except (ValueError, TypeError):
        return None


def _periods(index: pd.PeriodIndex) -> list[Place]:
    ends = [TimePeriod(end.year, end.month) for end in index.end_time]
    match index.freqstr[:1]:
        case "Y" | "A":
            return [_year(end.year) for end in ends]
        case "Q":
            return [Place(Edition(end, 3).label, end.ordinal) for end in ends]
        case "M":
            return [_month(end) for end in ends]
    return _dates(pd.DatetimeIndex(index.end_time))


def _step(index: pd.Index[Any]) -> int:
    """Return how many months one time of an index is after another; 0: it does not say."""
    known = {"Y": 12, "A": 12, "Q": 3, "M": 1}
    return known.get(index.freqstr[:1], 0) if isinstance(index, pd.PeriodIndex) else 0


def _dates(index: pd.DatetimeIndex) -> list[Place]:
    months = [TimePeriod(day.year, day.month) for day in index]
    firsts, lasts = all(index.is_month_start), all(index.is_month_end)
    if len(set(months)) == len(months) and (firsts or lasts):
        return [_month(month) for month in months]
    return [
        Place(f"{month.words}{day.day}日", month.ordinal - 0.5 + (day.day - 1) / _days(month))
        for month, day in zip(months, index, strict=True)
    ]


def _days(month: TimePeriod) -> int:
    return calendar.monthrange(month.year, month.month)[1]


def _years(names: Sequence[object]) -> list[Place] | None:
    found = [_YEAR.fullmatch(str(name)) for name in names]
    if not found or not all(found):
        return None
    return [_year(int(match[1])) for match in found if match]


def _year(number: int) -> Place:
    end = FiscalYear().end(number).ordinal
    return Place(f"{number}年", end - YEAR_MIDDLE, is_year=True)


def _month(month: TimePeriod) -> Place:
    return Place(month.words, month.ordinal)
