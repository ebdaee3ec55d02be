"""Owed, reported, carried, due: whether the newest value answers for the edition."""

from __future__ import annotations

from typing import Any

import pytest

ANNUAL: dict[str, Any] = {
    "frequency": "annual",
    "reported_in": (1,),
    "lag_months": 3,
    "nature": "ratio",
    "accumulation": "year",
}
OFF_TRACK = {"逆转", "严重滞后", "滞后", "未达成"}


def annual(value: float, vintage: str) -> dict[str, Any]:
    return {"value": value, "obs_status": "normal", "vintage": vintage}


def test_a_missing_quarter_is_not_reported_and_the_older_value_is_shown(world: Any) -> None:
    row = world(values={"2025-06": 90}).verdict("2025-Q3")
    assert (row["rating"], row["reason"]) == ("无法判定", "本期未报")
    assert row["latest_value"] == 90
    assert row["owed_period"] == "2025-09"
    assert row["pace"] != row["pace"]


@pytest.mark.parametrize("status", ["not_sent", "refused"])
def test_a_blank_or_refused_value_is_not_reported(world: Any, status: str) -> None:
    row = world(values={"2025-06": 90, "2025-09": {"value": None, "obs_status": status}})
    assert row.verdict("2025-Q3")["reason"] == "本期未报"


def test_a_target_that_was_met_is_not_carried_over_a_missing_quarter(world: Any) -> None:
    row = world(values={"2025-06": 230}).verdict("2025-Q3")
    assert (row["rating"], row["met"]) == ("无法判定", False)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("level_at_end", {}),
        ("level_at_end", {"2025-03": 50}),
        ("annual_flow", {"2025-03": 5}),
        ("cumulative", {"2025-03": -5}),
        ("cagr", {}),
        ("growth_vs_base", {"2025-03": 1}),
        ("every_year", {"2025-12": 1}),
    ],
)
def test_a_missing_value_is_never_off_track(world: Any, kind: str, values: Any) -> None:
    for edition in ("2026-Q2", "2027-Q4", "2028-Q2"):
        row = world(kind, values=values).verdict(edition)
        assert row["rating"] not in OFF_TRACK
        assert row["reason"] == "本期未报"


def test_eight_months_answer_for_nine(world: Any) -> None:
    row = world("cumulative", target=36, values={"2025-08": 8}).verdict("2025-Q3")
    assert row["rating"] == "达序时"
    assert "partial_period" in row["notes"]
    assert row["elapsed"] == pytest.approx(8 / 12)


def test_six_months_do_not_answer_for_nine(world: Any) -> None:
    six = world("cumulative", target=36, values={"2025-06": {"value": 8, "vintage": "2025-Q3"}})
    assert six.verdict("2025-Q3")["reason"] == "本期未报"


def test_data_that_run_a_month_late_are_owed_a_month_earlier(world: Any) -> None:
    late = world(
        "annual_flow",
        values={"2025-08": 80},
        indicator={"frequency": "monthly", "lag_months": 1},
    )
    assert late.verdict("2025-Q3")["owed_period"] == "2025-08"
    assert late.verdict("2025-Q3")["rating"] != "无法判定"


def test_an_annual_indicator_is_not_due_before_its_first_year(world: Any) -> None:
    for edition in ("2025-Q1", "2025-Q4"):
        row = world(indicator=ANNUAL).verdict(edition)
        assert (row["rating"], row["reason"]) == ("无法判定", "年度指标未到期")
        assert row["owed_period"] == ""


def test_in_the_second_quarter_an_annual_indicator_is_carried_at_its_own_time(world: Any) -> None:
    share = world(values={"2025-12": annual(120, "2026-Q1")}, indicator=ANNUAL)
    reported, carried = share.verdict("2026-Q1"), share.verdict("2026-Q2")
    assert not reported["carried"]
    assert carried["carried"]
    assert "carried_annual" in carried["notes"]
    assert carried["elapsed"] == reported["elapsed"] == 1.0
    assert carried["rating"] == reported["rating"] == "滞后"
    assert "partial_period" not in carried["notes"]


