"""The sheets of yearly tasks: a row a task, and a row a proposal, of a book and of a pack."""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.say.action_words import subject_name
from planbook.present.say.task_words import (
    due_note,
    pending_due_note,
    pending_title,
    pending_words,
    progress_note,
)
from planbook.present.watched import is_public
from planbook.produce.downloads.sheet_model import Column, Sheet, told


def task_sheets(book: Book) -> tuple[Sheet, ...]:
    """Return the sheets, which may have no rows; what nobody agreed is in no public book."""
    return (_agreed(book),) if is_public(book) else (_agreed(book), _pending(book))


def _agreed(book: Book) -> Sheet:
    columns = (
        *_of_the_task(book, "责任单位"),
        told("完成时限", 10, lambda row: row.due_month),
        told("时限说明", 20, due_note),
        told("状况", 10, lambda row: row.task_state.label),
        told("状态", 9, lambda row: row.task_status),
        told("进展与佐证", 50, progress_note),
        told("核定依据", 24, lambda row: row.decided_in),
        told("核定期号", 10, lambda row: row.opened),
        told("完成期号", 10, lambda row: row.done_in),
        told("任务编号", 22, lambda row: row.task_id),
    )
    note = "状态和进展为责任单位最近一次的填报；时限当月结束仍未完成的为逾期。"
    return Sheet("年度任务", "年度任务", columns, book.rows.tasks, note, frozen=3, printed=9)


def _pending(book: Book) -> Sheet:
    columns = (
        *_of_the_task(book, "提出单位"),
        told("时限", 10, lambda row: row.due_month),
        told("时限说明", 20, pending_due_note),
        told("状况", 50, pending_words),
        told("提出期号", 10, lambda row: row.proposed_in),
        told("任务编号", 22, lambda row: row.task_id),
    )
    rows = book.rows.pending_tasks
    return Sheet("待核定任务", pending_title(book), columns, rows, frozen=3, printed=8)


def _of_the_task(book: Book, unit: str) -> tuple[Column, ...]:
    """Return what a task is, under whose name; `unit`: the heading of that."""
    return (
        told(unit, 22, lambda row: book.plan.unit(row.submitting_unit).name),
        told("举措或目标", 30, lambda row: subject_name(book, row)),
        told("年度任务", 40, lambda row: row.task),
        told("成果形式", 20, lambda row: row.deliverable),
    )
