"""One chapter's part of a book: a book of its own, in which nothing of another chapter is.

A chapter's page is made of this book, so it can show nothing else: what is of other chapters is not
left out, it is not there. What the page says of the whole, how far the data reach and whether
anything is internal, the part asks of the whole book. `planbook.present.packs.own_book` does for a
unit what this does for a chapter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from planbook.plan.model import Chapter, Plan
from planbook.present.book import Book
from planbook.present.internal import ids
from planbook.present.redaction import Withheld
from planbook.saved import TablesOnDemand

_GOAL, _INDICATOR = ("goal_id",), ("indicator_id",)
_ABOUT = ("goal_id", "measure_id")
# By which columns rows are of a goal, an indicator, a measure or the chapter itself. A table that
# is not here is empty in a part: it tells of units and their workbooks.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "verdicts": _GOAL,
    "history": _GOAL,
    "observations": _INDICATOR,
    "measures": ("measure_id",),
    "revisions": _INDICATOR,
    "corrections": _INDICATOR,
    "baselines": _INDICATOR,
    "annual_targets": _GOAL,
    "annual_verdicts": _GOAL,
    "commentary": ("chapter",),
    "method_changes": _GOAL,
    "edition_corrections": _GOAL,
    "outlooks": _GOAL,
    "fans": _GOAL,
    "what_ifs": _GOAL,
    "change_reasons": _GOAL,
    "change_steps": _GOAL,
    "actions": _ABOUT,
    "tasks": _ABOUT,
    "pending_tasks": _ABOUT,
    "projects": _ABOUT,
    "alerts": _ABOUT,
    "findings": _INDICATOR,
}
WHOLE = frozenset({"editions"})  # short, and of no chapter
# Where units are named that answer for nothing in the chapter, but decided or wrote something.
_UNITS = {
    "verdicts": "assessed_by",
    "history": "assessed_by",
    "corrections": "decided_by",
    "commentary": "author",
    "actions": "submitting_unit",
    "tasks": "submitting_unit",
    "projects": "submitting_unit",
}


def chapter_part(book: Book, chapter: Chapter) -> Book:
    """Return the part of a book that is about one of its chapters.

    Its plan has this chapter and the units that are named in it; its tables are cut out when they
    are asked for.
    """
    tables = TablesOnDemand(lambda name: _rows(book, chapter, name))
    known = set(_reporting(chapter))
    for name, column in _UNITS.items():
        known.update(getattr(tables, name)[column])
    units = tuple(unit for unit in book.plan.units if unit.id in known)
    fields = {field.id for field in chapter.fields}
    withheld = {id: count for id, count in book.withheld.measures.items() if id in fields}
    return replace(
        book,
        plan=Plan(about=book.plan.about, units=units, chapters=(chapter,)),
        tables=tables,
        withheld=Withheld(withheld),
        whole=book.whole or book,
    )


def _reporting(chapter: Chapter) -> Iterator[str]:
    for field in chapter.fields:
        yield field.submitting_unit
        yield from (each.submitting_unit or "" for each in field.indicators)
        yield from (each.submitting_unit or "" for each in field.measures)


def _rows(book: Book, chapter: Chapter, name: str) -> pd.DataFrame:
    table: pd.DataFrame = getattr(book.tables, name)
    if name in WHOLE:
        return table
    columns = COLUMNS.get(name, ())
    return book.places.rows(name, {column: _wanted(chapter, column) for column in columns})


def _wanted(chapter: Chapter, column: str) -> Collection[str]:
    """Return which ids in a column are the chapter's."""
    measures = {id for measure in chapter.measures for id in ids(measure)}
    match column:
        case "goal_id":
            return {goal.id for goal in chapter.goals}
        case "measure_id":
            return measures
        case "indicator_id":  # a correction may be of a measure's status
            return measures | {i.id for field in chapter.fields for i in field.indicators}
        case _:
            return {chapter.id}
