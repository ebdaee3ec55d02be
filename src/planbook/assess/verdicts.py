"""One goal in one edition: from what is known to its verdict.

Met is checked first, then the reasons not to judge in their order, then the pace. The numbers come
from the modules of the kinds, the value's right to be judged from `standing` and `scope`. Yearly
targets are set beside the rating and do not touch it.
"""

from __future__ import annotations

from dataclasses import replace

from planbook.assess.annual import year_results
from planbook.assess.case import Case, Outcome
from planbook.assess.judging import JUDGES, case_of, is_adverse, value_before, word_of
from planbook.assess.kinds.growth import observed_growth
from planbook.assess.known import Known
from planbook.assess.provisional import Openness, openness
from planbook.assess.rating import assessed_rating
from planbook.assess.scope import Choice, choose
from planbook.assess.standing import Standing, standing_of
from planbook.assess.verdict_notes import Judged, notes_of
from planbook.frames import AnnualVerdictRow, ObservationRow, Verdict
from planbook.periods import Edition
from planbook.plan import Goal, Plan
from planbook.vocabulary import Kind, ObsStatus, RatedBy, Rating, Reason

_REASONS = tuple(Reason)


def verdict(
    plan: Plan, goal: Goal, known: Known, *, met_in: Edition | None, demonstration: bool
) -> Verdict:
    """Return a goal's verdict, as far as one edition decides it.

    Parameters
    ----------
    goal
        With the target in force in the edition of `known`.
    met_in
        The first edition, before this one, in which it was met; ``None`` if there is none.
    """
    blank = _not_judged(plan, goal, known.edition, demonstration=demonstration)
    if goal.kind.by_people:
        return _by_people(plan, goal, known, blank)
    return _by_formula(plan, judged(plan, goal, known), blank, met_in=met_in)


def _not_judged(plan: Plan, goal: Goal, edition: Edition, *, demonstration: bool) -> Verdict:
    """Return what the plan says of the goal."""
    field, indicator = plan.field_of(goal), plan.indicator_of(goal)
    return Verdict(
        goal_id=goal.id,
        indicator_id=indicator.id,
        chapter=plan.chapter_of(goal).id,
        field=field.name,
        field_id=field.id,
        name=goal.name,
        quote=goal.quote,
        section=goal.section,
        unit=plan.goal_unit(goal),
        kind=goal.kind,
        direction=goal.direction,
        scope=indicator.scope,
        accumulation=indicator.accumulation,
        target_low=goal.target,
        target_high=goal.target_high,
        comparator=goal.comparator,
        submitting_unit=plan.unit_of(goal).id,
        due=plan.goal_due(goal),
        rating=Rating.NOT_ASSESSABLE,
        edition=edition,
        demonstration=demonstration,
    )


def _by_people(plan: Plan, goal: Goal, known: Known, blank: Verdict) -> Verdict:
    given = known.assessments.get(goal.id)
    due_passed = known.edition.end >= plan.goal_due(goal)
    word, reason = assessed_rating(given.verdict if given else None, due_passed=due_passed)
    return replace(
        blank,
        rated_by=None if reason else RatedBy.PEOPLE,
        met=word.is_met,
        rating=word,
        reason=reason,
        assessed_by=given.assessed_by if given else "",
        assessed_on=given.assessed_on if given else "",
        evidence=given.evidence if given else "",
    )


def _by_formula(plan: Plan, found: Judged, blank: Verdict, *, met_in: Edition | None) -> Verdict:
    choice, stands, is_open = found.choice, found.stands, found.is_open
    told = _with_value(_with_yearly_target(blank, found.yearly), found)
    return replace(
        told,
        **found.outcome.columns(),
        baseline_value=choice.baseline,
        baseline_period=None if choice.baseline is None else choice.start,
        rating_low=is_open.low,
        rating_high=is_open.high,
        rating_provisional=is_open.provisional,
        owed_period=stands.owed,
        rating=found.word,
        reason=found.reason,
        adverse=found.adverse,
        carried=stands.carried,
        notes=notes_of(plan, found, met_in=met_in),
    )


