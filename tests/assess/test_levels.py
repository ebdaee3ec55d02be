"""Goals on a level at the due date: money by growth, counts and shares along the straight line."""

from __future__ import annotations

from typing import Any

import pytest

from planbook.periods import TimePeriod
from planbook.plan.cycle import QUARTERLY

COUNT: dict[str, Any] = {"nature": "count_stock", "unit": "家"}
SHARE: dict[str, Any] = {"nature": "ratio", "unit": "%", "decimals": 1}


def test_money_is_rated_by_growth_and_the_linear_pace_stands_beside(world: Any) -> None:
    row = world(values={"2026-06": 150}, target=200).verdict("2026-Q2")
    growth = (1.5 ** (1 / 1.5) - 1) / (2 ** (1 / 3) - 1)
    assert row["growth_pace"] == pytest.approx(growth)
    assert row["linear_pace"] == pytest.approx(0.5 / 0.5)
    assert row["pace"] == row["growth_pace"]
    assert row["rated_by"] == "growth"
    assert row["rating"] == "达序时"
    assert row["elapsed"] == 1.5
    assert row["horizon"] == 3.0
    assert row["time_elapsed"] == 0.5
    assert row["completion"] == 0.75
    assert row["increment_completion"] == 0.5
    assert row["path_value"] == pytest.approx(100 * 2**0.5)
    assert row["remaining"] == 50
    assert row["required_rate"] == pytest.approx((200 / 150) ** (1 / 1.5) - 1)
    assert row["required_step"] == pytest.approx(50 / 6)
    assert row["average_step"] == pytest.approx(50 / 6)


@pytest.mark.parametrize("indicator", [COUNT, SHARE])
def test_counts_and_shares_are_rated_along_the_straight_line(
    world: Any, indicator: dict[str, Any]
) -> None:
    row = world(values={"2026-06": 130}, indicator=indicator).verdict("2026-Q2")
    assert row["pace"] == row["linear_pace"] == pytest.approx(0.6)
    assert row["rated_by"] == "linear"
    assert row["path_value"] == pytest.approx(150)
    assert row["rating"] == "滞后"


def test_a_falling_share_is_on_course_when_it_falls_in_time(world: Any) -> None:
    falling = world(
        values={"2025-12": 14.4},
        baseline=15,
        target=13,
        goal={"direction": "down", "comparator": "<="},
        indicator=SHARE,
    ).verdict("2025-Q4")
    assert falling["linear_pace"] == pytest.approx(0.9)
    assert falling["rating"] == "滞后"
    assert falling["remaining"] == pytest.approx(-1.4)
    assert falling["completion"] != falling["completion"]  # no 目标完成率 for falling goals
    assert falling["increment_completion"] == pytest.approx(0.3)


def test_moving_away_from_the_target_is_reversing(world: Any) -> None:
    row = world(values={"2025-06": 98}).verdict("2025-Q2")
    assert row["rating"] == "逆转"
    assert row["pace"] < 0


@pytest.mark.parametrize("baseline", [0, -20])
def test_a_zero_or_negative_baseline_is_rated_along_the_straight_line(
    world: Any, baseline: float
) -> None:
    row = world(values={"2025-12": 40}, baseline=baseline, target=100).verdict("2025-Q4")
    assert row["growth_pace"] != row["growth_pace"]
    assert row["rated_by"] == "linear"
    assert row["pace"] == pytest.approx((40 - baseline) / (100 - baseline) * 3)


def test_a_value_that_turned_negative_is_reversing(world: Any) -> None:
    row = world(values={"2025-12": -3}).verdict("2025-Q4")
    assert row["rating"] == "逆转"
    assert row["rated_by"] == "linear"


def test_a_value_of_zero_is_a_value(world: Any) -> None:
    row = world(values={"2025-12": 0}, baseline=0, target=10, indicator=COUNT).verdict("2025-Q4")
    assert row["latest_value"] == 0
    assert row["rating"] == "严重滞后"


