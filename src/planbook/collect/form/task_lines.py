"""The rows of sheet 年度任务 in a blank form: agreed tasks to report on, then room for new ones.

The form that asks for the next year's tasks so begins with those of the last that are still open:
whoever has one put off types a month, and nothing else again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planbook.collect.form.form import TaskLine
from planbook.collect.layout import TASK_ROWS
from planbook.collect.owed import task_subjects, tasks_asked_for
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.task_frames import TaskDecisionRow, TaskProposalRow, TaskReportRow
from planbook.vocabulary import MeasureStatus, Visibility


def task_lines(
    plan: Plan,
    unit_id: str,
    edition: Edition,
    tasks: Sequence[TaskDecisionRow],
    reports: Mapping[str, Sequence[TaskReportRow]],
) -> tuple[TaskLine, ...]:
    """Return those of a unit's tasks that were not reported as done before an edition.

    Parameters
    ----------
    tasks
        The unit's own.
    reports
        By task, the oldest first; those of the edition itself and later are ignored.
    """
    last = {row.task_id: _last(reports.get(row.task_id, ()), edition) for row in tasks}
    names = {subject: name for name, subject in task_subjects(plan, unit_id).items()}
    return tuple(
        TaskLine(
            task_id=row.task_id,
            about=names.get((row.goal_id, row.measure_id)) or _name(plan, row),
            task=row.task + _if_public(row),
            deliverable=row.deliverable,
            due=row.due_month.words + ("\n（已逾期）" if row.due_month < edition.start else ""),
            previous=_said(last[row.task_id]),
        )
        for row in tasks
        if not _is_done(last[row.task_id])
    )


def proposed_lines(
    plan: Plan, unit_id: str, edition: Edition, proposals: Sequence[TaskProposalRow]
) -> tuple[TaskLine, ...]:
    """Return what a unit proposed before and nobody has decided, for the rows of new tasks.

    Not what is due before the edition: whoever decides has to give it another month first.

    Parameters
    ----------
    proposals
        The unit's own that are not decided.
    """
    names = {subject: name for name, subject in task_subjects(plan, unit_id).items()}
    return tuple(
        TaskLine(
            about=names[row.goal_id, row.measure_id],
            task=row.task,
            deliverable=row.deliverable,
            due=str(row.due_month),
            previous=f"待核定\n（{row.proposed_in.label}提出）",
            carried=True,
        )
        for row in sorted(proposals, key=lambda row: (row.due_month, row.task_id))
        if row.due_month >= edition.start and (row.goal_id, row.measure_id) in names
    )


def blank_task_rows(plan: Plan, edition: Edition) -> int:
    """Return how many rows a form has for new tasks: few within a year, many for the next."""
    year = tasks_asked_for(plan, edition)
    if year is None:
        return 0
    return TASK_ROWS[year > plan.year.of(edition.end)]


def _last(rows: Sequence[TaskReportRow], edition: Edition) -> TaskReportRow | None:
    """Return the newest report before an edition."""
    return next((row for row in reversed(rows) if row.vintage < edition), None)


def _is_done(row: TaskReportRow | None) -> bool:
    return row is not None and row.task_status is MeasureStatus.DONE


def _name(plan: Plan, row: TaskDecisionRow) -> str:
    """Return the name of what another unit reports."""
    return plan.goal(row.goal_id).name if row.goal_id else plan.measure(row.measure_id).title


def _if_public(row: TaskDecisionRow) -> str:
    """Return what a unit must know before it writes: that readers of the public book read it."""
    return "\n（公开，所填内容随公开版刊出）" if row.visibility is Visibility.PUBLIC else ""


def _said(row: TaskReportRow | None) -> str:
    if row is None:
        return ""
    said = "：".join(part for part in (row.task_status or "", row.progress) if part)
    return f"{said}\n（{row.vintage.label}）"
