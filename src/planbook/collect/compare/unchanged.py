"""Tell a workbook that says nothing new: last quarter's, sent again under a new edition."""

from __future__ import annotations

from planbook.collect.compare.earlier_reports import History
from planbook.collect.read.submission import ReportedValue, Submission
from planbook.collect.rules import history_rules
from planbook.errors import Finding


def nothing_changed(submission: Submission, known_before: History) -> tuple[Finding, ...]:
    """Return a finding if every value is the newest known, every status with its progress the last.

    Asked of a workbook as a whole, beside what `history_checks` asks of its rows.
    """
    same_values = all(_is_known(value, known_before) for value in submission.values)
    same_statuses = all(
        known_before.statuses.get(status.measure_id, (None, None))[1] == status.status
        and known_before.progress.get(status.measure_id) == status.progress
        for status in submission.statuses
    )
    reported = any(value.value is not None for value in submission.values)
    said_something = reported or bool(submission.statuses)
    if said_something and same_values and same_statuses and not submission.revisions:
        return (history_rules.NOTHING_CHANGED.finding(submission.place),)
    return ()


def _is_known(value: ReportedValue, known_before: History) -> bool:
    """Tell whether the newest value of the same scope is this one; of a blank, that there is none.

    A number that was withdrawn as 「—」 and one that is final now are new.
    """
    own = known_before.values.get(value.indicator_id, {}).values()
    fits = [k for k in own if k.scope == value.scope and k.period <= value.period]
    newest = max(fits, key=lambda known: known.period, default=None)
    if newest is None:
        return value.value is None
    return value.value in newest.numbers and value.stage == newest.stage