def test_met_needs_no_baseline(world: Any) -> None:
    row = world(values={"2025-06": 205}, baseline=None).verdict("2025-Q2")
    assert row["rating"] == "已达成"
    assert row["reason"] == ""
    assert row["remaining"] == 0
    assert row["required_rate"] != row["required_rate"]  # nothing is required any more


def test_without_a_baseline_and_not_met_the_baseline_is_awaited(world: Any) -> None:
    row = world(values={"2025-06": 150}, baseline=None).verdict("2025-Q2")
    assert (row["rating"], row["reason"]) == ("无法判定", "基数待补")
    assert row["completion"] == 0.75  # needs no baseline
    assert row["required_step"] == pytest.approx(5)
    assert row["rated_by"] == ""


def test_met_but_worse_than_a_year_before_is_not_steady(world: Any) -> None:
    row = world(values={"2025-06": 230, "2026-06": 210}).verdict("2026-Q2")
    assert row["adverse"]
    assert row["rating"] == "达成待稳"


def test_without_own_history_the_reported_value_of_the_year_before_tells_worse(world: Any) -> None:
    row = world(values={"2025-06": {"value": 210, "obs_status": "normal", "prior_value": 220}})
    assert row.verdict("2025-Q2")["rating"] == "达成待稳"


def test_an_unknown_year_before_is_not_adverse(world: Any) -> None:
    assert not world(values={"2025-06": 90}).verdict("2025-Q2")["adverse"]


def test_a_baseline_past_the_target_and_a_fall_below_it_is_reversing(world: Any) -> None:
    row = world(values={"2026-12": 46.73}, baseline=68.55, target=55, indicator=SHARE).verdict(
        "2026-Q4"
    )
    assert row["rating"] == "逆转"
    assert "baseline_past_target" in row["notes"]
    # (v−b)/(T−b) would say 161 % of the way
    assert row["increment_completion"] != row["increment_completion"]


@pytest.mark.parametrize(("value", "word"), [(99, "逆转"), (100, "严重滞后"), (101, "已达成")])
def test_a_target_equal_to_the_baseline_is_rated_by_the_sign(
    world: Any, value: float, word: str
) -> None:
    row = world(
        values={"2025-12": value}, baseline=100, target=100, goal={"comparator": ">"}
    ).verdict("2025-Q4")
    assert row["rating"] == word
    assert row["pace"] != row["pace"]


def test_more_than_means_more_on_the_unrounded_value(world: Any) -> None:
    strict = {"goal": {"comparator": ">"}, "target": 65, "baseline": 60, "indicator": SHARE}
    assert world(values={"2026-12": 65.0}, **strict).verdict("2026-Q4")["rating"] == "达序时"
    assert world(values={"2026-12": 65.0001}, **strict).verdict("2026-Q4")["rating"] == "已达成"


def test_the_path_ends_where_the_tolerance_begins(world: Any) -> None:
    about = {"goal": {"comparator": "~"}, "target": 60, "baseline": 40, "indicator": COUNT}
    met = world(values={"2026-12": 57}, **about).verdict("2026-Q4")
    assert met["rating"] == "已达成"
    assert "within_tolerance" in met["notes"]
    assert (met["met_period"], met["remaining"]) == ("2026-12", 0)
    short = world(values={"2026-12": 51}, **about).verdict("2026-Q4")
    assert (short["target_value"], short["meeting_value"]) == (60, 57)
    assert short["path_value"] == pytest.approx(40 + 17 * 2 / 3)
    assert short["pace"] == short["linear_pace"] == pytest.approx(11 / 17 / (2 / 3))
    assert short["remaining"] == 6  # to 57
    assert short["met_period"] == ""
    assert short["completion"] == pytest.approx(51 / 60)  # of the target as the plan has it
    assert short["increment_completion"] == pytest.approx(11 / 20)
    assert short["increment_due"] == pytest.approx(17 * 2 / 3 / 20)
    assert short["share_due"] == pytest.approx(2 / 3)


