"""Which open actions answer a warning."""

from __future__ import annotations

from collections.abc import Iterable

from planbook.watch_frames import ActionRow, AlertRow, AlertRule


def answering(row: AlertRow, actions: Iterable[ActionRow]) -> tuple[str, ...]:
    """Return the ids of the open actions about the same goal, measure or unit, for the rule or any.

    An overdue action answers its own warning: that it is there is what the warning says.
    """
    if row.alert_rule is AlertRule.ACTION_OVERDUE:
        return (row.action_id,)
    return tuple(
        action.action_id
        for action in actions
        if action.closed_in is None
        and action.alert_rule in (None, row.alert_rule)
        and _is_about(action, row)
    )


def _is_about(action: ActionRow, row: AlertRow) -> bool:
    if row.goal_id or row.measure_id:
        return (action.goal_id, action.measure_id) == (row.goal_id, row.measure_id)
    return (action.goal_id, action.measure_id, action.submitting_unit) == (
        "",
        "",
        row.submitting_unit,
    )
