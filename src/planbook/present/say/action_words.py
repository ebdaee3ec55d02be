"""What is said of actions, and of how warnings stand: since when, and what answers them."""

from __future__ import annotations

from planbook.periods import TimePeriod
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.escaping import listed
from planbook.present.say.measure_words import sub_item
from planbook.present.say.table_words import NONE, marks
from planbook.present.watched import (
    answers,
    is_public,
    is_unanswered,
    open_actions,
    overdue_actions,
)
from planbook.project_frames import ProjectRow
from planbook.task_frames import PendingTaskRow, TaskRow
from planbook.watch_frames import ActionRow, AlertRow

NEW = "本期"  # of a warning that did not stand in the edition before
NO_REPLY = "尚未反馈"
CLOSED = "已销号"
UNANSWERED = "尚无督办事项"


def subject_name(
    book: Book, row: AlertRow | ActionRow | TaskRow | PendingTaskRow | ProjectRow
) -> str:
    """Return by name what a row is about, or a project serves: a goal, a measure; else the unit.

    Of a goal or measure that the book does not hold, as a pack those of other units, the unit too.
    """
    if book.plan.has_goal(row.goal_id):
        return book.plan.goal(row.goal_id).name
    return measure_name(book, row.measure_id) or book.plan.unit(row.submitting_unit).name


def measure_name(book: Book, measure_id: str) -> str:
    """Return the name of a measure, or of a sub-item behind its measure's; empty: not known."""
    for measure in book.plan.measures:
        if measure.id == measure_id:
            return measure.title
        for item in measure.sub_items:
            if item.id == measure_id:
                return sub_item(measure.title, item.name)
    return ""


def since_words(book: Book, row: AlertRow) -> str:
    """Return since when a warning has stood: 本期, 2026年一季度."""
    return NEW if row.since == book.edition else row.since.label


def answer_words(book: Book, row: AlertRow) -> str:
    """Return which actions answer a warning, or for how long none does.

    A public book, which does not know all actions, says nothing where it knows none.
    """
    known = answers(book, row)
    if known:
        return "；".join(f"{open_ended(action.task)}（{due_words(action)}）" for action in known)
    if row.action_ids:
        return "已交其他单位督办"
    if is_public(book):
        return numbers.ABSENT
    if is_unanswered(book, row):
        return f"预警已持续{row.unanswered}期，{UNANSWERED}"
    return UNANSWERED


def due_words(row: ActionRow) -> str:
    """Return until when an action has to be done, and that it is late: 期限2026年9月，逾期."""
    return f"期限{row.due_month.words}{'，逾期' if row.overdue else ''}"


def due_note(row: ActionRow) -> str:
    """Return which month an action was due in at first, if another, and that it is late."""
    moved = first_due(row.first_due_month, row.due_month)
    return marks((moved, "逾期" if row.overdue else ""))


def first_due(first: TimePeriod, due: TimePeriod) -> str:
    return f"原定{first.words}" if first != due else ""


def actions_about(name: str) -> str:
    return f"{name}的督办事项"


def no_action_that_is(book: Book, which: str) -> str:
    """Return that there is none; a public book knows the public ones only."""
    return f"公开的督办事项中没有{which}。" if is_public(book) else NONE


def reply_words(row: ActionRow) -> str:
    """Return what the unit last replied, and when; that it never did."""
    if row.replied_in is None:
        return NO_REPLY
    return f"{open_ended(row.reply) or '未说明'}（{row.replied_in.label}）"


def open_ended(text: str) -> str:
    """Return a text that somebody wrote without its full stop, so that more can follow."""
    return text.rstrip("。 ")


def actions_counted(book: Book, *, named: bool = True) -> str:
    """Return how many actions are open and how many of them late; empty for none.

    Parameters
    ----------
    named
        Whether the units that are late are named.
    """
    rows, late = open_actions(book), overdue_actions(book)
    if not rows:
        return ""
    units = [book.plan.unit(row.submitting_unit).short for row in late]
    whose = f"（{listed(list(dict.fromkeys(units)))}）" if named else ""
    behind = f"，其中逾期{len(late)}项{whose}" if late else ""
    only = "（只计公开的）" if is_public(book) else ""
    return f"未销号的督办事项{len(rows)}项{only}{behind}"
