"""What analysts' own inputs say that does not take effect as they may expect, told as findings.

Called by the pipeline for the edition that is built, which prints them; 数据质量 lists them beside
the findings of the workbooks. They name no department and are warnings: nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from planbook.assess.annual import lenient_annual_targets
from planbook.assess.known import Known
from planbook.assess.rating import assessed_rating
from planbook.errors import Finding
from planbook.plan import Plan
from planbook.vocabulary import Reason, Severity


def input_findings(plan: Plan, known: Known) -> list[Finding]:
    """Return what is to be told of yearly targets and assessments in force in an edition."""
    return [*_lenient_targets(plan, known), *_lapsed_assessments(plan, known)]


def _lenient_targets(plan: Plan, known: Known) -> Iterator[Finding]:
    for lenient in lenient_annual_targets(plan, known):
        goal = plan.goal(lenient.goal_id)
        unit, rising = plan.goal_unit(goal), goal.direction.sign > 0
        target, path = (
            f"{number:,.{lenient.decimals}f}{unit}" for number in (lenient.target, lenient.path)
        )
        yield Finding(
            rule="lenient-annual-target",
            severity=Severity.WARNING,
            message=f"「{goal.name}」{plan.year.label(lenient.year)}的年度目标{target}，"
            f"{'低' if rising else '高'}于按方案路径当年年末的应达数{path}。",
            edition=str(known.edition.base),
            file="annual_targets.csv",
            observed=target,
            expected=f"不{'低' if rising else '高'}于{path}",
            remedy="核对年度目标；状态仍按方案的路径评定，不因年度目标放宽",
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
                message=f"「{goal.name}」已到期，评定意见「{given.verdict}」不再有效。",
                edition=str(known.edition.base),
                file="assessments.csv",
                observed=given.verdict,
                expected="已达成或未达成",
                remedy="请责任单位评定为已达成或未达成，加一行；在此之前为「定性目标待评定」",
            )
