"""What is said of an edition's reports as a whole: who was late, and which values are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planbook.frames import SubmissionRow
from planbook.present.book import Book
from planbook.present.escaping import listed
from planbook.present.say.table_words import NOTHING_SENT, specified
from planbook.vocabulary import Note, Reason, Severity, SubmissionState

_NAMED = (  # the states in which it matters who they are
    SubmissionState.LATE,
    SubmissionState.AWAITED,
    SubmissionState.MISSING,
    SubmissionState.RETURNED,
    SubmissionState.WITHDRAWN,
    SubmissionState.REFUSED,
)


def reports_sentence(book: Book) -> str:
    """Return how many units reported in time, who did not, and which values are missing."""
    rows = [row for row in book.rows.submissions if row.edition == book.edition.base]
    owing = [row for row in rows if row.state is not SubmissionState.NOTHING_OWED]
    if not owing:
        return NOTHING_SENT
    states = "，".join(filter(None, (_in_state(book, owing, each) for each in SubmissionState)))
    return f"本期应报的单位{len(owing)}家：{states}。{_values(book, owing)}{_findings(book)}"


def lacking_words(row: SubmissionRow) -> str:
    """Return how many of the values owed a report lacks; empty where nothing or all came."""
    lacking = row.owed - row.reported
    return f"缺{lacking}项" if row.reported and lacking > 0 else ""


def _in_state(book: Book, rows: Sequence[SubmissionRow], state: SubmissionState) -> str:
    units = [book.plan.unit(row.submitting_unit).short for row in rows if row.state is state]
    if not units:
        return ""
    return specified(f"{state}{len(units)}家", listed(units) if state in _NAMED else "")


def _values(book: Book, rows: Sequence[SubmissionRow]) -> str:
    owed, reported = sum(row.owed for row in rows), sum(row.reported for row in rows)
    if not owed:
        return ""
    if reported == owed:
        return f"应报的数据{owed}项已报齐。"
    names = _missing(book)
    named = f"：{'、'.join(names)}" if len(names) == owed - reported else ""
    return f"应报的数据{owed}项，收到{reported}项，缺{owed - reported}项{named}。"


def _missing(book: Book) -> list[str]:
    """Return the indicators that no value came of, or one that cannot be used."""
    found = {
        view.indicator.name: "拒收" if Note.REFUSED in view.verdict.notes else "未报"
        for view in book.views.values()
        if view.verdict.reason is Reason.NOT_REPORTED
    }
    return [specified(name, why) for name, why in found.items()]


def _findings(book: Book) -> str:
    """Return how many problems there are, as the list of them has them."""
    found = Counter(row.severity for row in book.open_findings)
    parts = [f"{severity.label}{found[severity]}处" for severity in Severity if found[severity]]
    return f"发现{'、'.join(parts)}，列于「发现的问题」。" if parts else ""
