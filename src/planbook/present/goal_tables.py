"""The tables of goals and measures: a field's, the scoreboard of all goals, counts by rating.

Each takes views or rows of the saved tables and an address prefix that leads from the page to the
book's root, because a table is the same on every page but for its links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from planbook.periods import Edition
from planbook.plan.model import Plan
from planbook.present import numbers
from planbook.present.sentences import RATING_ORDER
from planbook.present.tables import (
    Cell,
    Column,
    Rows,
    Table,
    figure,
    link,
    plain,
    rating,
    status,
    words,
)
from planbook.present.views import GoalView
from planbook.present.wording import SHORT_NOTES
from planbook.vocabulary import Kind, Rating

_FIELD_COLUMNS = (
    Column("指标名称"),
    Column("计量|单位"),
    Column("数据时期", "period"),
    Column("本期值", "number"),
    Column("同比（%）", "number"),
    Column("目标", "target"),
    Column("目标|完成率", "number"),
    Column("增量|完成率", "number"),
    Column("序时|进度", "number"),
    Column("状态", "mark"),
)
_FIELD_NOTE = (
    "目标完成率为数值与目标之比，不与时间比较；增量完成率与序时进度可以比较。"
    "年度未结束的总量指标，完成率按推算的全年数计算。"
)


def field_table(id: str, caption: str, views: Sequence[GoalView], root: str) -> Table:
    """Return a field's goals with value, change, target, completion and rating."""
    return plain(
        id, caption, _FIELD_COLUMNS, [_field_row(v, root) for v in views], note=_FIELD_NOTE
    )


def _field_row(view: GoalView, root: str) -> tuple[Cell, ...]:
    marks = "、".join(SHORT_NOTES[note] for note in view.notes if note in SHORT_NOTES)
    value, value_unit = view.latest, view.indicator.unit
    name = view.name if view.unit == value_unit else f"{view.name}（总量）"
    shown = view.latest_words if value is None else numbers.number(value, view.decimals)
    return (
        link(view.name, goal_address(root, view.id)),
        words(value_unit if name != view.name or not view.unit else view.unit),
        words(view.latest_label or numbers.ABSENT, sort=view.text("latest_period")),
        figure(shown, value, marks),
        yoy_cell(view),
        figure(view.target_words(), view.goal.target),
        share_cell(None if view.falling else view.number("completion")),
        share_cell(view.number("increment_completion")),
        share_cell(view.number("time_elapsed")),
        rating(view.rating, view.reason or ""),
    )


def yoy_cell(view: GoalView) -> Cell:
    """Return the reported growth with its type; a share's change in percentage points."""
    yoy, before = view.number("yoy"), view.number("prior_value")
    if view.is_share:
        if before is None or view.latest is None:
            return figure(numbers.ABSENT)
        moved = view.latest - before
        return figure(numbers.number(moved, 1), moved, "百分点")
    if yoy is None:
        return figure(numbers.ABSENT)
    return figure(numbers.number(yoy, 1), yoy, view.text("yoy_type"))


def share_cell(share: float | None) -> Cell:
    """Return a share in percent that sorts by its value."""
    return figure(numbers.percent(share), share)


def scoreboard(views: Iterable[GoalView], root: str) -> Table:
    """Return every goal on one page, grouped by chapter."""
    columns = (
        Column("指标名称"),
        Column("领域", "mark"),
        Column("最新值", "number"),
        Column("目标", "target"),
        Column("目标|完成率", "number"),
        Column("进度比", "number"),
        Column("状态", "mark"),
        Column("上期", "mark"),
    )
    grouped: dict[str, list[tuple[Cell, ...]]] = {}
    for view in views:
        before = view.previous_rating
        grouped.setdefault(view.chapter.title, []).append(
            (
                link(view.name, goal_address(root, view.id)),
                words(view.field.name),
                figure(view.latest_words, view.latest),
                figure(view.target_words(), view.goal.target),
                share_cell(None if view.falling else view.number("completion")),
                figure(numbers.pace(view.pace), view.pace),
                rating(view.rating, view.reason or ""),
                rating(before) if before else words(numbers.ABSENT),
            )
        )
    groups = tuple(
        Rows(tuple(rows), f"{title}（{len(rows)}项）") for title, rows in grouped.items()
    )
    note = "进度比为实际进展与应有进展之比，1.00 即与时间同步。"
    return Table("scoreboard", "全部目标进展一览", columns, groups, note)


