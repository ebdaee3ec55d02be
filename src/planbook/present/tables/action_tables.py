"""The tables of actions: those overdue, those under way, those closed, and a goal's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.say.action_words import (
    CLOSED,
    NO_REPLY,
    actions_about,
    due_note,
    no_action_that_is,
    reply_words,
)
from planbook.present.tables.alert_tables import subject
from planbook.present.tables.cells import Cell, Column, words
from planbook.present.tables.table import Cells, Table, listing, without
from planbook.present.views import GoalView
from planbook.present.watched import (
    actions_of,
    closed_actions,
    open_actions,
    overdue_actions,
)
from planbook.watch_frames import ActionRow


def overdue_table(book: Book) -> Table:
    """Return the open actions whose due month is over, the longest overdue first."""
    rows, empty = overdue_actions(book), no_action_that_is(book, "逾期的")
    return _listed(book, "overdue-actions", "逾期的督办事项", rows, empty)


def open_table(book: Book) -> Table:
    """Return the open actions that are not overdue, the earliest due first."""
    rows = [row for row in open_actions(book) if not row.overdue]
    empty = no_action_that_is(book, "正在办理的")
    return _listed(book, "open-actions", "正在办理的督办事项", rows, empty)


def closed_table(book: Book) -> Table:
    """Return the actions that this edition closed, and by what."""
    cells = _cells(book) | {Column("销号情况"): lambda row: row.closure}
    rows, empty = closed_actions(book), no_action_that_is(book, "本期销号的")
    return listing("closed-actions", "本期销号的督办事项", cells, rows, empty=empty)


def goal_actions_table(book: Book, view: GoalView) -> Table:
    """Return a goal's open actions, and those that this edition closed."""
    cells = without(_cells(book) | _REPLIED, _SUBJECT)
    return listing("goal-actions", actions_about(view.name), cells, actions_of(book, view.id))


def action_cells(book: Book) -> Cells[ActionRow]:
    """Return what a list of one unit's actions says of each."""
    return without(_cells(book) | _REPLIED, _UNIT)


def own_actions_table(book: Book) -> Table:
    """Return all open actions of a unit's own book, the earliest due first."""
    return listing("own-actions", "未销号的督办事项", action_cells(book), open_actions(book))


def _listed(book: Book, id: str, caption: str, rows: Sequence[ActionRow], empty: str) -> Table:
    return listing(id, caption, _cells(book) | _REPLIED, rows, empty=empty)


_SUBJECT, _UNIT = Column("对象"), Column("单位", "mark")


def _cells(book: Book) -> dict[Column, Callable[[ActionRow], Cell | str]]:
    return {
        Column("督办事项"): lambda row: words(row.task, mark=row.decided_in),
        _SUBJECT: lambda row: subject(book, row),
        _UNIT: lambda row: book.plan.unit(row.submitting_unit).short,
        Column("期限", "period"): _due,
    }


def _due(row: ActionRow) -> Cell:
    """Return the due month, and which it was at first or that it is over."""
    return words(row.due_month.words, sort=str(row.due_month), mark=due_note(row))


def _state(row: ActionRow) -> Cell:
    """Return the status by the last reply; closed is closed, whatever was replied."""
    if row.closed_in is not None:
        return words(CLOSED)
    return Cell(str(row.action_status), "status") if row.action_status else words(NO_REPLY)


def _replied(row: ActionRow) -> str:
    if row.closed_in is not None:
        return row.closure
    return reply_words(row) if row.replied_in is not None else numbers.ABSENT


_REPLIED: dict[Column, Callable[[ActionRow], Cell | str]] = {
    Column("状态", "mark"): _state,
    Column("办理情况"): _replied,
}
