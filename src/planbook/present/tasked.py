"""What an edition follows of yearly tasks: chooses and counts rows of the table `tasks`.

Their words are in `planbook.present.say.task_words`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planbook.grouping import grouped_in_order
from planbook.periods import TimePeriod
from planbook.present.book import Book
from planbook.task_frames import TaskRow, TaskState


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks there are, and how many of them stand where; dropped ones do not count."""

    states: Mapping[TaskState, int]

    @classmethod
    def of(cls, rows: Iterable[TaskRow]) -> Tally:
        return cls(Counter(row.task_state for row in rows if not row.dropped))

    @property
    def all(self) -> int:
        return sum(self.states.values())

    @property
    def done(self) -> int:
        return self.states.get(TaskState.DONE, 0)

    @property
    def overdue(self) -> int:
        return self.states.get(TaskState.OVERDUE, 0)

    @property
    def near(self) -> int:
        return self.states.get(TaskState.NEAR, 0)


def year_of(book: Book) -> int:
    """Return the year of the edition, whose tasks its board shows."""
    return book.plan.year.of(book.edition.end)


def tasks_of_year(book: Book) -> list[TaskRow]:
    """Return the tasks of the edition's year, and those of years before that it still follows."""
    year = year_of(book)
    return [row for row in book.rows.tasks if book.plan.year.of(row.due_month) <= year]


def tasks_ahead(book: Book) -> list[TaskRow]:
    """Return the tasks of later years that are agreed already."""
    year = year_of(book)
    return [row for row in book.rows.tasks if book.plan.year.of(row.due_month) > year]


def tasks_due(book: Book) -> tuple[list[TaskRow], dict[TimePeriod, list[TaskRow]]]:
    """Return the open tasks of the edition's year: those overdue, then the others by month."""
    still = by_due(row for row in tasks_of_year(book) if row.task_state.is_open)
    late = [row for row in still if row.task_state is TaskState.OVERDUE]
    rest = [row for row in still if row.task_state is not TaskState.OVERDUE]
    months = sorted({row.due_month for row in rest})
    return late, grouped_in_order(rest, lambda row: row.due_month, months)


def months_of_year(book: Book) -> tuple[TimePeriod, ...]:
    """Return the months of the edition's year."""
    year = book.plan.year
    return tuple(year.month(year_of(book), number) for number in range(1, 13))


def tasks_asking(rows: Iterable[TaskRow]) -> list[TaskRow]:
    """Return the open tasks that a unit asks to have put off, on which nobody has decided."""
    return [row for row in rows if row.asked_month is not None and row.task_state.is_open]


def tasks_of_goal(book: Book, goal_id: str) -> list[TaskRow]:
    """Return the tasks about a goal, the first due first."""
    return by_due(book.tasks_of_goals.get(goal_id, ()))


def tasks_of_measure(book: Book, measure_id: str) -> Sequence[TaskRow]:
    """Return the tasks about a measure or a sub-item, not those about its parts."""
    return book.tasks_of_measures.get(measure_id, ())


def by_unit(book: Book, rows: Iterable[TaskRow]) -> dict[str, list[TaskRow]]:
    """Return tasks by the units that have any, in the plan's order."""
    units = (unit.id for unit in book.plan.units)
    return grouped_in_order(rows, lambda row: row.submitting_unit, units)


def by_due(rows: Iterable[TaskRow]) -> list[TaskRow]:
    """Return tasks with those that are overdue first, then by month; what is over comes last."""
    order = list(TaskState)
    late = {TaskState.DONE: 1, TaskState.DROPPED: 2}

    def place(row: TaskRow) -> tuple[int, TimePeriod, int, str]:
        state = row.task_state
        return late.get(state, 0), row.due_month, order.index(state), row.task_id

    return sorted(rows, key=place)
