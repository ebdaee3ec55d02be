"""Tell a workbook that says nothing new: last quarter's, sent again under a new edition."""

from __future__ import annotations

from planbook.collect.history import History
from planbook.collect.rules import Place, history
from planbook.collect.submission import ReportedValue, Submission
from planbook.errors import Finding


def nothing_changed(submission: Submission, known_before: History) -> tuple[Finding, ...]:
    """Return a finding if every value is the newest known, every status with its progress the last.

    Asked of a workbook as a whole, beside what `history_checks` asks of its rows.
    """
    reported = [value for value in submission.values if value.value is not None]
    same_values = all(value.value == _newest(value, known_before) for value in reported)
    same_statuses = all(
        known_before.statuses.get(status.measure_id, (None, None))[1] == status.status
        and known_before.progress.get(status.measure_id) == status.progress
        for status in submission.statuses
    )
    said_something = bool(reported or submission.statuses)
    if said_something and same_values and same_statuses and not submission.revisions:
        place = Place(str(submission.edition), submission.unit_id, submission.file)
        return (history.NOTHING_CHANGED.finding(place),)
    return ()


def _newest(value: ReportedValue, known_before: History) -> float | None:
    """Return the newest value known of the same scope, up to the period reported."""
    own = known_before.values.get(value.indicator_id, {}).values()
    fits = [k for k in own if k.scope == value.scope and k.period <= value.period]
    return max(fits, key=lambda known: known.period).value if fits else None
