"""The values behind a goal's chart: as a table under it, and as a CSV that readers can take away.

One row a period and scope, oldest first: what was observed, how final it is, what it replaced,
what was due, and the target. A period to come has what is due and what is expected.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from planbook.contract import Contract, Number
from planbook.outlook_frames import FanRow
from planbook.periods import TimePeriod, period_label
from planbook.present import numbers
from planbook.present.charts import marked_values
from planbook.present.charts.fan import fan_drawn
from planbook.present.comparing import compared
from planbook.present.points import Series, band
from planbook.present.say.chart_words import MEETING, data_caption, growth_name, wide_interval
from planbook.present.say.goal_terms import meeting_number
from planbook.present.say.outlook_sentences import amount, joined
from planbook.present.tables.cells import Cell, Column, figure, period
from planbook.present.tables.table import Table, listing
from planbook.present.views import GoalView
from planbook.vocabulary import Accumulation, Kind, YearVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """A point of time of a goal's chart."""

    goal_id: str
    time_period: TimePeriod  # last month of the period, 2026-09
    period: str  # the same in words
    scope: str = ""
    obs_value: Number = None  # in `unit`; for an average growth rate the 同比, or the year's growth
    unit: str
    release_stage: str = ""  # 推算 for an estimate of ours, 基期 for a baseline, 按全年数计算
    superseded_value: Number = None  # what was reported before a revision
    average_growth: Number = None  # of the complete years up to then, percent
    path_value: Number = None  # what is due by then
    target_value: Number = None  # yearly target, or the target at the due date
    target_verdict: YearVerdict | None = None  # what became of the yearly target
    meeting_value: Number = None  # that counts as met at the due date, if not the target itself
    band_low: Number = None  # 80 % band of an estimate; empty: there is none
    band_high: Number = None
    outlook_low95: Number = None  # what is expected: 95 % and 80 % interval, median
    outlook_low80: Number = None
    outlook_mid: Number = None
    outlook_high80: Number = None
    outlook_high95: Number = None
    demonstration: bool


CHART = Contract("chart", ChartRow, ("goal_id", "time_period", "scope", "release_stage"))

Make = Callable[..., ChartRow]

BASELINE_STAGE, ESTIMATE_STAGE = "基期", "推算"
EXPECTED = tuple(field.name for field in fields(FanRow) if field.name.startswith("outlook_"))
_OF_ESTIMATE = ("obs_value", "band_low", "band_high")


def unit_drawn(view: GoalView) -> str:
    """Return the unit of the values that the chart draws."""
    return "%" if view.kind is Kind.CAGR else numbers.spoken_unit(view.indicator.unit)


def data_table(view: GoalView, series: Series, history: Sequence[GoalView]) -> Table:
    """Return the values drawn; a column without any is left out."""
    rows = chart_rows(view, series, history)
    decimals = 1 if view.kind is Kind.CAGR else view.decimals
    names = {growth_name(view, point) for point in series.growth}
    rates = names.pop() if len(names) == 1 else "增速"
    value = rates if view.kind is Kind.CAGR else "数值"
    kinds = (
        (value, "obs_value"),
        ("修订前", "superseded_value"),
        ("年均增速", "average_growth"),
        ("应达水平", "path_value"),
        ("目标", "target_value"),
        (MEETING, "meeting_value"),
        ("80%区间下限", "band_low"),
        ("80%区间上限", "band_high"),
    )

    def printed(name: str) -> Callable[[ChartRow], Cell]:
        return lambda row: _printed(view, row, name, decimals)

    cells: dict[Column, Callable[[ChartRow], Cell | str]] = {
        Column("时期", "period"): lambda row: period(row.period, sort=str(row.time_period)),
        **{
            Column(head, "number"): printed(name)
            for head, name in kinds
            if any(getattr(row, name) is not None for row in rows)
        },
    }
    cells |= _expected_cells(view, rows)
    if any(row.target_verdict for row in rows):
        cells[Column("年度目标判定")] = lambda row: row.target_verdict or numbers.ABSENT
    cells[Column("数据阶段")] = lambda row: row.release_stage or numbers.ABSENT
    if len({row.scope for row in rows if row.scope}) > 1:
        cells[Column("口径")] = lambda row: row.scope or numbers.ABSENT
    caption = data_caption(view.name, unit_drawn(view))
    return listing(f"data-{view.id}", caption, cells, rows)


