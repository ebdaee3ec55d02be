"""Which open actions answer a warning."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.assess.alerts.evidence import ActionSubject, Evidence
from planbook.watch_frames import AlertRow, AlertRule

_ABOUT_VALUES = (AlertRule.OUTLIER, AlertRule.REVERSAL, AlertRule.LARGE_REVISION)


def answering(row: AlertRow, evidence: Evidence) -> tuple[str, ...]:
    """Return the ids of the open actions about the same thing, for the rule or for any.

    The same goal, measure or unit; of a warning about values any goal on the indicator. An overdue
    action answers its own warning: that it is there is what the warning says.
    """
    if row.alert_rule is AlertRule.ACTION_OVERDUE:
        return (row.action_id,)
    places = sorted(
        place
        for about in set(_subjects(row, evidence))
        for place, action in evidence.open_actions.get(about, ())
        if action.alert_rule in (None, row.alert_rule)
    )
    return tuple(evidence.actions[place].action_id for place in places)


def _subjects(row: AlertRow, evidence: Evidence) -> Iterator[ActionSubject]:
    """Yield what an action must be about to answer a warning."""
    if not row.goal_id and not row.measure_id:
        yield "", "", row.submitting_unit
        return
    yield row.goal_id, row.measure_id, ""
    if row.alert_rule in _ABOUT_VALUES:
        for goal in evidence.plan.indicator_of(row.goal_id).goals:
            yield goal.id, row.measure_id, ""
