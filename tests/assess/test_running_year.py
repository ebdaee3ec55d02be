"""Estimates of the running year: what they rest on, their bands, and what these leave open."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.assess.outlook import student
from planbook.assess.running_year import band
from planbook.assess.series import Basis, Series
from planbook.periods import CALENDAR, TimePeriod
from planbook.vocabulary import Accumulation
from tests.observed import observation

WITH_PRIOR = {  # 1—9月 of 2025 with the year before: seven quarters and the base year
    "2025-03": {"obs_value": 22.0, "prior_value": 20.0},
    "2025-06": {"obs_value": 47.5, "prior_value": 44.0},
    "2025-09": {"obs_value": 75.0, "prior_value": 69.0},
}
TWO_YEARS = {
    **WITH_PRIOR,
    "2025-12": {"obs_value": 109.0, "prior_value": 100.0},
    "2026-03": {"obs_value": 24.5, "prior_value": 22.0},
}


def year_to_date(*rows: tuple[str, float | None, float | None, float | None]) -> Series:
    """Return a series with a base year 2024 of 100; a row is a period, value, prior and 同比."""
    observations = tuple(
        observation(TimePeriod.parse(period), value, yoy=yoy, prior_value=prior)
        for period, value, prior, yoy in rows
    )
    return Series("全域", Accumulation.YTD, observations, {TimePeriod(2024, 12): 100.0}, CALENDAR)


def scaled(values: Any, factor: float) -> dict[str, Any]:
    return {
        period: {name: number * factor for name, number in columns.items()}
        for period, columns in values.items()
    }


def test_in_the_first_year_the_base_year_grows_as_the_year_to_date_did() -> None:
    share = year_to_date(("2025-03", 22, 20, 30)).usual_share(TimePeriod(2025, 3))
    assert share.basis is Basis.GROWTH
    assert 22 / share.value == pytest.approx(110)  # not the 30 % reported


def test_without_the_value_of_a_year_earlier_the_growth_reported_serves() -> None:
    share = year_to_date(("2025-03", 22, None, 12)).usual_share(TimePeriod(2025, 3))
    assert share.basis is Basis.GROWTH
    assert 22 / share.value == pytest.approx(112)


@pytest.mark.parametrize("row", [("2025-03", 22, None, None), ("2025-03", 22, None, -100.0)])
def test_months_serve_only_where_no_growth_is_known(row: Any) -> None:
    assert year_to_date(row).usual_share(TimePeriod(2025, 3)).basis is Basis.MONTHS


def test_once_a_year_after_the_base_is_complete_years_serve() -> None:
    own = year_to_date(
        ("2025-03", 22, 20, None), ("2025-12", 100, None, None), ("2026-03", 30, 22, None)
    )
    share = own.usual_share(TimePeriod(2026, 3))
    assert share.basis is Basis.YEARS
    assert share.value == pytest.approx((0.20 + 0.22) / 2)


def test_the_growth_of_the_first_year_is_said(world: Any) -> None:
    row = world("annual_flow", values={"2025-03": {"obs_value": 22, "yoy": 12}}).verdict("2025-Q1")
    assert row["observed_value"] == pytest.approx(112)
    assert "from_year_to_date_growth" in row["notes"]
    assert "share_from_months" not in row["notes"]


def test_the_band_holds_the_estimate_and_the_known_part_is_certain(world: Any) -> None:
    row = world("annual_flow", values=WITH_PRIOR).verdict("2025-Q3")
    assert row["observed_value"] == pytest.approx(75 / 0.69)
    low, high = row["band_low"], row["band_high"]
    assert 75 < low < row["observed_value"] < high
    rest = row["observed_value"] - 75
    assert (low - 75) * (high - 75) == pytest.approx(rest**2)  # the same factor both ways
    scale = math.log((high - 75) / rest) / 1.533206
    changes = [math.log(now / then) for now, then in ((22, 20), (25.5, 24), (27.5, 25))]
    mean = sum(changes) / 3
    spread = math.sqrt(sum((change - mean) ** 2 for change in changes) / 2)
    errors = spread**0.5 * 0.05**0.5 * 1.15 * 1.2
    own, usual = mean, 0.02
    doubt = 0.75 * 0.6 * abs(own - usual)
    rounding = 1 / math.sqrt(6) / 26.5  # published without decimals
    assert scale == pytest.approx(math.hypot(errors, doubt, rounding), rel=1e-4)


def test_the_band_closes_as_the_year_does(world: Any) -> None:
    more = {
        "2026-06": {"obs_value": 52.9, "prior_value": 47.5},
        "2026-09": {"obs_value": 83.4, "prior_value": 75.0},
    }
    flow = world("annual_flow", values={**TWO_YEARS, **more})
    rows = [flow.verdict(edition) for edition in ("2026-Q1", "2026-Q2", "2026-Q3")]
    widths = [(row["band_high"] - row["band_low"]) / row["observed_value"] for row in rows]
    assert widths == sorted(widths, reverse=True)
    assert widths[2] < widths[0] / 2


def test_a_complete_year_has_no_band_and_is_not_provisional(world: Any) -> None:
    row = world("annual_flow", values={**WITH_PRIOR, "2025-12": 109}).verdict("2025-Q4")
    assert math.isnan(row["band_low"])
    assert (row["rating_low"], row["rating_high"], row["rating_provisional"]) == ("", "", False)
    assert "no_band" not in row["notes"]


def test_a_rating_that_an_end_of_the_band_changes_is_provisional(world: Any) -> None:
    # The pace of 0.95 lies at a total of 108.69 where 100 is to grow to 130.
    row = world("annual_flow", target=130, values=WITH_PRIOR).verdict("2025-Q3")
    assert row["band_low"] < 108.69 < row["band_high"]
    assert (row["rating"], row["rating_low"], row["rating_high"]) == ("达序时", "滞后", "达序时")
    assert row["rating_provisional"]
    assert "no_band" not in row["notes"]


def test_a_rating_that_both_ends_share_is_not_provisional(world: Any) -> None:
    row = world("annual_flow", target=115, values=WITH_PRIOR).verdict("2025-Q3")
    assert row["rating"] == row["rating_low"] == row["rating_high"] == "达序时"
    assert not row["rating_provisional"]


def test_where_less_is_better_the_lower_end_has_the_better_rating(world: Any) -> None:
    row = world(
        "annual_flow",
        target=91,
        values=scaled(WITH_PRIOR, 1) | {"2025-09": {"obs_value": 67.0, "prior_value": 69.0}},
        goal={"direction": "down", "comparator": "<="},
    ).verdict("2025-Q3")
    assert row["band_low"] < row["observed_value"] < row["band_high"]
    assert (row["rating_low"], row["rating_high"]) == ("达序时", "逆转")


def test_growth_against_a_base_year_has_the_band_of_its_total(world: Any) -> None:
    flow = world("annual_flow", target=130, values=WITH_PRIOR).verdict("2025-Q3")
    growth = world("growth_vs_base", target=30, goal={"unit": "%"}, values=WITH_PRIOR).verdict(
        "2025-Q3"
    )
    for column in ("band_low", "band_high", "rating_low", "rating_high", "rating_provisional"):
        assert growth[column] == flow[column]


@pytest.mark.parametrize(
    "values",
    [
        {"2025-03": {"obs_value": 22, "prior_value": 20}},  # two quarters in all
        {**WITH_PRIOR, "2025-03": {"obs_value": 0, "prior_value": 20}},  # a zero period
        {"2025-09": 75},  # by months
    ],
)
def test_without_a_known_spread_every_estimate_is_provisional(world: Any, values: Any) -> None:
    edition = "2025-Q1" if len(values) == 1 and "2025-03" in values else "2025-Q3"
    row = world("annual_flow", target=115, values=values).verdict(edition)
    assert math.isnan(row["band_low"])
    assert (row["rating_low"], row["rating_high"]) == ("", "")
    assert row["rating_provisional"]
    assert "no_band" in row["notes"]


def test_of_a_few_things_a_year_no_spread_is_known(world: Any) -> None:
    many = world("annual_flow", target=115, values=WITH_PRIOR, indicator={"nature": "count_gross"})
    assert many.verdict("2025-Q3")["band_low"] > 75
    few = world(
        "annual_flow",
        target=14,
        baseline=10,
        values={
            "2025-03": {"obs_value": 3, "prior_value": 2},
            "2025-06": {"obs_value": 6, "prior_value": 5},
            "2025-09": {"obs_value": 8, "prior_value": 7},
        },
        indicator={"nature": "count_gross"},
    )
    assert "no_band" in few.verdict("2025-Q3")["notes"]


def test_a_goal_that_cannot_be_judged_is_not_provisional(world: Any) -> None:
    row = world("annual_flow", baseline=None, values={"2025-09": 75}).verdict("2025-Q3")
    assert row["rating"] == "无法判定"
    assert not row["rating_provisional"]
    assert "no_band" not in row["notes"]


@pytest.mark.parametrize(("value", "word"), [(9.6, "滞后"), (9.99, "滞后"), (10, "达序时")])
def test_a_year_that_falls_a_little_short_is_not_on_course(
    world: Any, value: float, word: str
) -> None:
    half = {"2025-06": 5, "2025-12": 10, "2026-06": value / 2}
    assert (
        world("every_year", target=10, baseline=None, values=half).verdict("2026-Q2")["rating"]
        == word
    )


def test_the_limit_of_yearly_goals_is_the_plans(world: Any, thresholds: Any) -> None:
    lenient = thresholds.model_copy(update={"every_year": 0.95})
    half = {"2025-06": 5, "2025-12": 10, "2026-06": 4.8}
    row = world(
        "every_year", target=10, baseline=None, values=half, about={"thresholds": lenient}
    ).verdict("2026-Q2")
    assert row["rating"] == "达序时"


def test_a_goal_for_every_year_has_the_band_of_its_year(world: Any) -> None:
    row = world("every_year", target=108, values=WITH_PRIOR).verdict("2025-Q3")
    assert row["band_low"] < 75 / 0.69 < row["band_high"]
    assert (row["rating"], row["rating_low"], row["rating_high"]) == ("达序时", "滞后", "达序时")
    assert row["rating_provisional"]


def test_no_estimate_reopens_what_a_missed_year_has_decided(world: Any) -> None:
    rows = {"2025-12": 9, "2026-03": 2}
    row = world("every_year", target=10, baseline=None, values=rows).verdict("2026-Q1")
    assert row["rating"] == "严重滞后"
    assert not row["rating_provisional"]
    assert "no_band" not in row["notes"]


def test_time_elapsed_of_a_yearly_goal_is_that_of_the_plan(world: Any) -> None:
    row = world("every_year", target=10, values={"2025-12": 10, "2026-09": 8}).verdict("2026-Q3")
    assert row["time_elapsed"] == pytest.approx(21 / 36)
    assert (row["elapsed"], row["horizon"]) == (1.75, 3.0)
    assert row["share_due"] == pytest.approx(0.75)  # of the year's amount


def test_a_total_met_early_waits_for_the_due_year(world: Any) -> None:
    early = {"2026-12": 205, "2027-03": {"obs_value": 40, "prior_value": 50}}
    row = world("annual_flow", values=early).verdict("2027-Q1")
    assert row["observed_value"] == pytest.approx(164)  # below the 200 of the target
    assert (row["rating"], row["met_period"]) == ("达成待稳", "2026-12")
    assert "early_total" in row["notes"]


def test_a_total_met_early_is_met_while_the_running_year_will_meet_too(world: Any) -> None:
    early = {"2026-12": 205, "2027-03": {"obs_value": 51, "prior_value": 50}}
    row = world("annual_flow", values=early).verdict("2027-Q1")
    assert (row["rating"], row["met_period"]) == ("已达成", "2026-12")
    assert "early_total" in row["notes"]
    assert row["rating_provisional"]  # two quarters have no spread


def test_a_total_met_early_is_met_with_a_note_where_there_is_no_estimate(world: Any) -> None:
    flow = world("annual_flow", values={"2026-12": 205, "2027-12": 210})
    row = flow.verdict("2026-Q4")
    assert (row["rating"], "early_total" in row["notes"]) == ("已达成", True)
    row = flow.verdict("2027-Q4")
    assert (row["rating"], row["met_period"]) == ("已达成", "2027-12")
    assert "early_total" not in row["notes"]


@given(
    amount=st.floats(1e-3, 1e6),
    remainder=st.floats(1e-3, 1e6),
    scale=st.floats(1e-4, 0.5),
    wider=st.floats(1.01, 3),
    unit=st.floats(1e-4, 1e4),
)
def test_a_band_holds_its_estimate_scales_with_the_unit_and_widens_with_the_spread(
    amount: float, remainder: float, scale: float, wider: float, unit: float
) -> None:
    found = band(amount, remainder, scale)
    assert amount < found.low < amount + remainder < found.high
    assert found.share_at_high < amount / (amount + remainder) < found.share_at_low < 1
    other = band(amount * unit, remainder * unit, scale)
    assert other.low == pytest.approx(found.low * unit)
    assert other.share_at_high == pytest.approx(found.share_at_high)
    far = band(amount, remainder, scale * wider)
    assert far.low < found.low
    assert found.high < far.high


@given(factor=st.sampled_from([0.01, 0.1, 10, 1000]))
@settings(max_examples=4)
def test_another_unit_scales_the_band_and_changes_no_rating(world: Any, factor: float) -> None:
    exact = {"decimals": 6}
    plain = world("annual_flow", target=130, values=WITH_PRIOR, indicator=exact).verdict("2025-Q3")
    other = world(
        "annual_flow",
        target=130 * factor,
        baseline=100 * factor,
        values=scaled(WITH_PRIOR, factor),
        indicator=exact,
    ).verdict("2025-Q3")
    assert other["band_low"] == pytest.approx(plain["band_low"] * factor, rel=1e-4)
    assert other["band_high"] == pytest.approx(plain["band_high"] * factor, rel=1e-4)
    for column in ("rating", "rating_low", "rating_high"):
        assert other[column] == plain[column]


def test_eighty_percent_lie_inside() -> None:
    found = band(0, 1, 0.1)
    assert math.log(found.high) == pytest.approx(0.1 * student.quantile(0.9))
    assert math.log(found.low) == pytest.approx(0.1 * student.quantile(0.1))
