"""What notebooks call about the outlook of all goals: the chart by likelihood and pace, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planbook.present.book import Book
from planbook.present.escaping import markdown
from planbook.present.prose import Prose
from planbook.present.say.outlook_words import NOTHING_TO_DRAW
from planbook.present.tables.outlook_tables import outlook_counts_table
from planbook.present.tables.table import Table

if TYPE_CHECKING:
    from planbook.present.charts.figure import Figure


class OutlookPart(Book):
    """The part of an opened book that is about the outlook."""

    def outlook_chart(self) -> Figure | Prose:
        """Return all goals by likelihood and pace, or a sentence where there is nothing to draw."""
        from planbook.present.charts.outlook_map import outlook_map  # noqa: PLC0415 - matplotlib, 0.5 s

        views = list(self.views.values())
        return outlook_map(views, self.plan.thresholds, source=self.source("各填报单位")) or Prose(
            markdown(NOTHING_TO_DRAW)
        )

    def outlook_counts(self) -> Table:
        """Return the number of goals by likelihood, and why others have none."""
        return outlook_counts_table(list(self.views.values()))
