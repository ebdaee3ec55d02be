"""The three to five key messages of an edition, written from its verdicts, right in every case.

A message is text with the goals it speaks of: a page can link them, a notebook names them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from planbook.periods import Edition
from planbook.present import numbers
from planbook.present.sentences import RATING_ORDER, measures_sentence, rating_counts
from planbook.present.text import listed
from planbook.present.views import GoalView
from planbook.vocabulary import Rating, Reason, SubmissionState

_LIMIT = 3  # goals named in a message
_TROUBLE = (Rating.REVERSING, Rating.FAR_BEHIND, Rating.MISSED)


@dataclass(frozen=True)
class Message:
    """A statement: `lead`, the goals it names, and what follows. Plain text, not escaped."""

    lead: str
    goals: tuple[GoalView, ...] = ()
    tail: str = "。"

    def __str__(self) -> str:
        return f"{self.lead}{listed([view.name for view in self.goals], _LIMIT)}{self.tail}"

    @property
    def shown(self) -> tuple[GoalView, ...]:
        """The goals that are named; the others are behind 「等」."""
        return self.goals[:_LIMIT]

    @property
    def more(self) -> bool:
        return len(self.goals) > _LIMIT


def key_messages(
    views: Sequence[GoalView],
    measures: pd.DataFrame,
    submissions: pd.DataFrame,
    edition: Edition,
) -> list[Message]:
    """Return the state of all goals, what needs attention, what changed, measures, and the data."""
    found = [_state(views), _attention(views), _changes(views), _measures(measures)]
    found.append(_data(submissions, edition))
    return [message for message in found if message is not None]


def _state(views: Sequence[GoalView]) -> Message:
    total, counted = len(views), Counter(view.rating for view in views)
    if total == 1:
        return Message("唯一一项目标", tuple(views), f"：{views[0].rating_words}。")
    silent = counted[Rating.NOT_ASSESSABLE]
    if silent == total:
        return Message(f"{total}项目标目前均无法判定：{_reasons(views)}。", tail="")
    met = counted[Rating.MET] + counted[Rating.MET_UNSTEADY]
    if met == total:
        unsteady = counted[Rating.MET_UNSTEADY]
        but = f"，其中达成待稳{unsteady}项" if unsteady else ""
        return Message(f"{total}项目标全部达到{but}。", tail="")
    well = met + counted[Rating.ON_COURSE]
    share = numbers.percent(well / total)
    said = f"{total}项目标中，{rating_counts(views)}；达到目标或达序时合计{well}项，占{share}。"
    return Message(said, tail="")


def _reasons(views: Sequence[GoalView]) -> str:
    counted = Counter(view.reason for view in views if view.reason)
    return "、".join(f"{reason}{counted[reason]}项" for reason in Reason if counted[reason])


def _attention(views: Sequence[GoalView]) -> Message | None:
    if len(views) == 1:
        return None
    trouble = [view for view in views if view.rating in _TROUBLE]
    if trouble:
        kinds = [r for r in reversed(RATING_ORDER) if any(v.rating is r for v in trouble)]
        words = "、".join(f"{r}{r.symbol}" for r in kinds)
        trouble.sort(key=lambda view: (list(Rating).index(view.rating), view.pace or 0.0))
        return Message(f"需重点关注的有{len(trouble)}项（{words}）：", tuple(trouble))
    behind = [view for view in views if view.rating is Rating.BEHIND]
    if behind:
        behind.sort(key=lambda view: view.pace or 0.0)
        return Message(f"没有严重滞后的目标；滞后{len(behind)}项：", tuple(behind))
    judged = [view for view in views if view.rating is not Rating.NOT_ASSESSABLE]
    if judged and not all(view.rating.is_met for view in judged):
        return Message("能够判定的目标均不滞后。", tail="")
    return None


def improved(views: Sequence[GoalView]) -> list[GoalView]:
    """Return the goals whose rating is better than in the edition before."""
    return [view for view in views if _step(view) > 0]


def slipped(views: Sequence[GoalView]) -> list[GoalView]:
    """Return the goals whose rating is worse than in the edition before."""
    return [view for view in views if _step(view) < 0]


def _step(view: GoalView) -> int:
    """Return by how many places the rating moved up; 0 where either edition could not judge."""
    before, now = view.previous_rating, view.rating
    if before is None or Rating.NOT_ASSESSABLE in (before, now):
        return 0
    return RATING_ORDER.index(before) - RATING_ORDER.index(now)


def _changes(views: Sequence[GoalView]) -> Message | None:
    if all(view.previous_rating is None for view in views):
        return None
    up, down = improved(views), slipped(views)
    lost = [
        v
        for v in views
        if v.rating is Rating.NOT_ASSESSABLE
        and v.previous_rating not in (None, Rating.NOT_ASSESSABLE)
    ]
    gained = [
        v
        for v in views
        if v.previous_rating is Rating.NOT_ASSESSABLE and v.rating is not Rating.NOT_ASSESSABLE
    ]
    said = [
        f"好转{len(up)}项" if up else "",
        f"转差{len(down)}项" if down else "",
        f"新能判定{len(gained)}项" if gained else "",
        f"转为无法判定{len(lost)}项" if lost else "",
    ]
    if not any(said):
        return Message("与上期相比，各项目标的状态没有变化。", tail="")
    lead = f"与上期相比，{'、'.join(part for part in said if part)}"
    if down:
        return Message(f"{lead}；转差的是", tuple(down))
    if up:
        return Message(f"{lead}；好转的是", tuple(up))
    return Message(f"{lead}。", tail="")


def _measures(measures: pd.DataFrame) -> Message | None:
    own = measures[measures["parent_id"] == ""]
    said = measures_sentence([str(status) for status in own["status"]])
    return Message(said, tail="") if said else None


def _data(submissions: pd.DataFrame, edition: Edition) -> Message | None:
    states = submissions.loc[submissions["edition"] == str(edition.base), "state"]
    counted = Counter(SubmissionState(str(state)) for state in states)
    owing = sum(counted.values()) - counted[SubmissionState.NOTHING_OWED]
    if not owing:
        return None
    if counted[SubmissionState.MISSING] == owing:
        return Message(f"本期应报的{owing}家填报单位均未报送。", tail="")
    order = (
        SubmissionState.ON_TIME,
        SubmissionState.LATE,
        SubmissionState.REFUSED,
        SubmissionState.MISSING,
    )
    said = "、".join(f"{state}{counted[state]}家" for state in order if counted[state])
    return Message(f"本期应报{owing}家填报单位：{said}。", tail="")
