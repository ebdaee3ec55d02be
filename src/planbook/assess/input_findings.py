"""What analysts' own inputs say that does not take effect as they may expect, told as findings.

Called by the pipeline for the edition that is built, which prints them; 数据质量 lists them beside
the findings of the workbooks. They name no department and are warnings: nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from planbook.assess import judging_words as words
from planbook.assess.annual import lenient_annual_targets
from planbook.assess.known import Known
from planbook.assess.rating import assessed_rating
from planbook.errors import Finding
from planbook.plan import Plan
from planbook.rounding import rounded
from planbook.vocabulary import Reason, Severity
from planbook.written_units import behind_number


def input_findings(plan: Plan, known: Known) -> list[Finding]:
    """Return what is to be told of yearly targets and assessments in force in an edition."""
    return [*_lenient_targets(plan, known), *_lapsed_assessments(plan, known)]


def _lenient_targets(plan: Plan, known: Known) -> Iterator[Finding]:
    for lenient in lenient_annual_targets(plan, known):
        goal = plan.goal(lenient.goal_id)
        unit, rising = behind_number(plan.goal_unit(goal)), goal.direction.sign > 0
        target, path = (
            f"{rounded(number, lenient.decimals):,}{unit}"
            for number in (lenient.target, lenient.path)
        )
        yield Finding(
            rule="lenient-annual-target",
            severity=Severity.WARNING,
            message=words.lenient_target(
                goal.name, plan.year.label(lenient.year), target, path, rising=rising
            ),
            edition=str(known.edition.base),
            file="annual_targets.csv",
            observed=target,
            expected=words.lenient_target_expected(path, rising=rising),
            remedy=words.LENIENT_TARGET_REMEDY,
        )


def _lapsed_assessments(plan: Plan, known: Known) -> Iterator[Finding]:
    for goal in plan.goals:
        given = known.assessments.get(goal.id)
        if given is None or known.edition.end < plan.goal_due(goal):
            continue
        _, reason = assessed_rating(given.verdict, due_passed=True)
        if reason is Reason.AWAITING_ASSESSMENT:
            yield Finding(
                rule="lapsed-assessment",
                severity=Severity.WARNING,
                message=words.lapsed_assessment(goal.name, given.verdict),
                edition=str(known.edition.base),
                file="assessments.csv",
                observed=given.verdict,
                expected=words.LAPSED_ASSESSMENT_EXPECTED,
                remedy=words.LAPSED_ASSESSMENT_REMEDY,
            )
