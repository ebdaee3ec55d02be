"""What the file of a goal says of its warnings and of the actions on them."""

from __future__ import annotations

from planbook.contract import Number
from planbook.produce.data_api.api_record import ApiRecord, EditionId, Month, Said, key
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