def judged(plan: Plan, goal: Goal, known: Known) -> Judged:
    """Judge a goal that has a formula, with the target in force in the edition of `known`."""
    choice = choose(plan, goal, known)
    stands = standing_of(plan, goal, known, choice)
    adverse = is_adverse(goal, choice)
    lacking = _lacking_baseline(goal, choice)

    def rated(outcome: Outcome) -> tuple[Rating, Reason | None]:
        return _rated(plan, goal, choice, stands, outcome, lacking=lacking, adverse=adverse)

    def rate(case: Case) -> Rating:
        return rated(JUDGES[goal.kind](case))[0]

    case = None
    if stands.reason is None:
        case = case_of(plan, goal, choice, due_passed=stands.due_passed)
    outcome = Outcome() if case is None else JUDGES[goal.kind](case)
    word, reason = rated(outcome)
    is_open = Openness()
    if case is not None and reason is None and not stands.due_passed:
        is_open = openness(case, outcome, word, rate)
    return Judged(
        goal=goal,
        known=known,
        choice=choice,
        stands=stands,
        outcome=outcome,
        word=word,
        reason=reason,
        is_open=is_open,
        adverse=adverse,
        prior=value_before(choice),
        status_owed=_status_owed(plan, goal, known, stands),
        yearly=_yearly_target(plan, goal, known, choice, outcome),
    )


def _with_value(blank: Verdict, found: Judged) -> Verdict:
    """Add the newest value as reported, or why there is none: 「—」, blank or refused when owed."""
    latest = found.choice.newest
    if latest is None:
        return replace(blank, scope=found.choice.series.scope, latest_status=found.status_owed)
    return replace(
        blank,
        scope=latest.scope,
        latest_value=latest.obs_value,
        latest_period=latest.time_period,
        latest_status=latest.obs_status,
        release_stage=latest.release_stage,
        yoy=latest.yoy,
        yoy_type=latest.yoy_type,
        prior_value=found.prior,
    )


def _with_yearly_target(blank: Verdict, yearly: AnnualVerdictRow | None) -> Verdict:
    if yearly is None:
        return blank
    return replace(
        blank,
        annual_target=yearly.target_value,
        annual_target_source=yearly.source,
        annual_target_year=yearly.year,
        annual_target_value=yearly.observed_value,
        annual_target_verdict=yearly.verdict,
    )


def _yearly_target(
    plan: Plan, goal: Goal, known: Known, choice: Choice, outcome: Outcome
) -> AnnualVerdictRow | None:
    """Return the yearly target of the year judged; ``None`` where none is given."""
    year = plan.year.of(outcome.observed_period or known.edition.end)
    results = year_results(plan, goal, known, choice)
    return next((result for result in results if result.year == year), None)


def _reported(plan: Plan, goal: Goal, known: Known) -> tuple[ObservationRow, ...]:
    return known.observations.get(plan.indicator_of(goal).id, ())


def _status_owed(plan: Plan, goal: Goal, known: Known, stands: Standing) -> ObsStatus | None:
    """Return what came for the period owed."""
    reported = _reported(plan, goal, known)
    return next((row.obs_status for row in reported if row.time_period == stands.owed), None)


def _rated(
    plan: Plan,
    goal: Goal,
    choice: Choice,
    stands: Standing,
    outcome: Outcome,
    *,
    lacking: Reason | None,
    adverse: bool,
) -> tuple[Rating, Reason | None]:
    """Return the rating: met first, then the first reason that applies, then the pace."""
    mismatch = None if choice.comparable else Reason.SCOPE_MISMATCH
    found = [r for r in (lacking, mismatch, stands.reason, outcome.reason) if r is not None]
    if found and not outcome.meeting.met:
        return Rating.NOT_ASSESSABLE, min(found, key=_REASONS.index)
    measure = outcome.rated.measure
    thresholds = plan.thresholds.of(goal.kind)
    word = word_of(thresholds, outcome, measure, adverse=adverse, due=stands.due_passed)
    return word, Reason.TOO_FEW_OBSERVATIONS if word is Rating.NOT_ASSESSABLE else None


def _lacking_baseline(goal: Goal, choice: Choice) -> Reason | None:
    """Return why a goal that starts from a baseline has none; ``None`` where it has or needs none.

    Average growth can do without where every complete year's 同比 is reported.
    """
    if not goal.kind.from_base or choice.baseline is not None:
        return None
    if goal.kind is Kind.CAGR and choice.newest is not None:
        base, until = map(choice.series.year.of, (choice.start, choice.newest.time_period))
        if observed_growth(choice.series, baseline=None, base_year=base, until=until):
            return None
    return Reason.SCOPE_MISMATCH if choice.baseline_known else Reason.NO_BASELINE
