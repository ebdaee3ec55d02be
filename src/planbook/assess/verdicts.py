"""One goal in one edition: from what is known to the row of the verdicts' table.

Met is checked first, then the reasons not to judge in their order, then the pace. The numbers come
from the modules of the kinds, the value's right to be judged from `standing` and `scope`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from planbook.assess.case import Case, Outcome
from planbook.assess.cumulative import judge_cumulative
from planbook.assess.fallen import why_fallen
from planbook.assess.flows import judge_every_year, judge_yearly_total
from planbook.assess.growth import judge_average_growth, observed_growth
from planbook.assess.known import Known
from planbook.assess.levels import judge_level
from planbook.assess.rating import assessed_rating, at_best, rating
from planbook.assess.rows import goal_columns, outcome_columns, value_columns
from planbook.assess.scope import Choice, choose
from planbook.assess.series import Observation
from planbook.assess.standing import Standing, standing
from planbook.assess.targets import Target
from planbook.periods import Edition, TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import (
    Kind,
    Nature,
    Note,
    ObsStatus,
    RatedBy,
    Rating,
    Reason,
    ReleaseStage,
    Scope,
)

JUDGES: Mapping[Kind, Callable[[Case], Outcome]] = {
    Kind.LEVEL_AT_END: judge_level,
    Kind.ANNUAL_FLOW: judge_yearly_total,
    Kind.GROWTH_VS_BASE: judge_yearly_total,
    Kind.CUMULATIVE: judge_cumulative,
    Kind.CAGR: judge_average_growth,
    Kind.EVERY_YEAR: judge_every_year,
}
_FROM_BASELINE = frozenset({Kind.LEVEL_AT_END, Kind.ANNUAL_FLOW, Kind.GROWTH_VS_BASE, Kind.CAGR})
_BY_PACE = frozenset({Rating.REVERSING, Rating.FAR_BEHIND, Rating.BEHIND, Rating.ON_COURSE})
_REASONS, _NOTES = tuple(Reason), tuple(Note)


def verdict(plan: Plan, goal: Goal, known: Known, *, met_in: Edition | None) -> dict[str, Any]:
    """Return the columns of a goal's verdict that one edition decides.

    Parameters
    ----------
    goal
        With the target in force in the edition of `known`.
    met_in
        The first edition, before this one, in which it was met; ``None`` if there is none.
    """
    if goal.kind.by_people:
        return _by_people(plan, goal, known)
    return _by_formula(plan, goal, known, met_in=met_in)


def _by_people(plan: Plan, goal: Goal, known: Known) -> dict[str, Any]:
    assessment = known.assessments.get(goal.id)
    due_passed = known.edition.end >= plan.goal_due(goal)
    word, reason = assessed_rating(
        assessment.verdict if assessment else None, due_passed=due_passed
    )
    indicator = plan.indicator_of(goal)
    return {
        **goal_columns(plan, goal),
        **outcome_columns(Outcome(rated_by=None if reason else RatedBy.PEOPLE, met=word.is_met)),
        **value_columns(indicator, None, None),
        "scope": str(indicator.scope),
        "rating": str(word),
        "reason": str(reason or ""),
        "assessed_by": assessment.assessed_by if assessment else "",
        "assessed_on": assessment.assessed_on if assessment else "",
        "evidence": assessment.evidence if assessment else "",
    }


def _by_formula(plan: Plan, goal: Goal, known: Known, *, met_in: Edition | None) -> dict[str, Any]:
    indicator, due = plan.indicator_of(goal), plan.goal_due(goal)
    counted_from = goal.since if goal.kind is Kind.CUMULATIVE else goal.base_period
    start = counted_from or plan.start
    choice = choose(indicator, known, base=start, until=due, growth_counts=goal.kind is Kind.CAGR)
    stands = standing(
        indicator,
        known.edition,
        first=goal.from_edition or plan.about.first_edition,
        start=start,
        due=due,
        latest=choice.newest,
        reported=known.observations.get(indicator.id, ()),
    )
    latest, targets = choice.newest, known.annual_targets.get(goal.id, {})
    outcome, adverse, prior = Outcome(), False, None
    if latest is not None and choice.comparable:
        prior = choice.series.a_year_earlier(latest.period)
        adverse = _is_worse(goal, latest.value, prior)
    if latest is not None and choice.comparable and stands.reason is None:
        case = Case(
            goal=goal,
            indicator=indicator,
            target=Target.of(goal, indicator, tolerance=plan.about.approx_tolerance),
            start=start,
            due=due,
            series=choice.series,
            latest=latest,
            baseline=choice.baseline,
            annual_targets={year: target.value for year, target in targets.items()},
            thresholds=plan.thresholds,
            small_target=plan.about.small_target,
            due_passed=stands.due_passed,
        )
        outcome = JUDGES[goal.kind](case)
    lacking = _lacking_baseline(goal, choice, start)
    word, reason = _word(plan, choice, stands, outcome, lacking, adverse=adverse)
    notes = outcome.notes | stands.notes | _value_notes(plan, indicator, known, latest, prior)
    if word not in _BY_PACE:
        notes.discard(Note.PACES_DISAGREE)
    if met_in is not None and not word.is_met and word is not Rating.NOT_ASSESSABLE:
        notes.add(why_fallen(plan, goal, choice, start=start, met_in=met_in))
    status_owed = _status_at(stands.owed, known.observations.get(indicator.id, ()))
    if reason is Reason.NOT_REPORTED and status_owed == ObsStatus.REFUSED:
        notes.add(Note.REFUSED)
    row = {
        **goal_columns(plan, goal),
        **outcome_columns(outcome),
        **value_columns(indicator, latest, prior),
        "scope": latest.scope if latest is not None else choice.series.scope,
        "owed_period": str(stands.owed or ""),
        "rating": str(word),
        "reason": str(reason or ""),
        "adverse": adverse,
        "carried": stands.carried,
        "notes": " ".join(note for note in _NOTES if note in notes),
    }
    if latest is None:
        row["latest_status"] = status_owed
    if choice.baseline is not None:
        row |= {"baseline_value": choice.baseline, "baseline_period": str(start)}
    target = targets.get((outcome.observed_period or known.edition.end).year)
    if target is not None:
        row |= {"annual_target": target.value, "annual_target_source": target.source}
    return row


def _word(
    plan: Plan,
    choice: Choice,
    stands: Standing,
    outcome: Outcome,
    lacking: Reason | None,
    *,
    adverse: bool,
) -> tuple[Rating, Reason | None]:
    """Return the rating: met first, then the first reason that applies, then the pace."""
    mismatch = None if choice.comparable else Reason.SCOPE_MISMATCH
    found = [r for r in (lacking, mismatch, stands.reason, outcome.reason) if r is not None]
    if found and not outcome.met:
        return Rating.NOT_ASSESSABLE, min(found, key=_REASONS.index)
    word = rating(
        pace=outcome.pace if outcome.rate is None else outcome.rate,
        met=outcome.met,
        adverse=adverse,
        due_passed=stands.due_passed,
        thresholds=plan.thresholds,
    )
    if word is Rating.NOT_ASSESSABLE:
        return word, Reason.TOO_FEW_OBSERVATIONS
    return (at_best(word, Rating.FAR_BEHIND) if outcome.capped else word), None


def _lacking_baseline(goal: Goal, choice: Choice, start: TimePeriod) -> Reason | None:
    """Return why a goal that starts from a baseline has none; ``None`` where it has or needs none.

    Average growth can do without where every complete year's 同比 is reported.
    """
    if goal.kind not in _FROM_BASELINE or choice.baseline is not None:
        return None
    if goal.kind is Kind.CAGR and choice.newest is not None:
        until = choice.newest.period.year
        if observed_growth(choice.series, baseline=None, base_year=start.year, until=until):
            return None
    return Reason.SCOPE_MISMATCH if choice.baseline_known else Reason.NO_BASELINE


def _status_at(owed: TimePeriod | None, reported: Iterable[Observation]) -> str:
    """Return why there is no number at all: 「—」, blank or refused in the period owed."""
    return next((row.status for row in reported if row.period == owed), "")


def _is_worse(goal: Goal, value: float | None, prior: float | None) -> bool:
    return value is not None and prior is not None and goal.direction.sign * (value - prior) < 0


def _value_notes(
    plan: Plan,
    indicator: Indicator,
    known: Known,
    latest: Observation | None,
    prior: float | None,
) -> set[Note]:
    """Return what is to be said about the newest value itself."""
    if latest is None:
        return set()
    notes = set()
    if indicator.scope is Scope.UNSTATED and latest.scope != Scope.UNSTATED:
        notes.add(Note.SCOPE_UNSTATED)
    if latest.release_stage in (ReleaseStage.FLASH, ReleaseStage.ESTIMATE) or (
        latest.status == ObsStatus.ESTIMATED
    ):
        notes.add(Note.PROVISIONAL)
    if (indicator.id, str(latest.period), latest.scope) in known.revised:
        notes.add(Note.REVISED)
    computed = _computed_change(indicator, latest.value, prior)
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
