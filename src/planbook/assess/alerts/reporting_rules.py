"""Warnings about how units report."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.assess.alerts.evidence import Evidence
from planbook.vocabulary import SubmissionState
from planbook.watch_frames import AlertRow, AlertRule

_NOT_IN_TIME = frozenset(
    {
        SubmissionState.LATE,
        SubmissionState.MISSING,
        SubmissionState.RETURNED,
        SubmissionState.WITHDRAWN,
        SubmissionState.REFUSED,
    }
)
_SAYS_NOTHING = frozenset({SubmissionState.NOTHING_OWED, SubmissionState.AWAITED})


def unit_late(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the units that were late for some editions in a row, or sent nothing usable.

    An edition in which a unit owed no value, or its deadline is open, is passed over: of measures
    without a word another rule warns. `measured` is the number of editions in a row, `limit` that
    of the plan.
    """
    limit = evidence.limits.editions
    for unit in evidence.plan.units:
        length = 0
        for state in evidence.states(unit.id):
            if state in _SAYS_NOTHING:
                continue
            if state not in _NOT_IN_TIME:
                break
            length += 1
        if length >= limit:
            yield evidence.row(AlertRule.UNIT_LATE, unit.id, measured=length, limit=limit)
