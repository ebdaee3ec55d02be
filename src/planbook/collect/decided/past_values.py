"""Read ``history.csv``: values that no workbook brought, as they were published, each with source.

Rows say from which edition they were known, so that one period may have several: as first published
and as revised. They are checked as the analysts' other numbers are, held against each other, the
targets and what departments reported; whoever reported a value says alone how it changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.input_columns import (
    ANYTHING,
    NUMBER,
    Column,
    edition,
    month,
    named,
    one_of,
    or_nothing,
    text,
)
from planbook.collect.decided.input_rows import (
    InputRow,
    number_problems,
    read_rows,
    sound_rows,
    unlike_published,
)
from planbook.collect.decided.input_sizes import held_against, impossible, value_doubt
from planbook.collect.read.submission import Submission
from planbook.collect.written_numbers import shown
from planbook.contract import Contract, Number
from planbook.errors import Problem
from planbook.frames import BaselineRow
from planbook.periods import Edition, TimePeriod
from planbook.plan import Indicator, Plan
from planbook.plan.range_checks import base_above_range
from planbook.vocabulary import UNSTATED, Frequency, ReleaseStage, YoyType
from planbook.yamlfile import of_today

PAST_VALUES_FILE = "history.csv"
LEFT_OUT = ("scope", "yoy", "yoy_type", "release_stage", "note")  # columns that need not be there
_NEAREST = 4  # values before and after a period that its own is held against
_YEAR = re.compile("(\\d{4})(?:年|)")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])")

Key = tuple[str, TimePeriod, str]  # indicator, period, scope


@dataclass(frozen=True, slots=True, kw_only=True)
class PastValue:
    """A value of an indicator as it was published, known from an edition on."""

    indicator_id: str
    time_period: TimePeriod
    scope: str
    obs_value: float  # in the indicator's unit
    source: str
    from_edition: Edition
    yoy: Number = None  # as published, in percent
    yoy_type: YoyType | None = None
    release_stage: ReleaseStage | None = None
    note: str = ""

    @property
    def key(self) -> Key:
        return self.indicator_id, self.time_period, self.scope


PAST_VALUES = Contract(
    "past_values", PastValue, ("indicator_id", "time_period", "scope", "from_edition")
)


def read_past_values(
    path: Path,
    plan: Plan,
    submissions: Iterable[Submission] = (),
    fixed: Fixed | None = None,
) -> tuple[PastValue, ...]:
    """Read ``history.csv``.

    Parameters
    ----------
    submissions
        The workbooks that count in the edition that knows them first.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    rows, problems = past_value_rows(path, plan)
    problems += of_today(past_value_problems(path.name, rows, plan, submissions))
    problems += unlike_published(path, rows, PAST_VALUES, fixed, past_value_rows, plan=plan)
    return sound_rows(path, rows, problems)


def past_value_rows(
    path: Path, plan: Plan, known_from: Edition | None = None
) -> tuple[list[InputRow[PastValue]], list[Problem]]:
    """Return the rows that can be read, and what is wrong in the others.

    Parameters
    ----------
    known_from
        The edition of rows that name none; ``None``: each must.
    """
    numbered = [i for i in plan.indicators if not i.by_people]
    own = {i.id: i.scope for i in numbered}
    ids = one_of(own, "方案中有数值的指标 id")
    ids = replace(ids, meant={i.name: i.id for i in numbered})
    scopes = plan.about.scope_codes

    def filled(cells: Mapping[str, str]) -> dict[str, str]:
        scope = cells["scope"] or own.get(cells["indicator_id"], UNSTATED)
        since = cells["from_edition"] or ("" if known_from is None else str(known_from))
        return {**cells, "scope": scope, "from_edition": since}

    optional = LEFT_OUT if known_from is None else (*LEFT_OUT, "from_edition")
    types, stages = ({each.value: each for each in words} for words in (YoyType, ReleaseStage))
    return read_rows(
        path,
        plan,
        PAST_VALUES,
        {
            "indicator_id": ids,
            "time_period": _period(plan),
            "scope": one_of(scopes, "、".join(scopes)),
            "obs_value": NUMBER,
            "source": text("来源"),
            "from_edition": edition(plan, "起用期号"),
            "yoy": or_nothing(NUMBER, None),
            "yoy_type": or_nothing(named(types, "、".join(types), "改为其中之一，或留空"), None),
            "release_stage": or_nothing(
                named(stages, "、".join(stages), "改为其中之一，或留空"), None
            ),
            "note": ANYTHING,
        },
        confirmable=True,
        optional=optional,
        filled=filled,
    )


def readable_past_values(path: Path, plan: Plan) -> tuple[PastValue, ...]:
    """Return what of ``history.csv`` can be read, to hold workbooks against.

    What is wrong in the rest is not said here: `read_past_values` says it.
    """
    rows, _ = past_value_rows(path, plan)
    return sound_rows(path, rows, [])


def _period(plan: Plan) -> Column:
    """Return a column of months; 2014 is a whole year of the plan, 2014-Q3 a calendar quarter."""
    of_month = month(plan)

    def parse(cell: str) -> TimePeriod:
        if (year := _YEAR.fullmatch(cell)) and (plan.year.is_calendar or not cell.endswith("年")):
            return plan.year.end(int(year[1]))
        if quarter := _QUARTER.fullmatch(cell):
            return TimePeriod(int(quarter[1]), 3 * int(quarter[2]))
        found: TimePeriod = of_month.parse(cell)
        return found

    return Column(parse, "年月，如 2014-12", f"全年写 2014，季度写 2014-Q3，{of_month.remedy}")


