"""Tell analysts which baselines no goal is measured against: sound rows that change nothing.

Rows of ``baselines.csv`` → what is odd about each and what to do, for the person who builds the
book. Nothing is refused: a value of another year may be wanted for the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from planbook.collect.decided.csv_inputs import BASELINES_FILE
from planbook.collect.decided.input_rows import InputRow
from planbook.errors import Problem
from planbook.frames import BaselineRow
from planbook.periods import Edition, TimePeriod
from planbook.plan import Indicator, Plan
from planbook.vocabulary import UNSTATED, Accumulation


def unused_baselines(
    rows: Iterable[InputRow[BaselineRow]], plan: Plan, edition: Edition
) -> list[Problem]:
    """Return a problem for each row that no goal of its indicator is measured against.

    Rows of later editions are not looked at. A value at the end of another year serves as that
    year's total where the indicator accumulates within the year, so it is named only where the
    baseline itself is missing.
    """
    by_indicator: dict[str, list[BaselineRow]] = defaultdict(list)
    rows = list(rows)
    for read in rows:
        by_indicator[read.row.indicator_id].append(read.row)
    return [
        problem
        for read in rows
        for problem in _unused(read, by_indicator[read.row.indicator_id], plan, edition)
    ]


def _unused(
    read: InputRow[BaselineRow], own: list[BaselineRow], plan: Plan, edition: Edition
) -> Iterator[Problem]:
    """Yield what is odd about a row; `own` are all of its indicator."""
    row = read.row
    indicator = plan.indicator(row.indicator_id)
    period = row.time_period
    wanted = sorted({goal.base_period for goal in indicator.goals if goal.base_period is not None})
    named = f"「{indicator.name}」"
    if row.from_edition > edition:
        return
    if not wanted:
        what = f"{named}的目标不与基期比较，这条基期值没有用处"
        yield read.problem(BASELINES_FILE, "indicator_id", what, "核对 indicator_id，或删去这一行")
        return
    if indicator.scope not in (UNSTATED, row.scope):
        what = f"{named}按{indicator.scope}评价，{row.scope}的基期值没有用处"
        fix = f"改用{indicator.scope}的数值，或核对口径；仅作备查的可以保留"
        yield read.problem(BASELINES_FILE, "scope", what, fix)
        return
    missing = [base for base in wanted if not _has(own, indicator, base, edition)]
    is_a_year = indicator.accumulation is Accumulation.YTD and plan.year.is_end(period)
    if period not in wanted and (missing or not is_a_year):
        bases = "、".join(map(str, missing or wanted))
        what = f"{named}以 {bases} 为基期，{period} 的数值不作基期值"
        lack = "，该目标仍为「基数待补」" if missing else ""
        fix = f"补一行 time_period 为 {bases} 的基期值；仅作备查的可以保留"
        yield read.problem(BASELINES_FILE, "time_period", f"{what}{lack}", fix)


def _has(own: list[BaselineRow], indicator: Indicator, base: TimePeriod, edition: Edition) -> bool:
    return any(
        row.time_period == base
        and indicator.scope in (UNSTATED, row.scope)
        and row.from_edition <= edition
        for row in own
    )
