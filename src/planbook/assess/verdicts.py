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
from planbook.assess.kinds.cumulative import judge_cumulative
from planbook.assess.kinds.flows import judge_every_year, judge_yearly_total
from planbook.assess.kinds.growth import judge_average_growth, observed_growth
from planbook.assess.kinds.levels import judge_level
from planbook.assess.known import Known
from planbook.assess.provisional import Openness, openness
from planbook.assess.rating import assessed_rating, at_best, rating
from planbook.assess.scope import Choice, choose
from planbook.assess.series import Observation
from planbook.assess.standing import Standing, standing
from planbook.assess.targets import Target
from planbook.assess.verdict_columns import goal_columns, outcome_columns, value_columns
from planbook.assess.verdict_notes import Judged, notes_of
from planbook.periods import Edition, TimePeriod
from planbook.plan import Goal, Plan
from planbook.vocabulary import (
    Kind,
    RatedBy,
    Rating,
    Reason,
)

JUDGES: Mapping[Kind, Callable[[Case], Outcome]] = {
    Kind.LEVEL_AT_END: judge_level,
    Kind.ANNUAL_FLOW: judge_yearly_total,
    Kind.GROWTH_VS_BASE: judge_yearly_total,
    Kind.CUMULATIVE: judge_cumulative,
    Kind.CAGR: judge_average_growth,
    Kind.EVERY_YEAR: judge_every_year,
}
_REASONS = tuple(Reason)


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
    choice = choose(plan, goal, known)
    latest, stands = choice.newest, _stands(plan, goal, known, choice)
    prior = None
    if latest is not None and choice.comparable:
        prior = choice.series.a_year_earlier(latest.period)
    adverse = latest is not None and _is_worse(goal, latest.value, prior)
    lacking = _lacking_baseline(goal, choice)

    def word_of(outcome: Outcome) -> tuple[Rating, Reason | None]:
        return _word(plan, choice, stands, outcome, lacking, kind=goal.kind, adverse=adverse)

    def rate(case: Case) -> Rating:
        return word_of(JUDGES[goal.kind](case))[0]

    case = _case(plan, goal, choice, stands)
    outcome = Outcome() if case is None else JUDGES[goal.kind](case)
    word, reason = word_of(outcome)
    is_open = Openness()
    if case is not None and reason is None and not stands.due_passed:
        is_open = openness(case, outcome, word, rate)
    yearly = _yearly_target(plan, goal, known, choice, outcome)
    judged = Judged(
        goal=goal,
        known=known,
        choice=choice,
        stands=stands,
        outcome=outcome,
        word=word,
        reason=reason,
        no_band=is_open.no_band,
        prior=prior,
        status_owed=_status_at(stands.owed, _reported(plan, goal, known)),
        yearly_verdict=yearly.get("annual_target_verdict", ""),
    )
    return {
        **goal_columns(plan, goal),
        **outcome_columns(outcome),
        **value_columns(plan.indicator_of(goal), latest, prior),
        **({"latest_status": judged.status_owed} if latest is None else {}),
        **_baseline_columns(choice),
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
        "notes": " ".join(notes_of(plan, judged, met_in=met_in)),
    }


def _stands(plan: Plan, goal: Goal, known: Known, choice: Choice) -> Standing:
    """Return how the newest value stands to what is owed."""
    due, until = plan.goal_due(goal), plan.decided_by(goal)
    return standing(
        plan.indicator_of(goal),
        known.edition,
        first=goal.from_edition or plan.about.first_edition,
        start=choice.start,
        due=until if goal.kind.of_years else due,
        until=until,
        latest=choice.newest,
        reported=_reported(plan, goal, known),
    )


def _case(plan: Plan, goal: Goal, choice: Choice, stands: Standing) -> Case | None:
    """Return what is judged; ``None`` where there is no value that may be."""
    if choice.newest is None or not choice.comparable or stands.reason is not None:
        return None
    indicator = plan.indicator_of(goal)
    return Case(
        goal=goal,
        indicator=indicator,
        target=Target.of(goal, indicator, tolerance=plan.about.approx_tolerance),
        start=choice.start,
        due=plan.goal_due(goal),
        series=choice.series,
        latest=choice.newest,
        baseline=choice.baseline,
        thresholds=plan.thresholds.of(goal.kind),
        small_target=plan.about.small_target,
        due_passed=stands.due_passed,
    )


def _reported(plan: Plan, goal: Goal, known: Known) -> tuple[Observation, ...]:
    return known.observations.get(plan.indicator_of(goal).id, ())


def _baseline_columns(choice: Choice) -> dict[str, Any]:
    if choice.baseline is None:
        return {}
    return {"baseline_value": choice.baseline, "baseline_period": str(choice.start)}


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
    if not goal.kind.from_base or choice.baseline is not None:
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
