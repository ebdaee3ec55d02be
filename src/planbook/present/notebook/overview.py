"""What the notebook 总览 calls: state of all goals, messages, scoreboard, changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from planbook.present.addresses import TO_ROOT, goal_address
from planbook.present.escaping import Html, lines, markdown
from planbook.present.notebook.page import Page
from planbook.present.pages.rating_counts import state
from planbook.present.prose import Prose
from planbook.present.say.messages import Message, key_messages
from planbook.present.say.sentences import headline
from planbook.present.say.table_words import sentence
from planbook.present.tables.changes import changes_table
from planbook.present.tables.goal_tables import counts_table
from planbook.present.tables.scoreboard import Scoreboard, scoreboard
from planbook.present.tables.table import Table
from planbook.present.views import GoalView

if TYPE_CHECKING:
    from planbook.present.charts.figure import Figure


@dataclass(frozen=True, eq=False)
class Overview(Page):
    """All goals on one page."""

    @property
    def _views(self) -> list[GoalView]:
        return list(self.book.views.values())

    def state(self) -> Prose:
        """Return the number and share of goals by rating."""
        shown = state(self._views, f"{TO_ROOT}{self.book.board}")
        return Prose(markdown(sentence(headline(self._views))), shown)

    def messages(self) -> Prose:
        """Return the key messages as a list; the goals they name are links."""
        messages = key_messages(self.book)
        items = lines(Html("<li>{}</li>").format(_linked(message)) for message in messages)
        said = "\n".join(f"- {markdown(str(message))}" for message in messages)
        return Prose(said, Html('<ul class="pb-messages">\n{}\n</ul>').format(items))

    def state_figure(self) -> Figure:
        """Return one mark a goal, a row a chapter."""
        from planbook.present.charts.summaries import state_overview  # noqa: PLC0415 - matplotlib, 0.5 s

        return state_overview(
            self._views, source=self.book.source("各填报单位"), period=self.book.edition.label
        )

    def counts(self) -> Table:
        """Return the number of goals by chapter and rating."""
        return counts_table(self.book.plan, self._views)

    def scoreboard(self) -> Scoreboard:
        """Return every goal with rating, value, target, completion and pace."""
        return scoreboard(self._views)

    def changes(self) -> Table:
        """Return the goals whose rating changed since the edition before, by what happened."""
        return changes_table(self._views, self.book.previous(), self.book.change_reasons)


def _linked(message: Message) -> Markup:
    """Return a message whose goals are links."""
    link = Html('<a href="{}">{}</a>')
    return Html("").join(
        link.format(goal_address(TO_ROOT, piece.id), piece.name)
        if isinstance(piece, GoalView)
        else piece
        for piece in message.pieces
    )
