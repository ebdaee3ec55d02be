"""Values of different scope are never compared."""

from __future__ import annotations

from typing import Any


def value(scope: str, number: float = 130) -> dict[str, Any]:
    return {"value": number, "obs_status": "normal", "scope": scope}


def baseline(scope: str, number: float = 100, since: str = "2025-Q1") -> dict[str, Any]:
    return {"scope": scope, "obs_value": number, "from_edition": since}


def test_a_value_in_the_scope_of_the_baseline_is_judged(world: Any) -> None:
    row = world(
        values={"2025-06": value("直管区")}, baseline=None, baselines=[baseline("直管区")]
    ).verdict("2025-Q2")
    assert row["rating"] == "达序时"
    assert row["scope"] == "直管区"
    assert row["baseline_value"] == 100
    assert "scope_unstated" in row["notes"]


def test_a_value_of_another_area_is_not_compared(world: Any) -> None:
    changed = world(
        values={"2025-09": value("直管区"), "2025-12": value("新行政区", 300)},
        baseline=None,
        baselines=[baseline("直管区")],
    )
    row = changed.verdict("2025-Q4")
    assert (row["rating"], row["reason"]) == ("无法判定", "口径不一致")
    assert (row["latest_value"], row["scope"]) == (300, "新行政区")
    assert not row["met"]
    assert row["completion"] != row["completion"]
    assert changed.verdict("2025-Q3")["rating"] == "达序时"


def test_a_baseline_for_the_new_area_lets_judging_resume(world: Any) -> None:
    resumed = world(
        values={"2025-12": value("新行政区", 300), "2026-03": value("新行政区", 320)},
        target=500,
        baseline=None,
        baselines=[baseline("直管区"), baseline("新行政区", 250, since="2026-Q1")],
    )
    assert resumed.verdict("2025-Q4")["reason"] == "口径不一致"
    row = resumed.verdict("2026-Q1")
    assert row["rating"] != "无法判定"
    assert row["baseline_value"] == 250


def test_without_a_baseline_the_oldest_observation_sets_the_area(world: Any) -> None:
    row = world(
        "cumulative",
        values={"2025-06": value("直管区"), "2025-09": value("新行政区")},
        baseline=None,
    ).verdict("2025-Q3")
    assert row["reason"] == "口径不一致"


def test_a_scope_the_plan_states_is_the_only_one_that_counts(world: Any) -> None:
    stated = {"scope": "全域", "nature": "count_stock"}
    right = world(
        values={"2025-06": value("全域")},
        baseline=None,
        baselines=[baseline("全域")],
        indicator=stated,
    ).verdict("2025-Q2")
    assert right["rating"] == "达序时"
    assert "scope_unstated" not in right["notes"]
    wrong = world(
        values={"2025-06": value("直管区")},
        baseline=None,
        baselines=[baseline("全域")],
        indicator=stated,
    ).verdict("2025-Q2")
    assert wrong["reason"] == "口径不一致"


def test_a_baseline_of_another_area_alone_is_a_mismatch_not_a_missing_baseline(world: Any) -> None:
    row = world(
        values={"2025-06": value("全域")},
        baseline=None,
        baselines=[baseline("直管区")],
        indicator={"scope": "全域"},
    ).verdict("2025-Q2")
    assert row["reason"] == "口径不一致"


def test_a_year_before_in_another_area_is_not_called_worse(world: Any) -> None:
    row = world(
        values={"2025-06": value("直管区", 400), "2026-06": value("新行政区", 300)},
        baseline=None,
        baselines=[baseline("新行政区")],
    ).verdict("2026-Q2")
    assert row["rating"] == "已达成"
    assert not row["adverse"]


def test_where_two_areas_are_comparable_the_longer_series_is_judged(
    world: Any, observed: Any
) -> None:
    rows = [
        observed("2025-03", 110, scope="直管区"),
        observed("2025-06", 120, scope="直管区"),
        observed("2025-06", 250, scope="新行政区"),
    ]
    row = world(
        values=rows, baseline=None, baselines=[baseline("直管区"), baseline("新行政区", 240)]
    ).verdict("2025-Q2")
    assert (row["scope"], row["latest_value"]) == ("直管区", 120)
