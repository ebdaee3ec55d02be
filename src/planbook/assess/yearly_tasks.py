"""Where every yearly task stands in an edition: what was agreed, what its unit last reported.

A unit's report makes a task done, the month in which it is due makes it overdue. A task that is not
done goes on into the next year until it is done or dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from planbook.assess.actions import public_since
from planbook.assess.proposed_tasks import declined_tasks
from planbook.facts.observations import Facts
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.task_frames import TaskDecisionRow, TaskReportRow, TaskRow, TaskState
from planbook.vocabulary import MeasureStatus


def assess_tasks(
    plan: Plan, facts: Facts, edition: Edition, *, demonstration: bool
) -> tuple[TaskRow, ...]:
    """Return the tasks that an edition follows, in the order of units, then of due months.

    Those that are open, those that were dropped in the edition, and of those that are done the ones
    that were due, or came to be done, in its year or later.

    Parameters
    ----------
    facts
        Decisions and reports of any editions: those up to `edition` count. A correction edition
        shows what was dropped in the edition that it corrects.
    """
    decisions: dict[str, list[TaskDecisionRow]] = defaultdict(list)
    declined = declined_tasks(facts.task_decisions)  # was never a task
    for row in facts.task_decisions:
        if row.from_edition <= edition and row.task_id not in declined:
            decisions[row.task_id].append(row)
    reports: dict[str, list[TaskReportRow]] = defaultdict(list)
    for report in facts.task_reports:
        if report.vintage <= edition:
            reports[report.task_id].append(report)
    rows = [
        _row(own, reports[id], edition, demonstration=demonstration)
        for id, own in decisions.items()
    ]
    order = {unit.id: number for number, unit in enumerate(plan.units)}

    def place(row: TaskRow) -> tuple[int, object, str]:
        return order.get(row.submitting_unit, len(order)), row.due_month, row.task_id

    return tuple(sorted((row for row in rows if _is_followed(row, plan, edition)), key=place))


def _is_followed(row: TaskRow, plan: Plan, edition: Edition) -> bool:
    if row.dropped_in is not None:
        told_in = plan.cycle.told_in
        return told_in(row.dropped_in).base == told_in(edition).base
    if row.done_in is None:
        return True
    year = plan.year.of(edition.end)
    return year <= max(plan.year.of(row.due_month), plan.year.of(row.done_in.end))


def _row(
    decisions: Sequence[TaskDecisionRow],
    reports: Sequence[TaskReportRow],
    edition: Edition,
    *,
    demonstration: bool,
) -> TaskRow:
    """Return where a task stands by its rows and reports known in the edition."""
    ordered = sorted(decisions, key=lambda row: row.from_edition)
    told = sorted(reports, key=lambda row: row.vintage)
    first, now, last = ordered[0], ordered[-1], told[-1] if told else None
    done_in = _done_in(told)
    return TaskRow(
        task_id=now.task_id,
        goal_id=now.goal_id,
        measure_id=now.measure_id,
        task=now.task,
        deliverable=now.deliverable,
        submitting_unit=now.submitting_unit,
        due_month=now.due_month,
        first_due_month=first.due_month,
        decided_in=now.decided_in,
        opened=first.from_edition,
        dropped=now.dropped,
        dropped_in=now.from_edition if now.dropped else None,
        task_state=_state(now, edition, done=done_in is not None),
        task_status=last.task_status if last else None,
        progress=last.progress if last else "",
        reported_in=last.vintage if last else None,
        done_in=done_in,
        asked_month=_still_asked(ordered, last),
        visibility=now.visibility,
        public_since=public_since(ordered),
        edition=edition,
        demonstration=demonstration,
    )


def _still_asked(
    decisions: Sequence[TaskDecisionRow], last: TaskReportRow | None
) -> TimePeriod | None:
    """Return until when a unit asks to have a task put off, if nothing was decided since."""
    if last is None or any(row.from_edition >= last.vintage for row in decisions[1:]):
        return None
    return last.asked_month


def _state(now: TaskDecisionRow, edition: Edition, *, done: bool) -> TaskState:
    if now.dropped:
        return TaskState.DROPPED
    if done:
        return TaskState.DONE
    if now.due_month <= edition.end:
        return TaskState.OVERDUE
    return TaskState.NEAR if now.due_month <= edition.base.plus(1).end else TaskState.AHEAD


def _done_in(reports: Sequence[TaskReportRow]) -> Edition | None:
    """Return since which edition a task has been reported as done; `reports`, the oldest first."""
    since = None
    for row in reports:
        if row.task_status is not MeasureStatus.DONE:
            since = None
        elif since is None:
            since = row.vintage
    return since
