"""What is due of a number that is added up: by the usual course of a year, by months, in steps."""

from __future__ import annotations

import math
from typing import Any

import pytest

from planbook.assess.path import path
from planbook.assess.share_due import share_due, shares_drawn
from planbook.periods import CALENDAR, TimePeriod
from planbook.vocabulary import PathShape

LATE = {"2025-03": 10, "2025-06": 20, "2025-09": 30, "2025-12": 100}  # 70 % in the fourth quarter
MONTHS: dict[str, Any] = {
    "start": TimePeriod(2024, 12),
    "due": TimePeriod(2027, 12),
    "year": CALENDAR,
}


def way(period: str, *, usual: float | None = None, shape: PathShape = PathShape.GRADUAL) -> float:
    return share_due(TimePeriod.parse(period), shape=shape, usual=usual, **MONTHS)


def test_closed_years_count_by_months_and_the_running_one_by_its_usual_share() -> None:
    assert way("2026-09") == pytest.approx(21 / 36)
    assert way("2026-09", usual=0.3) == pytest.approx((12 + 3.6) / 36)
    assert way("2026-12", usual=0.3) == pytest.approx(24 / 36)
    assert (way("2024-12"), way("2027-12"), way("2028-03")) == (0, 1, 1)


def test_in_steps_the_share_grows_at_the_ends_of_years_only() -> None:
    found = [way(p, shape=PathShape.STEPS) for p in ("2025-11", "2025-12", "2026-11", "2027-12")]
    assert found == [0, pytest.approx(1 / 3), pytest.approx(1 / 3), 1]


def test_a_part_of_a_year_counts_by_months() -> None:
    begun: dict[str, Any]
    begun = MONTHS | {
        "start": TimePeriod(2025, 6),
        "due": TimePeriod(2027, 6),
        "shape": PathShape.GRADUAL,
    }
    assert share_due(TimePeriod(2025, 9), usual=0.1, **begun) == pytest.approx(3 / 24)
    assert share_due(TimePeriod(2026, 9), usual=0.1, **begun) == pytest.approx(7.2 / 24)
    assert share_due(TimePeriod(2027, 3), usual=0.1, **begun) == pytest.approx(21 / 24)


def test_additions_of_which_most_come_at_the_end_of_the_year_are_not_behind_for_it(
    world: Any,
) -> None:
    values = {**LATE, "2026-03": 110, "2026-06": 120, "2026-09": 130, "2026-12": 200}
    added = world("cumulative", target=300, values=values)
    assert added.verdict("2025-Q3")["rating"] == "严重滞后"  # nothing is known yet of the year
    for quarter, share in ((1, 0.1), (2, 0.2), (3, 0.3)):
        row = added.verdict(f"2026-Q{quarter}")
        assert row["usual_share"] == pytest.approx(share)
        assert row["share_from_history"]
        assert row["share_due"] == pytest.approx((1 + share) / 3)
        assert row["path_value"] == pytest.approx(100 * (1 + share))
        assert row["pace"] == pytest.approx(1)
        assert row["rating"] == "达序时"
        assert row["increment_due"] == pytest.approx((1 + share) / 3)
    assert added.verdict("2026-Q3")["time_elapsed"] == pytest.approx(21 / 36)
    assert added.verdict("2026-Q3")["linear_pace"] == pytest.approx(130 / 175)


def test_before_a_year_is_complete_months_serve_and_it_is_said(world: Any) -> None:
    row = world("cumulative", target=300, values={"2025-06": 40}).verdict("2025-Q2")
    assert row["share_due"] == pytest.approx(6 / 36)
    assert "share_from_months" in row["notes"]
    assert not row["rating_provisional"]  # no estimate: what was added is known
    assert (
        "share_from_months"
        not in world("cumulative", target=300, values={"2025-12": 90}).verdict("2025-Q4")["notes"]
    )


def test_net_numbers_are_due_by_months_always(world: Any) -> None:
    net = {"nature": "count_net", "unit": "家"}
    row = world("cumulative", target=300, values={**LATE, "2026-09": 130}, indicator=net).verdict(
        "2026-Q3"
    )
    assert row["share_due"] == pytest.approx(21 / 36)
    assert "share_from_months" not in row["notes"]
    assert math.isnan(row["usual_share"])


@pytest.mark.parametrize(
    "year",
    [
        {"2025-03": 10, "2025-06": 40, "2025-09": 30, "2025-12": 100},  # falls within the year
        {"2025-09": 120, "2025-12": 100},  # above the whole
        {"2025-09": -5, "2025-12": 100},
        {"2025-09": 0, "2025-12": 0},
        {"2025-06": 30, "2025-12": 100},  # September is not known
    ],
)
def test_a_year_that_is_no_example_gives_no_share(world: Any, year: Any) -> None:
    row = world("cumulative", target=300, values={**year, "2026-09": 130}).verdict("2026-Q3")
    assert row["share_due"] == pytest.approx(21 / 36)
    assert "share_from_months" in row["notes"]