def counts_table(plan: Plan, views: Sequence[GoalView]) -> Table:
    """Return the number of goals by chapter and rating, with totals; nothing leaves the total."""
    present = [r for r in RATING_ORDER if r is not Rating.MISSED or _any(views, Rating.MISSED)]
    columns = [Column("章节"), *(Column(f"{r.symbol} {r}", "number") for r in present)]
    columns.append(Column("合计", "number"))
    rows = []
    for chapter in plan.chapters:
        own = [view for view in views if view.chapter.id == chapter.id]
        if own:
            rows.append(_counts_row(chapter.title, own, present))
    rows.append(_counts_row("全部", views, present))
    return plain("counts", "各章目标按状态计数（项）", columns, rows)


def _counts_row(title: str, views: Sequence[GoalView], shown: list[Rating]) -> tuple[Cell, ...]:
    counted = Counter(view.rating for view in views)
    cells = [figure(str(counted[r]) if counted[r] else numbers.ABSENT, counted[r]) for r in shown]
    return (words(title), *cells, figure(str(len(views)), len(views)))


def changes_table(views: Iterable[GoalView], previous: Edition, root: str) -> Table:
    """Return the goals whose rating differs from the edition before."""
    changed = [v for v in views if v.previous_rating not in (None, v.rating)]
    rows = [
        (
            link(view.name, goal_address(root, view.id)),
            words(view.chapter.title),
            rating(view.previous_rating or view.rating),
            rating(view.rating, view.reason or ""),
            words(view.latest_label or numbers.ABSENT),
        )
        for view in changed
    ]
    columns = (
        Column("指标名称"),
        Column("章节"),
        Column("上期", "mark"),
        Column("本期", "mark"),
        Column("数据时期", "period"),
    )
    caption = f"与{previous.label}相比状态有变化的目标"
    return plain("changes", caption, columns, rows, empty="没有目标的状态发生变化。")


def measures_table(
    id: str, caption: str, measures: pd.DataFrame, type_names: Mapping[str, str]
) -> Table:
    """Return measures, each followed by its sub-items, with status and progress as reported."""
    columns = (
        Column("举措"),
        Column("类型", "mark"),
        Column("状态", "mark"),
        Column("进展"),
        Column("状态始于", "period"),
        Column("最近报送", "period"),
    )
    rows, levels = [], []
    for row in measures.to_dict("records"):
        sub = bool(row["parent_id"])
        kind = "" if sub else type_names.get(str(row["type"]), str(row["type"]))
        progress = " ".join(str(row[c]) for c in ("progress", "completed_on") if row[c])
        rows.append(
            (
                words(str(row["title"])),
                words(kind),
                status(str(row["status"]), stale=bool(row["stale"])),
                words(progress or numbers.ABSENT),
                words(edition_label(str(row["status_since"])), sort=str(row["status_since"])),
                words(edition_label(str(row["last_reported"])), sort=str(row["last_reported"])),
            )
        )
        levels.append(int(sub))
    group = Rows(tuple(rows), levels=tuple(levels))
    return Table(id, caption, columns, (group,), empty="本领域没有举措。")


def edition_label(edition: str) -> str:
    """Return 2026年三季度; `numbers.ABSENT` for none."""
    return Edition.parse(edition).label if edition else numbers.ABSENT


def goal_address(root: str, goal_id: str) -> str:
    """Return the address of a goal's page, from a page that reaches the book's root by `root`."""
    return f"{root}goals/{goal_id}.html"


def _any(views: Iterable[GoalView], wanted: Rating) -> bool:
    return any(view.rating is wanted for view in views)


def is_numeric(view: GoalView) -> bool:
    """Whether a goal has a chart: it has a number to reach and is not judged by people."""
    return not view.kind.by_people and view.kind is not Kind.QUALITATIVE and bool(view.goal.target)
