"""What an edition follows of key projects: chooses, counts, adds up rows of table `projects`.

Their words are in `planbook.present.say.project_words`. Amounts are in 亿元. A project is counted
once, in the stage that it is in now; one that left is counted nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from planbook.grouping import grouped_in_order
from planbook.periods import TimePeriod
from planbook.present.book import Book
from planbook.project_frames import ProjectChange, ProjectRow, ProjectStage

Amount = Literal["total_investment", "year_investment", "invested"]
LIVE = tuple(stage for stage in ProjectStage if stage.in_reserve)
CHANGES = (  # that an edition tells of, in its order
    ProjectChange.NEW,
    ProjectChange.MOVED,
    ProjectChange.SLIPPED,
    ProjectChange.BACK,
    ProjectChange.LEFT,
)


@dataclass(frozen=True, slots=True)
class Sum:
    """What some projects amount to; `missing` of them do not say it.

    Attributes
    ----------
    amount
        In 亿元; ``None`` where no project says it.
    """

    amount: float | None
    missing: int


def sum_of(rows: Iterable[ProjectRow], name: Amount) -> Sum:
    """Return the sum of one kind of amount; sums of different kinds are never added."""
    told = [getattr(row, name) for row in rows]
    known = [amount for amount in told if amount is not None]
    return Sum(math.fsum(known) if known else None, len(told) - len(known))


def live(rows: Iterable[ProjectRow]) -> list[ProjectRow]:
    """Return the projects in the reserve."""
    return [row for row in rows if row.stage.in_reserve]


def by_stage(rows: Iterable[ProjectRow]) -> dict[ProjectStage, list[ProjectRow]]:
    """Return the projects in the reserve by the stage that each is in; every stage is a key."""
    found: dict[ProjectStage, list[ProjectRow]] = {stage: [] for stage in LIVE}
    for row in live(rows):
        found[row.stage].append(row)
    return found


def entered(book: Book, rows: Iterable[ProjectRow]) -> int:
    """Return how many projects came into their stage in this edition, or in a month of it."""
    told_in = book.plan.cycle.told_in
    return sum(told_in(row.moved_in).base == book.edition.base for row in rows)


def by_change(book: Book) -> dict[ProjectChange, list[ProjectRow]]:
    """Return what this edition changed, by kind; kinds that did not occur are left out."""
    rows = (row for row in book.rows.projects if row.change in CHANGES)
    return grouped_in_order(rows, lambda row: row.change, CHANGES)


def silent(book: Book) -> list[ProjectRow]:
    """Return the projects that should have been reported in this edition and were not."""
    return [row for row in book.rows.projects if row.change is ProjectChange.SILENT]


def late(rows: Iterable[ProjectRow]) -> list[ProjectRow]:
    """Return the projects whose node is overdue, the oldest first, then those that put it off."""
    found = [row for row in rows if row.overdue or row.slipped]

    def place(row: ProjectRow) -> tuple[bool, object, int, str]:
        return not row.overdue, row.next_month, -row.slipped, row.project_id

    return sorted(found, key=place)


def overdue(rows: Iterable[ProjectRow]) -> list[ProjectRow]:
    """Return the projects whose node is overdue, the oldest first."""
    return [row for row in late(rows) if row.overdue]


def nodes_until(rows: Iterable[ProjectRow], end: TimePeriod) -> dict[TimePeriod, list[ProjectRow]]:
    """Return the projects in the reserve by the month of their next node, to the end of `end`.

    Those that are overdue are no part of it.
    """
    found: dict[TimePeriod, list[ProjectRow]] = {}
    for row in live(rows):
        month = row.next_month
        if month is not None and month <= end and not row.overdue:
            found.setdefault(month, []).append(row)
    return dict(sorted(found.items()))


def needing(rows: Iterable[ProjectRow]) -> list[ProjectRow]:
    """Return the projects in the reserve of which others have to decide or settle something."""
    return [row for row in live(rows) if row.need]


def by_unit(book: Book, rows: Iterable[ProjectRow]) -> dict[str, list[ProjectRow]]:
    """Return projects by the units that have any, in the plan's order."""
    units = (unit.id for unit in book.plan.units)
    return grouped_in_order(rows, lambda row: row.submitting_unit, units)


def by_field(book: Book, rows: Iterable[ProjectRow]) -> dict[str, list[ProjectRow]]:
    """Return projects by the field of what they serve, in the plan's order.

    Each serves one measure or goal, and so is in one field.
    """
    fields = (field.id for field in book.plan.fields)
    return grouped_in_order(rows, lambda row: row.field_id, fields)


def projects_of_goal(book: Book, goal_id: str) -> Sequence[ProjectRow]:
    """Return the projects that serve a goal."""
    return book.projects_of_goals.get(goal_id, ())


def projects_of_measure(book: Book, measure_id: str) -> Sequence[ProjectRow]:
    """Return the projects that serve a measure or a sub-item, not those that serve its parts."""
    return book.projects_of_measures.get(measure_id, ())
