"""A plan's look-ups, what an indicator owes when, and targets that change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planbook.periods import Edition, TimePeriod
from planbook.plan import Indicator, Plan
from planbook.plan.cycle import QUARTERLY
from planbook.vocabulary import Comparator, Kind

Load = Callable[[dict[str, Any]], Plan]

CAGR = "harbour.fields.0.indicators.0.goals.1"
ABSENT: dict[str, Any] = {
    "id": "ships",
    "name": "船舶数",
    "unit": "艘",
    "nature": "count_stock",
    "accumulation": "end_of_period",
    "frequency": "monthly",
    "goals": [
        {
            "id": "ships",
            "name": "船舶数",
            "quote": "船舶数达到9艘",
            "section": "一",
            "plan_offset": 0,
            "kind": "level_at_end",
            "target": 9,
            "comparator": ">=",
        }
    ],
}


def ships(**changes: Any) -> Indicator:
    return Indicator.model_validate({**ABSENT, **changes})


@pytest.mark.parametrize(
    ("frequency", "lag", "quarter", "period"),
    [
        ("monthly", 0, "2026-Q3", "2026-09"),
        ("monthly", 1, "2026-Q3", "2026-08"),
        ("monthly", 1, "2026-Q1", "2026-02"),
        ("quarterly", 0, "2026-Q2", "2026-06"),
        ("quarterly", 1, "2026-Q2", "2026-03"),
        ("quarterly", 3, "2026-Q1", "2025-12"),
        ("annual", 0, "2026-Q4", "2026-12"),
        ("annual", 3, "2026-Q1", "2025-12"),
        ("annual", 0, "2026-Q2", "2025-12"),
        ("monthly", 0, "2026-Q3.2", "2026-09"),
    ],
)
def test_an_edition_owes_the_newest_period_there_can_be(
    frequency: str, lag: int, quarter: str, period: str
) -> None:
    indicator = ships(frequency=frequency, lag_months=lag)
    assert indicator.owed_in(Edition.parse(quarter), QUARTERLY) == TimePeriod.parse(period)


def test_a_quarter_that_is_not_reported_in_owes_nothing() -> None:
    indicator = ships(reported_in=[1, 3])
    assert indicator.owed_in(Edition.parse("2026-Q2"), QUARTERLY) is None
    assert indicator.owed_in(Edition.parse("2026-Q3"), QUARTERLY) == TimePeriod(2026, 9)


def test_what_people_judge_owes_no_value() -> None:
    assert ships(accumulation="status").owed_in(Edition.parse("2026-Q3"), QUARTERLY) is None


@pytest.mark.parametrize(
    ("lag", "quarter", "periods"),
    [
        (0, "2026-Q1", ["2026-03"]),
        (1, "2026-Q1", ["2025-12", "2026-02"]),
        (1, "2026-Q2", ["2026-05"]),
        (3, "2026-Q1", ["2025-12"]),
        (4, "2026-Q2", ["2025-12", "2026-02"]),
    ],
)
def test_a_whole_year_passed_over_is_owed_too(lag: int, quarter: str, periods: list[str]) -> None:
    flow = ships(accumulation="ytd", lag_months=lag)
    assert [
        str(period) for period in flow.owed_periods(Edition.parse(quarter), QUARTERLY)
    ] == periods


def test_only_a_year_to_date_value_passes_over_a_year() -> None:
    stock = ships(lag_months=1)
    assert stock.owed_periods(Edition.parse("2026-Q1"), QUARTERLY) == (TimePeriod(2026, 2),)
    assert ships(reported_in=[1]).owed_periods(Edition.parse("2026-Q2"), QUARTERLY) == ()


def test_the_last_owed_edition_is_looked_for_back_to_the_first() -> None:
    indicator = ships(frequency="annual", reported_in=[4])
    first = Edition.parse("2025-Q1")
    assert indicator.last_owed(Edition.parse("2025-Q3"), first, QUARTERLY) is None
    assert indicator.last_owed(Edition.parse("2026-Q3"), first, QUARTERLY) == (
        Edition.parse("2025-Q4"),
        TimePeriod(2025, 12),
    )


@pytest.mark.parametrize(
    ("reporting", "owed"),
    [
        ({"lag_months": 27}, {"2028-Q1": "2025-12", "2029-Q1": "2026-12"}),
        (
            {"every_years": 2, "value_year": 2024},
            {"2026-Q1": None, "2027-Q1": "2026-12", "2028-Q1": None},
        ),
        ({"every_years": 5, "value_year": 2028}, {"2024-Q1": "2023-12", "2026-Q1": None}),
        (
            {"every_years": 2, "value_year": 2024, "lag_months": 27},
            {"2027-Q1": "2024-12", "2028-Q1": None},
        ),
    ],
)
def test_late_and_rare_series_owe_what_there_is(
    reporting: dict[str, Any], owed: dict[str, str | None]
) -> None:
    yearly = ships(frequency="annual", reported_in=[1], **reporting)
    for edition, period in owed.items():
        found = yearly.owed_in(Edition.parse(edition), QUARTERLY)
        assert found == (None if period is None else TimePeriod.parse(period)), edition
        periods = yearly.owed_periods(Edition.parse(edition), QUARTERLY)
        assert [str(each) for each in periods] == ([] if period is None else [period])


@pytest.mark.parametrize(
    ("reporting", "due", "answers"),
    [
        ({"frequency": "monthly"}, "2027-12", "2027-12"),
        ({"frequency": "monthly", "lag_months": 1}, "2027-12", "2027-12"),
        ({"frequency": "monthly"}, "2027-05", "2027-06"),
        ({"frequency": "quarterly"}, "2027-05", "2027-06"),
        ({"frequency": "quarterly", "reported_in": [4]}, "2027-05", "2027-12"),
        ({"frequency": "quarterly", "lag_months": 3}, "2027-06", "2027-06"),
        ({"frequency": "annual"}, "2027-12", "2027-12"),
        ({"frequency": "annual", "reported_in": [1], "lag_months": 3}, "2027-06", "2027-12"),
        ({"frequency": "annual", "reported_in": [1], "lag_months": 27}, "2027-12", "2027-12"),
        ({"frequency": "annual", "every_years": 5, "value_year": 2024}, "2027-06", "2029-12"),
    ],
)
def test_the_first_value_owed_that_covers_a_due_date_answers_for_it(
    reporting: dict[str, Any], due: str, answers: str
) -> None:
    assert ships(**reporting).answers_for(TimePeriod.parse(due), QUARTERLY) == TimePeriod.parse(
        answers
    )


def test_what_decides_a_goal_depends_on_its_kind(load: Load) -> None:
    plan = load({f"{CAGR}.due": "2028-03", "harbour.fields.0.indicators.1.goals.0.due": "2028-02"})
    assert plan.decided_by(plan.goal("throughput-cagr")) == TimePeriod(2028, 12)
    assert plan.decided_by(plan.goal("berths")) == TimePeriod(2028, 12)


def test_an_amended_scope_holds_until_another_amendment_has_one(load: Load) -> None:
    plan = load(
        {
            "harbour.fields.0.indicators.1.goals.0.amendments": [
                {"from_edition": "2026-Q2", "target": 12, "source": "一", "scope": "旧镇区"}
                | {"baseline": 6},
                {"from_edition": "2026-Q4", "target": 13, "source": "二"},
            ]
        }
    )
    goal = plan.goal("berths")
    assert goal.restated(Edition.parse("2026-Q1")) is None
    restated = goal.as_of(Edition.parse("2026-Q4")).restated(Edition.parse("2026-Q4"))
    assert restated is not None
    assert (restated.scope, restated.baseline) == ("旧镇区", 6)
    assert goal.as_of(Edition.parse("2026-Q4")).target == 13


def test_a_target_holds_from_the_edition_of_its_amendment(load: Load) -> None:
    amendment = {"from_edition": "2026-Q2", "target": 12, "source": "调整通知"}
    plan = load({"harbour.fields.0.indicators.1.goals.0.amendments": [amendment]})
    goal = plan.goal("berths")
    assert goal.as_of(Edition.parse("2026-Q1")).target == 8
    assert goal.as_of(Edition.parse("2026-Q2")).target == 12
    assert goal.as_of(Edition.parse("2026-Q2")).quote == goal.quote


def test_two_goals_on_one_indicator_are_a_family(load: Load) -> None:
    plan = load({})
    family = plan.family(plan.goal("throughput-cagr"))
    assert [goal.id for goal in family] == ["throughput", "throughput-cagr"]
    assert [plan.goal_unit(goal) for goal in family] == ["万吨", "%"]


def test_everything_knows_its_field_chapter_and_unit(load: Load) -> None:
    plan = load({"town.fields.0.indicators.1.submitting_unit": "port-office"})
    goal, measure = plan.goal("visitors-yearly"), plan.measure("quay-m01-s2")
    assert plan.field_of(goal).id == "visitors"
    assert plan.chapter_of(goal).id == "town"
    assert plan.unit_of(goal).name == "港务所"
    assert plan.unit_of(plan.goal("guesthouses-new")).name == "镇政府办公室"
    assert measure.id == "quay-m01"
    assert plan.chapter_of(measure).id == "harbour"


def test_a_second_plan_brings_its_own_dates_chapters_and_thresholds(load: Load) -> None:
    plan = load({})
    assert (plan.start, plan.due) == (TimePeriod(2022, 12), TimePeriod(2030, 12))
    assert [chapter.id for chapter in plan.chapters] == ["harbour", "town"]
    assert (plan.thresholds.on_course, plan.thresholds.far_behind) == (0.9, 0.5)
    assert plan.goal_due(plan.goal("berths")) == TimePeriod(2028, 12)
    assert {goal.kind for goal in plan.goals} >= {Kind.CAGR, Kind.EVERY_YEAR, Kind.MILESTONE}
    assert plan.goal("guesthouses-new").comparator is Comparator.RANGE


def test_a_plan_is_frozen_and_comes_back_from_json(load: Load) -> None:
    plan = load({})
    with pytest.raises(ValueError, match="frozen"):
        plan.about.title = "另一个规划"  # type: ignore[misc]
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
