"""What the notebook 数据质量 calls: who reported, what was wrong, what was revised or corrected."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.addresses import TO_ROOT
from planbook.present.notebook.page import Page
from planbook.present.tables import quality_tables
from planbook.present.tables.commentary_box import commentaries, commentary_table
from planbook.present.tables.table import Table


@dataclass(frozen=True, eq=False)
class Quality(Page):
    """What the data of this edition rest on."""

    def submissions(self) -> Table:
        """Return who reported, late or not, in this edition."""
        return quality_tables.submissions_table(self.book.tables.submissions, self.book.edition)

    def punctuality(self) -> Table:
        """Return the units by state in every edition."""
        return quality_tables.punctuality_table(self.book.tables.submissions)

    def findings(self) -> Table:
        """Return what was wrong in this edition's submissions."""
        return quality_tables.findings_table(
            self.book.tables.findings, self.book.plan, self.book.edition
        )

    def revisions(self) -> Table:
        """Return the values that changed after they were first reported."""
        return quality_tables.revisions_table(self.book.tables.revisions, self.book.plan)

    def corrections(self) -> Table:
        """Return the declared corrections in force."""
        return quality_tables.corrections_table(self.book.tables.corrections, self.book.plan)

    def commentary(self) -> Table:
        """Return who wrote about which chapter, and whether its figures still hold."""
        return commentary_table(list(commentaries(self.book).values()))

    def baselines(self) -> Table:
        """Return which goals have a baseline, from where, and which still need one."""
        return quality_tables.baselines_table(
            list(self.book.views.values()), self.book.tables.baselines, TO_ROOT
        )
