"""Which changes of a plan are changes of the method, and how they are told."""

from __future__ import annotations

from typing import Any

import pytest

from planbook.periods import Edition
from planbook.plan import Plan
from planbook.plan.plan_changes import plan_changes
from tests.office import PLAN

NEXT = Edition.parse("2026-Q2")


def content() -> Any:
    return PLAN.model_dump(mode="json")


def indicators(plan: Any) -> Any:
    return plan["chapters"][0]["fields"][0]["indicators"]


def changed(edit: Any) -> list[tuple[str, str, str, str]]:
    now = content()
    edit(now)
    rows = plan_changes(PLAN, Plan.model_validate(now), NEXT)
    assert {(row.edition, row.changed_in) for row in rows} <= {(NEXT, "plan")}
    return [(row.key, row.goal_id, row.was, row.now) for row in rows]


def goal(plan: Any, **keys: Any) -> None:
    indicators(plan)[1]["goals"][0].update(keys)


CHANGES: dict[str, tuple[Any, tuple[str, str, str, str]]] = {
    "a threshold": (
        lambda plan: plan["about"]["thresholds"].update(on_course=0.9),
        ("thresholds.on_course", "", "0.95", "0.9"),
    ),
    "a limit of early warning": (
        lambda plan: plan["about"]["alerts"].update(revision=0.02),
        ("alerts.revision", "", "0.01", "0.02"),
    ),
    "a tolerance": (
        lambda plan: plan["about"].update(approx_tolerance=0.1),
        ("approx_tolerance", "", "0.05", "0.1"),
    ),
    "when the plan is due": (
        lambda plan: plan["about"].update(due="2028-12"),
        ("due", "", "2027-12", "2028-12"),
    ),
    "when its years begin": (
        lambda plan: plan["about"].update(fiscal_year_begins=4),
        ("fiscal_year_begins", "", "1", "4"),
    ),
    "a target": (lambda plan: goal(plan, target=90), ("firms.target", "firms", "100", "90")),
    "a method": (
        lambda plan: goal(plan, rated_by="linear"),
        ("firms.rated_by", "firms", "", "linear"),
    ),
    "a base": (
        lambda plan: goal(plan, base_period="2023-12"),
        ("firms.base_period", "firms", "2024-12", "2023-12"),
    ),
    "a scope": (
        lambda plan: indicators(plan)[1].update(scope="全域"),
        ("indicators.firms.scope", "firms", "直管区", "全域"),
    ),
    "what is plausible": (
        lambda plan: indicators(plan)[2].update(plausible=[0, 6000]),
        ("indicators.added.plausible", "added", "[0.0, 5000.0]", "[0.0, 6000.0]"),
    ),
    "how a measure is followed": (
        lambda plan: plan["chapters"][0]["fields"][0]["measures"][1].update(pattern="recurring"),
        ("measures.keep.pattern", "", "continuous", "recurring"),
    ),
    "a goal that is gone": (
        lambda plan: indicators(plan).pop(1),
        ("firms", "firms", "企业数量", ""),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_key_that_judges_is_told_with_what_it_was(what: str) -> None:
    edit, told = CHANGES[what]
    found = changed(edit)
    assert told in found
    assert all(key.startswith("indicators.") or (key, *rest) == told for key, *rest in found)


def test_a_new_goal_is_told_in_one_row() -> None:
    def add(plan: Any) -> None:
        goals = indicators(plan)[1]["goals"]
        goals.append({**goals[0], "id": "more", "name": "更多企业", "target": 200})

    told = changed(add)
    assert told == [("more", "more", "", "更多企业")]


def test_texts_and_who_reports_judge_nothing() -> None:
    def edit(plan: Any) -> None:
        plan["about"].update(title="新名", short_title="新", area="全市")
        plan["units"][0]["name"] = "另一办公室"
        plan["chapters"][0].update(title="第一章", heading="第一章")
        indicators(plan)[1].update(name="企业户数", submitting_unit="bureau")
        goal(
            plan, name="企业户数", quote="企业户数", reading="按户", ambiguity="不明", section="二"
        )

    assert changed(edit) == []


def test_nothing_changed_is_nothing_told() -> None:
    assert changed(lambda _: None) == []
