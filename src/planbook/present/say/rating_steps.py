"""Every change of a rating from one edition to the next, and what differed between the two.

What differed is read from both verdicts, the revisions and the method changes. How much each part
contributed is said of the newest edition only (`planbook.present.say.change_sentences`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from planbook.frames import Verdict
from planbook.periods import Edition
from planbook.present.book import Book
from planbook.present.say.method_changes import methods_changed
from planbook.present.say.rating_changes import GROUPS, became
from planbook.present.views import GoalView
from planbook.vocabulary import Reason


class Differs(StrEnum):
    """What is not the same in two editions."""

    NEW_VALUE = "新数据"
    REVISED = "数据修订"
    BASELINE = "基期值变化"
    TARGET = "目标调整"
    SCOPE = "口径变化"
    METHOD = "方法变更"
    PEOPLE = "人工评定"
    TIME = "时间推移"


_WANTING = (Reason.NOT_REPORTED, Reason.ANNUAL_NOT_DUE, Reason.AWAITING_ASSESSMENT)


@dataclass(frozen=True, eq=False)
class Step:
    """A goal in an edition and in the one before it, with another rating."""

    before: GoalView
    now: GoalView
    differs: tuple[Differs | Reason, ...]

    @property
    def edition(self) -> Edition:
        """The edition that changed the rating."""
        return self.now.verdict.edition

    @property
    def differs_words(self) -> str:
        """What differs, in words; empty where nothing is known."""
        told = (self.now.reason_words if isinstance(d, Reason) else d for d in self.differs)
        return "、".join(told)

    @property
    def group(self) -> str:
        """Whether it became better, worse, or could be judged in one of the two only."""
        return became(self.before.verdict.rating, self.now.verdict.rating)


def rating_steps(book: Book) -> tuple[Step, ...]:
    """Return every change, the newest edition first; in an edition those for the worse first."""
    revised = {(row.indicator_id, row.vintage) for row in book.rows.revisions}
    methods = methods_changed(book)
    found = [
        Step(before, now, what_differs(before, now, revised, methods))
        for before, now in book.rating_moves
    ]
    found.sort(key=lambda step: GROUPS.index(step.group))
    return tuple(sorted(found, key=lambda step: step.edition, reverse=True))


def what_differs(
    before: GoalView,
    now: GoalView,
    revised: Collection[tuple[str, Edition]],
    methods: Mapping[Edition, Collection[str]],
) -> tuple[Differs | Reason, ...]:
    """Return what explains another rating, as far as it is known.

    Parameters
    ----------
    revised
        Indicators with the editions that revised a value of theirs.
    methods
        By edition, the goals that a change of method concerns.
    """
    verdict = now.verdict
    by_method = [Differs.METHOD] if now.id in methods.get(verdict.edition, ()) else []
    if verdict.reason in _WANTING:
        return (verdict.reason,)
    if verdict.reason is not None:
        return (verdict.reason, *by_method)
    if now.kind.by_people:
        return (Differs.PEOPLE, *by_method)
    own = (verdict.indicator_id, verdict.edition) in revised
    found = [*_inputs(before.verdict, verdict, revised=own), *by_method]
    if not found and verdict.edition.end != before.verdict.edition.end:
        found.append(Differs.TIME)
    return tuple(found)


def _inputs(before: Verdict, now: Verdict, *, revised: bool) -> Sequence[Differs]:
    """Return what went into two verdicts and is not the same."""
    same_period = now.latest_period == before.latest_period
    moved = now.latest_value != before.latest_value or now.latest_value is None
    differs = {
        Differs.NEW_VALUE: moved and not same_period,
        Differs.REVISED: revised or (moved and same_period),
        Differs.BASELINE: now.baseline_value != before.baseline_value,
        Differs.TARGET: (now.target_low, now.target_high)
        != (before.target_low, before.target_high),
        Differs.SCOPE: now.scope != before.scope,
    }
    return [name for name, is_so in differs.items() if is_so]
