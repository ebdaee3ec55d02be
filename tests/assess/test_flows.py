"""Yearly totals, growth against a base year, and goals that every year has to meet."""

from __future__ import annotations

from typing import Any

import pytest

HISTORY = {"2024-06": 40, "2024-12": 100}  # 40 % of the year by June


def test_a_complete_year_stands_for_itself(world: Any) -> None:
    row = world("annual_flow", values={"2025-12": 126}).verdict("2025-Q4")
    assert row["observed_value"] == 126
    assert not row["is_estimate"]
    assert row["elapsed"] == 1.0
    assert row["pace"] == pytest.approx(0.26 / (2 ** (1 / 3) - 1))
    assert row["rated_by"] == "growth"
    assert row["rating"] == "达序时"


def test_half_a_year_is_divided_by_its_usual_share_and_judged_at_the_end_of_the_year(
    world: Any,
) -> None:
    row = world("annual_flow", values={**HISTORY, "2025-06": 48}).verdict("2025-Q2")
    assert row["usual_share"] == pytest.approx(0.4)
    assert row["share_from_history"]
    assert row["is_estimate"]
    assert row["observed_value"] == pytest.approx(120)
    assert row["observed_period"] == "2025-12"
    assert row["latest_value"] == 48
    assert row["elapsed"] == 1.0
    assert row["time_elapsed"] == pytest.approx(1 / 3)
    assert row["increment_completion"] == pytest.approx(0.2)
    assert row["rolling_value"] == 108
    assert row["pace"] == pytest.approx(0.2 / (2 ** (1 / 3) - 1))


def test_without_history_months_stand_for_the_usual_share_and_it_is_said(world: Any) -> None:
    row = world("annual_flow", values={"2025-08": 80}).verdict("2025-Q3")
    assert row["observed_value"] == pytest.approx(120)
    assert not row["share_from_history"]
    assert "share_from_months" in row["notes"]
    assert "partial_period" in row["notes"]


def test_half_a_year_above_the_target_has_not_met_it(world: Any) -> None:
    row = world("annual_flow", values={**HISTORY, "2025-06": 210}, target=200).verdict("2025-Q2")
    assert not row["met"]
    assert row["rating"] == "达序时"
    assert row["remaining"] == 0


def test_a_complete_year_meets_and_a_weaker_half_year_after_it_is_not_steady(world: Any) -> None:
    flow = world("annual_flow", values={"2025-06": 95, "2025-12": 205, "2026-06": 90})
    assert flow.verdict("2025-Q4")["rating"] == "已达成"
    assert flow.verdict("2026-Q2")["rating"] == "达成待稳"


def test_only_the_due_year_itself_decides_at_the_due_date(world: Any) -> None:
    flow = world("annual_flow", values={"2026-12": 205, "2027-12": 190})
    assert flow.verdict("2027-Q4")["rating"] == "未达成"
    assert "fallen_out" in flow.verdict("2027-Q4")["notes"]


def test_a_zero_base_year_is_rated_along_the_straight_line(world: Any) -> None:
    row = world("annual_flow", values={"2025-12": 50}, baseline=0).verdict("2025-Q4")
    assert row["rated_by"] == "linear"
    assert row["pace"] == pytest.approx(0.75)


def test_a_yearly_total_without_its_base_year_awaits_it(world: Any) -> None:
    row = world("annual_flow", values={"2025-12": 126}, baseline=None).verdict("2025-Q4")
    assert (row["rating"], row["reason"]) == ("无法判定", "基数待补")


def test_growth_against_a_base_year_is_a_yearly_total_of_b_times_one_plus_x(world: Any) -> None:
    doubled = world(
        "growth_vs_base",
        target=100,
        base="2023-12",
        goal={"comparator": ">", "unit": "%"},
        values={"2024-12": 118, "2025-12": 140},
    )
    row = doubled.verdict("2025-Q4")
    assert row["target_value"] == 200
    assert (row["elapsed"], row["horizon"]) == (2.0, 4.0)
    assert row["pace"] == pytest.approx((1.4**0.5 - 1) / (2**0.25 - 1))
    assert row["remaining"] == pytest.approx(60)  # in the goal's unit: from 40 % to 100 %
    assert row["baseline_period"] == "2023-12"


@pytest.mark.parametrize(("value", "word"), [(200, "未达成"), (200.1, "已达成")])
def test_growth_of_more_than_a_hundred_percent_needs_more_than_double(
    world: Any, value: float, word: str
) -> None:
    doubled = world(
        "growth_vs_base",
        target=100,
        base="2023-12",
        goal={"comparator": ">"},
        values={"2027-12": value},
    )
    assert doubled.verdict("2027-Q4")["rating"] == word


def test_growth_against_a_missing_base_year_awaits_it(world: Any) -> None:
    row = world(
        "growth_vs_base", target=30, base="2023-12", baseline=None, values={"2025-06": 70}
    ).verdict("2025-Q2")
    assert (row["rating"], row["reason"]) == ("无法判定", "基数待补")
    assert row["target_value"] != row["target_value"]
    assert row["completion"] != row["completion"]


def test_every_year_compares_the_year_to_date_with_the_usual_share_of_the_target(
    world: Any,
) -> None:
    row = world(
        "every_year", target=10, baseline=None, values={"2025-06": 4, "2025-12": 10, "2026-06": 3.2}
    ).verdict("2026-Q2")
    assert row["usual_share"] == pytest.approx(0.4)
    assert row["path_value"] == pytest.approx(4)
    assert row["pace"] == pytest.approx(0.8)
    assert (row["rating"], row["rated_by"]) == ("滞后", "year_target")
    assert row["completion"] == pytest.approx(0.32)
    assert row["required_step"] == pytest.approx(3.4)
    assert not row["is_estimate"]


def test_a_missed_2025_caps_the_rating_of_every_later_edition(world: Any) -> None:
    missed = world("every_year", target=10, values={"2025-12": 9.9, "2026-12": 14})
    assert missed.verdict("2025-Q4")["rating"] == "严重滞后"
    row = missed.verdict("2026-Q4")
    assert row["pace"] == pytest.approx(1.4)
    assert row["rating"] == "严重滞后"
    assert row["missed_years"] == "2025"
    assert "missed_year" in row["notes"]


def test_an_excess_does_not_carry_over_to_the_next_year(world: Any) -> None:
    row = world("every_year", target=10, values={"2025-12": 30, "2026-06": 1}).verdict("2026-Q2")
    assert row["pace"] == pytest.approx(0.2)
    assert row["rating"] == "严重滞后"


def test_every_year_is_met_only_when_each_year_has_met(world: Any) -> None:
    years = {"2025-12": 10, "2026-12": 11, "2027-12": 12}
    assert world("every_year", target=10, values=years).verdict("2026-Q4")["rating"] == "达序时"
    assert world("every_year", target=10, values=years).verdict("2027-Q4")["rating"] == "已达成"
    short = {**years, "2026-12": 9}
    assert world("every_year", target=10, values=short).verdict("2027-Q4")["rating"] == "未达成"


def test_a_year_that_was_never_reported_neither_meets_nor_misses(world: Any) -> None:
    row = world("every_year", target=10, values={"2025-12": 10, "2027-12": 12}).verdict("2027-Q4")
    assert (row["rating"], row["reason"]) == ("无法判定", "本期未报")
    assert row["missed_years"] == ""


def test_every_year_and_cumulative_goals_never_await_a_baseline(world: Any) -> None:
    for kind in ("every_year", "cumulative"):
        row = world(kind, target=10, baseline=None, values={"2025-03": 2.5}).verdict("2025-Q1")
        assert row["rating"] == "达序时"
