"""One unit's part of a book: a book of its own, in which no other unit exists.

A pack is made of this book and of nothing else, so whatever is shown of it can name no other unit's
goals, measures or values: they are not left out of the pages, they are not there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

import pandas as pd

from planbook.made_of import digest
from planbook.plan.model import Chapter, Field, Plan, Unit
from planbook.present.book import Book
from planbook.saved import Tables

_GOALS, _INDICATORS, _MEASURES, _UNITS = {"goals"}, {"indicators"}, {"measures"}, {"units"}
_PROJECTS = {"projects"}
_BELONGS: Mapping[str, tuple[str, set[str]]] = {  # by which column a row is a unit's, and to what
    "verdicts": ("goal_id", _GOALS),
    "history": ("goal_id", _GOALS),
    "observations": ("indicator_id", _INDICATORS),
    "measures": ("measure_id", _MEASURES),
    "submissions": ("submitting_unit", _UNITS),
    "findings": ("submitting_unit", _UNITS),
    "revisions": ("indicator_id", _INDICATORS),
    "corrections": ("indicator_id", _INDICATORS | _MEASURES | _PROJECTS),
    "baselines": ("indicator_id", _INDICATORS),
    "annual_targets": ("goal_id", _GOALS),
    "annual_verdicts": ("goal_id", _GOALS),
    "method_changes": ("goal_id", _GOALS | {"all goals"}),
    "edition_corrections": ("goal_id", _GOALS),
    "outlooks": ("goal_id", _GOALS),
    "fans": ("goal_id", _GOALS),
    "what_ifs": ("goal_id", _GOALS),
    "change_reasons": ("goal_id", _GOALS),
    "change_steps": ("goal_id", _GOALS),
    "actions": ("submitting_unit", _UNITS),
    "tasks": ("submitting_unit", _UNITS),
    "pending_tasks": ("submitting_unit", _UNITS),
    "projects": ("submitting_unit", _UNITS),
    "alerts": ("submitting_unit", _UNITS),
}
_EVERYBODYS = "editions"
_NOBODYS = "commentary"  # is about chapters, which several units share
_DECIDED_BY = {"verdicts": "assessed_by", "history": "assessed_by", "corrections": "decided_by"}

OTHERS = Unit(id="other-units", name="其他单位", short="其他单位")  # whoever else decided something


def own_book(book: Book, unit_id: str) -> Book:
    """Return the book of what one unit reports.

    Where another unit assessed or corrected something of it, that unit is called 其他单位.
    """
    plan = own_plan(book.plan, unit_id)
    return replace(book, plan=plan, tables=own_tables(book.tables, plan, unit_id))


def own_plan(plan: Plan, unit_id: str) -> Plan:
    """Return the plan with the indicators and measures that one unit reports, and with no other."""
    unit = plan.unit(unit_id)
    chapters = (_own_chapter(plan, chapter, unit) for chapter in plan.chapters)
    kept = tuple(chapter for chapter in chapters if chapter is not None)
    return Plan(about=plan.about, units=(unit, OTHERS), chapters=kept)


def _own_chapter(plan: Plan, chapter: Chapter, unit: Unit) -> Chapter | None:
    fields = tuple(
        field
        for field in (_own_field(plan, field, unit) for field in chapter.fields)
        if field.indicators or field.measures
    )
    return Chapter(**{**dict(chapter), "fields": fields}) if fields else None


def _own_field(plan: Plan, field: Field, unit: Unit) -> Field:
    own = {
        "indicators": tuple(i for i in field.indicators if plan.unit_of(i).id == unit.id),
        "measures": tuple(m for m in field.measures if plan.unit_of(m).id == unit.id),
        "submitting_unit": unit.id,
    }
    return Field(**{**dict(field), **own})


def own_tables(tables: Tables, plan: Plan, unit_id: str) -> Tables:
    """Return the rows of one unit; `plan` is its own plan."""
    own = _own_ids(plan, unit_id, _projects_of(tables))

    def rows(name: str) -> pd.DataFrame:
        frame: pd.DataFrame = getattr(tables, name)
        if name in (_EVERYBODYS, _NOBODYS):
            return frame if name == _EVERYBODYS else frame.iloc[:0]
        column, kinds = _BELONGS[name]
        kept = _rows(frame, column, {id for kind in kinds for id in own[kind]})
        return _others_unnamed(kept, _DECIDED_BY[name], unit_id) if name in _DECIDED_BY else kept

    return Tables(**{field.name: rows(field.name) for field in fields(Tables)})


def own_digests(book: Book) -> dict[str, str]:
    """Return by unit a sha256 of what `own_book` is made of: the unit's own plan and rows.

    Of all units at once, so that each row is looked at once.
    """
    rows = {name: _by_owner(getattr(book.tables, name), c) for name, (c, _) in _BELONGS.items()}
    shared = _values(getattr(book.tables, _EVERYBODYS))
    plans = {unit.id: own_plan(book.plan, unit.id) for unit in book.plan.units}
    projects = _projects_of(book.tables)
    return {
        id: _own_digest(plan, _own_ids(plan, id, projects), rows, shared)
        for id, plan in plans.items()
    }


def _own_digest(
    plan: Plan,
    own: Mapping[str, set[str]],
    rows: Mapping[str, Mapping[str, list[Any]]],
    shared: list[Any],
) -> str:
    def found(name: str) -> Iterator[Any]:
        for kind in _BELONGS[name][1]:
            for id in own[kind]:
                yield from rows[name].get(id, ())

    tables = {name: [values for _, values in sorted(found(name))] for name in _BELONGS}
    return digest([plan.model_dump(mode="json"), tables, shared])


def _projects_of(tables: Tables) -> dict[str, set[str]]:
    """Return the ids of projects by the unit that reports them."""
    found: dict[str, set[str]] = {}
    frame = tables.projects
    for unit, id in zip(frame["submitting_unit"], frame["project_id"], strict=True):
        found.setdefault(unit, set()).add(id)
    return found


def _own_ids(plan: Plan, unit_id: str, projects: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return the ids of one unit by their kind; `plan` is its own plan."""
    measures = {measure.id for measure in plan.measures}
    return {
        "goals": {goal.id for goal in plan.goals},
        "all goals": {""},  # how a row names them
        "indicators": {indicator.id for indicator in plan.indicators},
        "measures": measures | {item.id for each in plan.measures for item in each.sub_items},
        "units": {unit_id},
        "projects": projects.get(unit_id, set()),
    }


def _by_owner(frame: pd.DataFrame, column: str) -> dict[str, list[Any]]:
    """Return the rows, each with its number, by what they belong to."""
    found: dict[str, list[Any]] = {}
    owners = frame[column].tolist()
    for number, values in enumerate(_values(frame)):
        found.setdefault(owners[number], []).append((number, values))
    return found


def _values(frame: pd.DataFrame) -> list[Any]:
    return list(zip(*(frame[column].tolist() for column in frame.columns), strict=True))


def _rows(frame: pd.DataFrame, column: str, wanted: Collection[str]) -> pd.DataFrame:
    return frame[frame[column].isin(list(wanted))]


def _others_unnamed(frame: pd.DataFrame, column: str, unit_id: str) -> pd.DataFrame:
    """Return the rows with every unit but this one, where any is named, called `OTHERS`."""
    known = frame[column].isin(["", unit_id])
    return frame.assign(**{column: frame[column].where(known, OTHERS.id)})
