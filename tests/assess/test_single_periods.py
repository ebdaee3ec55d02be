"""Single periods of numbers reported year to date, and when nothing is known of their spread."""

from __future__ import annotations

import math
from typing import Any

import pytest

from planbook.assess.outlook.remainder import hardly_changing, remainder_scale
from planbook.assess.outlook.single_periods import Window, single_periods
from planbook.assess.series import Series
from planbook.periods import CALENDAR, TimePeriod
from planbook.vocabulary import Accumulation
from tests.observed import observation

QUARTERS = (3, 6, 9, 12)
LATE = (2, 5, 8, 12)  # data come a month late


def at(text: str) -> TimePeriod:
    return TimePeriod.parse(text)


def to_date(values: dict[str, Any], **baselines: float) -> Series:
    """Return a series; a pair is a value and that of a year earlier as reported with it."""
    rows = []
    for period, value in values.items():
        own, prior = value if isinstance(value, tuple) else (value, None)
        rows.append(observation(at(period), own, prior_value=prior))
    bases: dict[TimePeriod, Any] = {at(f"{y[1:]}-12"): value for y, value in baselines.items()}
    return Series("全域", Accumulation.YTD, tuple(rows), bases, CALENDAR)


def periods(series: Series, until: str, ends: Any = QUARTERS) -> Window | None:
    return single_periods(series, ends, until=at(until), unit=0.01)


def flows(*amounts: float, unit: float = 0.01, newest: str = "2026-09") -> Window:
    return Window(amounts, QUARTERS, at(newest), unit)


def test_single_quarters_are_differences_inside_a_year() -> None:
    found = periods(to_date({"2025-03": 10, "2025-06": 22, "2025-09": 36}), "2025-09")
    assert found is not None
    assert found.amounts == (10, 12, 14)
    assert [found.months(ahead) for ahead in (0, 1, 2)] == [3, 3, 3]


def test_the_year_before_as_reported_and_the_base_year_make_the_series_longer() -> None:
    rows = {"2025-03": (11, 10), "2025-06": (24, 22), "2025-09": (39, 36)}
    found = periods(to_date(rows, y2024=50), "2025-09")
    assert found is not None
    assert found.amounts == (10, 12, 14, 14, 11, 13, 15)


def test_where_data_come_a_month_late_the_periods_still_add_up_to_the_year() -> None:
    rows = {"2025-02": 4, "2025-05": 10, "2025-08": 16, "2025-11": 22, "2025-12": 26}
    found = periods(to_date({**rows, "2026-02": 5}), "2026-02", LATE)
    assert found is not None
    assert found.amounts == (4, 6, 6, 10, 5)
    assert sum(found.amounts[:4]) == 26
    assert [found.months(ahead) for ahead in range(4)] == [2, 3, 3, 4]


def test_a_value_between_two_ends_is_carried_to_the_next_as_the_year_before() -> None:
    rows = {"2025-06": 20, "2025-08": 28, "2025-09": 35, "2025-12": 50}
    found = periods(to_date({**rows, "2026-06": 22, "2026-08": 30}), "2026-08")
    assert found is not None
    assert found.newest == at("2026-09")
    assert found.filled == 1
    assert found.amounts[-1] == pytest.approx(30 * 35 / 28 - 22)
    unknown = periods(to_date({"2026-03": 9, "2026-06": 22, "2026-08": 30}), "2026-08")
    assert unknown is not None
    assert (unknown.newest, unknown.amounts, unknown.filled) == (at("2026-06"), (9, 13), 0)


def test_one_missing_end_is_split_as_the_year_before_and_a_second_ends_the_run() -> None:
    whole = {"2025-03": 10, "2025-06": 30, "2025-09": 50, "2025-12": 80}
    found = periods(to_date({**whole, "2026-03": 20, "2026-09": 100}), "2026-09")
    assert found is not None
    assert found.amounts == (10, 20, 20, 30, 20, 40, 40)
    assert found.filled == 1
    del whole["2025-06"]
    shorter = periods(to_date({**whole, "2026-03": 20, "2026-06": 60, "2026-09": 100}), "2026-09")
    assert shorter is not None
    assert shorter.amounts == (30, 20, 40, 40)


