"""The tables of the data-quality page: who reported, what was wrong, what was changed and why."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from planbook.periods import Edition, TimePeriod, period_label
from planbook.plan.model import Indicator, Plan
from planbook.present import numbers
from planbook.present.addresses import goal_address
from planbook.present.tables.goal_tables import edition_label
from planbook.present.tables.table import (
    Cell,
    Column,
    Table,
    figure,
    link,
    period,
    plain,
    state,
    words,
)
from planbook.present.views import GoalView
from planbook.vocabulary import CorrectionAction, Kind, Severity, SubmissionState

_NO_BASELINE = (Kind.CUMULATIVE, Kind.EVERY_YEAR, Kind.MILESTONE, Kind.QUALITATIVE)

_STATE_ORDER = list(SubmissionState)

REPORT_COLUMNS = (
    Column("状态", "mark"),
    Column("截止日期", "period"),
    Column("收到日期", "period"),
    Column("应报（项）", "number"),
    Column("已报（项）", "number"),
    Column("错误", "number"),
    Column("提示", "number"),
)


def submissions_table(submissions: pd.DataFrame, edition: Edition) -> Table:
    """Return the units of one edition: state, date received, values owed and reported."""
    columns = (Column("填报单位"), *REPORT_COLUMNS)
    rows = [
        (
            words(str(row["unit_name"])),
            state(SubmissionState(str(row["state"]))),
            words(str(row["deadline"]) or numbers.ABSENT),
            words(str(row["received_on"]) or numbers.ABSENT),
            *(figure(str(row[c]), row[c]) for c in ("owed", "reported", "errors", "warnings")),
        )
        for row in _of_edition(submissions, edition).to_dict("records")
    ]
    caption = f"{edition.label}各单位报送情况"
    return plain("submissions", caption, columns, rows, empty="本期没有收到报送文件。")


def punctuality_table(submissions: pd.DataFrame) -> Table:
    """Return the number of units by state in every edition so far; states that never occur go."""
    found = set(submissions["state"])
    shown = [state for state in _STATE_ORDER if state in found]
    columns = [Column("期号", "period"), *(Column(str(s), "number") for s in shown)]
    rows = []
    for edition in sorted(set(submissions["edition"]), key=Edition.parse):
        states = submissions.loc[submissions["edition"] == edition, "state"].value_counts()
        counted = [int(states.get(str(s), 0)) for s in shown]
        cells = (figure(str(n), n) for n in counted)
        rows.append((words(edition_label(edition), sort=edition), *cells))
    return plain("punctuality", "各期报送情况（家）", columns, rows)


def findings_table(findings: pd.DataFrame, plan: Plan, edition: Edition) -> Table:
    """Return what was wrong in an edition's submissions, errors first, and how to put it right."""
    columns = (
        Column("问题"),
        Column("程度", "mark"),
        Column("填报单位"),
        Column("位置"),
        Column("收到的内容"),
        Column("处理办法"),
    )
    units = {unit.id: unit.short for unit in plan.units}
    order = [severity.value for severity in Severity]
    found = _of_edition(findings, edition).to_dict("records")
    rows = []
    for row in sorted(found, key=lambda row: order.index(str(row["severity"]))):
        sheet = f"「{row['sheet']}」{row['cell']}" if row["sheet"] else ""
        place = " ".join(part for part in (str(row["file"]), sheet) if part)
        unit = str(row["submitting_unit"])
        rows.append(
            (
                words(str(row["message"])),
                words(Severity(str(row["severity"])).label),
                words(units.get(unit, unit)),
                words(place or numbers.ABSENT),
                words(str(row["observed"]) or numbers.ABSENT),
                words(str(row["remedy"])),
            )
        )
    caption = f"{edition.label}报送中发现的问题"
    return plain("findings", caption, columns, rows, empty="没有发现问题。")


def input_warnings(findings: pd.DataFrame, edition: Edition) -> list[str]:
    """Return what analysts are told of their own inputs, which no department reported."""
    own = _of_edition(findings, edition)
    rows = own[(own["submitting_unit"] == "") & own["file"].str.endswith(".csv")]
    return [f"{row['file']}：{row['message']}{row['remedy']}。" for row in rows.to_dict("records")]


_REVISION_COLUMNS = (
    Column("数据时期", "period"),
    Column("口径"),
    Column("原值", "number"),
    Column("新值", "number"),
    Column("修订于", "period"),
    Column("原因"),
)


def revisions_table(revisions: pd.DataFrame, plan: Plan) -> Table:
    """Return every value that changed after it was first reported."""
    rows = []
    for row in revisions.to_dict("records"):
        indicator = plan.indicator(str(row["indicator_id"]))
        rows.append((words(indicator.name), *_revision(row, indicator)))
    columns = (Column("指标名称"), *_REVISION_COLUMNS)
    return plain("revisions", "已修订的数据", columns, rows, empty="没有数据被修订。")


def goal_revisions_table(revisions: pd.DataFrame, view: GoalView) -> Table:
    """Return the values of one goal's indicator that changed."""
    own = revisions[revisions["indicator_id"] == view.indicator.id]
    rows = [_revision(row, view.indicator) for row in own.to_dict("records")]
    return plain("revisions", "数据修订", _REVISION_COLUMNS, rows, empty="没有修订。")


