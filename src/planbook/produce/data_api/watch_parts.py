"""What files say of warnings, of the actions on them, of yearly tasks and of key projects."""

from __future__ import annotations

from planbook.contract import Number
from planbook.produce.data_api.api_record import ApiRecord, EditionId, Month, Said, key
from planbook.project_frames import ProjectChange, ProjectStage
from planbook.task_frames import TaskState
from planbook.vocabulary import MeasureStatus
from planbook.watch_frames import ActionStatus, AlertRule


class AlertPart(ApiRecord):
    """A warning about the goal that stands in the edition."""

    alert_rule: AlertRule
    rule_label: str = key("规则名称")
    words: str = key("预警的文字表述")
    since: EditionId
    measured: Number
    limit: Number
    compared: Number
    period: Month | None
    action_ids: tuple[str, ...]


class ActionPart(ApiRecord):
    """An action about the goal: open, or closed by the edition."""

    action_id: str
    alert_rule: AlertRule | None
    task: str
    submitting_unit: str
    due_month: Month
    first_due_month: Month
    decided_in: Said
    opened: EditionId
    closure: Said
    closed_in: EditionId | None
    action_status: ActionStatus | None
    reply: Said
    replied_in: EditionId | None
    overdue: bool


class TaskPart(ApiRecord):
    """A yearly task about the goal that the edition follows."""

    task_id: str
    task: str
    deliverable: str
    submitting_unit: str
    due_month: Month
    first_due_month: Month
    decided_in: Said
    opened: EditionId
    dropped: Said
    dropped_in: EditionId | None
    task_state: TaskState
    task_status: MeasureStatus | None
    progress: Said
    reported_in: EditionId | None
    done_in: EditionId | None
    asked_month: Month | None


class PendingTaskPart(ApiRecord):
    """A task about the goal that a unit proposes and nobody has agreed, or the edition declined."""

    task_id: str
    task: str
    deliverable: str
    submitting_unit: str
    due_month: Month
    proposed_in: EditionId
    decided_in: Said
    dropped: Said


class ProjectPart(ApiRecord):
    """A key project that the edition follows; amounts are in 亿元."""

    project_id: str
    project: str
    goal_id: Said
    measure_id: Said
    field_id: str
    submitting_unit: str
    stage: ProjectStage
    stage_before: ProjectStage | None
    change: ProjectChange
    opened: EditionId
    moved_in: EditionId
    reported_in: EditionId
    total_investment: Number
    year_investment: Number
    invested: Number
    next_node: Said
    next_month: Month | None
    first_next_month: Month | None
    slipped: int
    overdue: bool
    problem: Said
    need: Said
    left_reason: Said
