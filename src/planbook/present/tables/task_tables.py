"""The tables of yearly tasks: units by months (打表), every task; a goal's, a unit's; proposals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planbook.periods import TimePeriod
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.say.task_words import (
    NONE_DUE,
    board_title,
    due_note,
    due_title,
    due_words,
    goal_title,
    how_to_read,
    is_blocked,
    late_words,
    month_words,
    no_tasks,
    nothing_pending,
    overdue_words,
    pending_due_note,
    pending_title,
    pending_words,
    progress_note,
    share_words,
    unit_words,
    year_words,
)
from planbook.present.tables.alert_tables import subject
from planbook.present.tables.cells import Cell, Column, Rows, counted, figure, words
from planbook.present.tables.table import Cells, FoldedTable, Table, rows_of, without
from planbook.present.tasked import (
    Tally,
    by_due,
    by_unit,
    months_of_year,
    tasks_ahead,
    tasks_due,
    tasks_of_goal,
    tasks_of_year,
)
from planbook.present.views import GoalView
from planbook.task_frames import PendingTaskRow, TaskRow

BOARD = "task-board"
_MANY = 1000  # more tasks than any month of a unit has


def board_table(book: Book) -> Table:
    """Return the tasks of the edition's year: a row a unit, a column a month, done of all."""
    rows, months = tasks_of_year(book), months_of_year(book)
    before = any(row.due_month < months[0] for row in rows)
    columns = (
        Column("单位"),
        *(Column(head, "number") for head in ("全年", "完成", "逾期")),
        *((Column("此前", "number"),) if before else ()),
        *(Column(month_words(month), "number") for month in months),
    )
    lines = [
        (words(book.plan.unit(unit).short), *_line(own, months, before=before))
        for unit, own in by_unit(book, rows).items()
    ]
    total = (words("合计"), *_line(rows, months, before=before))
    groups = (Rows(tuple(lines)), Rows((total,))) if len(lines) > 1 else (Rows(tuple(lines)),)
    return Table(
        BOARD,
        board_title(book),
        columns,
        groups,
        how_to_read(before=before),
        no_tasks(book, year_words(book)),
        sortable=True,
    )


def _line(rows: Sequence[TaskRow], months: Sequence[TimePeriod], *, before: bool) -> list[Cell]:
    groups = [[row for row in rows if row.due_month == month] for month in months]
    if before:
        groups.insert(0, [row for row in rows if row.due_month < months[0]])
    whole = Tally.of(rows)
    return [
        counted(whole.all),
        counted(whole.done),
        counted(whole.overdue),
        *(_share(Tally.of(group)) for group in groups),
    ]


def _share(tally: Tally) -> Cell:
    """Return done of all; it sorts by what is late, then by what is open."""
    if not tally.all:
        return figure(numbers.ABSENT)
    weight = tally.overdue * _MANY + tally.all - tally.done
    return figure(share_words(tally), weight, late_words(tally))


def tasks_table(book: Book) -> Table:
    """Return every task of the edition's year, folded by unit, overdue and next due first."""
    return _by_unit(book, "tasks", "任务清单", tasks_of_year(book))


def due_table(book: Book) -> Table:
    """Return the open tasks of the edition's year by month, folded, the overdue first and open."""
    cells: Cells[TaskRow] = {_UNIT: lambda row: _unit(book, row), **_cells(book)}
    late, months = tasks_due(book)
    groups = [(overdue_words(late), late)] if late else []
    groups += [(due_words(month, own), own) for month, own in months.items()]
    return FoldedTable(
        "tasks-due",
        due_title(book),
        tuple(cells),
        tuple(Rows(rows_of(cells, own), heading) for heading, own in groups) or (Rows(()),),
        empty=NONE_DUE,
        unfolded=frozenset(heading for heading, _ in groups[:1]),
    )


def ahead_table(book: Book) -> Table:
    """Return the tasks of later years that are agreed already, by unit."""
    return _by_unit(book, "tasks-ahead", "以后年度已核定的任务", tasks_ahead(book))


def pending_table(book: Book) -> Table:
    """Return what units propose and nobody has agreed, and what the edition declined."""
    cells: dict[Column, Callable[[PendingTaskRow], Cell | str]] = {
        Column("年度任务"): lambda row: words(row.task, mark=row.deliverable),
        Column("举措或目标"): lambda row: subject(book, row),
        Column("提出单位", "mark"): lambda row: book.plan.unit(row.submitting_unit).short,
        Column("时限", "period"): lambda row: words(
            row.due_month.words, sort=str(row.due_month), mark=pending_due_note(row)
        ),
        Column("提出期", "period"): lambda row: words(
            row.proposed_in.label, sort=str(row.proposed_in)
        ),
        Column("状况"): pending_words,
    }
    rows = Rows(rows_of(cells, book.rows.pending_tasks))
    empty = nothing_pending(book)
    return Table("tasks-pending", pending_title(book), tuple(cells), (rows,), empty=empty)


def _by_unit(book: Book, id: str, what: str, rows: Sequence[TaskRow]) -> Table:
    cells = _cells(book)
    groups = [
        Rows(rows_of(cells, by_due(own)), unit_words(book.plan.unit(unit).name, own))
        for unit, own in by_unit(book, rows).items()
    ]
    return FoldedTable(
        id,
        book.edition.label + what,
        tuple(cells),
        tuple(groups) or (Rows(()),),
        empty=no_tasks(book),
    )


def goal_tasks_table(book: Book, view: GoalView) -> Table:
    """Return the tasks about a goal."""
    cells = without(_cells(book), _SUBJECT) | {_UNIT: lambda row: _unit(book, row)}
    rows = Rows(rows_of(cells, tasks_of_goal(book, view.id)))
    return Table("goal-tasks", goal_title(view.name), tuple(cells), (rows,))


def own_tasks_table(book: Book, tasks: Sequence[TaskRow]) -> Table:
    """Return tasks of one unit, the overdue and the next due first."""
    cells = _cells(book)
    rows = Rows(rows_of(cells, by_due(tasks)))
    return Table("own-tasks", "本单位的年度任务", tuple(cells), (rows,))


_SUBJECT, _UNIT = Column("举措或目标"), Column("单位", "mark")


def _cells(book: Book) -> dict[Column, Callable[[TaskRow], Cell | str]]:
    return {
        Column("年度任务"): lambda row: words(row.task, mark=row.deliverable),
        _SUBJECT: lambda row: subject(book, row),
        Column("时限", "period"): lambda row: words(
            row.due_month.words, sort=str(row.due_month), mark=due_note(row)
        ),
        Column("状况", "mark"): _state,
        Column("进展与佐证"): progress_note,
    }


def _unit(book: Book, row: TaskRow) -> str:
    return book.plan.unit(row.submitting_unit).short


def _state(row: TaskRow) -> Cell:
    """Return where a task stands; that it is 受阻 stands beside."""
    mark = "受阻" if is_blocked(row) else ""
    return Cell(row.task_state.label, "status", mark=mark)
