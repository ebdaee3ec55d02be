"""The contracts of the tables about yearly tasks: proposed, agreed, reported, how they stand.

They are saved with those of `planbook.frames`.
"""

from __future__ import annotations

from collections.abc import Iterable
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

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, so that forms ask for it."""
        return self not in (TaskState.DONE, TaskState.DROPPED)


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
class TaskProposalRow:
    """What a unit proposed as a task in an edition's form; what it proposes again comes again."""

    task_id: str  # that it will have; the same for all rows of one proposal
    vintage: Edition
    proposed_in: Edition  # the first form that had it
    goal_id: str  # what it serves: a goal or a measure
    measure_id: str
    task: str
    deliverable: str
    submitting_unit: str
    due_month: TimePeriod
    source_file: str
    source_sheet: str
    source_cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingTaskRow:
    """A proposal that nobody has agreed in an edition, or that the edition declined."""

    task_id: str
    goal_id: str
    measure_id: str
    task: str
    deliverable: str
    submitting_unit: str
    due_month: TimePeriod
    proposed_in: Edition
    decided_in: str  # the meeting or document that declined it; empty: nobody has decided yet
    dropped: str  # why
    edition: Edition
    demonstration: bool


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
TASK_PROPOSALS = Contract("task_proposals", TaskProposalRow, ("task_id", "vintage"))
PENDING_TASKS = Contract("pending_tasks", PendingTaskRow, ("task_id",))
TASKS = Contract("tasks", TaskRow, ("task_id",))


def open_proposals(
    proposals: Iterable[TaskProposalRow], decisions: Iterable[TaskDecisionRow], edition: Edition
) -> list[TaskProposalRow]:
    """Return what was proposed up to an edition and not decided up to it, as last proposed.

    A task that was agreed under another id, word for word about the same, is decided as well.
    """
    decided = [row for row in decisions if row.from_edition <= edition]
    ids = {row.task_id for row in decided}
    same = {(row.goal_id, row.measure_id, row.task) for row in decided}
    newest: dict[str, TaskProposalRow] = {}
    for row in sorted(proposals, key=lambda row: row.vintage):
        if row.vintage <= edition:
            newest[row.task_id] = row
    return [
        row
        for id, row in newest.items()
        if id not in ids and (row.goal_id, row.measure_id, row.task) not in same
    ]