def _revision(row: Mapping[Hashable, Any], indicator: Indicator) -> tuple[Cell, ...]:
    month = TimePeriod.parse(str(row["time_period"]))
    label = period_label(month, indicator.accumulation, indicator.goals[0].since)
    undeclared = "" if row["declared"] else "没有在「修订」表登记"
    why = "；".join(part for part in (str(row["reason"]).rstrip("。"), undeclared) if part)
    return (
        period(label, sort=str(month)),
        words(str(row["scope"])),
        *(_value(row[column], indicator) for column in ("old_value", "new_value")),
        words(edition_label(str(row["vintage"])), sort=str(row["vintage"])),
        words(why or numbers.ABSENT),
    )


def corrections_table(corrections: pd.DataFrame, plan: Plan) -> Table:
    """Return the declared corrections in force."""
    columns = (
        Column("编号"),
        Column("指标或举措"),
        Column("数据时期", "period"),
        Column("原填报"),
        Column("更正为"),
        Column("理由"),
        Column("决定单位"),
        Column("自何期起", "period"),
    )
    units = {unit.id: unit.short for unit in plan.units}
    rows = [
        (
            words(str(row["correction_id"])),
            *_corrected(str(row["indicator_id"]), str(row["time_period"]), plan),
            words(_amount(row, "expect", plan) or numbers.ABSENT),
            words(_amount(row, "value", plan) or CorrectionAction(str(row["action"])).label),
            words(str(row["reason"])),
            words(units.get(str(row["decided_by"]), str(row["decided_by"]))),
            words(edition_label(str(row["from_edition"]))),
        )
        for row in corrections.to_dict("records")
    ]
    return plain("corrections", "现行更正声明", columns, rows, empty="没有更正声明。")


def _amount(row: Mapping[Hashable, Any], column: str, plan: Plan) -> str:
    """Return what a correction says was or shall be: a number with its unit, or the word."""
    said, id = str(row[column]), str(row["indicator_id"])
    unit = next((known.unit for known in plan.indicators if known.id == id), "")
    return numbers.with_unit(said, unit) if unit and said[-1:].isdecimal() else said


def _corrected(id: str, month: str, plan: Plan) -> tuple[Cell, Cell]:
    """Return what is corrected, an indicator or a measure, and the period of its value."""
    indicator = next((known for known in plan.indicators if known.id == id), None)
    if indicator is None:
        measure = plan.measure(id)
        parts = [measure.title, *(item.name for item in measure.sub_items if item.id == id)]
        return words("：".join(parts)), words(numbers.ABSENT)
    label = period_label(TimePeriod.parse(month), indicator.accumulation, indicator.goals[0].since)
    return words(indicator.name), period(label, sort=month)


def baselines_table(views: Sequence[GoalView], baselines: pd.DataFrame, root: str) -> Table:
    """Return the goals that need a baseline: its value and source, or 基数待补."""
    columns = (
        Column("指标名称"),
        Column("基期", "period"),
        Column("基期值", "number"),
        Column("口径"),
        Column("来源"),
    )
    rows = []
    for view in views:
        if view.kind in _NO_BASELINE:
            continue
        value, source = view.number("baseline_value"), baseline_source(view, baselines)
        rows.append(
            (
                link(view.name, goal_address(root, view.id)),
                period(view.baseline_label),
                figure("待补" if value is None else view.value_words(value), value),
                words(baseline_scope(view, baselines) or numbers.ABSENT),
                words(source or numbers.ABSENT),
            )
        )
    held = sum(view.number("baseline_value") is not None for view in views)
    caption = f"需要基期值的{len(rows)}项目标（已有{held}项，待补{len(rows) - held}项）"
    return plain("baselines", caption, columns, rows)


def baseline_source(view: GoalView, baselines: pd.DataFrame) -> str:
    """Return where a goal's baseline comes from, with its note; empty where it has none.

    Of a goal restated for another area it comes with the amendment.
    """
    restated = view.goal.restated(view.edition)
    if restated is not None:
        return restated.source
    row = _baseline_row(view, baselines)
    return "；".join(part for part in (row.get("source", ""), row.get("note", "")) if part)


def baseline_scope(view: GoalView, baselines: pd.DataFrame) -> str:
    """Return the area that a goal's baseline covers, which need not be that of its newest value."""
    restated = view.goal.restated(view.edition)
    if restated is not None:
        return str(restated.scope)
    return _baseline_row(view, baselines).get("scope", "")


def _baseline_row(view: GoalView, baselines: pd.DataFrame) -> dict[str, str]:
    if view.number("baseline_value") is None:
        return {}
    own = baselines[
        (baselines["indicator_id"] == view.indicator.id)
        & (baselines["time_period"] == view.text("baseline_period"))
        & (baselines["obs_value"] == view.number("baseline_value"))
    ].to_dict("records")
    return {str(key): str(value) for key, value in own[-1].items()} if own else {}


def _of_edition(frame: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    return frame[frame["edition"] == str(edition.base)]


def _value(value: float, indicator: Indicator) -> Cell:
    known = None if math.isnan(value) else value
    return figure(numbers.quantity(known, indicator.unit, indicator.decimals), known)