def test_an_annual_value_that_was_owed_and_never_came_stays_outstanding(world: Any) -> None:
    share = world(values={}, indicator=ANNUAL)
    assert share.verdict("2026-Q1")["reason"] == "本期未报"
    assert share.verdict("2026-Q3")["reason"] == "本期未报"


def test_a_quarter_that_owes_nothing_carries_the_last_value(world: Any) -> None:
    half_yearly = world(values={"2025-06": 130}, indicator={"reported_in": (2, 4)})
    row = half_yearly.verdict("2025-Q3")
    assert "carried_quarter" in row["notes"]
    assert not row["carried"] or row["elapsed"] == 0.5
    assert row["rating"] == "达序时"


def test_not_applicable_is_an_answer_and_leaves_the_older_value_in_place(world: Any) -> None:
    dash = {"value": None, "obs_status": "not_applicable"}
    row = world(values={"2025-06": 130, "2025-09": dash}).verdict("2025-Q3")
    assert row["rating"] == "达序时"
    assert "carried_absent" in row["notes"]
    assert row["latest_period"] == "2025-06"
    alone = world(values={"2025-09": dash}).verdict("2025-Q3")
    assert (alone["rating"], alone["reason"]) == ("无法判定", "观测不足")
    assert alone["latest_status"] == "not_applicable"


def test_one_observation_after_the_baseline_is_enough(world: Any) -> None:
    assert world(values={"2025-03": 110}).verdict("2025-Q1")["rating"] == "达序时"


def test_the_value_of_the_base_period_alone_is_no_progress(world: Any) -> None:
    row = world(values={"2024-12": {"value": 100, "vintage": "2025-Q1"}}, base="2024-12")
    assert row.verdict("2025-Q1")["reason"] == "本期未报"


def test_the_first_reason_that_applies_is_given(world: Any) -> None:
    row = world(values={}, baseline=None).verdict("2025-Q3")
    assert row["reason"] == "基数待补"


def test_before_the_value_of_the_due_date_is_owed_the_pace_still_rates(world: Any) -> None:
    late = world(values={"2027-11": 195}, indicator={"frequency": "monthly", "lag_months": 1})
    assert late.verdict("2027-Q4")["rating"] == "达序时"
    assert late.verdict("2028-Q1")["reason"] == "本期未报"  # November is not the due date


def test_an_annual_goal_is_decided_when_the_due_year_is_reported(world: Any) -> None:
    share = world(
        values={"2026-12": annual(150, "2027-Q1"), "2027-12": annual(199, "2028-Q1")},
        indicator=ANNUAL,
    )
    assert share.verdict("2027-Q4")["carried"]
    assert share.verdict("2027-Q4")["rating"] == "滞后"
    assert share.verdict("2028-Q1")["rating"] == "未达成"
    assert share.verdict("2028-Q2")["rating"] == "未达成"


def dash(vintage: str = "2027-Q4") -> dict[str, Any]:
    return {"value": None, "obs_status": "not_applicable", "vintage": vintage}


def test_not_applicable_in_the_due_period_leaves_the_older_value_in_place(world: Any) -> None:
    for value, word in ((195, "达序时"), (205, "已达成"), (160, "滞后")):
        small = world(values={"2027-09": value, "2027-12": dash()}, indicator={"nature": "ratio"})
        for edition in ("2027-Q4", "2028-Q2"):
            row = small.verdict(edition)
            assert (row["rating"], row["reason"]) == (word, "")  # missed would be a guess
            assert (row["latest_period"], row["carried"]) == ("2027-09", True)
            assert "carried_absent" in row["notes"]
    alone = world(values={"2027-12": dash()}).verdict("2027-Q4")
    assert alone["reason"] == "观测不足"


