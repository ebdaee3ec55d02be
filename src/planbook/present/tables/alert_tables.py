"""The tables of warnings: those of an edition by rule, and those that stand no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planbook.present import watched
from planbook.present.addresses import TO_ROOT, chapter_address, goal_address
from planbook.present.book import Book
from planbook.present.say.action_words import answer_words, since_words, subject_name
from planbook.present.say.edition_states import edition_before
from planbook.present.say.rating_changes import NOTHING_BEFORE
from planbook.present.say.watch_words import (
    NOT_RECORDED,
    alerts_about,
    alerts_of,
    cleared_since,
    found_sentence,
    no_warning,
    none_cleared,
    nothing_recorded_in,
    rule_heading,
)
from planbook.present.tables.cells import Cell, Column, Rows, link, words
from planbook.present.tables.table import Cells, Table, listing, rows_of, without
from planbook.present.views import GoalView
from planbook.present.watched import cleared_alerts, is_recorded, standing_alerts
from planbook.project_frames import ProjectRow
from planbook.task_frames import PendingTaskRow, TaskRow
from planbook.watch_frames import ActionRow, AlertRow, AlertRule

_UNIT = Column("单位", "mark")


def alerts_table(book: Book) -> Table:
    """Return this edition's warnings by rule: what, how bad, whose, since when, who acts on it."""
    cells = _cells(book)
    rows = standing_alerts(book)
    groups = []
    for rule in AlertRule:
        own = [row for row in rows if row.alert_rule is rule]
        if own:
            groups.append(Rows(rows_of(cells, own), rule_heading(rule, len(own))))
    return Table(
        "alerts",
        alerts_of(book.edition.label),
        tuple(cells),
        tuple(groups) or (Rows(()),),
        empty=no_warning(book) if is_recorded(book, book.edition) else NOT_RECORDED,
    )


def _cells(book: Book) -> dict[Column, Callable[[AlertRow], Cell | str]]:
    return {
        Column("对象"): lambda row: subject(book, row),
        Column("情况"): lambda row: found_sentence(book, row),
        _UNIT: lambda row: book.plan.unit(row.submitting_unit).short,
        Column("起于", "period"): lambda row: _since(book, row),
        Column("督办"): lambda row: answer_words(book, row),
    }


def alert_cells(book: Book) -> Cells[AlertRow]:
    """Return what a list of one unit's warnings says of each."""
    return without(_cells(book), _UNIT)


def cleared_table(book: Book) -> Table:
    """Return the warnings of the edition before that stand no more."""
    cells: Cells[AlertRow] = {
        Column("对象"): lambda row: subject(book, row),
        Column("预警", "mark"): lambda row: row.alert_rule.label,
        Column("单位", "mark"): lambda row: book.plan.unit(row.submitting_unit).short,
        Column("起于", "period"): lambda row: _since(book, row),
    }
    before = edition_before(book)
    empty = NOTHING_BEFORE if book.is_first else none_cleared(book)
    if not is_recorded(book, book.previous()) or not is_recorded(book, book.edition):
        empty = nothing_recorded_in(before)
    caption = cleared_since(before)
    return listing("cleared", caption, cells, cleared_alerts(book), empty=empty)


def goal_alerts_table(book: Book, view: GoalView) -> Table:
    """Return this edition's warnings about a goal."""
    return own_alerts_table(book, watched.alerts_of(book, view.id), alerts_about(view.name))


def own_alerts_table(book: Book, rows: Sequence[AlertRow], caption: str) -> Table:
    """Return some warnings without saying what they are about."""
    cells: Cells[AlertRow] = {
        Column("预警", "mark"): lambda row: row.alert_rule.label,
        Column("情况"): lambda row: found_sentence(book, row),
        Column("起于", "period"): lambda row: _since(book, row),
        Column("督办"): lambda row: answer_words(book, row),
    }
    return listing("goal-alerts", caption, cells, rows)


def subject(book: Book, row: AlertRow | ActionRow | TaskRow | PendingTaskRow | ProjectRow) -> Cell:
    """Return what a row is about, with a link to where that is followed."""
    name = subject_name(book, row)
    if book.plan.has_goal(row.goal_id):
        return link(name, goal_address(TO_ROOT, row.goal_id))
    followed = book.measures_by_id.get(row.measure_id)
    if followed is not None:
        page = chapter_address(TO_ROOT, followed.chapter)
        return link(name, f"{page}#measures-{followed.field_id}")
    return words(name)


def _since(book: Book, row: AlertRow) -> Cell:
    return words(since_words(book, row), sort=str(row.since))