def test_where_the_newest_period_is_not_known_by_itself_there_is_no_run() -> None:
    assert periods(to_date({"2026-03": 20, "2026-09": 100}), "2026-09") is None


def test_a_value_reported_again_as_another_leaves_the_older_stretch_out() -> None:
    rows: dict[str, Any] = {"2025-03": 10, "2025-06": 20, "2025-09": 30, "2025-12": 40}
    same = periods(to_date({**rows, "2026-03": (11, 10.05)}), "2026-03")
    other = periods(to_date({**rows, "2026-03": (11, 10.2)}), "2026-03")
    assert same is not None
    assert other is not None
    assert len(same.amounts) == 5
    assert len(other.amounts) == 4


def test_no_more_than_twenty_periods_count() -> None:
    rows = {f"{y}-{m:02}": float(m * y) for y in range(2019, 2027) for m in QUARTERS}
    found = periods(to_date(rows), "2026-12")
    assert found is not None
    assert len(found.amounts) == 20


SMOOTH = (100, 110, 120, 140, 108, 119, 131, 151, 118, 128, 142)


def test_the_spread_of_a_smooth_flow_is_known() -> None:
    found = remainder_scale(flows(*SMOOTH), latest=at("2026-09"))
    assert found is not None
    assert 0.005 < found < 0.05


@pytest.mark.parametrize(
    "amounts",
    [
        (118, 128, 142, 150),  # four periods
        (*SMOOTH[:-1], 0.0),
        (-1.0, *SMOOTH[1:]),
        (5.0,) * 11,
    ],
)
def test_nothing_is_known_of_few_zero_negative_or_equal_amounts(amounts: Any) -> None:
    assert remainder_scale(flows(*amounts), latest=at("2026-09")) is None


def test_whole_things_that_rarely_move_tell_nothing_and_amounts_that_do_tell_something() -> None:
    often = (50, 51, 52, 50, 53, 52, 54, 51)
    rarely = (50, 50, 50, 51, 51, 52, 52, 52)
    assert not hardly_changing(flows(*often, unit=0))
    assert hardly_changing(flows(*rarely, unit=0))
    assert not hardly_changing(flows(*rarely, unit=0.01))
    assert hardly_changing(flows(50.001, 50.002, 50.003, unit=0.01))  # equal as published


def test_noisier_amounts_and_coarser_rounding_are_spread_wider() -> None:
    noisy = tuple(amount * (1.1 if n % 3 else 0.9) for n, amount in enumerate(SMOOTH))
    plain, wild, coarse = (
        remainder_scale(window, latest=at("2026-09"))
        for window in (flows(*SMOOTH), flows(*noisy), flows(*SMOOTH, unit=10))
    )
    assert plain is not None
    assert wild is not None
    assert coarse is not None
    assert plain < wild
    assert coarse == pytest.approx(math.hypot(plain, 10 / math.sqrt(6) / 134.75), rel=1e-4)


def test_a_single_remaining_quarter_is_spread_wider_than_the_formula_says() -> None:
    nearly = remainder_scale(flows(*SMOOTH), latest=at("2026-09"))
    earlier = remainder_scale(flows(*SMOOTH[:-1], newest="2026-06"), latest=at("2026-06"))
    assert nearly is not None
    assert earlier is not None
    assert 0.9 < nearly / earlier < 1.3  # 1.2 against (1/2)^0.27 and one period more


def test_the_smallest_amount_there_is_has_a_logarithm() -> None:
    window = flows(5e-324, newest="2025-03")
    assert window.rates() == [math.log(5e-324) - math.log(3)]
