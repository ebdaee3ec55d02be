"""Hold a workbook against what was reported before: falls, silent changes, steps back.

One small function a rule, of a row, of a measure's status or of the whole workbook. Whether a value
is of the right size is in `size_checks`, whether the figures of a row fit each other in
`row_checks`; `compare` puts all of it together.
"""

from __future__ import annotations

from collections.abc import Iterator

from planbook.collect.compare.earlier_reports import History, Known
from planbook.collect.compare.reported_case import ReportedCase
from planbook.collect.layout import MEASURES
from planbook.collect.read.submission import (
    ReportedProject,
    ReportedStatus,
    ReportedValue,
    Submission,
)
from planbook.collect.rules import history_rules
from planbook.collect.written_numbers import shown
from planbook.errors import Finding
from planbook.vocabulary import Accumulation, MeasureStatus, ObsStatus, ReleaseStage

_FALLEN = 0.9  # share of the earlier total below which a month's figure was likely typed for it
_FEW = 3  # so many fewer whole things are a correction of the count
_FINALITY = {
    ReleaseStage.ESTIMATE: 0,
    ReleaseStage.FLASH: 1,
    ReleaseStage.PRELIMINARY: 2,
    ReleaseStage.FINAL: 3,
}
_STEPS_BACK = {
    MeasureStatus.DONE: (MeasureStatus.UNDER_WAY, MeasureStatus.BLOCKED, MeasureStatus.NOT_STARTED),
    MeasureStatus.UNDER_WAY: (MeasureStatus.NOT_STARTED,),
    MeasureStatus.BLOCKED: (MeasureStatus.NOT_STARTED,),
}


def history_findings(case: ReportedCase) -> Iterator[Finding]:
    """Return what in a row contradicts what was reported before, its size apart."""
    for check in _CHECKS:
        yield from check(case)


def _falling_total(case: ReportedCase) -> Iterator[Finding]:
    """A running total falls within its year, or since its start; a net total may.

    A small fall may be a correction of what was counted before.
    """
    before = _running_before(case)
    number = case.value.value
    if number is None or before is None or case.subject.is_net:
        return
    if number < before.value and case.differs(number, before.value):
        few = case.indicator.counts_whole and before.value - number <= _FEW
        plain = number < _FALLEN * before.value and before.value > 0 and not few
        yield case.finding(
            history_rules.FALLING_TOTAL if plain else history_rules.SLIGHT_FALL,
            "value",
            observed=number,
            expected=before.value,
            period=case.label(case.value),
            earlier=case.label(before),
        )


def _dash_after_values(case: ReportedCase) -> Iterator[Finding]:
    """「—」 follows values, and no remark says why."""
    earlier = [k for k in case.reported.values() if k.period <= case.value.period]
    if case.value.status is not ObsStatus.NOT_APPLICABLE or case.value.remark or not earlier:
        return
    before = max(earlier, key=lambda k: (k.period, k.scope))
    expected = shown(before.value)
    yield case.finding(
        history_rules.DASH_AFTER_VALUES, "value", expected=expected, period=case.label(before)
    )


def _undeclared_change(case: ReportedCase) -> Iterator[Finding]:
    """A value of the same period and scope was another one before, and 修订 says nothing."""
    number, before = case.value.value, case.same
    if number is None or before is None or case.value.period in case.declared:
        return
    if not case.is_one_of(number, before.numbers):
        yield case.finding(
            history_rules.UNDECLARED_CHANGE,
            "value",
            observed=number,
            expected=before.told,
            period=case.label(case.value),
        )


def _changed_scope(case: ReportedCase) -> Iterator[Finding]:
    """The newest value known was of another scope, and this workbook no longer reports that one."""
    if case.value.value is None or not case.reported:
        return
    newest = max(k.period for k in case.reported.values())
    before = {k.scope for k in case.reported.values() if k.period == newest}
    if before.isdisjoint(case.scopes):
        expected = "、".join(sorted(before))
        yield case.finding(
            history_rules.CHANGED_SCOPE, "scope", observed=case.value.scope, expected=expected
        )


