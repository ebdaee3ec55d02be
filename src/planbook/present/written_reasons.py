"""What people wrote of why a goal got better or worse: quoted wherever its change is explained.

Of a goal that people judge, on what evidence they did. Else the unit's own words: beside the newest
value, of the blocked measures of the goal's field; if there are none, what the chapter's commentary
says of it. Where nothing is written, that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planbook.present.book import Book
from planbook.present.say.action_words import open_ended
from planbook.present.say.rating_changes import BETTER, WORSE, became
from planbook.present.say.reason_words import NO_REASON, commentary_says, measure_is_blocked
from planbook.present.say.table_words import remarks
from planbook.present.views import GoalView
from planbook.present.watched import is_public
from planbook.vocabulary import MeasureStatus

_MEASURES = 1  # blocked measures of a field that are quoted: more would hide the goal's own reason
_MARKS = re.compile(r"[*_`>#]|^\s*(?:[-+]|\d+[.)])\s+", re.MULTILINE)
_LIST_BELOW = re.compile(r"([：:])\s*\n\s*\n(?=\s*(?:[-+*]|\d+[.)])\s)")


def written_reason(book: Book, view: GoalView) -> str:
    """Return what is written of a goal's change, a clause; that nothing is.

    A public book does not show units' remarks, and so does not say that there is none.
    """
    if view.kind.by_people:
        return open_ended(view.verdict.evidence)
    found = remarks(_of_unit(book, view)) or _of_commentary(book, view)
    return found or ("" if is_public(book) else NO_REASON)


def reason_of_change(book: Book, view: GoalView) -> str:
    """Return what is written of why a goal got better or worse; empty if it did neither."""
    return written_reason(book, view) if _became(view) in (BETTER, WORSE) else ""


def _became(view: GoalView) -> str:
    before, now = view.verdict.previous_rating, view.verdict.rating
    return "" if before is None or before is now else became(before, now)


def _remark(book: Book, view: GoalView) -> str:
    """Return what the unit wrote beside the newest value; empty in a public book."""
    own = [r for r in book.observations.get(view.indicator.id, []) if r.remark]
    newest = [r for r in own if r.time_period == view.verdict.latest_period]
    return open_ended(newest[-1].remark) if newest and not is_public(book) else ""


def _of_unit(book: Book, view: GoalView) -> Iterator[str]:
    yield _remark(book, view)
    if _became(view) == BETTER:
        return
    blocked = [
        row
        for row in book.rows.measures
        if row.field_id == view.field.id and row.status is MeasureStatus.BLOCKED and row.progress
    ]
    for row in blocked[:_MEASURES]:
        yield measure_is_blocked(row.title, open_ended(row.progress))


def _of_commentary(book: Book, view: GoalView) -> str:
    """Return the first passage that names the goal or its field, with the list that it begins."""
    for row in book.rows.commentary:
        if row.chapter != view.chapter.id or row.edition.base != book.edition.base:
            continue
        for passage in _LIST_BELOW.sub(r"\1\n", row.text.replace("\r\n", "\n")).split("\n\n"):
            said = "".join(line.strip() for line in _MARKS.sub("", passage).splitlines())
            if view.name in said or view.field.name in said:
                return commentary_says(view.chapter.title, open_ended(said))
    return ""
