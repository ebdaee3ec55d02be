"""What went well in an edition: goals that came back, measures carried out, actions closed."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.book import Book
from planbook.present.briefing.moved import moved
from planbook.present.say import briefing_words
from planbook.present.say.action_words import open_ended, subject_name
from planbook.present.say.rating_changes import BETTER
from planbook.present.say.table_words import remarks
from planbook.present.views import GoalView
from planbook.present.watched import closed_actions
from planbook.vocabulary import MeasureStatus


@dataclass(frozen=True)
class Success:
    """Something that went well: what it is about, the goal where it is one, and what happened."""

    about: str
    said: str
    view: GoalView | None = None


def successes(book: Book) -> tuple[Success, ...]:
    """Return the goals rated better than before, then measures done, then actions closed."""
    goals = [
        Success(each.view.name, remarks((each.change, each.why)), each.view)
        for each in moved(book, (BETTER,))
    ]
    measures = [
        Success(row.title, briefing_words.measure_is(str(row.status)))
        for row in book.rows.measures
        if row.status is MeasureStatus.DONE and row.previous_status not in (None, row.status)
    ]
    closed = [
        Success(subject_name(book, row), briefing_words.action_closed(open_ended(row.closure)))
        for row in closed_actions(book)
    ]
    return (*goals, *measures, *closed)