@pytest.mark.parametrize("due", ["2027-03", "2027-06", "2027-11"])
def test_an_annual_goal_due_within_a_year_is_decided_by_that_years_value(
    world: Any, due: str
) -> None:
    values = {"2026-12": annual(150, "2027-Q1"), "2027-12": annual(205, "2028-Q1")}
    share = world(values=values, indicator=ANNUAL, goal={"due": due})
    assert share.verdict("2027-Q1")["reason"] == ""
    before = share.verdict("2027-Q4")
    assert before["rating"] in {"滞后", "严重滞后"}  # not missed before its value came
    assert before["carried"]
    assert share.verdict("2028-Q1")["rating"] == "已达成"
    missed = world(
        values={**values, "2027-12": annual(199, "2028-Q1"), "2028-12": annual(300, "2029-Q1")},
        indicator=ANNUAL,
        goal={"due": due},
    )
    for edition in ("2028-Q1", "2028-Q3", "2029-Q2"):
        row = missed.verdict(edition)
        assert (row["rating"], row["latest_period"]) == ("未达成", "2027-12")
        assert row["time_elapsed"] == 1
    silent = world(values={"2026-12": annual(150, "2027-Q1")}, indicator=ANNUAL, goal={"due": due})
    assert silent.verdict("2028-Q1")["reason"] == "本期未报"


@pytest.mark.parametrize(
    ("indicator", "values", "decided"),
    [
        ({}, {"2027-05": 210, "2027-06": 150}, "2027-05"),  # of the due month itself
        ({}, {"2027-06": 210, "2027-09": 150}, "2027-06"),
        ({"frequency": "monthly"}, {"2027-06": 210, "2027-09": 150}, "2027-06"),
        ({"reported_in": (2, 4)}, {"2027-06": 210, "2027-12": 150}, "2027-06"),
        ({"reported_in": (4,)}, {"2026-12": 150, "2027-12": 210}, "2027-12"),
    ],
)
def test_the_first_value_that_covers_the_due_month_decides(
    world: Any, indicator: dict[str, Any], values: dict[str, float], decided: str
) -> None:
    row = world(values=values, indicator=indicator, goal={"due": "2027-05"}).verdict("2028-Q1")
    assert (row["rating"], row["latest_period"]) == ("已达成", decided)


def test_a_yearly_total_due_within_a_year_needs_the_whole_year(world: Any) -> None:
    flow = world(
        "annual_flow",
        values={"2026-12": 150, "2027-06": 120, "2027-12": 210},
        goal={"due": "2027-06"},
    )
    assert flow.verdict("2027-Q2")["rating"] not in {"已达成", "未达成"}
    assert flow.verdict("2027-Q4")["rating"] == "已达成"


LATE: dict[str, Any] = {**ANNUAL, "lag_months": 27}
BIENNIAL: dict[str, Any] = {**ANNUAL, "every_years": 2, "value_year": 2025}


def test_a_series_published_two_years_late_is_awaited_until_then(world: Any) -> None:
    late = world(
        values={"2025-12": annual(130, "2028-Q1"), "2027-12": annual(205, "2030-Q1")},
        indicator=LATE,
    )
    assert late.verdict("2027-Q4")["reason"] == "年度指标未到期"
    row = late.verdict("2028-Q2")
    assert (row["rating"], row["elapsed"], row["carried"]) == ("滞后", 1.0, True)
    assert late.verdict("2029-Q1")["reason"] == "本期未报"  # 2026 was owed
    assert late.verdict("2030-Q1")["rating"] == "已达成"


def test_a_series_of_every_second_year_owes_nothing_in_between(world: Any) -> None:
    values = {"2025-12": annual(140, "2026-Q1"), "2027-12": annual(190, "2028-Q1")}
    survey = world(values=values, indicator=BIENNIAL)
    assert survey.verdict("2025-Q1")["reason"] == "年度指标未到期"
    for edition in ("2026-Q1", "2026-Q4", "2027-Q1", "2027-Q4"):
        row = survey.verdict(edition)
        assert (row["rating"], row["owed_period"]) == ("达序时", "2025-12")
    assert survey.verdict("2028-Q1")["rating"] == "未达成"
    assert survey.verdict("2029-Q3")["rating"] == "未达成"


def test_a_due_year_without_a_value_is_decided_by_the_next(world: Any) -> None:
    values = {"2026-12": annual(150, "2027-Q1"), "2028-12": annual(205, "2029-Q1")}
    survey = world(values=values, indicator={**BIENNIAL, "value_year": 2024})
    assert survey.verdict("2028-Q3")["rating"] == "滞后"
    assert survey.verdict("2029-Q1")["rating"] == "已达成"
