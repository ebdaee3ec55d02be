"""Hold a measure's status against the last one reported: work that was done is not begun again."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.collect.compare.earlier_reports import History
from planbook.collect.layout import MEASURES
from planbook.collect.read.submission import ReportedStatus, Submission
from planbook.collect.rules import history_rules
from planbook.errors import Finding
from planbook.vocabulary import MeasureStatus

_STEPS_BACK = {
    MeasureStatus.DONE: (MeasureStatus.UNDER_WAY, MeasureStatus.BLOCKED, MeasureStatus.NOT_STARTED),
    MeasureStatus.UNDER_WAY: (MeasureStatus.NOT_STARTED,),
    MeasureStatus.BLOCKED: (MeasureStatus.NOT_STARTED,),
}


def status_back(
    status: ReportedStatus, submission: Submission, known_before: History
) -> Iterator[Finding]:
    """A measure goes back: 已完成 to 推进中, or within a year 本年已开展 to 本年未开展."""
    if status.measure_id not in known_before.statuses:
        return
    edition, before = known_before.statuses[status.measure_id]
    undone = (before, status.status) == (MeasureStatus.DONE_THIS_YEAR, MeasureStatus.NOT_THIS_YEAR)
    same_year = edition.year == submission.edition.year
    if status.status in _STEPS_BACK.get(before, ()) or (undone and same_year):
        yield history_rules.STATUS_BACK.finding(
            submission.place.at(MEASURES.sheet, status.cell),
            observed=status.status,
            expected=before,
            edition=str(edition),
        )
