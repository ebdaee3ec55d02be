"""The contracts of the tables about yearly tasks: what was agreed, reported, and how it stands.

They are saved with those of `planbook.frames`.
"""

from __future__ import annotations

from dataclasses import dataclass

from planbook.contract import Contract
from planbook.periods import Edition, TimePeriod
from planbook.vocabulary import STATUSES, Labelled, MeasureStatus, Pattern, Visibility

TASK_STATUSES: tuple[MeasureStatus, ...] = STATUSES[Pattern.DELIVERABLE]


class TaskState(Labelled):
    """Where a task stands in an edition; nothing is weighted, and nothing is a share."""

    OVERDUE = "overdue", "逾期"
    NEAR = "near", "临近到期"  # due in the edition that follows
    AHEAD = "ahead", "未到期"
    DONE = "done", "完成"
    DROPPED = "dropped", "取消"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDecisionRow:
    """A row of ``tasks.csv``: the whole state of a task from an edition on.

    A later row of the same id replaces it; one that says why it was dropped ends it.
    """

    task_id: str
    goal_id: str  # what it serves: a goal or a measure
    measure_id: str
    task: str
    deliverable: str
    submitting_unit: str  # who has to do it
    due_month: TimePeriod  # its year is the task's
    decided_in: str  # the meeting or document that agreed it
    dropped: str  # why it is no task any more; empty: it is one
    visibility: Visibility
    from_edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReportRow:
    """What a unit said of a task in an edition's form."""

    task_id: str
    vintage: Edition
    task_status: MeasureStatus | None
    progress: str  # with what proves it
    asked_month: TimePeriod | None  # until when the unit asks to have it put off
    submitting_unit: str
    source_file: str
    source_sheet: str
    source_cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """Where a task stands in an edition."""

    task_id: str
    goal_id: str
    measure_id: str
    task: str
    deliverable: str
    submitting_unit: str
    due_month: TimePeriod
    first_due_month: TimePeriod  # as it was first agreed
    decided_in: str
    opened: Edition
    dropped: str
    dropped_in: Edition | None
    task_state: TaskState
    task_status: MeasureStatus | None  # by the last report; none: never reported
    progress: str
    reported_in: Edition | None
    done_in: Edition | None  # since which it has been reported as done
    asked_month: TimePeriod | None
    visibility: Visibility
    public_since: Edition | None  # from which it has been public without a break
    edition: Edition
    demonstration: bool


TASK_DECISIONS = Contract("task_decisions", TaskDecisionRow, ("task_id", "from_edition"))
TASK_REPORTS = Contract("task_reports", TaskReportRow, ("task_id", "vintage"))
TASKS = Contract("tasks", TaskRow, ("task_id",))
