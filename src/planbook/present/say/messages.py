"""The key messages of an edition, written from its tables, right in every case.

A message is text with the goals it speaks of: a page can link them, a notebook names them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planbook.frames import SubmissionRow
from planbook.periods import Edition
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.say.action_words import UNANSWERED, due_words
from planbook.present.say.change_sentences import counted_reasons
from planbook.present.say.goal_terms import reasons_counted
from planbook.present.say.notebook_words import no_rating_changed
from planbook.present.say.outlook_sentences import (
    NO_OUTLOOK,
    Likelihood,
    chance,
    likelihood_words,
    outlook_class,
    outlook_headline,
    percentage,
)
from planbook.present.say.rating_changes import changes, from_to
from planbook.present.say.sentences import measures_sentence
from planbook.present.say.watch_sentences import actions_sentence, unanswered_sentence
from planbook.present.views import GoalView
from planbook.present.watched import actions_of, is_public
from planbook.vocabulary import Rating, SubmissionState

_LIMIT = 3  # goals named in a message
_TROUBLE = (Rating.REVERSING, Rating.FAR_BEHIND, Rating.MISSED)
_LAGGING = (Rating.BEHIND, Rating.FAR_BEHIND, Rating.REVERSING, Rating.MISSED)


@dataclass(frozen=True)
class Message:
    """A statement: `lead`, the goals it names, and what follows. Plain text, not escaped.

    Attributes
    ----------
    goals
        All goals the statement is about; the first few are named, the others are behind 「等」.
    remarks
        What stands behind each goal's name, in brackets; empty: nothing.
    """

    lead: str
    goals: tuple[GoalView, ...] = ()
    tail: str = "。"
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "".join(p.name if isinstance(p, GoalView) else p for p in self.pieces)

    @property
    def pieces(self) -> tuple[str | GoalView, ...]:
        """The statement in order: text, and goals that whoever prints it names and may link."""
        named: list[str | GoalView] = []
        for n, view in enumerate(self.goals[:_LIMIT]):
            named += [*("、" if n else ""), view, f"（{self.remarks[n]}）" if self.remarks else ""]
        return (self.lead, *named, "等" if len(self.goals) > _LIMIT else "", self.tail)


def key_messages(book: Book) -> list[Message]:
    """Return the state of all goals, what is likely, what is urgent, what changed and why, actions.

    Then measures and the data; at most six, and of a public book what it does not show. A part that
    has nothing to say is left out.
    """
    return [*messages_of(list(book.views.values()), book), *_not_shown(book)]


def _not_shown(book: Book) -> list[Message]:
    said = withheld_words(book)
    return [Message(said, tail="")] if said else []


def withheld_words(book: Book) -> str:
    """Return how much a public book does not show; empty where it shows all."""
    goals = sum(view.is_withheld for view in book.views.values())
    measures, pages = sum(book.withheld.measures.values()), book.withheld.pages
    said = [
        f"{goals}项目标的数值和判定" if goals else "",
        f"{measures}项举措（含专项）" if measures else "",
        f"{pages}个页面" if pages else "",
    ]
    listed = "、".join(part for part in said if part)
    return f"本书为公开版，{listed}不公开。" if listed else ""


def messages_of(views: Sequence[GoalView], book: Book) -> list[Message]:
    """Return the messages of some goals, with what the book says of actions, measures and data."""
    found = [
        _state(views),
        _likely(views),
        _urgent(views, book),
        _changes(views, book),
        _actions(book),
        _reported(book),
    ]
    return [message for message in found if message is not None]


def _state(views: Sequence[GoalView]) -> Message:
    total, counted = len(views), Counter(view.verdict.rating for view in views)
    if total == 1:
        return Message("唯一一项目标", tuple(views), f"：{views[0].rating_words}。")
    silent = counted[Rating.NOT_ASSESSABLE]
    unsettled = sum(view.verdict.rating_provisional for view in views)
    if silent == total:
        return Message(f"{total}项目标目前均无法判定：{_reasons(views)}。", tail="")
    met = counted[Rating.MET] + counted[Rating.MET_UNSTEADY]
    if met == total:
        unsteady = counted[Rating.MET_UNSTEADY]
        but = f"，其中达成待稳{unsteady}项" if unsteady else ""
        return Message(f"{total}项目标全部达成{but}。", tail="")
    said = [_well(met, counted[Rating.MET_UNSTEADY], counted[Rating.ON_COURSE], total)]
    said.append("、".join(f"{counted[r]}项{r}" for r in _LAGGING if counted[r]))
    said.append(f"{silent}项无法判定（{_reasons(views)}），仍计入总数" if silent else "")
    said.append(f"以上状态中有{unsettled}项为初步" if unsettled else "")
    return Message(f"{total}项目标中，{'；'.join(part for part in said if part)}。", tail="")


def _well(met: int, unsteady: int, on_course: int, total: int) -> str:
    """The goals that do well and their share of all."""
    if not met and not on_course:
        return "尚无已达成或达序时的"
    among = f"（含达成待稳{unsteady}项）" if unsteady else ""
    said = [f"{met}项已达成{among}" if met else "", f"{on_course}项达序时" if on_course else ""]
    both = "合计" if met and on_course else ""
    share = numbers.percent((met + on_course) / total)
    return f"{'、'.join(part for part in said if part)}，{both}占{share}"


def _reasons(views: Sequence[GoalView]) -> str:
    return "、".join(f"{reason}{count}项" for reason, count in reasons_counted(views))


def _likely(views: Sequence[GoalView]) -> Message | None:
    """Return how many goals are likely to be met, and of how many nothing is estimated."""
    if all(outlook_class(view) == NO_OUTLOOK for view in views):
        return None
    if len(views) == 1:
        return Message(f"到期能否达标：{likelihood_words(views[0])}。", tail="")
    said = outlook_headline(views)
    unlikely = sorted(
        (view for view in views if outlook_class(view) is Likelihood.UNLIKELY), key=chance
    )
    if not unlikely:
        return Message(f"到期能否达标：{said}。", tail="")
    remarks = tuple(percentage(chance(view)) for view in unlikely)
    return Message(f"到期能否达标：{said}；可能性最小的是", tuple(unlikely), remarks=remarks)


def _urgent(views: Sequence[GoalView], book: Book) -> Message | None:
    """Return the goals that are worst off, with whose they are and what is being done."""
    if len(views) == 1:
        return None
    trouble = [view for view in views if view.verdict.rating in _TROUBLE or _is_unlikely(view)]
    behind = [view for view in views if view.verdict.rating is Rating.BEHIND]
    found = sorted(trouble or behind, key=_urgency)
    if found:
        lead = "最需关注的是" if trouble else "没有逆转、严重滞后的目标；滞后最多的是"
        remarks = tuple(_urgent_words(view, book) for view in found[:_LIMIT])
        return Message(lead, tuple(found), remarks=remarks)
    judged = [view for view in views if view.verdict.rating is not Rating.NOT_ASSESSABLE]
    if judged and not all(view.verdict.rating.is_met for view in judged):
        return Message("能够判定的目标均不滞后。", tail="")
    return None


def _is_unlikely(view: GoalView) -> bool:
    return outlook_class(view) is Likelihood.UNLIKELY and view.verdict.rating in _LAGGING


def _urgency(view: GoalView) -> tuple[int, float]:
    """Return what goals are sorted by: the worse the rating, then the pace.

    Not the likelihood: those of different methods cannot be compared, and many goals have none.
    """
    return list(Rating).index(view.verdict.rating), view.verdict.pace or 0.0


def _urgent_words(view: GoalView, book: Book) -> str:
    """Return a goal's rating, its unit, and the action on it: 逆转，港口，督办期限2026年12月."""
    actions = [row for row in actions_of(book, view.id) if row.closed_in is None]
    said = [str(view.verdict.rating), view.submitting_unit.short]
    if actions:
        said.append(f"督办{due_words(actions[0])}")
    elif book.rows.alerts and not is_public(book):
        said.append(UNANSWERED)
    return "，".join(said)


