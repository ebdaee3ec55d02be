"""Which goals say something else than in another edition: value, rating or reason, side by side.

The other edition may be of an older plan, so a goal may stand on one side only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planbook.frames import Verdict
from planbook.present import numbers
from planbook.present.addresses import goal_address
from planbook.present.say import table_words
from planbook.present.tables.cells import Cell, Column, link, words
from planbook.present.tables.goal_tables import value_cell, verdict_cell
from planbook.present.tables.table import Cells, Table, listing
from planbook.present.views import GoalView


@dataclass(frozen=True)
class GoalChange:
    """A goal as the other edition had it and as it stands now; ``None``: not in that edition."""

    before: GoalView | None
    now: GoalView | None

    @property
    def name(self) -> str:
        return self._shown.name

    @property
    def what(self) -> str:
        """What differs, in a word or two."""
        if self.before is None:
            return "新增"
        if self.now is None:
            return "不再列出"
        old, new = self.before.verdict, self.now.verdict
        told = {
            "数值": _value(old) != _value(new),
            "状态": _rating(old) != _rating(new),
            "原因": old.reason is not new.reason and old.rating is new.rating,
        }
        return "、".join(word for word, differs in told.items() if differs)

    def __str__(self) -> str:
        return table_words.change_of_goal(self.name, self.what, _said(self.before), _said(self.now))

    @property
    def _shown(self) -> GoalView:
        shown = self.now or self.before
        if shown is None:
            raise ValueError("a change of nothing")
        return shown


def goal_changes(
    now: Mapping[str, GoalView], before: Mapping[str, GoalView]
) -> tuple[GoalChange, ...]:
    """Return the goals that differ in value, rating or reason, in the order of `now`."""
    found = (GoalChange(before.get(id), now.get(id)) for id in dict.fromkeys([*now, *before]))
    return tuple(change for change in found if change.what)


def changed_goals_table(changes: Sequence[GoalChange], before: str, root: str) -> Table:
    """Return a row a changed goal: both values with their periods, both ratings.

    Parameters
    ----------
    before
        What the other edition is called.
    root
        Leads from the page to the folder of the book that `now` is of.
    """
    cells: Cells[GoalChange] = {
        Column("指标名称"): lambda its: _name(its, root),
        Column("不同之处", "mark"): lambda its: its.what,
        Column(table_words.value_then(before), "number"): lambda its: _value_cell(its.before),
        Column("现在数值", "number"): lambda its: _value_cell(its.now),
        Column(table_words.rating_then(before), "mark"): lambda its: _rating_cell(its.before),
        Column("现在状态", "mark"): lambda its: _rating_cell(its.now),
    }
    caption = table_words.changed_caption(before)
    return listing("changed-goals", caption, cells, changes, empty=table_words.ALL_THE_SAME)


def _value(verdict: Verdict) -> tuple[object, ...]:
    return verdict.latest_value, verdict.latest_period, verdict.latest_status


def _rating(verdict: Verdict) -> tuple[object, ...]:
    return verdict.rating, verdict.rating_provisional


def _said(view: GoalView | None) -> str:
    if view is None:
        return "无"
    return table_words.stood(view.latest_words, view.latest_label, view.rating_words)


def _name(change: GoalChange, root: str) -> Cell:
    if change.now is None:
        return words(change.name)
    return link(change.name, goal_address(root, change.now.id))


def _value_cell(view: GoalView | None) -> Cell:
    return value_cell(view, below=view.latest_label) if view else words(numbers.ABSENT)


def _rating_cell(view: GoalView | None) -> Cell:
    return verdict_cell(view) if view else words(numbers.ABSENT)
