"""How many goals will be met: all of them in four groups, by what is expected of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planbook.outlook_frames import OutlookGate, OutlookMethod
from planbook.present.say.outlook_sentences import (
    LIKELY_FROM,
    NO_OUTLOOK,
    REFERENCE,
    UNLIKELY_TO,
    Likelihood,
    chance,
    likelihood,
    percentage,
)
from planbook.present.views import GoalView
from planbook.vocabulary import Reason

LIMITS = {  # of a printed likelihood
    Likelihood.LIKELY: f"{percentage(LIKELY_FROM)}及以上",
    Likelihood.OPEN: f"{percentage(UNLIKELY_TO)}—{percentage(LIKELY_FROM)}之间",
    Likelihood.UNLIKELY: f"{percentage(UNLIKELY_TO)}及以下",
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
    grouped: dict[str, list[GoalView]] = {name: [] for name in (*Likelihood, NO_OUTLOOK)}
    for view in views:
        row = view.outlook
        known = row is not None and row.p_met is not None
        grouped[likelihood(chance(view)) if known else NO_OUTLOOK].append(view)
    return tuple(
        Expected(
            name,
            LIMITS.get(Likelihood(name), "") if name in list(Likelihood) else "",
            tuple(sorted(own, key=chance)),
            _resting(own) if name in list(Likelihood) else why_none(own),
        )
        for name, own in grouped.items()
    )


def by_reference(view: GoalView) -> bool:
    """Whether its likelihood is how often cases like it succeeded, not a forecast."""
    return view.outlook is not None and view.outlook.p_method is OutlookMethod.REFERENCE


def _resting(views: Sequence[GoalView]) -> str:
    count = sum(map(by_reference, views))
    return f"其中{count}项为{REFERENCE}，不是预测" if count else ""


def why_none(views: Iterable[GoalView]) -> str:
    """Return why goals have no likelihood: 由人工评定5项、结果已定2项; empty without goals."""
    hidden, gates = 0, Counter[OutlookGate]()
    for view in views:
        if view.verdict.reason is Reason.WITHHELD:
            hidden += 1
        elif view.outlook is not None and view.outlook.outlook_gate is not None:
            gates[view.outlook.outlook_gate] += 1
    said = [f"{gate.label}{gates[gate]}项" for gate in OutlookGate if gates[gate]]
    return "、".join([*said, f"{Reason.WITHHELD}{hidden}项"] if hidden else said)
