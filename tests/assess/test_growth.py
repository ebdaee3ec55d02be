"""Average yearly growth: complete years only, the base year not counted."""

from __future__ import annotations

from typing import Any

import pytest


def test_growth_still_required_is_higher_than_the_target_after_a_slow_start(world: Any) -> None:
    four_years = world(
        "cagr", target=20, values={"2026-12": 130}, about={"due": "2028-12"}
    ).verdict("2026-Q4")
    assert four_years["observed_value"] == pytest.approx(14.02, abs=0.005)
    assert four_years["pace"] == pytest.approx(0.701, abs=5e-4)
    assert four_years["required_rate"] == pytest.approx(0.2630, abs=5e-5)
    assert four_years["remaining"] == pytest.approx(5.98, abs=0.005)
    assert four_years["rating"] == "滞后"
    assert four_years["rated_by"] == "average_growth"
    assert (four_years["elapsed"], four_years["horizon"]) == (2.0, 4.0)


def test_without_a_complete_year_average_growth_cannot_be_judged(world: Any) -> None:
    row = world("cagr", target=20, values={"2025-09": 95}).verdict("2025-Q3")
    assert (row["rating"], row["reason"]) == ("无法判定", "观测不足")
    assert row["latest_value"] == 95


def test_within_a_year_the_last_complete_year_is_judged(world: Any) -> None:
    row = world("cagr", target=20, values={"2025-12": 118, "2026-06": 66}).verdict("2026-Q2")
    assert row["observed_period"] == "2025-12"
    assert row["pace"] == pytest.approx(0.9)
    assert row["latest_period"] == "2026-06"


def test_missing_levels_are_replaced_by_the_yearly_growth_reported(world: Any) -> None:
    row = world(
        "cagr",
        target=20,
        baseline=None,
        values={
            "2025-12": {"value": 118, "obs_status": "normal", "yoy": 25.0},
            "2026-12": {"value": None, "yoy": 10.0},
        },
    ).verdict("2026-Q4")
    assert row["observed_value"] == pytest.approx((1.25 * 1.10) ** 0.5 * 100 - 100)
    assert "from_reported_growth" in row["notes"]
    assert row["rating"] == "滞后"


def test_missing_levels_and_a_year_without_reported_growth_await_the_baseline(world: Any) -> None:
    row = world(
        "cagr",
        target=20,
        baseline=None,
        values={"2025-12": 118, "2026-12": {"value": None, "yoy": 10.0}},
    ).verdict("2026-Q4")
    assert (row["rating"], row["reason"]) == ("无法判定", "基数待补")


def test_average_growth_is_met_only_at_the_due_date(world: Any) -> None:
    ahead = world("cagr", target=20, values={"2026-12": 200, "2027-12": 172.8})
    assert ahead.verdict("2026-Q4")["rating"] == "达序时"
    assert ahead.verdict("2027-Q4")["rating"] == "已达成"


@pytest.mark.parametrize(
    ("comparator", "level", "word"),
    [
        (">", 172.8, "未达成"),  # exactly 20 % a year
        (">", 172.9, "已达成"),
        (">=", 172.8, "已达成"),
        ("~", 168.6, "已达成"),  # 19 % a year: 20 less 5 %
        ("~", 168.4, "未达成"),
    ],
)
def test_the_words_of_an_average_decide_at_the_due_date(
    world: Any, comparator: str, level: float, word: str
) -> None:
    row = world(
        "cagr", target=20, values={"2027-12": level}, goal={"comparator": comparator}
    ).verdict("2027-Q4")
    assert row["rating"] == word


def test_shrinking_is_reversing(world: Any) -> None:
    assert world("cagr", target=20, values={"2025-12": 99}).verdict("2025-Q4")["rating"] == "逆转"


def test_a_balance_at_the_end_of_the_year_is_its_complete_year(world: Any) -> None:
    leasing = world(
        "cagr",
        target=20,
        values={"2025-12": 118, "2026-03": 120},
        indicator={"nature": "rate", "accumulation": "end_of_period"},
    )
    assert leasing.verdict("2026-Q1")["pace"] == pytest.approx(0.9)
    assert (
        leasing.verdict("2026-Q1")["rolling_value"] != leasing.verdict("2026-Q1")["rolling_value"]
    )


def test_the_tolerance_of_a_rate_is_of_the_rate_itself(world: Any) -> None:
    about = world("cagr", target=20, values={"2025-12": 115}, goal={"comparator": "~"})
    row = about.verdict("2025-Q4")
    assert (row["target_value"], row["meeting_value"], row["path_value"]) == (20, 19, 19)
    assert row["pace"] == pytest.approx(15 / 19)
    assert row["remaining"] == pytest.approx(4)
    assert row["completion"] == pytest.approx(0.75)
    assert row["required_rate"] == pytest.approx((1.19**3 / 1.15) ** 0.5 - 1)
    on_time = world("cagr", target=20, values={"2025-12": 119}, goal={"comparator": "~"})
    assert on_time.verdict("2025-Q4")["pace"] == pytest.approx(1)


def test_the_tolerance_of_growth_against_a_base_is_of_the_rate_too(world: Any) -> None:
    about = world("growth_vs_base", target=20, values={"2026-12": 110}, goal={"comparator": "~"})
    row = about.verdict("2026-Q4")
    assert (row["target_value"], row["meeting_value"]) == (120, pytest.approx(119))
    assert row["path_value"] == pytest.approx(100 * 1.19 ** (2 / 3))
    assert row["increment_due"] == pytest.approx((1.19 ** (2 / 3) - 1) / 0.2)


@pytest.mark.parametrize(
    ("target", "level", "word"),
    [
        (0, 101, "达序时"),
        (0, 100, "达序时"),  # not to shrink, and it has not
        (0, 99, "逆转"),
        (-5, 96, "达序时"),  # not to shrink by more than 5 %
        (-5, 95, "达序时"),
        (-5, 94, "逆转"),
    ],
)
def test_an_average_that_only_may_not_be_worse_has_no_way_to_go(
    world: Any, target: float, level: float, word: str
) -> None:
    row = world("cagr", target=target, values={"2025-12": level}).verdict("2025-Q4")
    assert (row["rating"], row["reason"]) == (word, "")
    assert row["pace"] != row["pace"]


def test_a_rate_that_must_fall_has_no_completion(world: Any) -> None:
    goal = {"direction": "down", "comparator": "<=", "unit": "%"}
    row = world("cagr", -3, {"2025-12": 98}, goal=goal).verdict("2025-Q4")
    assert row["pace"] == pytest.approx(2 / 3)
    assert row["completion"] != row["completion"]