def _expected_cells(
    view: GoalView, rows: Sequence[ChartRow]
) -> dict[Column, Callable[[ChartRow], Cell | str]]:
    """Return the columns of what is expected; none without."""
    if all(row.outlook_mid is None for row in rows):
        return {}

    def said(value: Number) -> str:
        if value is None:
            return numbers.ABSENT
        return numbers.number(value, 1) if view.kind is Kind.CAGR else amount(view, value)

    def interval(row: ChartRow) -> Cell:
        if row.outlook_mid is None:
            return figure(numbers.ABSENT)
        wide = joined(said(row.outlook_low95), said(row.outlook_high95))
        return Cell(
            joined(said(row.outlook_low80), said(row.outlook_high80)), notes=(wide_interval(wide),)
        )

    return {
        Column("预测|中值", "number"): lambda row: figure(said(row.outlook_mid)),
        Column("80%|预测区间", "number"): interval,
    }


def data_csv(view: GoalView, series: Series, history: Sequence[GoalView]) -> bytes:
    """Return the values drawn as CSV of the contract `CHART`, with a BOM for Excel."""
    out = io.StringIO()
    file = csv.writer(out, lineterminator="\n")  # a frame for each goal would cost seconds a book
    file.writerow(CHART.columns)
    for row in chart_rows(view, series, history):
        values = (getattr(row, name) for name in CHART.columns)
        file.writerow("" if value is None else str(value) for value in values)
    return out.getvalue().encode("utf-8-sig")


def chart_rows(view: GoalView, series: Series, history: Sequence[GoalView]) -> list[ChartRow]:
    """Return what the chart draws, in order of time."""
    growth = view.kind is Kind.CAGR
    due = {} if growth else {point.period: point.value for point in series.due}
    targets = {} if growth else {point.period: point.value for point in series.targets}
    last = marked_values.target_level(view)
    if last is not None:
        targets[view.due] = last
    before = {} if growth else {point.period: point.value for point in series.superseded}
    reached = marked_values.averages(history) if growth else {}
    row = partial(
        ChartRow,
        goal_id=view.id,
        unit=unit_drawn(view),
        demonstration=view.verdict.demonstration,
    )
    shown = series.growth if growth else (*series.observed, *series.elsewhere)
    rows = [
        row(
            time_period=point.period,
            period=view.label_of(point.period),
            scope=point.scope,
            obs_value=point.value,
            release_stage=point.stage,
            superseded_value=before.get(point.period) if point in series.observed else None,
            average_growth=reached.pop(point.period, None),
            path_value=due.pop(point.period, None),
            target_value=targets.pop(point.period, None),
        )
        for point in sorted(shown, key=lambda point: (point.period, point.scope))
    ]
    rows += _baseline(row, view, series, due) + _estimate(row, view, series, due, targets)
    rows += [
        row(
            time_period=end,
            period=_label(view, end),
            average_growth=reached.get(end),
            path_value=due.get(end),
            target_value=targets.get(end),
        )
        for end in {*due, *targets, *reached}
        if view.year.is_end(end) or end == view.due
    ]
    rows = _with_fan(row, view, series, rows)
    told = (_judged(_targeted(row, view, series.year_verdicts), view) for row in rows)
    return sorted(told, key=lambda row: (row.time_period, row.scope, row.release_stage))


