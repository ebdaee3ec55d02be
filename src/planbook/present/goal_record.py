"""The tables on a goal's page: this edition, the editions before, yearly targets, sister goals."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planbook.present import numbers
from planbook.present.goal_tables import edition_label, goal_address
from planbook.present.quality_tables import baseline_source
from planbook.present.tables import Column, Table, figure, link, plain, rating, words
from planbook.present.views import GoalView
from planbook.vocabulary import Kind


def facts_table(view: GoalView, baselines: pd.DataFrame) -> Table:
    """Return what holds for a goal in this edition, a row each; what does not apply is left out."""
    goal, share = view.goal, view.number("completion")
    comparator = goal.comparator.label if goal.comparator else "由人工评定"
    facts = [
        ("目标", f"{view.due_words}{view.target_words()}"),
        ("达标条件", comparator),
        ("最新值", _with(view.latest_words, view.latest_label)),
        ("目标完成率", "" if view.falling else numbers.percent(share)),
        ("增量完成率", numbers.percent(view.number("increment_completion"))),
        ("序时进度", numbers.percent(view.number("time_elapsed"))),
        ("增长进度比", numbers.pace(view.number("growth_pace"))),
        ("序时进度比", numbers.pace(view.number("linear_pace"))),
        ("本年年度目标", _annual_target(view)),
        ("还差（按推算数）" if view.flag("is_estimate") else "还差", _remaining(view)),
        ("计量单位", view.indicator.unit),
        ("类型", view.kind.label),
        ("方向", goal.direction.label),
        ("统计范围", view.text("scope")),
        ("报送频率", view.indicator.frequency.label),
        ("填报单位", view.submitting_unit.name),
        ("基期值", _baseline(view)),
        ("基期值来源", baseline_source(view, baselines)),
    ]
    skip = {"", numbers.ABSENT}
    rows = [(words(name), words(value)) for name, value in facts if value not in skip]
    return plain("facts", "本期要点", (Column("项目"), Column("内容")), rows)


def history_table(view: GoalView, history: Sequence[GoalView]) -> Table:
    """Return the goal in every edition so far, newest first."""
    columns = (
        Column("期号", "period"),
        Column("数据时期", "period"),
        Column("数值", "number"),
        Column("同比（%）", "number"),
        Column("增量|完成率", "number"),
        Column("序时|进度", "number"),
        Column("进度比", "number"),
        Column("状态", "mark"),
    )
    rows = []
    for then in reversed(history):
        value, yoy = then.latest, then.number("yoy")
        rows.append(
            (
                words(edition_label(str(then.edition)), sort=str(then.edition)),
                words(then.latest_label or numbers.ABSENT),
                figure(
                    then.latest_words if value is None else numbers.number(value, view.decimals)
                ),
                figure(numbers.ABSENT if yoy is None else numbers.number(yoy, 1)),
                figure(numbers.percent(then.number("increment_completion"))),
                figure(numbers.percent(then.number("time_elapsed"))),
                figure(numbers.pace(then.pace)),
                rating(then.rating, then.reason or ""),
            )
        )
    unit = f"（单位：{view.indicator.unit}）" if view.indicator.unit else ""
    return plain("history", f"历次数据与判定{unit}", columns, rows, empty="尚无记录。")


def yearly_targets_table(view: GoalView, annual_targets: pd.DataFrame) -> Table:
    """Return the yearly targets in force."""
    own = annual_targets[annual_targets["goal_id"] == view.id].to_dict("records")
    columns = (
        Column("年度"),
        Column("年度目标", "number"),
        Column("来源"),
        Column("自何期起", "period"),
    )
    rows = [
        (
            words(f"{row['year']}年"),
            figure(view.target_quantity(float(row["target_value"]))),
            words(str(row["source"])),
            words(edition_label(str(row["from_edition"]))),
        )
        for row in own
    ]
    return plain("annual-targets", "年度工作目标", columns, rows)


def family_table(sisters: Sequence[GoalView], root: str) -> Table:
    """Return the other goals on the same indicator."""
    columns = (Column("指标名称"), Column("目标", "target"), Column("状态", "mark"))
    rows = [
        (
            link(other.name, goal_address(root, other.id)),
            figure(other.target_words()),
            rating(other.rating, other.reason or ""),
        )
        for other in sisters
    ]
    return plain("family", "同一指标的其他目标", columns, rows)


def _baseline(view: GoalView) -> str:
    if view.kind in (Kind.CUMULATIVE, Kind.EVERY_YEAR) or view.kind.by_people:
        return "不需要"
    value = view.number("baseline_value")
    if value is None:
        return _with("待补", view.baseline_label)
    return _with(view.value_words(value), view.baseline_label)


def _with(said: str, when: str) -> str:
    return f"{said}（{when}）" if when else said


def _annual_target(view: GoalView) -> str:
    value = view.number("annual_target")
    if value is None:
        return ""
    return _with(view.target_quantity(value), view.text("annual_target_source"))


def _remaining(view: GoalView) -> str:
    left = view.number("remaining")
    if left is None or view.is_growth or not left:
        return ""
    if view.is_share:
        return f"{numbers.number(abs(left), view.decimals)}个百分点"
    return view.value_words(abs(left))
