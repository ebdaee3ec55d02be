"""The committed plan against facts taken from the plan's own text: nothing lost, nothing bent."""

from __future__ import annotations

import csv
import hashlib
import os
from collections import Counter
from pathlib import Path

import pytest
from pydantic import BaseModel

from planbook.periods import Edition, TimePeriod
from planbook.plan import (
    Amendment,
    Chapter,
    Field,
    Goal,
    Indicator,
    Measure,
    Plan,
    SubItem,
    Thresholds,
    Unit,
    load_plan,
)
from planbook.plan.plan_file import PlanFile
from planbook.plan.quotes import check_quotes, clauses
from planbook.vocabulary import Accumulation, Comparator, Frequency, Kind
from planbook.workspace import Dataset

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "tests" / "fixtures" / "plan_facts.csv"
TEXT = "PLANBOOK_PLAN_TEXT"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(ROOT / "data" / "plan")


def facts(item: str) -> dict[str, dict[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file) if row["item"] == item}


def half_width(text: str) -> str:
    return text.translate(str.maketrans("\uff08\uff09", "()"))


def number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def described(plan: Plan, item: Goal | Measure) -> dict[str, str]:
    """Return what goals and measures have in common, as the facts have it."""
    return {
        "id": item.id,
        "chapter": plan.chapter_of(item).id,
        "section": half_width(item.section),
        "plan_offset": str(item.plan_offset),
        "quote_length": str(len(item.quote)),
        "quote_sha256": hashlib.sha256(item.quote.encode()).hexdigest()[:12],
    }


def test_the_plan_has_its_goals_measures_and_fields(plan: Plan) -> None:
    assert len(plan.goals) == 61
    assert len(plan.indicators) == 60  # income from software has a level and a growth goal
    assert len(plan.measures) == 169
    assert sum(len(measure.sub_items) for measure in plan.measures) == 108
    assert Counter(c.role for c in plan.chapters) == {"overall": 1, "cluster": 6, "programmes": 1}
    assert len([f for c in plan.chapters if c.role == "cluster" for f in c.fields]) == 20 + 1
    assert len(plan.chapter("programmes").fields) == 5 + 6
    assert len(plan.units) == 20 + 1


def test_every_goal_is_as_the_plan_has_it(plan: Plan) -> None:
    ours = {}
    for goal in plan.goals:
        indicator = plan.indicator_of(goal)
        ours[goal.id] = {
            "item": "goal",
            **described(plan, goal),
            "pattern": goal.kind.value,
            "target": number(goal.target),
            "target_high": number(goal.target_high),
            "comparator": goal.comparator or "",
            "direction": goal.direction.value,
            "unit": plan.goal_unit(goal),
            "base_period": str(goal.base_period or ""),
            "since": str(goal.since or ""),
            "indicator_id": indicator.id,
            "accumulation": indicator.accumulation.value,
            "frequency": indicator.frequency.value,
            "sub_items": "",
        }
    assert list(ours) == list(facts("goal"))
    assert ours == facts("goal")


def test_every_measure_is_as_the_plan_has_it(plan: Plan) -> None:
    expected = facts("measure")
    assert {measure.id for measure in plan.measures} == set(expected)
    for measure in plan.measures:
        row = expected[measure.id]
        ours = described(plan, measure)
        assert ours == {key: row[key] for key in ours}
        assert measure.pattern == row["pattern"]
        assert len(measure.sub_items) == int(row["sub_items"])
        assert [part.id for part in measure.sub_items] == [
            f"{measure.id}-s{n}" for n in range(1, len(measure.sub_items) + 1)
        ]


def test_approximate_goals_are_those_that_say_so(plan: Plan) -> None:
    approximate = [goal for goal in plan.goals if goal.comparator is Comparator.ABOUT]
    assert len(approximate) == 7
    assert all("约" in goal.quote or "左右" in goal.quote for goal in approximate)


def test_strict_goals_are_those_that_say_so(plan: Plan) -> None:
    strict = [goal for goal in plan.goals if goal.comparator is Comparator.ABOVE]
    assert all("超" in goal.quote or "突破" in goal.quote for goal in strict)


def test_every_goal_says_what_is_open_and_how_it_is_read(plan: Plan) -> None:
    assert all(goal.ambiguity.endswith("。") for goal in plan.goals)
    assert all(goal.reading.endswith("。") for goal in plan.goals)


def test_every_measured_indicator_has_a_range_that_holds_its_targets(plan: Plan) -> None:
    for indicator in plan.indicators:
        if indicator.by_people:
            assert indicator.plausible is None
            continue
        assert indicator.plausible is not None, indicator.id
        low, high = indicator.plausible
        for goal in indicator.goals:
            if plan.goal_unit(goal) == indicator.unit and goal.target is not None:
                assert low <= goal.target < high / 1.5, goal.id


def test_annual_indicators_are_owed_once_a_year_and_name_the_year_that_is_over(plan: Plan) -> None:
    year = [Edition.parse(f"2026-Q{quarter}") for quarter in (1, 2, 3, 4)]
    for indicator in plan.indicators:
        if indicator.frequency is not Frequency.ANNUAL or indicator.by_people:
            continue
        owed = {edition.end.month // 3: indicator.owed_in(edition, plan.cycle) for edition in year}
        expected = (
            {1: TimePeriod(2025, 12), 2: None, 3: None, 4: None}
            if indicator.accumulation is Accumulation.YEAR
            else {1: None, 2: None, 3: None, 4: TimePeriod(2026, 12)}
        )
        assert owed == expected, indicator.id


def test_every_unit_reports_something(plan: Plan) -> None:
    reporting = {plan.unit_of(item).id for item in plan.indicators}
    reporting |= {plan.unit_of(item).id for item in plan.measures}
    assert reporting == {unit.id for unit in plan.units}


def test_a_field_of_measures_alone_needs_no_goal(plan: Plan) -> None:
    field = plan.field("crossborderfin")
    assert not field.goals
    assert len(field.measures) == 4


def test_milestones_are_the_five_that_no_formula_can_judge(plan: Plan) -> None:
    assert [goal.id for goal in plan.goals if goal.kind is Kind.MILESTONE] == [
        "overall-signature-clusters",
        "overall-ecosystem",
        "bonded-plus-pilot",
        "fintech-cluster",
        "green-sorting-centre",
    ]


@pytest.mark.parametrize(
    "record",
    [
        PlanFile,
        Thresholds,
        Unit,
        Chapter,
        Field,
        Indicator,
        Goal,
        Amendment,
        Measure,
        SubItem,
        Dataset,
    ],
    ids=lambda record: record.__name__,
)
def test_the_readme_of_the_data_explains_every_key(record: type[BaseModel]) -> None:
    readme = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert [key for key in record.model_fields if f"`{key}`" not in readme] == []


@pytest.mark.skipif(
    TEXT not in os.environ, reason=f"the plan's text is not part of the project: set {TEXT} to it"
)
def test_every_quote_stands_in_the_plans_text_where_it_says(plan: Plan) -> None:
    text = Path(os.environ[TEXT]).read_bytes().decode("utf-8")
    assert check_quotes(plan, text) == []
    assert len(list(clauses(plan))) == 61 + 169
