"""What the notebook 数据质量 calls: who reported, what was wrong, what was revised or corrected."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.notebook.page import Page, of_book
from planbook.present.tables import quality_tables
from planbook.present.tables.commentary_box import commentary_table


@dataclass(frozen=True, eq=False)
class Quality(Page):
    """What the data of this edition rest on."""

    submissions = of_book(quality_tables.submissions_table)
    punctuality = of_book(quality_tables.punctuality_table)
    findings = of_book(quality_tables.findings_table)
    revised = of_book(quality_tables.revisions_lead)
    revisions = of_book(quality_tables.revisions_table)
    corrections = of_book(quality_tables.corrections_table)
    commentary = of_book(commentary_table)
    baselines = of_book(quality_tables.baselines_table)