def _with_fan(
    row: Make, view: GoalView, series: Series, rows: Sequence[ChartRow]
) -> list[ChartRow]:
    """Return the rows with what is expected, and those of periods that only the fan has."""
    fan = {each.time_period: each for each in fan_drawn(view, series)}
    found = []
    for known in rows:
        expected = fan.pop(known.time_period, None)
        found.append(known if expected is None else replace(known, **_edges(expected)))
    return found + [
        row(time_period=end, period=_label(view, end), **_edges(expected))
        for end, expected in fan.items()
    ]


def _edges(expected: FanRow) -> dict[str, Any]:
    return {name: getattr(expected, name) for name in EXPECTED}


def _targeted(row: ChartRow, view: GoalView, verdicts: Mapping[int, YearVerdict]) -> ChartRow:
    """Return the row with what became of its yearly target, or with the value that meets."""
    if row.target_value is None:
        return row
    if row.time_period < view.due:
        return replace(row, target_verdict=verdicts.get(view.year.of(row.time_period)))
    return replace(row, meeting_value=marked_values.meeting_level(view))


def _judged(row: ChartRow, view: GoalView) -> ChartRow:
    """Return the row of the value that is judged with what is due by then, and with its band."""
    judged = (view.verdict.observed_period, view.verdict.observed_value)
    if (row.time_period, row.obs_value) != judged:
        return row
    found = band(view)
    if row.path_value is None and view.kind is not Kind.CAGR:
        row = replace(row, path_value=view.verdict.path_value)
    return row if found is None else replace(row, band_low=found[0], band_high=found[1])


def _baseline(
    row: Make, view: GoalView, series: Series, due: dict[TimePeriod, float]
) -> list[ChartRow]:
    base = series.baseline
    known = {point.period for point in series.observed}
    if base is None or view.kind is Kind.CAGR or base.period in known:
        return []
    label = view.baseline_label or period_label(base.period, Accumulation.END_OF_PERIOD)
    return [
        row(
            time_period=base.period,
            period=label,
            obs_value=base.value,
            release_stage=BASELINE_STAGE,
            path_value=due.pop(base.period, None),
        )
    ]


def _estimate(
    row: Make,
    view: GoalView,
    series: Series,
    due: dict[TimePeriod, float],
    targets: dict[TimePeriod, float],
) -> list[ChartRow]:
    part = marked_values.part_year(series)
    whole = (
        marked_values.estimate(view, part) if part is not None and view.of_yearly_totals else None
    )
    if part is None or whole is None:
        return []
    end = view.year.end_of(part.period)
    return [
        row(
            time_period=end,
            period=period_label(end, Accumulation.YEAR, year=view.year),
            scope=part.scope,
            obs_value=whole,
            release_stage=ESTIMATE_STAGE,
            path_value=due.pop(end, None),
            target_value=targets.pop(end, None),
        )
    ]


def _label(view: GoalView, end: TimePeriod) -> str:
    if end == view.due and not view.year.is_end(end):  # of the year that the due date lies in
        return view.due_words
    if view.of_yearly_totals:
        return period_label(end, Accumulation.YEAR, year=view.year)
    return view.label_of(end)


def _printed(view: GoalView, row: ChartRow, name: str, decimals: int) -> Cell:
    """Return one value of a row: of few things an estimate has a decimal, as in the sentences."""
    value: Number = getattr(row, name)
    if value is None:
        return figure(numbers.ABSENT)
    if name == "meeting_value":
        return figure(meeting_number(view))
    if name == "path_value" and not view.decimals:
        return figure(numbers.short(value, 1))  # due of a count it may be a fraction
    own = _decimals(view, row, decimals)
    if row.release_stage == ESTIMATE_STAGE and name in _OF_ESTIMATE and abs(value) < 100:
        own = max(own, 1)
    return figure(numbers.number(value, own))


def _decimals(view: GoalView, row: ChartRow, decimals: int) -> int:
    """Return the decimals in which a row's value, if not met, does not read as its target."""
    if view.verdict.rating.is_met or row.obs_value is None or row.target_value is None:
        return decimals
    return compared(row.obs_value, row.target_value, decimals).decimals
