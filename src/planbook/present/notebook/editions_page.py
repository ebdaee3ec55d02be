"""What the notebook 各期变化 calls: goals by rating in every edition, and what changed between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.present.escaping import markdown
from planbook.present.notebook.page import Page, of_book
from planbook.present.prose import Prose
from planbook.present.say.edition_states import correction_notice
from planbook.present.say.notebook_words import NO_GOALS_TO_COUNT
from planbook.present.tables import edition_tables

if TYPE_CHECKING:
    from planbook.present.charts.figure import Figure


@dataclass(frozen=True, eq=False)
class EditionsPage(Page):
    """All editions so far on one page."""

    def counts_figure(self) -> Figure | Prose:
        """Return a row of bars a rating, or a sentence for a plan without goals."""
        from planbook.present.charts.edition_counts import edition_counts  # noqa: PLC0415 - matplotlib, 0.5 s

        chart = edition_counts(self.book.rating_counts, source=self.book.source("各填报单位"))
        return chart or Prose(NO_GOALS_TO_COUNT)

    def correction(self) -> Prose | None:
        """Return what a correction edition says of itself; nothing in others."""
        said = correction_notice(self.book)
        return Prose(markdown(said)) if said else None

    corrections = of_book(edition_tables.edition_corrections_table)
    methods = of_book(edition_tables.method_changes_table)
    counts = of_book(edition_tables.edition_counts_table)
    record = of_book(edition_tables.record_table)
    steps = of_book(edition_tables.steps_table)
