"""Hold the amounts of projects that corrections put in against what units reported of them.

The same doubts as of a workbook's cell; what was verified says so in `confirmed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planbook.collect.compare.project_checks import HUGE, LEAP
from planbook.collect.compare.projects_so_far import ProjectsSoFar
from planbook.collect.decided.declared_correction import Correction
from planbook.collect.decided.input_sizes import CONFIRM, is_confirmed
from planbook.collect.read.submission import ReportedProject, Submission
from planbook.collect.written_numbers import shown
from planbook.errors import Problem
from planbook.plan import Plan
from planbook.project_frames import ProjectAmount

_PARTS = (ProjectAmount.YEAR, ProjectAmount.INVESTED)


def doubtful_amounts(
    corrections: Iterable[Correction], plan: Plan, submissions: Sequence[Submission]
) -> Iterator[Problem]:
    """Yield which amounts put in by corrections are doubtful, as reported ones would be."""
    for correction in corrections:
        value = correction.value
        if correction.amount is None or not isinstance(value, float):
            continue
        doubt = _doubt(correction, correction.amount, value, plan, submissions)
        if doubt and not is_confirmed(value, correction.confirmed):
            yield Problem(doubt, f"corrections.yaml「{correction.id}」value", CONFIRM)


def _doubt(
    correction: Correction,
    amount: ProjectAmount,
    value: float,
    plan: Plan,
    submissions: Sequence[Submission],
) -> str:
    """Return why an amount is doubtful, or an empty text; of what is not known nothing is said."""
    said = f"{amount.label} {shown(value)} 亿元"
    known, so_far = ProjectsSoFar(plan), correction.edition
    for submission in sorted(submissions, key=lambda s: (s.edition, s.unit_id)):
        if submission.edition < so_far:
            known.take(submission)
    last = known.of_id.get(correction.about)
    before = None if last is None else getattr(last.told, amount.value)
    same_year = known.same_year(last, so_far)
    comparable = amount is ProjectAmount.TOTAL or (amount is ProjectAmount.YEAR and same_year)
    if before and comparable and value and not 1 / LEAP < value / before < LEAP:
        return f"{said}，与上次的 {shown(before)} 相差 {LEAP} 倍以上"
    if amount is not ProjectAmount.INVESTED and value >= HUGE:
        return f"{said}，单个项目通常不到 {shown(HUGE)} 亿元"
    if amount is ProjectAmount.INVESTED and before is not None and value < before:
        return f"{said}，少于上次的 {shown(before)}"
    for submission in submissions:
        if submission.edition == so_far:
            known.take(submission)
    now = known.of_id.get(correction.about)
    if now is None:
        return ""
    told = now.told.with_amount(amount, value)
    over = [
        part for part in _PARTS if _is_over(told, part) and amount in (part, ProjectAmount.TOTAL)
    ]
    return f"{said}：{over[0].label}多于总投资" if over else ""


def _is_over(told: ReportedProject, part: ProjectAmount) -> bool:
    some, total = getattr(told, part.value), told.total_investment
    return some is not None and total is not None and bool(some > total)
