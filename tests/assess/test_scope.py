"""Values of different scope are never compared."""

from __future__ import annotations

from typing import Any

import pytest

BREAK: dict[str, Any] = {"about": {"scope_break": "2025-11"}}
AMENDED: dict[str, Any] = {
    "from_edition": "2026-Q2",
    "scope": "新行政区",
    "target": 400,
    "baseline": 250,
    "source": "调整通知",
}


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


@pytest.mark.parametrize("about", [BREAK, {}])
def test_a_baseline_added_for_a_new_area_does_not_move_the_target(world: Any, about: Any) -> None:
    changed = world(
        values={"2025-12": value("新行政区", 300), "2026-03": value("新行政区", 320)},
        target=310,
        baseline=None,
        baselines=[baseline("直管区"), baseline("新行政区", 360, since="2026-Q1")],
        **about,
    )
    for edition in ("2025-Q4", "2026-Q1"):  # 12 % below its base, yet above the old target
        row = changed.verdict(edition)
        assert (row["rating"], row["reason"]) == ("无法判定", "口径不一致")
        assert not row["met"]
        assert "scope_unstated" not in row["notes"]  # it is not judged in the scope reported
    assert row["baseline_value"] == 100


def test_an_amendment_restates_the_target_for_another_area(world: Any) -> None:
    restated = world(
        values={"2025-09": value("直管区", 130), "2026-03": value("新行政区", 320)}
        | {"2026-06": value("新行政区", 330)},
        baseline=None,
        baselines=[baseline("直管区")],
        goal={"amendments": [AMENDED]},
        **BREAK,
    )
    assert restated.verdict("2025-Q3")["rating"] == "达序时"
    assert restated.verdict("2026-Q1")["reason"] == "口径不一致"
    row = restated.verdict("2026-Q2")
    assert (row["scope"], row["baseline_value"], row["target_low"]) == ("新行政区", 250, 400)
    assert row["linear_pace"] == pytest.approx(80 / 150 / 0.5)
    assert "scope_unstated" not in row["notes"]  # the amendment states it
    assert row["rating"] == "达序时"


def test_a_later_amendment_of_the_target_alone_keeps_the_area(world: Any) -> None:
    later = {"from_edition": "2026-Q3", "target": 1000, "source": "再次调整"}
    row = world(
        values={"2026-09": value("新行政区", 330)},
        baseline=None,
        baselines=[baseline("直管区")],
        goal={"amendments": [AMENDED, later]},
        **BREAK,
    ).verdict("2026-Q3")
    assert (row["baseline_value"], row["target_low"], row["rating"]) == (250, 1000, "严重滞后")


def test_a_value_of_the_old_area_is_not_compared_with_an_amended_target(world: Any) -> None:
    row = world(
        values={"2026-06": value("直管区", 500)},
        baseline=None,
        baselines=[baseline("直管区")],
        goal={"amendments": [AMENDED]},
        **BREAK,
    ).verdict("2026-Q2")
    assert row["reason"] == "口径不一致"


def test_without_a_baseline_the_area_first_reported_before_the_break_counts(world: Any) -> None:
    added_up = world(
        "cumulative",
        values={"2025-06": value("直管区"), "2026-03": value("直管区", 140)}
        | {"2026-06": value("新行政区", 300)},
        baseline=None,
        **BREAK,
    )
    assert added_up.verdict("2026-Q1")["rating"] == "达序时"
    row = added_up.verdict("2026-Q2")
    assert (row["reason"], row["met"]) == ("口径不一致", False)


@pytest.mark.parametrize(("scope", "judged"), [("新行政区", False), ("未注明", True)])
def test_an_area_first_named_after_the_break_is_not_the_targets(
    world: Any, scope: str, judged: bool
) -> None:
    row = world("cumulative", values={"2026-03": value(scope)}, baseline=None, **BREAK).verdict(
        "2026-Q1"
    )
    assert (row["reason"] == "口径不一致") is not judged


def test_a_baseline_found_late_counts_in_the_area_reported_before_the_break(world: Any) -> None:
    late = {"baseline": None, **BREAK}
    values = {"2025-06": value("直管区"), "2026-03": value("直管区", 150)}
    own = world(values=values, baselines=[baseline("直管区", since="2026-Q1")], **late)
    assert own.verdict("2026-Q1")["rating"] == "达序时"
    other = world(values=values, baselines=[baseline("全域", since="2026-Q1")], **late)
    assert other.verdict("2026-Q1")["reason"] == "口径不一致"
    new = world(
        values={"2026-03": value("新行政区")},
        baselines=[baseline("新行政区", since="2026-Q1")],
        **late,
    )
    assert new.verdict("2026-Q1")["reason"] == "口径不一致"


def test_a_baseline_corrected_after_the_break_keeps_its_area(world: Any) -> None:
    row = world(
        values={"2026-03": value("直管区", 150)},
        baseline=None,
        baselines=[
            baseline("直管区"),
            baseline("新行政区", 200, since="2026-Q1"),
            baseline("直管区", 104, since="2026-Q1"),
        ],
        **BREAK,
    ).verdict("2026-Q1")
    assert (row["scope"], row["baseline_value"]) == ("直管区", 104)


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
