"""The page of all measures: what stands still first, then counts, then every one of them."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.escaping import markdown
from planbook.present.notebook.page import Page, of_book
from planbook.present.prose import Prose
from planbook.present.say import measure_words
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
        also = measure_words.sub_items_also(subs)
        listed = measure_words.trouble_listed(trouble_words(measures), with_sub_items=subs > 0)
        return Prose(markdown(said + also + listed))

    attention = of_book(attention_board)
    by_chapter = of_book(chapter_counts_table)
    by_type = of_book(type_counts_table)
    list = of_book(all_measures_table)
