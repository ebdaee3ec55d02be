"""The goals whose rating changed since the edition before, as lists and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planbook.periods import Edition
from planbook.present.addresses import goal_address
from planbook.present.escaping import html
from planbook.present.say.goal_terms import verdict_remark
from planbook.present.say.rating_changes import changes
from planbook.present.tables.goal_tables import goal_link, verdict_cell
from planbook.present.tables.table import (
    Cell,
    Column,
    Rows,
    Table,
    period,
    rating,
    rating_chip,
    words,
)
from planbook.present.views import GoalView


def changes_lists(views: Sequence[GoalView], previous: Edition) -> str:
    """Return the changes as HTML for a page at the book's root: a list a group."""
    found = changes(views)
    if not found.comparable:
        return '<p class="pb-empty">本期为第一期，没有可比的上期。</p>'
    if not found.named:
        return f'<p class="pb-empty">与{previous.label}相比，各项目标的状态没有变化。</p>'
    lists = [
        f'<section class="pb-change"><h3>{name}<span>{len(own)}项</span></h3>\n<ul>\n'
        + "\n".join(_item(view) for view in own)
        + "\n</ul></section>"
        for name, own in found.named
    ]
    return '<div class="pb-changes">\n' + "\n".join(lists) + "\n</div>"


def _item(view: GoalView) -> str:
    before = view.verdict.previous_rating or view.verdict.rating
    return (
        f'<li><a href="{html(goal_address("", view.id))}">{html(view.name)}</a>'
        f'<span class="pb-from-to">{rating_chip(before)}'
        '<span class="pb-arrow" role="img" aria-label="变为">→</span>'
        f"{rating_chip(view.verdict.rating, verdict_remark(view))}</span></li>"
    )


def changes_table(views: Iterable[GoalView], previous: Edition) -> Table:
    """Return the goals whose rating differs from the edition before, grouped by what happened."""
    columns = (
        Column("指标名称"),
        Column("上期状态", "mark"),
        Column("本期状态", "mark"),
        Column("数据时期", "period"),
        Column("章节", "mark"),
    )
    groups = tuple(
        Rows(tuple(_row(view) for view in own), f"{name}（{len(own)}项）")
        for name, own in changes(views).named
    )
    caption = f"与{previous.label}相比状态有变化的目标"
    return Table("changes", caption, columns, groups, empty="没有目标的状态发生变化。")


def _row(view: GoalView) -> tuple[Cell, ...]:
    return (
        goal_link(view),
        rating(view.verdict.previous_rating or view.verdict.rating),
        verdict_cell(view),
        period(view.latest_label),
        words(view.chapter.title),
    )
