"""Which goals' ratings somebody may dispute, so that a pack shows how they are computed.

A value that was doubted, corrected or revised in an edition, or two figures that contradict each
other: whoever answers for the goal then wants to follow the sum.
"""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.watched import standing_alerts
from planbook.vocabulary import CorrectionAction, Note
from planbook.watch_frames import AlertRule

_CONTRADICTED = {Note.PACES_DISAGREE, Note.YOY_GAP}
_DOUBTED = (AlertRule.OUTLIER, AlertRule.LARGE_REVISION)


def disputed_goals(book: Book) -> frozenset[str]:
    """Return the goals whose rating rests on something that is doubted, corrected or revised."""
    edition, told_in = book.edition, book.plan.cycle.told_in
    indicators = {row.indicator_id for row in book.open_findings}
    indicators |= {
        row.indicator_id for row in book.rows.revisions if told_in(row.vintage) == edition
    }
    indicators |= {
        row.indicator_id
        for row in book.rows.corrections
        if row.from_edition == edition or row.action is CorrectionAction.FLAG
    }
    goals = {row.goal_id for row in book.rows.edition_corrections}
    goals |= {row.goal_id for row in standing_alerts(book) if row.alert_rule in _DOUBTED}
    return frozenset(
        view.id
        for view in book.views.values()
        if view.id in goals
        or view.indicator.id in indicators
        or not _CONTRADICTED.isdisjoint(view.verdict.notes)
    )
