"""The sheet of yearly tasks: a row a task, in the workbook of a book and of a pack."""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.say.action_words import subject_name
from planbook.present.say.task_words import due_note, progress_note
from planbook.produce.downloads.sheet_model import Sheet, told


def task_sheets(book: Book) -> tuple[Sheet]:
    """Return the sheet; it may have no rows."""
    columns = (
        told("责任单位", 22, lambda row: book.plan.unit(row.submitting_unit).name),
        told("举措或目标", 30, lambda row: subject_name(book, row)),
        told("年度任务", 40, lambda row: row.task),
        told("成果形式", 20, lambda row: row.deliverable),
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
    return (Sheet("年度任务", "年度任务", columns, book.rows.tasks, note, frozen=3, printed=9),)
