"""Which goals' ratings moved since the edition before, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planbook.present.book import Book
from planbook.present.say.change_sentences import change_cause
from planbook.present.say.rating_changes import BETTER, GROUPS, changes, from_to
from planbook.present.say.table_words import remarks
from planbook.present.views import GoalView
from planbook.present.written_reasons import reason_of_change

FOR_THE_WORSE = tuple(group for group in GROUPS if group != BETTER)


@dataclass(frozen=True)
class Moved:
    """A goal whose rating is another than in the edition before.

    Attributes
    ----------
    became
        One of `GROUPS`.
    change
        Both ratings: 达序时→滞后.
    why
        A clause without a full stop: what made the rating another, then what people wrote of it;
        empty where the reason was not kept.
    """

    view: GoalView
    became: str
    change: str
    why: str


def moved(book: Book, groups: Iterable[str] = GROUPS) -> tuple[Moved, ...]:
    """Return the goals that moved, those for the worse first, in the plan's order."""
    wanted = set(groups)
    return tuple(
        Moved(view, name, from_to(view), _why(book, view))
        for name, own in changes(book.views.values()).named
        if name in wanted
        for view in own
    )


def _why(book: Book, view: GoalView) -> str:
    cause = cause_of(book, view)
    return remarks((cause, reason_of_change(book, view))) if cause else ""


def cause_of(book: Book, view: GoalView) -> str:
    """Return why a goal is rated otherwise than before; empty where that is not known."""
    row = book.change_reasons.get(view.id)
    return change_cause(view, row) if row is not None else ""
