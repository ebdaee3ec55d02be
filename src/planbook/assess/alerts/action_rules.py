"""Warnings about what was decided and is not done."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.assess.alerts.evidence import Evidence
from planbook.watch_frames import AlertRow, AlertRule


def action_overdue(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the open actions whose due month is over, each with what it is about.

    `measured` is by how many months, `limit` zero, `period` the month it was due.
    """
    for action in evidence.actions:
        if action.overdue:
            yield evidence.row(
                AlertRule.ACTION_OVERDUE,
                action.submitting_unit,
                goal_id=action.goal_id,
                measure_id=action.measure_id,
                action_id=action.action_id,
                measured=evidence.edition.end.ordinal - action.due_month.ordinal,
                limit=0.0,
                period=action.due_month,
            )
