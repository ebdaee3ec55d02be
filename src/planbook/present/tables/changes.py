"""Which goals changed their rating since the edition before, from what to what.

A rating won or lost for want of data is neither better nor worse: it is told apart. Messages, the
first screen and the table of changes all rest on `changes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planbook.periods import Edition
from planbook.present.escaping import html
from planbook.present.say.goal_terms import verdict_remark
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.tables.goal_tables import goal_address, verdict_cell
from planbook.present.tables.table import (
    Cell,
    Column,
    Rows,
    Table,
    link,
    period,
    rating,
    rating_chip,
    words,
)
from planbook.present.views import GoalView
from planbook.vocabulary import Rating


@dataclass(frozen=True)
class Changes:
    """The goals whose rating changed, each once, in the plan's order.

    Attributes
    ----------
    comparable
        Whether there is an edition before at all.
    """

    comparable: bool
    improved: tuple[GoalView, ...]
    slipped: tuple[GoalView, ...]
    gained: tuple[GoalView, ...]  # could not be judged before
    lost: tuple[GoalView, ...]  # can no longer be judged

    @property
    def named(self) -> tuple[tuple[str, tuple[GoalView, ...]], ...]:
        """The groups that have members, by name, those for the worse first."""
        groups = (
            ("转差", self.slipped),
            ("好转", self.improved),
            ("新作判定", self.gained),
            ("转为无法判定", self.lost),
        )
        return tuple((name, views) for name, views in groups if views)


def changes(views: Iterable[GoalView]) -> Changes:
    """Return what became of each rating since the edition before."""
    known = [view for view in views if view.previous_rating is not None]
    changed = [view for view in known if view.previous_rating is not view.rating]
    gained = [v for v in changed if v.previous_rating is Rating.NOT_ASSESSABLE]
    lost = [v for v in changed if v.rating is Rating.NOT_ASSESSABLE]
    judged = [v for v in changed if v not in gained and v not in lost]
    return Changes(
        comparable=bool(known),
        improved=tuple(view for view in judged if _step(view) > 0),
        slipped=tuple(view for view in judged if _step(view) < 0),
        gained=tuple(gained),
        lost=tuple(lost),
    )


def from_to(view: GoalView) -> str:
    """Return the change in words: 达序时→滞后."""
    return f"{view.previous_rating or view.rating}→{view.rating}"


def changes_lists(views: Sequence[GoalView], previous: Edition, root: str) -> str:
    """Return the changes as HTML: a list a group, each goal with both ratings."""
    found = changes(views)
    if not found.comparable:
        return '<p class="pb-empty">本期为第一期，没有可比的上期。</p>'
    if not found.named:
        return f'<p class="pb-empty">与{previous.label}相比，各项目标的状态没有变化。</p>'
    lists = [
        f'<section class="pb-change"><h3>{name}<span>{len(own)}项</span></h3>\n<ul>\n'
        + "\n".join(_item(view, root) for view in own)
        + "\n</ul></section>"
        for name, own in found.named
    ]
    return '<div class="pb-changes">\n' + "\n".join(lists) + "\n</div>"


def _item(view: GoalView, root: str) -> str:
    before = view.previous_rating or view.rating
    return (
        f'<li><a href="{html(goal_address(root, view.id))}">{html(view.name)}</a>'
        f'<span class="pb-from-to">{rating_chip(before)}'
        '<span class="pb-arrow" role="img" aria-label="变为">→</span>'
        f"{rating_chip(view.rating, verdict_remark(view))}</span></li>"
    )


def changes_table(views: Iterable[GoalView], previous: Edition, root: str) -> Table:
    """Return the goals whose rating differs from the edition before, grouped by what happened."""
    columns = (
        Column("指标名称"),
        Column("上期状态", "mark"),
        Column("本期状态", "mark"),
        Column("数据时期", "period"),
        Column("章节", "mark"),
    )
    groups = tuple(
        Rows(tuple(_row(view, root) for view in own), f"{name}（{len(own)}项）")
        for name, own in changes(views).named
    )
    caption = f"与{previous.label}相比状态有变化的目标"
    return Table("changes", caption, columns, groups, empty="没有目标的状态发生变化。")


def _row(view: GoalView, root: str) -> tuple[Cell, ...]:
    return (
        link(view.name, goal_address(root, view.id)),
        rating(view.previous_rating or view.rating),
        verdict_cell(view),
        period(view.latest_label),
        words(view.chapter.title),
    )


def _step(view: GoalView) -> int:
    """Return by how many places the rating moved up."""
    return RATING_ORDER.index(view.previous_rating or view.rating) - RATING_ORDER.index(view.rating)
