"""Why goals changed since the edition before: a goal's parts, all goals by their main reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planbook.present import numbers
from planbook.present.addresses import DOWNLOADS
from planbook.present.book import Book
from planbook.present.say import table_words
from planbook.present.say.change_parts import printed_change
from planbook.present.say.change_sentences import REASONS, reason_group
from planbook.present.say.edition_states import edition_before
from planbook.present.say.rating_changes import GROUPS, NO_REASONS, NOTHING_BEFORE, became, changes
from planbook.present.tables.cells import Cell, Column, counted_if_any, figure, rating, words
from planbook.present.tables.goal_tables import goal_link
from planbook.present.tables.table import Cells, Table, listing, plain
from planbook.watch_frames import ChangeReasonRow

STEPS_CSV = f"{DOWNLOADS}/change_steps.csv"  # from the book's root


def parts_table(row: ChangeReasonRow) -> Table | None:
    """Return both paces with the parts between, which add up as printed; ``None`` without parts."""
    change = printed_change(row)
    if change is None:
        return None
    rows = [
        (words(table_words.pace_in(row.compared_with.label)), figure(numbers.grouped(change.old))),
        *(
            (words(factor.label), figure(numbers.signed(part) if part else numbers.ABSENT))
            for factor, part in change.parts.items()
        ),
        (words(table_words.pace_in(row.edition.label)), figure(numbers.grouped(change.new))),
    ]
    columns = (Column("项目"), Column("进度比", "number"))
    return plain("change-parts", "进度比变化的构成", columns, rows, note=table_words.PARTS_NOTE)


def by_reason_table(book: Book) -> Table:
    """Return how many goals moved for each main reason: ratings by what became of them, and paces.

    A goal counts once, by its main reason.
    """
    rows = book.rows.change_reasons
    moved = [row for row in rows if row.old_rating is not row.new_rating]
    still = [row for row in rows if row.old_rating is row.new_rating]

    def count(own: Iterable[ChangeReasonRow], group: str = "") -> Callable[[str], Cell]:
        of_group = [row for row in own if not group or _became(row) == group]
        return lambda name: counted_if_any(sum(reason_group(row) == name for row in of_group))

    cells: Cells[str] = {
        Column("主要原因"): lambda name: name,
        **{Column(group, "number"): count(moved, group) for group in GROUPS},
        Column("状态|变化合计", "number"): count(moved),
        Column("仅进度比|变化", "number"): count(still),
    }
    shown = [name for name in REASONS if any(reason_group(row) == name for row in rows)]
    unknown = NO_REASONS if changes(book.views.values()).named else table_words.NO_GOAL_CHANGED
    empty = NOTHING_BEFORE if book.is_first else unknown
    caption = table_words.by_reason_caption(edition_before(book))
    return listing("changes-by-reason", caption, cells, shown, empty=empty)


def moved_table(book: Book) -> Table:
    """Return the goals whose rating changed, with the main reason: what the chart is drawn from."""
    cells: Cells[ChangeReasonRow] = {
        Column("指标名称"): lambda row: goal_link(book.views[row.goal_id]),
        Column("上期状态", "mark"): lambda row: rating(row.old_rating),
        Column("本期状态", "mark"): lambda row: rating(row.new_rating),
        Column("主要原因"): reason_group,
    }
    rows = [row for row in book.rows.change_reasons if row.old_rating is not row.new_rating]
    caption = table_words.moved_caption(book.previous().label)
    return listing("moved-goals", caption, cells, rows, empty=table_words.NO_RATING_CHANGED)


def _became(row: ChangeReasonRow) -> str:
    return became(row.old_rating, row.new_rating)
