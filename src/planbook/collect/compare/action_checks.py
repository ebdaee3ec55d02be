"""Hold a workbook's replies against the actions that were decided: whose they are, what is owed."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.collect.compare.earlier_reports import History
from planbook.collect.layout import REPLIES, position
from planbook.collect.read.submission import ReportedReply, Submission
from planbook.collect.rules import reply_rules
from planbook.errors import Finding
from planbook.watch_frames import ActionDecisionRow

_NO_ID = "（无编号）"


def reply_findings(submission: Submission, before: History) -> Iterator[Finding]:
    """Yield which replies are on no action of the unit, and which actions have none.

    A workbook whose template had no place for replies is asked for none, nor is one for a
    correction edition.
    """
    if not submission.asks_for_replies:
        return
    known = before.known_actions(submission.edition)
    for reply in submission.replies:
        if reply.answered:
            yield from _stranger(reply, known.get(reply.action_id), submission, before)
    if submission.edition.correction:
        return
    there = {reply.action_id: reply for reply in submission.replies}
    for row in before.owed_replies(submission.edition).get(submission.unit_id, ()):
        said = there.get(row.action_id)
        if said is None or not said.answered:
            place = submission.place.at(REPLIES.sheet, said.cell if said else "")
            yield reply_rules.MISSING_REPLY.finding(
                place, observed="空白", expected=row.task, due=row.due_month.words
            )


def _stranger(
    reply: ReportedReply, decided: ActionDecisionRow | None, submission: Submission, before: History
) -> Iterator[Finding]:
    """Yield a finding where a reply is on no action, or on another unit's."""
    row, _ = position(reply.cell)
    place = submission.place.at(REPLIES.sheet, REPLIES.cell(row, "action_id"))
    if decided is None:
        yield reply_rules.UNKNOWN_ACTION.finding(place, observed=reply.action_id or _NO_ID)
    elif decided.submitting_unit != submission.unit_id:
        owner = before.plan.unit(decided.submitting_unit).name
        rule = reply_rules.OTHER_UNITS_ACTION
        yield rule.finding(place, observed=reply.action_id, expected=owner)