@pytest.mark.parametrize("quarter", range(1, 12))
@pytest.mark.parametrize(
    ("indicator", "goal", "ends"),
    [
        (SHARE, {"comparator": "~"}, 57.0),
        ({"nature": "balance"}, {"comparator": "~"}, 57.0),
        ({"nature": "balance"}, {"comparator": "range", "target_high": 80}, 60.0),
        ({"nature": "count_stock"}, {"comparator": ">"}, 61.0),
    ],
)
def test_a_path_that_ends_as_met_is_never_behind(
    world: Any, indicator: dict[str, Any], goal: dict[str, Any], ends: float, quarter: int
) -> None:
    due = TimePeriod(2024, 12).plus(3 * quarter)
    growing = indicator["nature"] == "balance"
    value = 40 * (ends / 40) ** (quarter / 12) if growing else 40 + (ends - 40) * quarter / 12
    row = world(
        values={str(due): value}, baseline=40, target=60, indicator=indicator, goal=goal
    ).verdict(str(QUARTERLY.containing(due)))
    assert row["rating"] == "达序时"
    assert row["pace"] == pytest.approx(1)
    assert row["increment_due"] == pytest.approx(row["increment_completion"])


def test_money_has_its_share_due_on_the_curve(world: Any) -> None:
    row = world(values={"2026-06": 130}).verdict("2026-Q2")
    assert row["share_due"] == row["increment_due"] == pytest.approx(2**0.5 - 1)


def test_the_key_of_a_goal_decides_the_method_whatever_the_nature(world: Any) -> None:
    plain = {"2026-06": 130}
    assert world(values=plain, goal={"rated_by": "linear"}).verdict("2026-Q2")["rated_by"] == (
        "linear"
    )
    counted = world(values=plain, indicator=COUNT, goal={"rated_by": "growth"}).verdict("2026-Q2")
    assert counted["rated_by"] == "growth"
    assert counted["path_value"] == pytest.approx(100 * 2**0.5)
    yearly = world("annual_flow", values={"2025-12": 130}, goal={"rated_by": "linear"})
    assert yearly.verdict("2025-Q4")["path_value"] == pytest.approx(100 + 100 / 3)


def test_a_disagreement_of_the_two_paces_is_noted(world: Any) -> None:
    row = world(values={"2025-12": 12}, baseline=1, target=60).verdict("2025-Q4")
    assert row["growth_pace"] > 0.95 > row["linear_pace"]
    assert row["rating"] == "达序时"
    assert "paces_disagree" in row["notes"]


def test_at_the_due_date_there_is_only_met_or_missed(world: Any) -> None:
    assert world(values={"2027-12": 199}).verdict("2027-Q4")["rating"] == "未达成"
    met = world(values={"2026-12": 230, "2027-12": 210}).verdict("2027-Q4")
    assert met["adverse"]
    assert met["rating"] == "已达成"


def test_values_after_the_due_date_do_not_change_the_verdict(world: Any) -> None:
    row = world(values={"2027-12": 199, "2028-03": 220}).verdict("2028-Q1")
    assert row["rating"] == "未达成"
    assert row["latest_period"] == "2027-12"


def test_a_share_of_a_target_below_zero_is_no_completion(world: Any) -> None:
    row = world(values={"2025-12": -15}, baseline=-20, target=-5).verdict("2025-Q4")
    assert row["completion"] != row["completion"]  # −15 of −5 would read 300 %
    assert row["increment_completion"] == pytest.approx(1 / 3)


def test_a_year_that_stands_for_a_due_date_within_it_had_all_the_time(world: Any) -> None:
    yearly = {"nature": "ratio", "accumulation": "year", "frequency": "annual", "reported_in": [4]}
    goal = {"due": "2027-06"}
    row = world(values={"2027-12": 180}, goal=goal, indicator=yearly).verdict("2027-Q4")
    assert row["rating"] == "未达成"
    assert row["pace"] == pytest.approx(0.8)
    assert row["pace"] == pytest.approx(row["increment_completion"] / row["increment_due"])
