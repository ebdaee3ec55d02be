"""The board of measures that need somebody: 受阻, or silent in this edition, by submitting unit.

What is blocked says since when and why, what is needed and from whom; what is silent says for how
many editions nobody has reported it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planbook.frames import MeasureRow
from planbook.grouping import grouped
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.reserve import needing, projects_of_measure
from planbook.present.say import measure_words
from planbook.present.say.action_words import due_words, open_ended
from planbook.present.say.table_words import remarks
from planbook.present.say.wording import NOT_YET_REPORTED
from planbook.present.tables import measure_tables
from planbook.present.tables.cells import Cell, Column, Rows, link, status, words
from planbook.present.tables.table import Table
from planbook.present.tasked import tasks_asking, tasks_of_measure
from planbook.present.watched import is_public, open_actions
from planbook.task_frames import TaskRow
from planbook.vocabulary import MeasureStatus
from planbook.watch_frames import ActionRow


def attention_board(book: Book) -> Table:
    """Return what is 受阻 or was not reported in this edition, by submitting unit, and how long.

    A unit that reported nothing at all is one line.
    """
    columns = (
        Column("举措"),
        Column("状态", "mark"),
        Column("持续", "period"),
        Column("领域"),
        Column("最近一次报送的进展"),
        Column("需要协调的事项"),
    )
    measures = book.rows.measures
    titles = {row.measure_id: row.title for row in measures}
    actions = grouped(open_actions(book), lambda row: row.measure_id)
    groups = []
    for unit in book.plan.units:
        own = [row for row in measures if row.submitting_unit == unit.id]
        blocked = [row for row in own if is_blocked(row)]
        quiet = [row for row in own if measure_tables.silent(row)]
        rows = [_board_row(row, book, titles, actions[row.measure_id]) for row in blocked]
        if len(quiet) == len(own) > 1:
            rows.append(_silent_unit(quiet, book))
            said = measure_words.blocked_and_all_silent(len(blocked), len(own))
        else:
            others = [row for row in quiet if not is_blocked(row)]
            rows += [_board_row(row, book, titles, actions[row.measure_id]) for row in others]
            said = measure_words.blocked_and_silent(len(blocked), len(quiet))
        if rows:
            groups.append(Rows(tuple(rows), measure_words.board_heading(unit.name, said)))
    return Table(
        "attention",
        measure_words.board_caption(book.edition.label),
        columns,
        tuple(groups) or (Rows(()),),
        measure_words.BOARD_NOTE,
        measure_words.NO_TROUBLE,
    )


def is_blocked(row: MeasureRow) -> bool:
    """Whether a measure is 受阻 by its last report."""
    return row.status is MeasureStatus.BLOCKED


def trouble_words(measures: Sequence[MeasureRow]) -> str:
    """Return how many measures and sub-items are 受阻 and how many silent; empty for none."""
    blocked, quiet = sum(map(is_blocked, measures)), sum(map(measure_tables.silent, measures))
    return measure_words.blocked_and_silent(blocked, quiet, listed=True)


def _board_row(
    row: MeasureRow, book: Book, titles: Mapping[str, str], actions: Iterable[ActionRow]
) -> tuple[Cell, ...]:
    name = measure_words.sub_item(titles.get(row.parent_id, ""), row.title)
    return (
        words(name),
        status(row.status or "", stale=row.stale),
        _lasting(row, book),
        link(book.plan.field(row.field_id).name, measure_tables.address(row)),
        words(measure_tables.progress_words(row)),
        words(_needed(row, book, actions) or numbers.ABSENT),
    )


def _needed(row: MeasureRow, book: Book, actions: Iterable[ActionRow]) -> str:
    """Return what is needed of whom, as units report it, and which action is under way.

    Where a unit that is stuck asks for nothing and nobody acts, that is said; not in a public book,
    which shows neither.
    """
    projects, tasks = (
        projects_of_measure(book, row.measure_id),
        tasks_of_measure(book, row.measure_id),
    )
    blocked = is_blocked(row)
    said = [
        measure_words.asked_for(row.progress) if blocked else "",
        *(
            measure_words.project_needs(each.project, open_ended(each.need))
            for each in needing(projects)
        ),
        *(measure_words.task_asks(open_ended(each.task), month) for each, month in _asking(tasks)),
        *(measure_words.action_stands(open_ended(each.task), due_words(each)) for each in actions),
    ]
    found = remarks(said)
    return found if found or not blocked or is_public(book) else measure_words.NOTHING_ASKED


def _asking(tasks: Iterable[TaskRow]) -> Iterator[tuple[TaskRow, str]]:
    """Yield the tasks that a unit asks to have put off, and until when."""
    for task in tasks_asking(tasks):
        if task.asked_month is not None:
            yield task, task.asked_month.words


def _lasting(row: MeasureRow, book: Book) -> Cell:
    """Return since when it is stuck, and for how many editions it has been silent."""
    said, longest = [], 0
    if is_blocked(row) and row.status_since is not None:
        longest = book.edition.editions_since(row.status_since) + 1
        since = row.status_since.label
        how_long = book.plan.cycle.counted(longest)
        said.append(
            measure_words.blocked_since(since, how_long)
            if longest > 1
            else measure_words.BLOCKED_NOW
        )
    if row.stale:
        missed, how_long = measure_tables.silence(row, book)
        longest = max(longest, missed)
        said.append(how_long)
    return words(measure_words.trouble_lasting(said), sort=str(longest))


def _silent_unit(rows: Sequence[MeasureRow], book: Book) -> tuple[Cell, ...]:
    """Return one line for a unit none of whose measures was reported."""
    missed, said = min(measure_tables.silence(row, book) for row in rows)
    newest = max((row.last_reported for row in rows if row.last_reported), default=None)
    when = measure_words.last_reported(newest.label) if newest else NOT_YET_REPORTED
    whole = sum(not row.parent_id for row in rows)
    subs = len(rows) - whole
    named = measure_words.all_measures(whole, subs)
    stands = words("沿用") if newest else status("")
    lasting = words(said, sort=str(missed))
    blank = words(numbers.ABSENT)
    return (words(named), stands, lasting, blank, words(when), blank)
