"""What the reader should know about a verdict: the notes that go with a rating."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planbook.assess.case import Outcome
from planbook.assess.fallen import why_fallen
from planbook.assess.known import Known
from planbook.assess.provisional import Openness
from planbook.assess.scope import Choice
from planbook.assess.standing import Standing
from planbook.frames import AnnualVerdictRow, ObservationRow
from planbook.periods import Edition
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import (
    UNSTATED,
    Kind,
    Nature,
    Note,
    ObsStatus,
    Rating,
    Reason,
    ReleaseStage,
    YearVerdict,
)

_BY_PACE = frozenset({Rating.REVERSING, Rating.FAR_BEHIND, Rating.BEHIND, Rating.ON_COURSE})
_OF_A_PACE = frozenset({Note.PACES_DISAGREE, Note.LESS_THAN_ONE_DUE})
_BEHIND = frozenset({Rating.REVERSING, Rating.FAR_BEHIND, Rating.BEHIND, Rating.MISSED})
_ON_COURSE = frozenset({Rating.ON_COURSE, Rating.MET_UNSTEADY, Rating.MET})


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A goal with all that its verdict rests on.

    Attributes
    ----------
    goal
        With the target in force.
    adverse
        Whether the newest value is worse than `prior`.
    prior
        Value of the same period a year earlier.
    status_owed
        Of the value in the period owed, if one was reported in whatever way.
    yearly
        The yearly target of the year judged, if one is given, with what became of it.
    """

    goal: Goal
    known: Known
    choice: Choice
    stands: Standing
    outcome: Outcome
    word: Rating
    reason: Reason | None
    is_open: Openness
    adverse: bool
    prior: float | None
    status_owed: ObsStatus | None
    yearly: AnnualVerdictRow | None


def notes_of(plan: Plan, judged: Judged, *, met_in: Edition | None) -> tuple[Note, ...]:
    """Return the notes in the order of the vocabulary.

    Parameters
    ----------
    met_in
        The first edition, before this one, in which the goal was met; ``None`` if there is none.
    """
    goal, choice, word = judged.goal, judged.choice, judged.word
    indicator = plan.indicator_of(goal)
    notes = {*judged.outcome.notes, *judged.stands.notes, *_verdict_notes(plan, judged)}
    notes |= _value_notes(plan, indicator, judged.known, choice.newest, judged.prior)
    if met_in is not None and not word.is_met and word is not Rating.NOT_ASSESSABLE:
        notes.add(why_fallen(plan, goal, choice, met_in=met_in))
    if word not in _BY_PACE:
        notes -= _OF_A_PACE
    if not choice.comparable or goal.restated(judged.known.edition) is not None:
        notes.discard(Note.SCOPE_UNSTATED)
    return tuple(note for note in Note if note in notes)


def _verdict_notes(plan: Plan, judged: Judged) -> Iterator[Note]:
    """Yield what is to be said about the rating itself."""
    if judged.is_open.no_band:
        yield Note.NO_BAND
    if judged.stands.due_passed and _revised_after_due(
        plan, judged.goal, judged.known, judged.choice
    ):
        yield Note.REVISED_AFTER_DUE
    if judged.reason is Reason.NOT_REPORTED and judged.status_owed is ObsStatus.REFUSED:
        yield Note.REFUSED
    became = None if judged.yearly is None else judged.yearly.verdict
    if became is YearVerdict.REACHED and judged.word in _BEHIND:
        yield Note.ANNUAL_REACHED_BEHIND
    if became is YearVerdict.NOT_REACHED and judged.word in _ON_COURSE:
        yield Note.ANNUAL_MISSED_ON_COURSE


def _revised_after_due(plan: Plan, goal: Goal, known: Known, choice: Choice) -> bool:
    """Whether what decides was changed after the due date: its value, or the base T rests on.

    A goal for every year is decided by the totals of all of them.
    """
    due, latest = plan.goal_due(goal), choice.newest
    if latest is None:
        return False
    if choice.baseline_revised and goal.kind.of_growth:
        return True
    year = plan.year
    every = goal.kind is Kind.EVERY_YEAR
    first = year.of(choice.start) + 1 if every else year.of(latest.time_period)
    periods = {latest.time_period, *map(year.end, range(first, year.of(due)))}
    revised = {p: known.revision(plan.indicator_of(goal).id, p, latest.scope) for p in periods}
    return any(
        edition is not None and (period >= due or edition.end > due)
        for period, edition in revised.items()
    )


def _value_notes(
    plan: Plan,
    indicator: Indicator,
    known: Known,
    latest: ObservationRow | None,
    prior: float | None,
) -> set[Note]:
    """Return what is to be said about the newest value itself."""
    if latest is None:
        return set()
    notes = set()
    if indicator.scope == UNSTATED != latest.scope:
        notes.add(Note.SCOPE_UNSTATED)
    if latest.release_stage in (ReleaseStage.FLASH, ReleaseStage.ESTIMATE) or (
        latest.obs_status is ObsStatus.ESTIMATED
    ):
        notes.add(Note.PROVISIONAL)
    if known.revision(indicator.id, latest.time_period, latest.scope) is not None:
        notes.add(Note.REVISED)
    computed = _computed_change(indicator, latest.obs_value, prior)
    if computed is not None and latest.yoy is not None:
        gap = round(abs(computed - latest.yoy), 9)
        if gap > plan.about.yoy_gap:
            notes.add(Note.YOY_GAP)
    return notes


def _computed_change(
    indicator: Indicator, value: float | None, prior: float | None
) -> float | None:
    """Return the change on the year before: percent, of a share 百分点."""
    if value is None or prior is None:
        return None
    if indicator.nature is Nature.RATIO:
        return value - prior
    return (value / prior - 1) * 100 if prior > 0 else None
