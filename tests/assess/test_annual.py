"""Yearly targets: a verdict of their own, which never touches the goal's."""

from __future__ import annotations

from typing import Any

import pytest

from planbook.assess.annual import assess_annual_targets, lenient_annual_targets

COUNT: dict[str, Any] = {"nature": "count_stock", "unit": "家"}


def results(small: Any, edition: str) -> dict[int, tuple[float | None, str]]:
    found = assess_annual_targets(small.plan, small.known(edition))
    return {row.year: (row.observed_value, row.verdict) for row in found}


def test_a_lenient_yearly_target_softens_no_rating(world: Any) -> None:
    slow = {"values": {"2025-12": 110}, "indicator": COUNT}
    plain = world(**slow).verdict("2025-Q4")
    row = world(**slow, annual_targets={2025: 110, 2026: 150}).verdict("2025-Q4")
    same = ("rating", "pace", "path_value", "rated_by")
    assert [row[column] for column in same] == [plain[column] for column in same]
    assert row["rating"] == "严重滞后"
    assert (row["annual_target"], row["annual_target_value"]) == (110, 110)
    assert (row["annual_target_year"], row["annual_target_verdict"]) == ("2025", "达到")
    assert row["annual_target_source"] == "年度计划"
    assert "annual_reached_behind" in row["notes"]


def test_a_yearly_target_missed_beside_a_goal_on_course_is_noted(world: Any) -> None:
    ambitious = world(values={"2025-12": 140}, annual_targets={2025: 150}, indicator=COUNT)
    row = ambitious.verdict("2025-Q4")
    assert (row["rating"], row["annual_target_verdict"]) == ("达序时", "未达到")
    assert "annual_missed_on_course" in row["notes"]
    reached = world(values={"2025-12": 150}, annual_targets={2025: 150}, indicator=COUNT)
    notes = reached.verdict("2025-Q4")["notes"]
    assert not notes & {"annual_missed_on_course", "annual_reached_behind"}


def test_only_the_value_of_the_years_end_reaches_a_yearly_target(world: Any) -> None:
    small = world(
        values={"2025-09": 150, "2025-12": 109, "2026-06": 111},
        annual_targets={2025: 110, 2026: 120},
    )
    assert [word for _, word in results(small, "2025-Q3").values()] == ["年度未结束"] * 2
    assert small.verdict("2025-Q3")["annual_target_verdict"] == "年度未结束"
    assert results(small, "2026-Q2")[2025] == (109, "未达到")
    assert small.verdict("2026-Q2")["annual_target_year"] == "2026"


def test_a_year_that_ended_without_a_value_has_no_data(world: Any) -> None:
    small = world(values={"2025-09": 150}, annual_targets={2025: 110})
    assert results(small, "2025-Q4")[2025][1] == "本年目标无数据"


def test_a_value_of_another_area_reaches_nothing(world: Any) -> None:
    small = world(
        values={"2025-12": {"value": 500, "obs_status": "normal", "scope": "新行政区"}},
        annual_targets={2025: 110},
    )
    assert results(small, "2025-Q4")[2025][1] == "本年目标无数据"


@pytest.mark.parametrize(
    ("kind", "reported", "yearly", "expected"),
    [
        ("cumulative", 10, 10, (10, "达到")),
        ("annual_flow", 120, 121, (120, "未达到")),
        ("every_year", 50, 50, (50, "达到")),
        ("growth_vs_base", 118, 18, (18, "达到")),
        ("cagr", 119, 20, (19, "未达到")),
    ],
)
def test_each_kind_has_its_own_value_of_a_year(
    world: Any, kind: str, reported: float, yearly: float, expected: tuple[float, str]
) -> None:
    small = world(kind, target=60, values={"2025-12": reported}, annual_targets={2025: yearly})
    value, word = expected
    assert results(small, "2025-Q4")[2025] == (pytest.approx(value), word)


def test_an_average_is_that_up_to_the_year(world: Any) -> None:
    small = world(
        "cagr",
        target=20,
        values={"2025-12": 130, "2026-12": 144},
        annual_targets={2025: 30, 2026: 20, 2027: 20},
    )
    found = results(small, "2026-Q4")
    assert found[2025] == (pytest.approx(30), "达到")
    assert found[2026] == (pytest.approx(20), "达到")
    assert found[2027][1] == "年度未结束"


def test_less_is_better_for_a_yearly_target_too(world: Any) -> None:
    falling = {
        "baseline": 15,
        "target": 12,
        "goal": {"direction": "down", "comparator": "<="},
        "indicator": {"nature": "ratio", "decimals": 1},
    }
    small = world(values={"2025-12": 14.1}, annual_targets={2025: 14.1, 2026: 14.0}, **falling)
    assert results(small, "2025-Q4")[2025] == (14.1, "达到")
    (first, second) = lenient_annual_targets(small.plan, small.known("2025-Q4"))
    assert (first.year, first.target, first.path) == (2025, 14.1, 14.0)
    assert (second.year, second.path) == (2026, 13.0)


@pytest.mark.parametrize(
    ("kind", "target", "yearly", "lenient"),
    [
        ("level_at_end", 200, 133, []),  # a path of 133.3 firms demands 133
        ("level_at_end", 200, 132, [2025]),
        ("cumulative", 100, 33, []),
        ("cumulative", 100, 32, [2025]),
        ("annual_flow", 200, 126, []),  # 100·2^(1/3) = 125.992
        ("annual_flow", 200, 125.9, [2025]),
        ("cagr", 20, 19, [2025]),
        ("cagr", 20, 20, []),
        ("every_year", 50, 49, [2025]),
        ("growth_vs_base", 60, 16.8, [2025]),  # 1.6^(1/3) is 16.96 % a year
        ("growth_vs_base", 60, 16.9, []),
    ],
)
def test_a_target_that_demands_less_than_the_path_is_found(
    world: Any, kind: str, target: float, yearly: float, lenient: list[int]
) -> None:
    indicator = COUNT if kind == "level_at_end" else {"decimals": 4}
    if kind == "cumulative":
        indicator = {"nature": "count_gross"}
    small = world(kind, target=target, annual_targets={2025: yearly}, indicator=indicator)
    found = lenient_annual_targets(small.plan, small.known("2025-Q2"))
    assert [each.year for each in found] == lenient


def test_without_a_baseline_nothing_is_called_lenient(world: Any) -> None:
    small = world(baseline=None, annual_targets={2025: 1})
    assert lenient_annual_targets(small.plan, small.known("2025-Q2")) == []
