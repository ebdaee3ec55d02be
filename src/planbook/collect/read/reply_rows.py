"""Read sheet 督办事项: a row an action → `ReportedReply`.

Whether there is such an action, and whether it is this unit's, is asked by `compare.action_checks`:
that depends on what the office decided, not on the workbook.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planbook.collect.read.row import Row
from planbook.collect.read.submission import ReportedReply
from planbook.collect.rules import reply_rules, row_rules
from planbook.watch_frames import ActionStatus

_EXPLAINED = (ActionStatus.DONE, ActionStatus.BLOCKED)


def read_replies(rows: Iterable[Row]) -> list[ReportedReply]:
    """Return what was replied, in the sheet's order; of rows on one action nothing."""
    found: dict[str, ReportedReply] = {}
    first: dict[str, Row] = {}
    for row in rows:
        id = row["action_id"].text
        if id in first:
            shown = first[id].number_shown
            row.add(row_rules.DUPLICATE_ROW, "action_id", observed=shown, expected="督办事项")
            found[id] = replace(found[id], status=None, text="", answered=True)
        else:
            first[id] = row
            found[id] = _read_row(row, id)
    return list(found.values())


def _read_row(row: Row, id: str) -> ReportedReply:
    text, place = row["text"].text, row["status"].place
    if row["status"].is_blank and row["text"].is_blank:
        return ReportedReply(id, None, "", place, answered=False)
    nothing = ReportedReply(id, None, "", place)
    if row.is_merged("action_id", "status", "text") or row.is_unclear("status"):
        return nothing
    word = row.word("status", tuple(ActionStatus), reply_rules.UNKNOWN_ACTION_STATUS)
    if not word and not row["status"].is_blank:
        return nothing
    row.note_unclear_texts("text")
    status = ActionStatus(word) if word else None
    if status is None:
        row.add(reply_rules.STATUS_NOT_GIVEN, "status")
    elif status in _EXPLAINED and not text:
        row.add(reply_rules.REPLY_UNEXPLAINED, "text", observed=status)
    return replace(nothing, status=status, text=text)