def past_value_problems(
    file: str,
    rows: Iterable[InputRow[PastValue]],
    plan: Plan,
    submissions: Iterable[Submission] = (),
    beside: Iterable[PastValue] = (),
) -> Iterator[Problem]:
    """Yield what cannot be, what is of a doubtful size, and what a department said otherwise.

    Parameters
    ----------
    beside
        Sound rows of another file, which these are to join.
    """
    rows = list(rows)
    reported = list(_reported(submissions))
    series: dict[tuple[str, str], list[tuple[TimePeriod, float]]] = defaultdict(list)
    for past in (*(read.row for read in rows), *beside):
        series[past.indicator_id, past.scope].append((past.time_period, past.obs_value))
    told: dict[Key, list[tuple[Edition, float]]] = defaultdict(list)
    for since, key, value in reported:
        told[key].append((since, value))
        series[key[0], key[2]].append((key[1], value))
    for values in series.values():
        values.sort()
    for read in rows:
        row, indicator = read.row, plan.indicator(read.row.indicator_id)
        yield from _impossible_period(read, file, plan, indicator)
        if row.yoy is not None and row.yoy < -100:
            yield read.problem(file, "yoy", f"「{shown(row.yoy)}」：不会减少超过全部", "核对同比")
        near = _near(series[row.indicator_id, row.scope], row.time_period, row.obs_value)
        known = held_against(plan, indicator, row.time_period, near, "相邻的值")
        never = impossible(indicator, row.obs_value)
        doubt = value_doubt(plan, indicator, row.time_period, row.obs_value, known=known)
        yield from number_problems(read, file, "obs_value", never, doubt)
        yield from _contradiction(read, file, indicator, told[row.key])
        if above := base_above_range(plan, row.indicator_id, row.time_period, row.obs_value):
            yield read.problem(file, "obs_value", *above)


def _impossible_period(
    read: InputRow[PastValue], file: str, plan: Plan, indicator: Indicator
) -> Iterator[Problem]:
    """Yield why an indicator has no value of a period, or none yet."""
    row, period = read.row, read.row.time_period
    if period > row.from_edition.end:
        what = f"起用期号「{row.from_edition}」时，{period} 还没有结束"
        yield read.problem(file, "from_edition", what, "核对数据时期和起用期号")
    if indicator.frequency is not Frequency.ANNUAL:
        return
    year = plan.year.of(period)
    if not plan.year.is_end(period):
        what = f"「{indicator.name}」每年一个数，{period} 不是年度的最后一个月"
        yield read.problem(file, "time_period", what, f"写 {plan.year.end(year)}，或只写 {year}")
    elif not indicator.has_year(year):
        what = f"「{indicator.name}」每{indicator.every_years}年一个数，{year} 年没有数"
        fix = "核对年份；方案写错的，改 data/plan 中的 value_year"
        yield read.problem(file, "time_period", what, fix)


def _reported(submissions: Iterable[Submission]) -> Iterator[tuple[Edition, Key, float]]:
    for submission in submissions:
        for value in submission.values:
            if value.value is not None:
                key = (value.indicator_id, value.period, value.scope)
                yield submission.edition, key, value.value


def _near(
    values: list[tuple[TimePeriod, float]], period: TimePeriod, own: float
) -> list[tuple[TimePeriod, float]]:
    """Return the values of the periods around one; `values` are in order, with the own among them.

    So many only that one wrong value has sound ones beside it, however long the series is.
    """
    at = bisect_left(values, (period, own))
    return values[max(at - _NEAREST, 0) : at] + values[at + 1 : at + 1 + _NEAREST]


def _contradiction(
    read: InputRow[PastValue],
    file: str,
    indicator: Indicator,
    told: list[tuple[Edition, float]],
) -> Iterator[Problem]:
    """Yield that a department reported another value earlier: how it changes it says itself."""
    earlier = [report for report in told if report[0] < read.row.from_edition]
    if not earlier:
        return
    since, value = max(earlier)
    if round(value - read.row.obs_value, indicator.decimals):
        what = f"{since} 的填报表所报为 {shown(value)}，这里是 {shown(read.row.obs_value)}"
        fix = "删去这一行；部门所报有误的，由其填「修订」表，或在 corrections.yaml 中声明更正"
        yield read.problem(file, "obs_value", what, fix)


def baselines_among(
    past: Iterable[PastValue], baselines: Iterable[BaselineRow], plan: Plan
) -> Iterator[BaselineRow]:
    """Yield values at goals' base periods as baselines, where ``baselines.csv`` has none."""
    given = {(row.indicator_id, row.time_period, row.scope) for row in baselines}
    wanted = {(i.id, goal.base_period) for i in plan.indicators for goal in i.goals}
    for row in past:
        if row.key not in given and (row.indicator_id, row.time_period) in wanted:
            yield BaselineRow(
                indicator_id=row.indicator_id,
                time_period=row.time_period,
                scope=row.scope,
                obs_value=row.obs_value,
                source=row.source,
                note=row.note,
                from_edition=row.from_edition,
            )
