"""The goals whose rating changed since the edition before, as lists and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from planbook.periods import Edition
from planbook.present.addresses import goal_address
from planbook.present.escaping import Html, lines
from planbook.present.numbers import ABSENT
from planbook.present.say.change_sentences import reason_group
from planbook.present.say.goal_terms import verdict_remark
from planbook.present.say.rating_changes import NOTHING_BEFORE, changes
from planbook.present.tables.cells import Column, Rows, period, rating
from planbook.present.tables.goal_tables import goal_link, verdict_cell
from planbook.present.tables.table import Cells, Table, rows_of
from planbook.present.tables.table_html import rating_chip
from planbook.present.views import GoalView
from planbook.vocabulary import Rating
from planbook.watch_frames import ChangeReasonRow


def changes_lists(views: Sequence[GoalView], previous: Edition) -> Markup:
    """Return the changes for a page at the book's root: a list a group, with both ratings."""
    found = changes(views)
    if not found.comparable:
        return Html('<p class="pb-empty">{}</p>').format(NOTHING_BEFORE)
    if not found.named:
        return Html('<p class="pb-empty">与{}相比，各项目标的状态没有变化。</p>').format(
            previous.label
        )
    group = Html(
        '<section class="pb-change"><h3>{}<span>{}项</span></h3>\n<ul>\n{}\n</ul></section>'
    )
    lists = (
        group.format(name, len(own), lines(_item(view) for view in own))
        for name, own in found.named
    )
    return Html('<div class="pb-changes">\n{}\n</div>').format(lines(lists))


def _item(view: GoalView) -> Markup:
    return Html(
        '<li><a href="{}">{}</a><span class="pb-from-to">{}'
        '<span class="pb-arrow" role="img" aria-label="变为">→</span>{}</span></li>'
    ).format(
        goal_address("", view.id),
        view.name,
        rating_chip(_before(view)),
        rating_chip(view.verdict.rating, verdict_remark(view)),
    )


def changes_table(
    views: Iterable[GoalView], previous: Edition, reasons: Mapping[str, ChangeReasonRow]
) -> Table:
    """Return the goals whose rating differs from the edition before, grouped by what happened.

    Parameters
    ----------
    reasons
        Why, by goal, where it is known.
    """

    def why(view: GoalView) -> str:
        row = reasons.get(view.id)
        return reason_group(row) if row else ABSENT

    cells: Cells[GoalView] = {
        Column("指标名称"): goal_link,
        Column("上期状态", "mark"): lambda view: rating(_before(view)),
        Column("本期状态", "mark"): verdict_cell,
        Column("主要原因"): why,
        Column("数据时期", "period"): lambda view: period(view.latest_label),
        Column("章节", "mark"): lambda view: view.chapter.title,
    }
    groups = tuple(
        Rows(rows_of(cells, own), f"{name}（{len(own)}项）") for name, own in changes(views).named
    )
    caption = f"与{previous.label}相比状态有变化的目标"
    return Table("changes", caption, tuple(cells), groups, empty="没有目标的状态发生变化。")


def _before(view: GoalView) -> Rating:
    return view.verdict.previous_rating or view.verdict.rating
