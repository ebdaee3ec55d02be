"""What the notebook 预警与变化 calls: what somebody has to see to, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.escaping import markdown
from planbook.present.notebook.page import Page, of_book
from planbook.present.prose import Prose
from planbook.present.say.watch_sentences import watch_sentences
from planbook.present.tables import action_tables, alert_tables


@dataclass(frozen=True, eq=False)
class WatchlistPage(Page):
    """Warnings and actions of this edition on one page."""

    def lead(self) -> Prose:
        """Return how many warnings and actions there are, and on how many nobody acts."""
        return Prose(markdown(watch_sentences(self.book)))

    overdue = of_book(action_tables.overdue_table)
    alerts = of_book(alert_tables.alerts_table)
    cleared = of_book(alert_tables.cleared_table)
    actions = of_book(action_tables.open_table)
    closed = of_book(action_tables.closed_table)