def _stage_back(case: ReportedCase) -> Iterator[Finding]:
    """The same period's value was called more final before."""
    stage, before = case.value.stage, case.same
    if before is None or not stage or not before.stage:
        return
    if _FINALITY[ReleaseStage(stage)] < _FINALITY[ReleaseStage(before.stage)]:
        yield case.finding(
            history_rules.STAGE_BACK,
            "stage",
            observed=stage,
            expected=before.stage,
            period=case.label(case.value),
        )


_CHECKS = (_falling_total, _dash_after_values, _undeclared_change, _changed_scope, _stage_back)


def _running_before(case: ReportedCase) -> Known | None:
    """Return the last earlier value of the same running total; ``None`` for a level."""
    earlier = case.earlier
    match case.indicator.accumulation:
        case Accumulation.YTD:
            began = case.plan.year.before(case.value.period)
            earlier = [k for k in earlier if k.period > began]
        case Accumulation.SINCE_START:
            pass
        case _:
            return None
    return earlier[-1] if earlier else None


def status_back(
    status: ReportedStatus, submission: Submission, known_before: History
) -> Iterator[Finding]:
    """A measure goes back: 已完成 to 推进中, or within a year 本年已开展 to 本年未开展."""
    if status.measure_id not in known_before.statuses:
        return
    edition, before, _ = known_before.statuses[status.measure_id]
    undone = (before, status.status) == (MeasureStatus.DONE_THIS_YEAR, MeasureStatus.NOT_THIS_YEAR)
    year = known_before.plan.year
    same_year = year.of(edition.end) == year.of(submission.edition.end)
    if status.status in _STEPS_BACK.get(before, ()) or (undone and same_year):
        yield history_rules.STATUS_BACK.finding(
            submission.place.at(MEASURES.sheet, status.cell),
            observed=status.status,
            expected=before,
            edition=str(edition),
        )


def nothing_changed(submission: Submission, known_before: History) -> tuple[Finding, ...]:
    """Return a finding if every value is the newest known, every status with its progress the last.

    Asked of a workbook as a whole: it may be the last edition's, sent again under a new edition.
    Where no value is asked for, statuses that stay as they were are an answer; and a month whose
    only count stands still has said something new if a task or a project has moved.
    """
    same_values = all(_is_known(value, known_before) for value in submission.values)
    same_statuses = all(
        known_before.statuses.get(status.measure_id, ())[1:] == (status.status, status.progress)
        for status in submission.statuses
    )
    reported = any(value.value is not None for value in submission.values)
    said_something = reported or bool(submission.statuses and submission.values)
    moved = submission.revisions or submission.proposals or _moved(submission, known_before)
    if said_something and same_values and same_statuses and not moved:
        return (history_rules.NOTHING_CHANGED.finding(submission.place),)
    return ()


def _moved(submission: Submission, known_before: History) -> bool:
    """Tell whether a task or a project stands otherwise than it was last said to."""
    tasks, projects = known_before.tasks_so_far, known_before.projects.of_id
    return any(
        task.status not in (None, tasks.get(task.task_id)) for task in submission.tasks
    ) or any(
        project.stage is not None
        and (
            (known := projects.get(project.project_id)) is None
            or _stand(project) != _stand(known.told)
        )
        for project in submission.projects
    )


def _stand(project: ReportedProject) -> tuple[object, ...]:
    return (project.stage, project.next_node, project.next_month, project.problem, project.need)


def _is_known(value: ReportedValue, known_before: History) -> bool:
    """Tell whether the newest value of the same scope is this one; of a blank, that there is none.

    A number that was withdrawn as 「—」 and one that is final now are new.
    """
    own = known_before.values.get(value.indicator_id, {}).values()
    fits = [k for k in own if k.scope == value.scope and k.period <= value.period]
    newest = max(fits, key=lambda known: known.period, default=None)
    if newest is None:
        return value.value is None
    return value.value in newest.numbers and value.stage == newest.stage