def _changes(views: Sequence[GoalView], book: Book) -> Message | None:
    """Return how many ratings became better or worse, why, and the goals for the worse."""
    found = changes(views)
    if not found.comparable:
        return None
    if not found.named:
        return Message(no_rating_changed("上期"), tail="")
    counts = "、".join(f"{name}{len(own)}项" for name, own in found.named)
    name, goals = found.named[0]
    remarks = tuple(from_to(view) for view in goals)
    moved = {view.id for _, own in found.named for view in own}
    why = counted_reasons(row for row in book.rows.change_reasons if row.goal_id in moved)
    tail = f"。主要原因：{why}。" if why else "。"
    return Message(f"与上期相比，{counts}；{name}的是", goals, tail, remarks)


def _actions(book: Book) -> Message | None:
    """Return how many actions are open, late and with whom, and warnings on which nobody acts."""
    said = actions_sentence(book) if book.rows.actions else ""
    told = said + unanswered_sentence(book)
    return Message(told, tail="") if told else None


def _reported(book: Book) -> Message | None:
    """Return the measures by status, and who reported."""
    statuses = [row.status for row in book.rows.measures if not row.parent_id]
    said = measures_sentence(statuses) + _submitted(book.rows.submissions, book.edition)
    return Message(said, tail="") if said else None


def _submitted(submissions: Iterable[SubmissionRow], edition: Edition) -> str:
    counted = Counter(row.state for row in submissions if row.edition == edition.base)
    owing = sum(counted.values()) - counted[SubmissionState.NOTHING_OWED]
    if not owing:
        return ""
    if counted[SubmissionState.MISSING] == owing:
        return f"本期应报的{owing}家填报单位均未报送。"
    if counted[SubmissionState.AWAITED] == owing:
        return f"本期应报的{owing}家填报单位均待报，截止日期未到。"
    order = (
        SubmissionState.ON_TIME,
        SubmissionState.LATE,
        SubmissionState.AWAITED,
        SubmissionState.MISSING,
        SubmissionState.RETURNED,
        SubmissionState.WITHDRAWN,
        SubmissionState.REFUSED,
    )
    said = "、".join(f"{state}{counted[state]}家" for state in order if counted[state])
    return f"本期应报{owing}家填报单位：{said}。"
