"""What of a plan and its judged tables is internal: marked itself, or by what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from planbook.frames import CommentaryRow
from planbook.plan.model import Page, Plan
from planbook.plan.parts import Measure
from planbook.saved import TableRows, Tables
from planbook.vocabulary import Reason, Visibility

Marked = TypeVar("Marked", Page, CommentaryRow)


def has_internal(plan: Plan, tables: Tables) -> bool:
    """Whether the public book would lack anything."""
    pages, texts = (*plan.about.front, *plan.about.back), TableRows(tables).commentary
    return bool(
        internal_indicators(plan, tables)
        or internal_measures(plan)
        or len(public(pages)) < len(pages)
        or len(public(texts)) < len(texts)
        or (tables.actions["visibility"] == Visibility.INTERNAL).any()
        or (tables.tasks["visibility"] == Visibility.INTERNAL).any()
        or (tables.projects["visibility"] == Visibility.INTERNAL).any()
    )


def internal_indicators(plan: Plan, tables: Tables) -> frozenset[str]:
    """Return the indicators of which the public book shows no value.

    The plan's own, those with an internal value, and those that are withheld already.
    """
    marked = tables.observations["visibility"] == Visibility.INTERNAL
    withheld = tables.verdicts["reason"] == Reason.WITHHELD
    return frozenset(
        (
            *(indicator.id for indicator in plan.indicators if indicator.is_internal),
            *tables.observations.loc[marked, "indicator_id"],
            *tables.verdicts.loc[withheld, "indicator_id"],
        )
    )


def internal_measures(plan: Plan) -> frozenset[str]:
    """Return the ids of internal measures with their sub-items, and of internal sub-items."""
    found: set[str] = set()
    for measure in plan.measures:
        if measure.visibility is Visibility.INTERNAL:
            found.update(ids(measure))
        found.update(i.id for i in measure.sub_items if i.visibility is Visibility.INTERNAL)
    return frozenset(found)


def ids(measure: Measure) -> tuple[str, ...]:
    """Return the ids of a measure and its sub-items."""
    return (measure.id, *(item.id for item in measure.sub_items))


def public(found: Iterable[Marked]) -> tuple[Marked, ...]:
    """Return those of pages or commentaries that everybody may see."""
    return tuple(each for each in found if each.visibility is Visibility.PUBLIC)


def changed_from_internal(plan: Plan, rows: TableRows) -> frozenset[str]:
    """Return the goals whose change tells of a value that was internal in the edition before.

    Their revisions do not tell the value before either.
    """
    since = {row.indicator_id: row.vintage for row in rows.revisions if row.old_value is None}
    found = set()
    for row in rows.change_reasons:
        vintage = since.get(plan.indicator_of(plan.goal(row.goal_id)).id)
        if vintage is not None and vintage > row.compared_with:
            found.add(row.goal_id)
    return frozenset(found)
