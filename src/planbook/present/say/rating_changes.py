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


@dataclass(frozen=True)
class Changes:
    """The goals whose rating changed, each once, in the plan's order.

    Attributes
    ----------
    comparable
        Whether there is an edition before at all.
    """

    comparable: bool
    improved: tuple[GoalView, ...]
    slipped: tuple[GoalView, ...]
    gained: tuple[GoalView, ...]  # could not be judged before
    lost: tuple[GoalView, ...]  # can no longer be judged

    @property
    def named(self) -> tuple[tuple[str, tuple[GoalView, ...]], ...]:
        """The groups that have members, by name, those for the worse first."""
        groups = (
            ("转差", self.slipped),
            ("好转", self.improved),
            ("新作判定", self.gained),
            ("转为无法判定", self.lost),
        )
        return tuple((name, views) for name, views in groups if views)


def changes(views: Iterable[GoalView]) -> Changes:
    """Return what became of each rating since the edition before."""
    known = [view for view in views if view.verdict.previous_rating is not None]
    changed = [view for view in known if view.verdict.previous_rating is not view.verdict.rating]
    gained = [v for v in changed if v.verdict.previous_rating is Rating.NOT_ASSESSABLE]
    lost = [v for v in changed if v.verdict.rating is Rating.NOT_ASSESSABLE]
    judged = [v for v in changed if v not in gained and v not in lost]
    return Changes(
        comparable=bool(known),
        improved=tuple(view for view in judged if _step(view) > 0),
        slipped=tuple(view for view in judged if _step(view) < 0),
        gained=tuple(gained),
        lost=tuple(lost),
    )


def from_to(view: GoalView) -> str:
    """Return the change in words: 达序时→滞后."""
    return f"{view.verdict.previous_rating or view.verdict.rating}→{view.verdict.rating}"


def _step(view: GoalView) -> int:
    """Return by how many places the rating moved up."""
    return RATING_ORDER.index(
        view.verdict.previous_rating or view.verdict.rating
    ) - RATING_ORDER.index(view.verdict.rating)
