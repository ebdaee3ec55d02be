"""What one unit's goals still need: how much is left, and how much that is an edition or a year.

Turns the views of a unit into one table, those that need attention first. Nothing is computed here:
what is left and what is required stand in the verdicts.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.present import numbers
from planbook.present.say import goal_page_words, pack_words, table_words
from planbook.present.say.needed_words import remaining_words, required_words
from planbook.present.say.year_needed import year_needed_words
from planbook.present.tables.cells import Cell, Column, Rows, measured, words
from planbook.present.tables.goal_tables import goal_link, target_cell, verdict_cell
from planbook.present.tables.table import Cells, Table, rows_of
from planbook.present.views import GoalView
from planbook.vocabulary import Kind, Rating

NEEDING_ATTENTION = (
    Rating.REVERSING,
    Rating.FAR_BEHIND,
    Rating.MISSED,
    Rating.BEHIND,
    Rating.MET_UNSTEADY,
)
_ROOM = 7.5  # for goals on the first page, below its lines and a table of actions
_LONG = 1.25  # what a goal takes of it that says what this year needs and what later ones do


def attention(views: Sequence[GoalView]) -> list[GoalView]:
    """Return the goals that lag or may be lost again, worst first."""
    found = [view for view in views if view.verdict.rating in NEEDING_ATTENTION]
    return sorted(
        found,
        key=lambda view: (NEEDING_ATTENTION.index(view.verdict.rating), view.verdict.pace or 0.0),
    )


def needs_table(views: Sequence[GoalView]) -> Table:
    """Return all goals, grouped by what is to be done: attend to, make judgeable, keep up, met.

    Where there are more than the first page has room for, those that do well are named only: what
    they need stands with each of them later in the pack.
    """
    cells: Cells[GoalView] = {
        Column("指标名称"): goal_link,
        Column("状态", "mark"): verdict_cell,
        Column("本期值"): _value,  # of different units: nothing to align
        Column("目标"): target_cell,
        Column("还差"): lambda view: remaining_words(view) or numbers.ABSENT,
        Column("今后须"): lambda view: required_words(view) or numbers.ABSENT,
    }
    long = sum(bool(year_needed_words(view)) for view in views)
    note = pack_words.needs_note((view.cycle.per for view in views[:1]), yearly=bool(long))
    attended = attention(views)
    rest = [view for view in views if view not in attended]
    groups = {
        pack_words.TO_ATTEND_TO: attended,
        pack_words.NOT_JUDGED_NOW: [v for v in rest if v.verdict.rating is Rating.NOT_ASSESSABLE],
        pack_words.TO_KEEP_UP: [v for v in rest if v.verdict.rating is Rating.ON_COURSE],
        pack_words.REACHED: [v for v in rest if v.verdict.rating is Rating.MET],
    }
    well = (pack_words.TO_KEEP_UP, pack_words.REACHED)
    taken = len(views) + long * (_LONG - 1)
    crowded = taken > _ROOM and any(own for name, own in groups.items() if name not in well)
    named = well if crowded else ()
    shown = tuple(
        Rows(rows_of(cells, own), table_words.counted_heading(heading, len(own)))
        for heading, own in groups.items()
        if own and heading not in named
    )
    others = {name: [view.name for view in groups[name]] for name in named if groups[name]}
    note += pack_words.named_only(others)
    return Table("needs", "各项目标现状与今后所需", tuple(cells), shown or (Rows(()),), note)


def _value(view: GoalView) -> Cell:
    """Return the latest value above its period, which of a long period is the end."""
    month = view.verdict.latest_period
    if view.verdict.latest_value is None or month is None:
        return words(view.latest_words)
    long = view.kind is Kind.CUMULATIVE
    when = goal_page_words.until(month.words) if long else view.latest_label
    number, unit = numbers.number(view.verdict.latest_value, view.decimals), view.indicator.unit
    return measured(number, numbers.spoken_unit(unit), view.verdict.latest_value, below=when)
