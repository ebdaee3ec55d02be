"""What a notebook shows of why goals changed since the edition before, all goals together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planbook.present.book import Book
from planbook.present.prose import Prose
from planbook.present.say.notebook_words import no_rating_changed
from planbook.present.say.rating_changes import NO_REASONS, NOTHING_BEFORE, changes
from planbook.present.tables.change_tables import moved_table

if TYPE_CHECKING:
    from planbook.present.charts.figure import Figure


def changes_chart(book: Book) -> Figure | Prose:
    """Return how ratings moved and for which main reasons, or a sentence where none did."""
    from planbook.present.charts.rating_moves import rating_moves  # noqa: PLC0415 - matplotlib, 0.5 s

    if book.is_first:
        return Prose(NOTHING_BEFORE)
    before = book.previous().label
    chart = rating_moves(
        book.rows.change_reasons,
        Counter(view.verdict.rating for view in book.views.values()),
        before=before,
        source=book.source("各填报单位"),
        data=moved_table(book),
    )
    if chart is not None:
        return chart
    if changes(book.views.values()).named:
        return Prose(NO_REASONS)
    return Prose(no_rating_changed(before))
