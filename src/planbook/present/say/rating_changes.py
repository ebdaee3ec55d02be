"""Which goals changed their rating since the edition before, from what to what.

A rating won or lost for want of data is neither better nor worse: it is told apart. Messages, the
first screen and the table of changes all rest on `changes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planbook.present.say.sentences import RATING_ORDER
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

NOTHING_BEFORE = "本期为第一期，没有可比的上期。"
NO_REASONS = "本期状态的变化没有记录原因。"  # in tables of a time before they were kept
WORSE, BETTER = "转差", "好转"
GROUPS = (WORSE, BETTER, "新作判定", "转为无法判定")  # those for the worse first


@dataclass(frozen=True)
class Changes:
    """The goals whose rating changed, each once, in the plan's order.

    Attributes
    ----------
    comparable
        Whether there is an edition before at all.
    named
        The groups that have members, by name, those for the worse first.
    """

    comparable: bool
    named: tuple[tuple[str, tuple[GoalView, ...]], ...]


def changes(views: Iterable[GoalView]) -> Changes:
    """Return what became of each rating since the edition before."""
    known = [view for view in views if view.verdict.previous_rating is not None]
    grouped = {name: tuple(v for v in known if became_of(v) == name) for name in GROUPS}
    return Changes(bool(known), tuple((name, own) for name, own in grouped.items() if own))


def from_to(view: GoalView) -> str:
    """Return the change in words: 达序时→滞后."""
    return f"{view.verdict.previous_rating or view.verdict.rating}→{view.verdict.rating}"


def became_of(view: GoalView) -> str:
    """Return the group that a goal belongs to; empty where its rating is as it was."""
    before, now = view.verdict.previous_rating, view.verdict.rating
    return "" if before is None or before is now else became(before, now)


def became(before: Rating, now: Rating) -> str:
    """Return the group of a rating that is another than before."""
    if before is Rating.NOT_ASSESSABLE:
        return "新作判定"
    if now is Rating.NOT_ASSESSABLE:
        return "转为无法判定"
    return BETTER if RATING_ORDER.index(now) < RATING_ORDER.index(before) else WORSE
