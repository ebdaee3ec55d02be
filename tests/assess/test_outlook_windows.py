"""Which values a series is carried on from: ends, gaps, completed and bridged values."""

from __future__ import annotations

import math
from typing import Any

import pytest

from planbook.assess.outlook.asked import asked_of
from planbook.assess.outlook.single_periods import Window, level_ends, levels, single_periods
from planbook.assess.scope import choose
from planbook.assess.series import Series
from planbook.periods import CALENDAR, FiscalYear, TimePeriod
from planbook.plan import Indicator
from planbook.vocabulary import Accumulation, Frequency, Kind, Nature
from tests.observed import observation

QUARTERS = (3, 6, 9, 12)


def at(text: str) -> TimePeriod:
    return TimePeriod.parse(text)


def stock(values: dict[str, Any], year: FiscalYear = CALENDAR, **baselines: float) -> Series:
    """Return a series; a pair is a value and that of a year earlier as reported with it."""
    rows = []
    for period, value in values.items():
        own, prior = value if isinstance(value, tuple) else (value, None)
        rows.append(observation(at(period), own, prior_value=prior))
    bases: dict[TimePeriod, Any] = {at(f"{y[1:]}-12"): value for y, value in baselines.items()}
    return Series("全域", Accumulation.END_OF_PERIOD, tuple(rows), bases, year)


def found(series: Series, until: str, ends: Any = QUARTERS) -> Window:
    window = levels(series, ends, until=at(until), unit=0.01)
    assert window is not None
    return window


def test_levels_are_values_at_ends_of_quarters_with_the_year_before_as_reported() -> None:
    own = stock({"2025-03": (11, 8), "2025-06": (12, 9), "2025-09": (13, 9.5)}, y2024=10)
    window = found(own, "2025-09")
    assert window.amounts == (8, 9, 9.5, 10, 11, 12, 13)
    assert window.filled == 0


def test_one_missing_level_is_bridged_by_the_geometric_mean_and_marked() -> None:
    window = found(stock({"2025-03": 10, "2025-09": 14.4, "2025-12": 15}), "2025-12")
    assert window.amounts == pytest.approx((10, 12, 14.4, 15))
    assert window.filled == 1


def test_a_second_gap_and_a_gap_of_two_quarters_end_the_run() -> None:
    twice = {"2025-03": 1, "2025-09": 3, "2026-03": 5, "2026-06": 6}
    assert found(stock(twice), "2026-06").amounts == pytest.approx((3, math.sqrt(15), 5, 6))
    wide = {"2025-03": 1, "2025-12": 4, "2026-03": 5}
    assert found(stock(wide), "2026-03").amounts == (4, 5)


def test_a_level_is_never_bridged_to_zero_or_below() -> None:
    assert found(stock({"2025-03": 0, "2025-09": 3, "2025-12": 4}), "2025-12").amounts == (3, 4)


def test_a_value_between_two_ends_is_carried_by_the_year_before_or_not_used() -> None:
    values = {"2025-08": 20, "2025-09": 22, "2026-06": 30, "2026-08": 40}
    window = found(stock(values), "2026-08")
    assert window.newest == at("2026-09")
    assert window.newest_value == at("2026-08")
    assert window.amounts[-1] == pytest.approx(44)
    assert (window.completed, window.filled) == (pytest.approx(4), 1)
    del values["2025-08"]
    dropped = found(stock(values), "2026-08")
    assert dropped.newest == dropped.newest_value == at("2026-06")
    assert dropped.amounts == (30,)


def test_levels_a_month_late_are_three_months_apart_over_the_turn_of_the_year() -> None:
    indicator: Any = Indicator.model_construct
    ends = level_ends(indicator(lag_months=1, frequency=Frequency.MONTHLY))
    assert ends == (2, 5, 8, 11)
    values = {"2025-08": 1, "2025-11": 2, "2026-02": 3, "2025-12": 9}
    assert found(stock(values), "2026-02", ends).amounts == (1, 2, 3)
    assert level_ends(indicator(lag_months=1, frequency=Frequency.QUARTERLY)) == QUARTERS


def test_a_december_value_after_a_late_november_is_carried_into_the_next_year() -> None:
    values = {"2024-12": 10, "2025-02": 11, "2025-11": 20, "2025-12": 20}
    window = found(stock(values), "2025-12", (2, 5, 8, 11))
    assert window.newest == at("2026-02")
    assert window.amounts[-1] == pytest.approx(22)


def test_levels_before_one_that_was_reported_again_as_another_are_left_out() -> None:
    values = {f"2025-{m:02}": 10 + m for m in QUARTERS} | {"2026-03": (20, 99)}
    assert found(stock(values), "2026-03").amounts == (16, 19, 22, 20)


def test_no_more_than_twenty_levels_are_looked_at() -> None:
    values = {f"{year}-{m:02}": year + m for year in range(2019, 2027) for m in QUARTERS}
    window = found(stock(values), "2026-12")
    assert len(window.amounts) == 20
    assert window.amounts[-1] == 2038


def test_without_a_value_there_is_no_window() -> None:
    assert levels(stock({}), QUARTERS, until=at("2026-03"), unit=1) is None


def test_positions_follow_the_fiscal_year() -> None:
    april = FiscalYear(4)
    window = found(stock({"2026-03": 4, "2026-06": 5}, april), "2026-06")
    assert window.amounts == (4, 5)
    assert [window.position(ahead) for ahead in (-1, 0, 1)] == [3, 0, 1]
    assert window.ahead_of(at("2027-03")) == 3


def test_what_was_observed_of_the_year_leaves_out_what_was_completed() -> None:
    rows = [
        observation(at(period), value)
        for period, value in {
            "2025-03": 10, "2025-06": 20, "2025-08": 28, "2025-09": 35, "2025-12": 50,
            "2026-03": 12, "2026-06": 24, "2026-08": 32,
        }.items()
    ]  # fmt: skip
    series = Series("全域", Accumulation.YTD, tuple(rows), {}, CALENDAR)
    window = single_periods(series, QUARTERS, until=at("2026-08"), unit=0.01)
    assert window is not None
    assert window.amounts[-1] == pytest.approx(16)
    assert window.completed == pytest.approx(8)
    assert window.to_date() == pytest.approx(32)
    assert window.rates()[-1] == pytest.approx(math.log(16 / 3))


def test_sums_since_the_start_become_quarters_and_the_first_one_counts(world: Any) -> None:
    values = {"2025-03": 5, "2025-06": 11, "2025-09": 18, "2025-12": 26, "2026-03": 35}
    own = world(Kind.CUMULATIVE, 100, values, indicator={"nature": Nature.FLOW})
    goal = own.plan.goals[0]
    asked = asked_of(own.plan, goal, choose(own.plan, goal, own.known("2026-Q1")))
    assert asked is not None
    window = asked.window()
    assert window is not None
    assert window.amounts == (5, 6, 7, 8, 9)
    assert asked.added_before(window) + window.to_date() == 35
