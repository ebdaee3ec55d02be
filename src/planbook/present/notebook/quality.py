"""What the notebook 数据质量 calls: who reported, what was wrong, what was revised or corrected."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.escaping import markdown
from planbook.present.notebook.page import Page, of_book
from planbook.present.prose import Prose
from planbook.present.say.quality_words import reports_sentence
from planbook.present.tables import quality_tables
from planbook.present.tables.commentary_box import commentary_table


@dataclass(frozen=True, eq=False)
class Quality(Page):
    """What the data of this edition rest on."""

    def lead(self) -> Prose:
        """Return who reported in time, who did not, and which values are missing."""
        return Prose(markdown(reports_sentence(self.book)))

    submissions = of_book(quality_tables.submissions_table)
    punctuality = of_book(quality_tables.punctuality_table)
    findings = of_book(quality_tables.findings_table)
    revised = of_book(quality_tables.revisions_lead)
    revisions = of_book(quality_tables.revisions_table)
    corrections = of_book(quality_tables.corrections_table)
    commentary = of_book(commentary_table)
    baselines = of_book(quality_tables.baselines_table)
