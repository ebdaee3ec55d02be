"""The goals that need somebody's decision: where they are, why, what is needed and who acts.

Worst rating first; of equal ones those on which nobody acts in time, then the lower pace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.briefing.moved import cause_of
from planbook.present.comparing import Side, side
from planbook.present.say import briefing_words, goal_terms
from planbook.present.say.action_words import NO_REPLY, UNANSWERED, due_words, open_ended
from planbook.present.say.needed_words import remaining_words, required_words
from planbook.present.say.outlook_families import families
from planbook.present.say.reason_words import NO_REASON
from planbook.present.say.table_words import remarks
from planbook.present.say.why_both import reason
from planbook.present.views import GoalView
from planbook.present.watched import actions_of, is_public
from planbook.present.written_reasons import written_reason
from planbook.vocabulary import Rating
from planbook.watch_frames import ActionRow

LISTED = 5  # decisions of an edition; the others stand in 预警与变化
_WORST_FIRST = (Rating.MISSED, Rating.REVERSING, Rating.FAR_BEHIND, Rating.BEHIND)


@dataclass(frozen=True)
class Decision:
    """A goal off its course; all texts are clauses without a full stop.

    Attributes
    ----------
    gap
        Value, target and what lies between.
    reason
        What is known of why; that nothing is.
    required
        What each edition to come must bring.
    action
        What is being done and until when, or that nothing is; a dash in a public book, which does
        not know all actions.
    """

    view: GoalView
    gap: str
    reason: str
    required: str
    action: str

    @property
    def unit(self) -> str:
        """Who answers for it, by its short name."""
        return self.view.submitting_unit.short


def decisions(book: Book) -> tuple[Decision, ...]:
    """Return all goals off their course, one of each indicator, the most urgent first."""
    behind = [view for view in book.views.values() if view.verdict.rating in _WORST_FIRST]
    worst = [min(own, key=lambda view: _urgency(book, view)) for own in families(behind)]
    return tuple(
        Decision(
            view,
            shortfall_words(view),
            _reason(book, view),
            required_words(view),
            action_words(book, view),
        )
        for view in sorted(worst, key=lambda view: _urgency(book, view))
    )


def _urgency(book: Book, view: GoalView) -> tuple[int, bool, float]:
    acting = any(not row.overdue for row in _open_actions(book, view))
    return _WORST_FIRST.index(view.verdict.rating), acting, view.verdict.pace or 0.0


def _open_actions(book: Book, view: GoalView) -> Sequence[ActionRow]:
    return [row for row in actions_of(book, view.id) if row.closed_in is None]


def shortfall_words(view: GoalView) -> str:
    """Return value, target and what is left: 223家（2026年9月末），目标300家，还差77家."""
    average, until = goal_terms.average_compared(view), view.verdict.observed_period
    estimate, left = goal_terms.estimate_words(view), remaining_words(view)
    now = estimate or briefing_words.value_of(view.latest_words, view.latest_label)
    if average is not None and until is not None:
        now = briefing_words.average_until(average.value, view.year.label_of(until))
    return briefing_words.now_target_left(now, view.target_words(), left)


def _reason(book: Book, view: GoalView) -> str:
    """Return what moved its pace, which years it missed, on which side of its start it is.

    Then why it is likely to be met all the same, what the unit wrote; that neither it nor an answer
    to an action says why.
    """
    row = book.change_reasons.get(view.id)
    moved = cause_of(book, view) if row is not None and row.turned_by is None else ""
    facts = [moved, goal_terms.missed_years(view), _below_start(view), _below_year_before(view)]
    facts.append(reason(view))
    if not is_public(book):
        replied = any(row.reply for row in _open_actions(book, view))
        said = written_reason(book, view)
        facts.append("" if replied and said == NO_REASON else said)
    return remarks(facts) or numbers.ABSENT


def _below_start(view: GoalView) -> str:
    base, value = view.verdict.baseline_value, view.verdict.observed_value
    if view.verdict.rating is not Rating.REVERSING or base is None or value is None:
        return ""
    if view.is_growth or side(value, base) is Side.SAME:
        return ""
    return briefing_words.beside_start(
        view.baseline_label,
        view.value_words(base),
        higher=side(value, base) is Side.MORE,
        estimated=view.verdict.is_estimate,
    )


def _below_year_before(view: GoalView) -> str:
    before, value = view.verdict.prior_value, view.verdict.latest_value
    if not view.verdict.adverse or before is None or value is None:
        return ""
    higher = side(value, before) is Side.MORE
    return briefing_words.beside_year_before(view.value_words(before), higher=higher)


def action_words(book: Book, view: GoalView) -> str:
    """Return the open actions on a goal, until when, and where each stands by its last reply."""
    own = _open_actions(book, view)
    if own:
        stands = briefing_words.action_stands
        return remarks(
            stands(open_ended(row.task), due_words(row), row.action_status or NO_REPLY)
            for row in own
        )
    return numbers.ABSENT if is_public(book) else UNANSWERED
