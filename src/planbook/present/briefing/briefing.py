"""All that leaders are told of an edition, as data: 导读 and the one-page brief are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planbook.present.book import Book
from planbook.present.briefing.coming import Coming, coming
from planbook.present.briefing.decisions import LISTED, Decision, decisions
from planbook.present.briefing.else_asked import Asked, asked, left_out
from planbook.present.briefing.expected import Expected, expected
from planbook.present.briefing.moved import FOR_THE_WORSE, Moved, moved
from planbook.present.briefing.successes import Success, successes
from planbook.present.escaping import listed
from planbook.present.say import briefing_words
from planbook.present.say.rating_changes import BETTER, WORSE, changes
from planbook.vocabulary import Rating

_NAMED = 2  # goals in the title


@dataclass(frozen=True)
class Briefing:
    """What an edition says to leaders.

    Attributes
    ----------
    title
        What was found, behind the edition's name: 2026年三季度进展：….
    total
        How many goals there are; the counts of `expected` add up to it.
    expected
        Always four groups.
    comparable
        Whether there is an edition before, with which `moved` compares.
    moved
        The goals rated worse than before, newly judged or judged no more; `successes` has the rest.
    decisions
        At most five; `others` counts those that are left out, `left_out` says where they are.
    asked
        What besides goals asks for a decision.
    """

    title: str
    total: int
    expected: tuple[Expected, ...]
    comparable: bool
    moved: tuple[Moved, ...]
    decisions: tuple[Decision, ...]
    others: int
    left_out: tuple[Asked, ...]
    asked: tuple[Asked, ...]
    successes: tuple[Success, ...]
    coming: tuple[Coming, ...]


def briefing(book: Book) -> Briefing:
    """Return what an edition says to leaders; of a public book, of what it shows."""
    found = decisions(book)
    return Briefing(
        title=briefing_words.title(book.edition.label, _finding(book, found)),
        total=len(book.views),
        expected=expected(book.views.values()),
        comparable=changes(book.views.values()).comparable,
        moved=moved(book, FOR_THE_WORSE),
        decisions=found[:LISTED],
        others=max(len(found) - LISTED, 0),
        left_out=left_out(book, found[LISTED:]),
        asked=asked(book),
        successes=successes(book),
        coming=coming(book),
    )


def _finding(book: Book, found: Sequence[Decision]) -> str:
    """Return the worst rating with the goals that have it, and how many ratings moved."""
    views = list(book.views.values())
    judged = [view for view in views if view.verdict.rating is not Rating.NOT_ASSESSABLE]
    fell, rose = (len(moved(book, (group,))) for group in (WORSE, BETTER))
    moves = briefing_words.ratings_moved(fell, rose)
    if not judged:
        return briefing_words.none_can_be_judged(len(views))
    if not found:
        met = all(view.verdict.rating.is_met for view in judged)
        everyone = len(judged) == len(views)
        return briefing_words.none_is_behind(met=met, all_judged=everyone) + moves
    worst = found[0].view.verdict.rating
    own = [each.view for each in found if each.view.verdict.rating is worst]
    before = {view.verdict.previous_rating for view in own}
    more = len(own) if len(own) > _NAMED else 0
    names = briefing_words.goals_named(listed([view.name for view in own], _NAMED), more)
    newly = not before & {worst, None, Rating.NOT_ASSESSABLE}
    return briefing_words.goals_are(names, worst, still=before == {worst}, newly=newly) + moves
