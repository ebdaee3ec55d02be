"""One unit's part of a book: a book of its own, in which no other unit exists.

A pack is made of this book and of nothing else, so whatever is shown of it can name no other unit's
goals, measures or values: they are not left out of the pages, they are not there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from planbook.plan.model import Chapter, Field, Plan, Unit
from planbook.present.book import Book
from planbook.saved import Tables

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
    """Return the rows of one unit; `plan` is its own plan.

    Commentary is about chapters, which several units share, and so is left out.
    """
    goals = {goal.id for goal in plan.goals}
    indicators = {indicator.id for indicator in plan.indicators}
    measures = {measure.id for measure in plan.measures}
    measures |= {item.id for measure in plan.measures for item in measure.sub_items}
    units = {unit_id}
    return Tables(
        verdicts=_others_unnamed(_rows(tables.verdicts, "goal_id", goals), "assessed_by", unit_id),
        history=_others_unnamed(_rows(tables.history, "goal_id", goals), "assessed_by", unit_id),
        observations=_rows(tables.observations, "indicator_id", indicators),
        measures=_rows(tables.measures, "measure_id", measures),
        submissions=_rows(tables.submissions, "submitting_unit", units),
        findings=_rows(tables.findings, "submitting_unit", units),
        revisions=_rows(tables.revisions, "indicator_id", indicators),
        corrections=_others_unnamed(
            _rows(tables.corrections, "indicator_id", indicators | measures), "decided_by", unit_id
        ),
        baselines=_rows(tables.baselines, "indicator_id", indicators),
        annual_targets=_rows(tables.annual_targets, "goal_id", goals),
        annual_verdicts=_rows(tables.annual_verdicts, "goal_id", goals),
        commentary=tables.commentary.iloc[:0],
        method_changes=_rows(tables.method_changes, "goal_id", goals | {""}),
        edition_corrections=_rows(tables.edition_corrections, "goal_id", goals),
        editions=tables.editions,
        outlooks=_rows(tables.outlooks, "goal_id", goals),
        fans=_rows(tables.fans, "goal_id", goals),
        what_ifs=_rows(tables.what_ifs, "goal_id", goals),
        change_reasons=_rows(tables.change_reasons, "goal_id", goals),
        change_steps=_rows(tables.change_steps, "goal_id", goals),
        actions=_rows(tables.actions, "submitting_unit", units),
        alerts=_rows(tables.alerts, "submitting_unit", units),
    )


def _rows(frame: pd.DataFrame, column: str, wanted: Collection[str]) -> pd.DataFrame:
    return frame[frame[column].isin(list(wanted))]


def _others_unnamed(frame: pd.DataFrame, column: str, unit_id: str) -> pd.DataFrame:
    """Return the rows with every unit but this one, where any is named, called `OTHERS`."""
    known = frame[column].isin(["", unit_id])
    return frame.assign(**{column: frame[column].where(known, OTHERS.id)})
