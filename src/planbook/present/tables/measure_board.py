"""The board of measures that need somebody: 受阻, or silent in this edition, by submitting unit.

What is blocked says since when and why; what is
silent says for how many editions nobody has reported it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planbook.frames import MeasureRow
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.say.wording import NOT_YET_REPORTED
from planbook.present.tables import measure_tables
from planbook.present.tables.cells import Cell, Column, Rows, link, status, words
from planbook.present.tables.table import Table
from planbook.vocabulary import MeasureStatus


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
    )
    measures = book.rows.measures
    titles = {row.measure_id: row.title for row in measures}
    groups = []
    for unit in book.plan.units:
        own = [row for row in measures if row.submitting_unit == unit.id]
        blocked = [row for row in own if is_blocked(row)]
        quiet = [row for row in own if measure_tables.silent(row)]
        rows = [_board_row(row, book, titles) for row in blocked]
        if len(quiet) == len(own) > 1:
            rows.append(_silent_unit(quiet, book))
            said = f"全部{len(own)}项本期未报"
        else:
            others = [row for row in quiet if not is_blocked(row)]
            rows += [_board_row(row, book, titles) for row in others]
            said = f"本期未报{len(quiet)}项" if quiet else ""
        parts = [f"受阻{len(blocked)}项" if blocked else "", said]
        if rows:
            heading = f"{unit.name}（{'，'.join(part for part in parts if part)}）"
            groups.append(Rows(tuple(rows), heading))
    return Table(
        "attention",
        f"{book.edition.label}受阻或本期未报的举措",
        columns,
        tuple(groups) or (Rows(()),),
        "专项前注明所属举措。未报的举措沿用最近一次报送的状态；已完成的不再列入。",
        "没有受阻的举措，各项举措本期均已报送。",
    )


def is_blocked(row: MeasureRow) -> bool:
    """Whether a measure is 受阻 by its last report."""
    return row.status is MeasureStatus.BLOCKED


def trouble_words(measures: Sequence[MeasureRow]) -> str:
    """Return how many measures and sub-items are 受阻 and how many silent; empty for none."""
    blocked, quiet = sum(map(is_blocked, measures)), sum(map(measure_tables.silent, measures))
    said = [f"受阻{blocked}项" if blocked else "", f"本期未报{quiet}项" if quiet else ""]
    return "、".join(part for part in said if part)


def _board_row(row: MeasureRow, book: Book, titles: Mapping[str, str]) -> tuple[Cell, ...]:
    parent = titles.get(row.parent_id, "")
    name = f"{parent}：{row.title}" if parent else row.title
    return (
        words(name),
        status(row.status or "", stale=row.stale),
        _lasting(row, book),
        link(book.plan.field(row.field_id).name, measure_tables.address(row)),
        words(measure_tables.progress_words(row)),
    )


def _lasting(row: MeasureRow, book: Book) -> Cell:
    """Return since when it is stuck, and for how many editions it has been silent."""
    said, longest = [], 0
    if is_blocked(row) and row.status_since is not None:
        longest = book.edition.editions_since(row.status_since) + 1
        since = row.status_since.label
        said.append(
            f"{since}起受阻，已{book.plan.cycle.counted(longest)}" if longest > 1 else "本期起受阻"
        )
    if row.stale:
        missed, how_long = measure_tables.silence(row, book)
        longest = max(longest, missed)
        said.append(how_long)
    return words("；".join(said), sort=str(longest))


def _silent_unit(rows: Sequence[MeasureRow], book: Book) -> tuple[Cell, ...]:
    """Return one line for a unit none of whose measures was reported."""
    missed, said = min(measure_tables.silence(row, book) for row in rows)
    newest = max((row.last_reported for row in rows if row.last_reported), default=None)
    when = f"最近一次为{newest.label}" if newest else NOT_YET_REPORTED
    whole = sum(not row.parent_id for row in rows)
    subs = len(rows) - whole
    named = f"全部{whole}项举措" + (f"和{subs}个专项" if subs else "")
    stands = words("沿用") if newest else status("")
    lasting = words(said, sort=str(missed))
    return (words(named), stands, lasting, words(numbers.ABSENT), words(when))