def test_the_share_is_that_of_the_years_not_of_the_sum(world: Any) -> None:
    values = {**LATE, "2026-09": 150, "2026-12": 200, "2027-09": 240}
    row = world("cumulative", target=300, values=values).verdict("2027-Q3")
    assert row["usual_share"] == pytest.approx((0.3 + 0.5) / 2)
    assert row["share_due"] == pytest.approx((24 + 12 * 0.4) / 36)


def test_what_is_recognised_once_a_year_is_due_at_its_end(world: Any) -> None:
    steps = {"target": 9, "goal": {"path": "steps"}, "indicator": {"decimals": 1}}
    row = world("cumulative", values={"2025-09": 0}, **steps).verdict("2025-Q3")
    assert (row["share_due"], row["path_value"], row["rating"]) == (0, 0, "达序时")
    assert "nothing_due" in row["notes"]
    assert math.isnan(row["pace"])
    assert (
        world("cumulative", values={"2025-09": 1.5}, **steps).verdict("2025-Q3")["rating"]
        == "达序时"
    )
    assert (
        world("cumulative", values={"2025-09": -1}, **steps).verdict("2025-Q3")["rating"] == "逆转"
    )
    late = world("cumulative", values={"2025-12": 2, "2026-09": 2}, **steps)
    assert late.verdict("2025-Q4")["rating"] == "滞后"
    row = late.verdict("2026-Q3")
    assert row["path_value"] == pytest.approx(3)
    assert "nothing_due" not in row["notes"]
    assert not row["rating_provisional"]


def test_the_path_ends_at_the_value_that_meets(world: Any) -> None:
    row = world(
        "cumulative", target=400, values={"2027-09": 370}, goal={"comparator": "~"}
    ).verdict("2027-Q3")
    assert row["meeting_value"] == 380
    assert row["path_value"] == pytest.approx(380 * 33 / 36)
    assert row["increment_due"] == pytest.approx(380 * 33 / 36 / 400)


def test_a_rating_by_the_usual_share_is_open_where_the_year_may_end_otherwise(world: Any) -> None:
    values = {
        "2025-03": 24, "2025-06": 51, "2025-09": 78, "2025-12": 106,
        "2026-03": 131, "2026-06": 157, "2026-09": 184,
    }  # fmt: skip
    row = world("cumulative", target=334, values=values).verdict("2026-Q3")
    assert (row["rating_low"], row["rating_high"]) == ("滞后", "达序时")
    assert row["rating_provisional"]
    assert math.isnan(row["band_low"])  # the number itself is known
    sure = world("cumulative", target=300, values=values).verdict("2026-Q3")
    assert (sure["rating_low"], sure["rating_high"]) == ("达序时", "达序时")
    assert not sure["rating_provisional"]


def test_a_number_that_has_met_is_not_provisional(world: Any) -> None:
    row = world("cumulative", target=120, values={**LATE, "2026-09": 130}).verdict("2026-Q3")
    assert row["rating"] == "已达成"
    assert not row["rating_provisional"]
    assert row["met_period"] == "2026-09"


def drawn(small: Any, edition: str) -> dict[str, float]:
    goal, row = small.plan.goal("thing"), small.verdict(edition)
    shares = shares_drawn(
        small.plan,
        goal,
        small.facts.observations,
        scope=row["scope"],
        latest=TimePeriod.parse(row["latest_period"]),
    )
    points = path(small.plan, goal, baseline=None, shares=shares)
    return {str(period): value for period, value in points}


def test_the_path_drawn_is_the_path_judged(world: Any) -> None:
    added = world("cumulative", target=300, values={**LATE, "2026-06": 118, "2026-09": 125})
    for edition, period in (("2026-Q2", "2026-06"), ("2026-Q3", "2026-09")):
        line = drawn(added, edition)
        assert line[period] == pytest.approx(added.verdict(edition)["path_value"])
        assert list(line.values()) == sorted(line.values())
        assert (line["2024-12"], line["2027-12"]) == (0, 300)


def test_steps_are_drawn_as_steps(world: Any) -> None:
    line = drawn(world("cumulative", values={"2025-09": 1}, goal={"path": "steps"}), "2025-Q3")
    assert (line["2025-11"], line["2025-12"], line["2026-11"]) == (
        0,
        pytest.approx(200 / 3),
        pytest.approx(200 / 3),
    )


def test_without_usual_shares_the_path_is_straight(world: Any) -> None:
    line = drawn(world("cumulative", values={"2025-06": 40}), "2025-Q2")
    assert line["2025-06"] == pytest.approx(200 / 6)
    assert len(line) == 13
