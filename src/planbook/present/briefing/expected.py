"""How many goals will be met: all of them in four groups, by what is expected of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planbook.grouping import grouped
from planbook.present.say import briefing_words
from planbook.present.say.outlook_sentences import (
    LIKELY_FROM,
    UNLIKELY_TO,
    Likelihood,
    chance,
    class_remark,
    outlook_class,
    outlook_classes,
    percentage,
)
from planbook.present.views import GoalView

LIMITS = {  # of a printed likelihood
    Likelihood.LIKELY: briefing_words.at_least(percentage(LIKELY_FROM)),
    Likelihood.OPEN: briefing_words.between(percentage(UNLIKELY_TO), percentage(LIKELY_FROM)),
    Likelihood.UNLIKELY: briefing_words.at_most(percentage(UNLIKELY_TO)),
}


@dataclass(frozen=True)
class Expected:
    """The goals of which the same is expected, the least likely first.

    Attributes
    ----------
    name
        A word of `Likelihood`, or `NO_OUTLOOK`.
    limit
        Which likelihoods that are: 70%及以上; empty for goals without one.
    remark
        How many rest on a frequency, which is no forecast; of goals without a likelihood, why.
    """

    name: str
    limit: str
    views: tuple[GoalView, ...]
    remark: str

    @property
    def count(self) -> int:
        return len(self.views)


def expected(views: Iterable[GoalView]) -> tuple[Expected, ...]:
    """Return all goals in four groups, the most likely first; an empty group stays."""
    own = grouped(views, outlook_class)
    limits = {str(word): limit for word, limit in LIMITS.items()}
    return tuple(
        Expected(
            name,
            limits.get(name, ""),
            tuple(sorted(own[name], key=chance)),
            class_remark(own[name]),
        )
        for name in outlook_classes()
    )
