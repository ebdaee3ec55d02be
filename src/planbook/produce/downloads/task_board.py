"""The workbook to hang up: units by months on one sheet, and on the other a row a task.

Both are set on A3, landscape: what a meeting room calls 打表.
"""

from __future__ import annotations

from collections.abc import Callable

from planbook.periods import TimePeriod
from planbook.present.book import Book
from planbook.present.say.action_words import subject_name
from planbook.present.say.task_words import due_note, progress_note
from planbook.present.tables.task_tables import board_table
from planbook.present.tasked import by_due, by_unit, months_of_year, tasks_of_year, year_of
from planbook.produce.downloads.sheet_model import Column, Sheet, told
from planbook.task_frames import TaskRow, TaskState

NAME = "task_board.xlsx"
_UNIT, _MONTH, _COUNT = 22, 13, 7  # widths


def board_sheets(book: Book) -> tuple[Sheet, Sheet]:
    """Return both sheets; of a year without tasks they have no rows."""
    return (_board(book), _list(book))


def _board(book: Book) -> Sheet:
    """Return the table of the page: what it says, cell by cell."""
    table = board_table(book)
    heads = [column.head for column in table.columns]
    columns = tuple(_told(place, head) for place, head in enumerate(heads))
    rows = tuple(row for group in table.groups for row in group.rows)
    return Sheet(
        "打表",
        table.caption,
        columns,
        rows,
        table.note,
        frozen=1,
        filtered=False,
        poster=True,
        large=True,
        urgent=TaskState.OVERDUE.label,
    )


def _told(place: int, head: str) -> Column:
    if head in ("全年", "完成", "逾期"):
        return told(head, _COUNT, lambda row: row[place].value, "count")
    width = _MONTH if place else _UNIT
    return told(head, width, lambda row: row[place].said.replace("—", ""))


def _list(book: Book) -> Sheet:
    """Return the tasks by unit, each under the month in which it is due."""
    months = months_of_year(book)
    own = by_unit(book, tasks_of_year(book)).values()
    rows = [row for rows in own for row in by_due(rows)]
    columns = (
        told("责任单位", 18, lambda row: book.plan.unit(row.submitting_unit).short),
        told("举措或目标", 26, lambda row: subject_name(book, row)),
        told("年度任务", 34, lambda row: row.task),
        told("成果形式", 16, lambda row: row.deliverable),
        *(told(f"{month.month}月", 8, _in_month(month, months[0])) for month in months),
        told("时限说明", 16, due_note),
        told("进展与佐证", 40, progress_note),
    )
    late = TaskState.OVERDUE.label
    title = f"{book.plan.year.label(year_of(book))}任务清单，截至{book.edition.label}"
    note = "各月一栏注明当月到期任务的状况；往年到期、本年仍在跟踪的注在第一个月。"
    return Sheet("任务清单", title, columns, rows, note, frozen=3, poster=True, urgent=late)


def _in_month(month: TimePeriod, first: TimePeriod) -> Callable[[TaskRow], str]:
    return lambda row: row.task_state.label if max(row.due_month, first) == month else ""
