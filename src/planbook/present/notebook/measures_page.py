"""The page of all measures: what stands still first, then counts, then every one of them."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.addresses import TO_ROOT
from planbook.present.escaping import markdown
from planbook.present.notebook.page import Page
from planbook.present.prose import Prose
from planbook.present.say.sentences import measures_sentence
from planbook.present.tables.measure_board import attention_board, board_counts
from planbook.present.tables.measure_tables import (
    all_measures_table,
    chapter_counts_table,
    type_counts_table,
)
from planbook.present.tables.table import Table


@dataclass(frozen=True, eq=False)
class MeasuresPage(Page):
    """All measures of the plan on one page."""

    def lead(self) -> Prose:
        """Return the measures by status, and how many need attention."""
        frame = self.book.tables.measures
        own = frame[frame["parent_id"] == ""]
        subs = len(frame) - len(own)
        blocked, silent = board_counts(frame)
        said = measures_sentence(str(status) for status in own["status"])
        also = f"方案另列明专项{subs}个，单独报送。" if subs else ""
        need = [f"受阻{blocked}项" if blocked else "", f"本期未报{silent}项" if silent else ""]
        listed = "、".join(part for part in need if part)
        whole = "连同专项，" if subs else ""
        return Prose(markdown(said + also + (f"{whole}{listed}，列于下表。" if listed else "")))

    def attention(self) -> Table:
        """Return what is 受阻 or silent, by submitting unit, with how long."""
        book = self.book
        return attention_board(book.tables.measures, book.plan, book.edition, TO_ROOT)

    def by_chapter(self) -> Table:
        """Return the counts by chapter and status."""
        return chapter_counts_table(self.book.tables.measures, self.book.plan, TO_ROOT)

    def by_type(self) -> Table:
        """Return the counts by type and status."""
        return type_counts_table(self.book.tables.measures, self.book.plan)

    def list(self) -> Table:
        """Return every measure and sub-item."""
        return all_measures_table(self.book.tables.measures, self.book.plan, TO_ROOT)
