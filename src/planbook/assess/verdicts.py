"""One goal in one edition: from what is known to the row of the verdicts' table.

Met is checked first, then the reasons not to judge in their order, then the pace. The numbers come
from the modules of the kinds, the value's right to be judged from `standing` and `scope`. Yearly
targets are set beside the rating and do not touch it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from planbook.assess.annual import year_results
from planbook.assess.case import Case, Outcome, number
from planbook.assess.cumulative import judge_cumulative
from planbook.assess.flows import judge_every_year, judge_yearly_total
from planbook.assess.growth import judge_average_growth, observed_growth
from planbook.assess.known import Known
from planbook.assess.levels import judge_level
from planbook.assess.provisional import Openness, openness
from planbook.assess.rating import assessed_rating, at_best, rating
from planbook.assess.rows import goal_columns, outcome_columns, value_columns
from planbook.assess.scope import Choice, choose
from planbook.assess.series import Observation
from planbook.assess.standing import Standing, standing
from planbook.assess.targets import Target
from planbook.periods import TimePeriod
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
    YearVerdict,
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
_OF_A_PACE = frozenset({Note.PACES_DISAGREE, Note.LESS_THAN_ONE_DUE})
_BEHIND = frozenset({Rating.REVERSING, Rating.FAR_BEHIND, Rating.BEHIND, Rating.MISSED})
_ON_COURSE = frozenset({Rating.ON_COURSE, Rating.MET_UNSTEADY, Rating.MET})
_REASONS, _NOTES = tuple(Reason), tuple(Note)


def verdict(plan: Plan, goal: Goal, known: Known, *, met_before: bool) -> dict[str, Any]:
    """Return the columns of a goal's verdict that one edition decides.

    Parameters
    ----------
    goal
        With the target in force in the edition of `known`.
    met_before
        Whether it was met in an earlier edition.
    """
    if goal.kind.by_people:
        return _by_people(plan, goal, known)
    return _by_formula(plan, goal, known, met_before=met_before)


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


def _by_formula(plan: Plan, goal: Goal, known: Known, *, met_before: bool) -> dict[str, Any]:
    indicator, due, until = plan.indicator_of(goal), plan.goal_due(goal), plan.decided_by(goal)
    choice = choose(plan, goal, known)
    start, latest = choice.start, choice.newest
    stands = standing(
        indicator,
        known.edition,
        first=goal.from_edition or plan.about.first_edition,
        start=start,
        due=until if goal.kind.of_years else due,
        until=until,
        latest=latest,
        reported=known.observations.get(indicator.id, ()),
    )
    case, outcome, adverse, prior = None, Outcome(), False, None
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
            thresholds=plan.thresholds.of(goal.kind),
            small_target=plan.about.small_target,
            due_passed=stands.due_passed,
        )
        outcome = JUDGES[goal.kind](case)
    lacking = _lacking_baseline(goal, choice)

    def word_of(outcome: Outcome) -> tuple[Rating, Reason | None]:
        return _word(plan, choice, stands, outcome, lacking, kind=goal.kind, adverse=adverse)

    def rate(case: Case) -> Rating:
        return word_of(JUDGES[goal.kind](case))[0]

    word, reason = word_of(outcome)
    is_open = Openness()
    if case is not None and reason is None and not stands.due_passed:
        is_open = openness(case, outcome, word, rate)
    notes = outcome.notes | stands.notes | _value_notes(plan, indicator, known, latest, prior)
    if is_open.no_band:
        notes.add(Note.NO_BAND)
    if word not in _BY_PACE:
        notes -= _OF_A_PACE
    if not choice.comparable or goal.restated(known.edition) is not None:
        notes.discard(Note.SCOPE_UNSTATED)
    if stands.due_passed and _revised_after_due(plan, goal, known, choice):
        notes.add(Note.REVISED_AFTER_DUE)
    if met_before and not word.is_met and word is not Rating.NOT_ASSESSABLE:
        notes.add(Note.FALLEN_OUT)
    yearly = _yearly_target(plan, goal, known, choice, outcome)
    if yearly.get("annual_target_verdict") == YearVerdict.REACHED and word in _BEHIND:
        notes.add(Note.ANNUAL_REACHED_BEHIND)
    if yearly.get("annual_target_verdict") == YearVerdict.NOT_REACHED and word in _ON_COURSE:
        notes.add(Note.ANNUAL_MISSED_ON_COURSE)
    row = {
        **goal_columns(plan, goal),
        **outcome_columns(outcome),
        **value_columns(indicator, latest, prior),
        "rating_low": is_open.low,
        "rating_high": is_open.high,
        "rating_provisional": is_open.provisional,
        **yearly,
        "scope": latest.scope if latest is not None else choice.series.scope,
        "owed_period": str(stands.owed or ""),
        "rating": str(word),
        "reason": str(reason or ""),
        "adverse": adverse,
        "carried": stands.carried,
        "notes": " ".join(note for note in _NOTES if note in notes),
    }
    if latest is None:
        row["latest_status"] = _status_at(stands.owed, known.observations.get(indicator.id, ()))
    if choice.baseline is not None:
        row |= {"baseline_value": choice.baseline, "baseline_period": str(start)}
    return row


def _yearly_target(
    plan: Plan, goal: Goal, known: Known, choice: Choice, outcome: Outcome
) -> dict[str, Any]:
    """Return the columns on the yearly target of the year judged; none where none is given."""
    year = (outcome.observed_period or known.edition.end).year
    for result in year_results(plan, goal, known, choice):
        if result.year == year:
            return {
                "annual_target": result.target,
                "annual_target_source": result.source,
                "annual_target_year": str(year),
                "annual_target_value": number(result.value),
                "annual_target_verdict": str(result.verdict),
            }
    return {}


def _revised_after_due(plan: Plan, goal: Goal, known: Known, choice: Choice) -> bool:
    """Whether what decides was changed after the due date: its value, or the base T rests on.

    A goal for every year is decided by the totals of all of them.
    """
    due, latest = plan.goal_due(goal), choice.newest
    if latest is None:
        return False
    if choice.baseline_revised and goal.kind in (Kind.GROWTH_VS_BASE, Kind.CAGR):
        return True
    first = choice.start.year + 1 if goal.kind is Kind.EVERY_YEAR else latest.period.year
    periods = {latest.period, *(TimePeriod(year, 12) for year in range(first, due.year))}
    revised = {p: known.revision(plan.indicator_of(goal).id, p, latest.scope) for p in periods}
    return any(
        edition is not None and (period >= due or edition.end > due)
        for period, edition in revised.items()
    )


def _word(
    plan: Plan,
    choice: Choice,
    stands: Standing,
    outcome: Outcome,
    lacking: Reason | None,
    *,
    kind: Kind,
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
        adverse=adverse or outcome.unsteady,
        due_passed=stands.due_passed,
        thresholds=plan.thresholds.of(kind),
    )
    if word is Rating.NOT_ASSESSABLE:
        return word, Reason.TOO_FEW_OBSERVATIONS
    return (at_best(word, Rating.FAR_BEHIND) if outcome.capped else word), None


def _lacking_baseline(goal: Goal, choice: Choice) -> Reason | None:
    """Return why a goal that starts from a baseline has none; ``None`` where it has or needs none.

    Average growth can do without where every complete year's 同比 is reported.
    """
    if goal.kind not in _FROM_BASELINE or choice.baseline is not None:
        return None
    if goal.kind is Kind.CAGR and choice.newest is not None:
        until = choice.newest.period.year
        if observed_growth(choice.series, baseline=None, base_year=choice.start.year, until=until):
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
    if known.revision(indicator.id, latest.period, latest.scope) is not None:
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
