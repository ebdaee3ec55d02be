"""The path due, as charts draw it and as judgement uses it."""

from __future__ import annotations

from typing import Any

import pytest

from planbook.assess.path import path
from planbook.periods import TimePeriod


def points(small: Any, baseline: float | None = 100) -> dict[str, float]:
    plan = small.plan
    found = path(plan, plan.goal("thing"), baseline=baseline)
    return {str(period): value for period, value in found}


def test_a_count_is_due_along_a_straight_line_by_quarters(world: Any) -> None:
    line = points(world(indicator={"nature": "count_stock"}))
    assert list(line) == [str(TimePeriod(2024, 12).plus(months)) for months in range(0, 37, 3)]
    assert line["2026-06"] == pytest.approx(150)
    assert line["2027-12"] == 200


def test_money_is_due_along_a_curve_of_equal_growth(world: Any) -> None:
    assert points(world())["2025-12"] == pytest.approx(100 * 2 ** (1 / 3))


def test_yearly_totals_and_annual_indicators_have_yearly_points(world: Any) -> None:
    years = ["2024-12", "2025-12", "2026-12", "2027-12"]
    assert list(points(world("annual_flow"))) == years
    assert list(points(world(indicator={"frequency": "annual"}))) == years


def test_the_path_ends_at_the_value_that_meets(world: Any) -> None:
    about = {"comparator": "~"}
    assert points(world(goal=about))["2027-12"] == 190
    assert points(world("growth_vs_base", target=20, goal=about))["2027-12"] == pytest.approx(119)
    assert points(world("cagr", target=20, goal=about))["2027-12"] == pytest.approx(100 * 1.19**3)
    assert points(world("every_year", target=20, goal=about))["2026-12"] == 19


def test_a_short_way_of_a_count_goes_by_whole_units(world: Any) -> None:
    line = points(world(target=104, indicator={"nature": "count_stock"}))
    assert [line[f"2025-{month}"] for month in ("03", "06", "09", "12")] == [100, 100, 101, 101]
    assert line["2027-12"] == 104


def test_a_cumulative_number_starts_at_zero_and_needs_no_baseline(world: Any) -> None:
    line = points(world("cumulative"), baseline=None)
    assert (line["2024-12"], line["2027-12"]) == (0, 200)


def test_an_average_growth_rate_is_drawn_as_the_levels_it_implies(world: Any) -> None:
    line = points(world("cagr", target=20))
    assert line["2026-12"] == pytest.approx(144)
    assert line["2027-12"] == pytest.approx(172.8)


def test_growth_against_a_base_year_is_drawn_in_the_unit_of_the_indicator(world: Any) -> None:
    line = points(world("growth_vs_base", target=100, base="2023-12"))
    assert (line["2023-12"], line["2027-12"]) == (100, 200)
    assert line["2025-12"] == pytest.approx(100 * 2**0.5)


def test_every_year_has_the_same_amount_due(world: Any) -> None:
    line = points(world("every_year", target=7.6), baseline=None)
    assert line == {"2025-12": 7.6, "2026-12": 7.6, "2027-12": 7.6}


@pytest.mark.parametrize("kind", ["level_at_end", "annual_flow", "cagr", "growth_vs_base"])
def test_without_a_baseline_there_is_no_path(world: Any, kind: str) -> None:
    assert points(world(kind), baseline=None) == {}


def test_a_milestone_has_no_path(world: Any) -> None:
    assert points(world("milestone", target=1), baseline=0) == {}


def test_the_chart_and_the_judgement_use_one_path(world: Any) -> None:
    for indicator in ({}, {"nature": "count_stock"}):
        for target in (200, 108):
            small = world(values={"2026-06": 103}, target=target, indicator=indicator)
            due = points(small)["2026-06"]
            assert small.verdict("2026-Q2")["path_value"] == pytest.approx(due)


def test_from_a_zero_baseline_money_is_due_along_a_straight_line(world: Any) -> None:
    assert points(world(), baseline=0)["2026-06"] == pytest.approx(100)
