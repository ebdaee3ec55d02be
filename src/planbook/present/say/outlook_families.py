"""Goals on one indicator are one family: what is expected of them rests on one series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planbook.grouping import grouped
from planbook.present.book import Book
from planbook.present.say.outlook_sentences import likelihood_words
from planbook.present.views import GoalView


def family_of(book: Book, view: GoalView) -> list[GoalView]:
    """Return the other goals on a goal's indicator, in the plan's order."""
    return [book.views[goal.id] for goal in book.plan.family(view.goal) if goal.id != view.id]


def family_sentence(book: Book, view: GoalView) -> str:
    """Return the likelihoods of the goals on the same indicator; empty where there are none."""
    told = [(other.name, likelihood_words(other)) for other in family_of(book, view)]
    said = "；".join(f"「{name}」达标{words}" for name, words in told if words)
    if not said or not likelihood_words(view):
        return ""
    return f"与本目标同一指标的{said}：依据同一数列，不是各自独立的判断。"


def families(views: Iterable[GoalView]) -> list[Sequence[GoalView]]:
    """Return the goals by indicator, in the plan's order."""
    return list(grouped(views, lambda view: view.indicator.id).values())
