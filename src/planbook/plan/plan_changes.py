"""What of a plan was changed that verdicts depend on: two plans → rows of `METHOD_CHANGES`.

A key counts unless it is known to judge nothing (`_JUDGE_NOTHING`: names, quotes, notes, who
reports), so that a new key is told until somebody decides otherwise. Of ``plan.yaml`` only the keys
of `_OF_ALL` count, of measures how they are followed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from planbook.edition_frames import MethodChangeRow
from planbook.errors import Problem
from planbook.periods import Edition
from planbook.plan.model import Plan
from planbook.plan.parts import Record

_OF_ALL = (
    "fiscal_year_begins",
    "start",
    "due",
    "scope_break",
    "thresholds",
    "approx_tolerance",
    "small_target",
    "yoy_gap",
    "alerts",
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


def plan_changes(was: Plan, now: Plan, edition: Edition) -> tuple[MethodChangeRow, ...]:
    """Return what judges unlike before, in the order of the plan; what is gone comes last.

    Parameters
    ----------
    edition
        The first that is judged by the plan as it is now.
    """
    before, after = dict(_keys(was)), dict(_keys(now))
    goals = [{goal.id for goal in plan.goals} for plan in (was, now)]
    came_or_went = goals[0] ^ goals[1]
    rows = []
    for key in dict.fromkeys((*after, *before)):
        goal_id, _ = after.get(key) or before[key]
        told = [said for _, said in (before.get(key, ("", "")), after.get(key, ("", "")))]
        whole = key == goal_id  # the name of a goal: of one that came or went all that is told
        if told[0] == told[1] or whole != (goal_id in came_or_went):
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


def backdated_amendments(
    was: Plan, now: Plan, may_begin: Callable[[Edition], bool], begin: str
) -> Iterator[Problem]:
    """Yield the amendments that hold from a published edition and are not as they were published.

    Parameters
    ----------
    may_begin
        Tells whether a decision may still be made that holds from an edition on.
    begin
        From which edition a new one may hold, as a remedy names it.
    """
    known = {goal.id: goal for goal in was.goals}
    for chapter in now.chapters:
        for goal in chapter.goals:
            if goal.id not in known:
                continue
            before, after = (
                [a for a in each.amendments if not may_begin(a.from_edition)]
                for each in (known[goal.id], goal)
            )
            if before != after:
                what = f"「{goal.name}」自已发布的各期起有效的 amendments 与发布时不同"
                where = f"data/plan/{chapter.id}.yaml: {goal.id}.amendments"
                fix = f"改回发布时的内容；新的调整另写一条，from_edition 写 {begin}"
                yield Problem(what, where, fix)


def _keys(plan: Plan) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield every key that judges, the goal it concerns alone, and what it says."""
    for key, told in _flat(plan.about, lambda key: key in _OF_ALL):
        yield key, ("", told)
    for indicator in plan.indicators:
        alone = indicator.goals[0].id if len(indicator.goals) == 1 else ""
        for key, told in _flat(indicator, _judges):
            yield f"indicators.{indicator.id}.{key}", (alone, told)
        for goal in indicator.goals:
            yield goal.id, (goal.id, goal.name)
            for key, told in _flat(goal, _judges):
                yield f"{goal.id}.{key}", (goal.id, told)
    for measure in plan.measures:
        yield f"measures.{measure.id}.pattern", ("", measure.pattern.value)


def _judges(key: str) -> bool:
    return key not in _JUDGE_NOTHING


def _flat(
    record: Record, counts: Callable[[str], bool], prefix: str = ""
) -> Iterator[tuple[str, str]]:
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
