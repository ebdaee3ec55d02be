"""The goals whose rating changed since the edition before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planbook.periods import Edition
from planbook.present.numbers import ABSENT
from planbook.present.say import table_words
from planbook.present.say.change_sentences import reason_group
from planbook.present.say.rating_changes import changes
from planbook.present.tables.cells import Column, Rows, period, rating
from planbook.present.tables.goal_tables import goal_link, verdict_cell
from planbook.present.tables.table import Cells, Table, rows_of
from planbook.present.views import GoalView
from planbook.vocabulary import Rating
from planbook.watch_frames import ChangeReasonRow


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
        Rows(rows_of(cells, own), table_words.counted_heading(name, len(own)))
        for name, own in changes(views).named
    )
    caption = table_words.changed_rating_caption(previous.label)
    return Table("changes", caption, tuple(cells), groups, empty=table_words.NO_RATING_CHANGED)


def _before(view: GoalView) -> Rating:
    return view.verdict.previous_rating or view.verdict.rating
