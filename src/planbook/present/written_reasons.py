"""What people wrote of why a goal got better or worse: quoted wherever its change is explained.

Of a goal that people judge, on what evidence they did. Else the unit's own words: beside the newest
value, of a measure of the goal's field that has been blocked since this edition; if there are none,
what the chapter's commentary says of it alone; then of a measure that was blocked before, by which
alone a change is not explained. Where nothing is written, that is said.
"""

from __future__ import annotations

import re

from planbook.present.book import Book
from planbook.present.say.action_words import open_ended
from planbook.present.say.rating_changes import BETTER, WORSE, became_of
from planbook.present.say.reason_words import NO_REASON, commentary_says, measure_is_blocked
from planbook.present.say.table_words import remarks
from planbook.present.views import GoalView
from planbook.present.watched import is_public
from planbook.vocabulary import MeasureStatus

_HEAD = 4  # letters of a Chinese name
_MARKS = re.compile(r"[*_`>#]|^\s*(?:[-+]|\d+[.)])\s+", re.MULTILINE)
_LIST_BELOW = re.compile(r"([：:])\s*\n\s*\n(?=\s*(?:[-+*]|\d+[.)])\s)")


def written_reason(book: Book, view: GoalView) -> str:
    """Return what is written of a goal's change, a clause; that nothing is.

    A public book does not show units' remarks, and so does not say that there is none.
    """
    if view.kind.by_people:
        return open_ended(view.verdict.evidence)
    since, before = _of_blocked(book, view)
    found = remarks((_remark(book, view), since)) or _of_commentary(book, view) or before
    return found or ("" if is_public(book) else NO_REASON)


def reason_of_change(book: Book, view: GoalView) -> str:
    """Return what is written of why a goal got better or worse; empty if it did neither."""
    return written_reason(book, view) if became_of(view) in (BETTER, WORSE) else ""


def _remark(book: Book, view: GoalView) -> str:
    """Return what the unit wrote beside the newest value; empty in a public book."""
    own = [r for r in book.observations.get(view.indicator.id, []) if r.remark]
    newest = [r for r in own if r.time_period == view.verdict.latest_period]
    return open_ended(newest[-1].remark) if newest and not is_public(book) else ""


def _of_blocked(book: Book, view: GoalView) -> tuple[str, str]:
    """Return what units wrote of a measure blocked since this edition, and of one from before.

    One of each at most: more would hide the goal's own reason.
    """
    found = {True: "", False: ""}
    for row in book.rows.measures if became_of(view) != BETTER else ():
        if row.field_id == view.field.id and row.status is MeasureStatus.BLOCKED and row.progress:
            new = row.status_since is None or row.status_since.base == book.edition.base
            said = measure_is_blocked(row.title, open_ended(row.progress), still=not new)
            found[new] = found[new] or said
    return found[True], found[False]


def _of_commentary(book: Book, view: GoalView) -> str:
    """Return the first passage that names the goal or its field, with the list that it begins.

    Nothing if it names other goals as well: it tells how a chapter stands, not why this one moved.
    """
    others = {_head(other.name) for other in book.views.values() if other.chapter is view.chapter}
    others = {head for head in others if head not in view.name and head not in view.field.name}
    for row in book.rows.commentary:
        if row.chapter != view.chapter.id or row.edition.base != book.edition.base:
            continue
        for passage in _LIST_BELOW.sub(r"\1\n", row.text.replace("\r\n", "\n")).split("\n\n"):
            said = "".join(line.strip() for line in _MARKS.sub("", passage).splitlines())
            if view.name in said or view.field.name in said:
                alone = not any(name in said.replace(view.name, "") for name in others)
                return commentary_says(view.chapter.title, open_ended(said)) if alone else ""
    return ""


def _head(name: str) -> str:
    """Return by what a goal is known where a text shortens its name: 水产品产量 as 水产品."""
    return name if name.isascii() else name[:_HEAD]
