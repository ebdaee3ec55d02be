"""The sheets of warnings and actions: rows for people, in the workbook of a book and of a pack."""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.say.action_words import (
    CLOSED,
    NO_REPLY,
    answer_words,
    reply_words,
    subject_name,
)
from planbook.present.say.alert_sentences import alert_sentence
from planbook.present.watched import closed_actions, open_actions, standing_alerts
from planbook.produce.downloads.sheet_model import Sheet, told
from planbook.watch_frames import ActionRow


def watch_sheets(book: Book) -> tuple[Sheet, Sheet]:
    """Return both sheets; one may have no rows."""
    return (alerts_sheet(book), actions_sheet(book))


def alerts_sheet(book: Book) -> Sheet:
    """Return this edition's warnings, the gravest first."""
    columns = (
        told("预警", 18, lambda row: row.alert_rule.label),
        told("对象", 30, lambda row: subject_name(book, row)),
        told("情况", 60, lambda row: alert_sentence(book, row)),
        told("单位", 24, lambda row: book.plan.unit(row.submitting_unit).name),
        told("起于", 10, lambda row: row.since),
        told("督办", 44, lambda row: answer_words(book, row)),
        told("目标编号", 30, lambda row: row.goal_id),
        told("举措编号", 26, lambda row: row.measure_id),
        told("规则", 22, lambda row: row.alert_rule),
    )
    title = f"{book.edition.label}预警"
    return Sheet("预警", title, columns, standing_alerts(book), frozen=2, printed=6)


def actions_sheet(book: Book) -> Sheet:
    """Return the open actions and those that this edition closed."""
    columns = (
        told("督办事项", 44, lambda row: row.task),
        told("对象", 30, lambda row: subject_name(book, row)),
        told("责任单位", 24, lambda row: book.plan.unit(row.submitting_unit).name),
        told("办结期限", 10, lambda row: row.due_month),
        told("最初的期限", 10, lambda row: row.first_due_month),
        told("逾期", 8, lambda row: "是" if row.overdue else ""),
        told("状态", 10, _state),
        told("办理情况", 50, reply_words),
        told("销号情况", 30, lambda row: row.closure),
        told("交办依据", 26, lambda row: row.decided_in),
        told("交办期号", 10, lambda row: row.opened),
        told("督办编号", 16, lambda row: row.action_id),
    )
    rows = (*open_actions(book), *closed_actions(book))
    note = "状态和办理情况为责任单位最近一次的反馈；是否销号由交办单位确定。"
    return Sheet("督办事项", "督办事项", columns, rows, note, frozen=1, printed=9)


def _state(row: ActionRow) -> str:
    return CLOSED if row.closed_in is not None else str(row.action_status or NO_REPLY)
