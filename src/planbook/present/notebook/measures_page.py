"""The page of all measures: what stands still first, then counts, then every one of them."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.escaping import markdown
from planbook.present.notebook.page import Page, of_book
from planbook.present.prose import Prose
from planbook.present.say.sentences import measures_sentence
from planbook.present.tables.measure_board import attention_board, trouble_words
from planbook.present.tables.measure_tables import (
    all_measures_table,
    chapter_counts_table,
    type_counts_table,
)


@dataclass(frozen=True, eq=False)
class MeasuresPage(Page):
    """All measures of the plan on one page."""

    def lead(self) -> Prose:
        """Return the measures by status, and how many need attention."""
        measures = self.book.rows.measures
        whole = [row for row in measures if not row.parent_id]
        subs = len(measures) - len(whole)
        said = measures_sentence(row.status for row in whole)
        also = f"方案另列明专项{subs}个，单独报送。" if subs else ""
        trouble, both = trouble_words(measures), "连同专项，" if subs else ""
        return Prose(markdown(said + also + (f"{both}{trouble}，列于下表。" if trouble else "")))

    attention = of_book(attention_board)
    by_chapter = of_book(chapter_counts_table)
    by_type = of_book(type_counts_table)
    list = of_book(all_measures_table)
