"""Which open actions answer a warning."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planbook.assess.alerts.evidence import Evidence
from planbook.watch_frames import ActionRow, AlertRow, AlertRule

_ABOUT_VALUES = (AlertRule.OUTLIER, AlertRule.REVERSAL, AlertRule.LARGE_REVISION)


def answering(row: AlertRow, evidence: Evidence) -> tuple[str, ...]:
    """Return the ids of the open actions about the same thing, for the rule or for any.

    The same goal, measure or unit; of a warning about values any goal on the indicator. An overdue
    action answers its own warning: that it is there is what the warning says.
    """
    if row.alert_rule is AlertRule.ACTION_OVERDUE:
        return (row.action_id,)
    goals = set(_goals(row, evidence))
    return tuple(
        action.action_id
        for action in evidence.actions
        if action.closed_in is None
        and action.alert_rule in (None, row.alert_rule)
        and _is_about(action, row, goals)
    )


def _goals(row: AlertRow, evidence: Evidence) -> Iterator[str]:
    yield row.goal_id
    if row.alert_rule in _ABOUT_VALUES:
        yield from (goal.id for goal in evidence.plan.indicator_of(row.goal_id).goals)


def _is_about(action: ActionRow, row: AlertRow, goals: Collection[str]) -> bool:
    if row.goal_id or row.measure_id:
        return action.goal_id in goals and action.measure_id == row.measure_id
    of_none = not action.goal_id and not action.measure_id
    return of_none and action.submitting_unit == row.submitting_unit
