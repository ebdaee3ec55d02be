from __future__ import annotations

from typing import Any

import pytest

NET: dict[str, Any] = {"nature": "count_net", "unit": "家"}


def test_a_cumulative_number_is_due_in_equal_parts_of_the_time(world: Any) -> None:
    row = world("cumulative", target=5600, values={"2026-09": 3000}).verdict("2026-Q3")
    assert row["time_elapsed"] == pytest.approx(21 / 36)
    assert row["pace"] == pytest.approx(3000 / (5600 * 21 / 36))
    assert row["rated_by"] == "cumulative"
    assert row["path_value"] == pytest.approx(5600 * 21 / 36)
    assert row["completion"] == row["increment_completion"] == pytest.approx(3000 / 5600)
    assert row["average_step"] == pytest.approx(3000 / 7)
    assert row["required_step"] == pytest.approx(2600 / 5)
    assert row["rating"] == "滞后"


def test_a_negative_net_number_is_reversing_and_said(world: Any) -> None:
    row = world("cumulative", target=40, values={"2025-06": -3}, indicator=NET).verdict("2025-Q2")
    assert row["rating"] == "逆转"
    assert "negative_net" in row["notes"]
    assert row["remaining"] == 43


def test_a_net_number_above_forty_needs_forty_one(world: Any) -> None:
    strict = {"target": 40, "indicator": NET, "goal": {"comparator": ">"}}
    at_40 = world("cumulative", values={"2026-12": 40}, **strict).verdict("2026-Q4")
    assert at_40["rating"] == "达序时"
    assert at_40["remaining"] == 1
    at_41 = world("cumulative", values={"2026-12": 41}, **strict).verdict("2026-Q4")
    assert at_41["rating"] == "已达成"


def test_a_number_that_met_and_fell_again_has_fallen_out(world: Any) -> None:
    fallen = world("cumulative", target=40, values={"2026-03": 42, "2026-06": 39}, indicator=NET)
    assert fallen.verdict("2026-Q1")["rating"] == "已达成"
    row = fallen.verdict("2026-Q2")
    assert row["rating"] == "达序时"
    assert "fallen_out" in row["notes"]
    assert row["previous_rating"] == "已达成"


@pytest.mark.parametrize(
    ("number", "word", "exceeded"),
    [(0, "滞后", False), (2, "已达成", False), (3, "已达成", False), (4, "已达成", True)],
)
def test_a_range_is_judged_by_its_lower_end_and_exceeded_above_its_upper(
    world: Any, number: int, word: str, exceeded: bool
) -> None:
    row = world(
        "cumulative",
        target=2,
        values={"2026-12": number},
        goal={"comparator": "range", "target_high": 3},
    ).verdict("2026-Q4")
    assert row["rating"] == word
    assert row["exceeded"] is exceeded
    assert ("above_range" in row["notes"]) is exceeded
    assert row["completion"] == number / 2
    assert (row["target_low"], row["target_high"]) == (2, 3)


def test_a_cumulative_number_is_due_to_the_value_that_meets(world: Any) -> None:
    net = {"nature": "count_net", "unit": "家"}
    above = world(
        "cumulative",
        target=40,
        values={"2026-06": 20},
        indicator=net,
        goal={"comparator": ">"},
    ).verdict("2026-Q2")
    assert (above["target_value"], above["meeting_value"]) == (40, 41)
    assert above["path_value"] == pytest.approx(20.5)
    assert above["pace"] == pytest.approx(20 / 20.5)
    assert above["increment_completion"] == pytest.approx(20 / 40)
    assert above["increment_due"] == pytest.approx(20.5 / 40)  # the same denominator
    assert above["share_due"] == pytest.approx(0.5)


def test_an_approximate_number_in_tens_of_thousands_is_met_within_its_tolerance(world: Any) -> None:
    row = world(
        "cumulative",
        target=8,
        values={"2027-06": 7.6},
        goal={"comparator": "~"},
        indicator={"unit": "万人", "decimals": 2},
    ).verdict("2027-Q2")
    assert row["rating"] == "已达成"
    assert "within_tolerance" in row["notes"]
    assert "small_target" not in row["notes"]  # 8万人 is not eight of anything
