"""What of a plan was changed that verdicts depend on: two plans → rows of `METHOD_CHANGES`.

A key counts unless it is known to judge nothing (`_JUDGE_NOTHING`: names, quotes, notes, who
reports), so that a new key is told until somebody decides otherwise. Of ``plan.yaml`` only the keys
of `_OF_ALL` count, of measures how they are followed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from planbook.edition_frames import MethodChangeRow
from planbook.periods import Edition
from planbook.plan.model import Plan
from planbook.plan.parts import Record

_OF_ALL = (
    "start",
    "due",
    "scope_break",
    "thresholds",
    "approx_tolerance",
    "small_target",
    "yoy_gap",
)
_JUDGE_NOTHING = {
    "id",
    "name",
    "quote",
    "section",
    "plan_offset",
    "ambiguity",
    "reading",
    "submitting_unit",
    "visibility",
    "goals",  # of an indicator: each is looked at by itself
}
Keys = Mapping[tuple[str, str], str]  # by key and goal: what it says


def plan_changes(was: Plan, now: Plan, edition: Edition) -> tuple[MethodChangeRow, ...]:
    """Return what judges unlike before, in the order of the plan; what is gone comes last.

    Parameters
    ----------
    edition
        The first that is judged by the plan as it is now.
    """
    before, after = dict(_keys(was)), dict(_keys(now))
    goals_before, goals_after = ({goal.id for goal in plan.goals} for plan in (was, now))
    both = goals_before & goals_after
    rows = []
    for key, goal_id in dict.fromkeys((*after, *before)):
        whole = key == goal_id  # a goal that came or went is told in one row
        told = (before.get((key, goal_id), ""), after.get((key, goal_id), ""))
        if (goal_id and goal_id not in both and not whole) or told[0] == told[1]:
            continue
        if whole and goal_id in both:  # another name
            continue
        rows.append(
            MethodChangeRow(
                edition=edition,
                changed_in="plan",
                key=key,
                goal_id=goal_id,
                was=told[0],
                now=told[1],
            )
        )
    return tuple(rows)


def _keys(plan: Plan) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield every key that judges, with the goal it concerns alone, and what it says."""
    for key, told in _flat(plan.about, lambda key: key in _OF_ALL):
        yield (key, ""), told
    for indicator in plan.indicators:
        alone = indicator.goals[0].id if len(indicator.goals) == 1 else ""
        for key, told in _flat(indicator, _judges):
            yield (f"indicators.{indicator.id}.{key}", alone), told
        for goal in indicator.goals:
            yield (goal.id, goal.id), goal.name
            for key, told in _flat(goal, _judges):
                yield (f"{goal.id}.{key}", goal.id), told
    for measure in plan.measures:
        yield (f"measures.{measure.id}.pattern", ""), measure.pattern.value


def _judges(key: str) -> bool:
    return key not in _JUDGE_NOTHING


def _flat(record: Record, counts: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key in type(record).model_fields:
        value = getattr(record, key)
        if not counts(key):
            continue
        if isinstance(value, Record):
            yield from _flat(value, lambda _: True, f"{prefix}{key}.")
        else:
            plain = record.model_dump(mode="json", include={key})[key]
            yield f"{prefix}{key}", _told(plain)


def _told(value: Any) -> str:
    """Return a value as YAML has it; empty: none."""
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
