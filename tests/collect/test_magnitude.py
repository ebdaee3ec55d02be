from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.collect.magnitude import Doubt, Yardstick, suspicious, times_power_of_ten

TARGET = Yardstick("2027年目标", 1800.0)


def doubt(value: Any, *yardsticks: Any, slack: Any = 0.0) -> Any:
    found = suspicious(value, yardsticks or (TARGET,), slack=slack)
    return found and found.doubt


@pytest.mark.parametrize("value", [1800, 1080, 600, 5400])
def test_a_number_near_its_yardstick_is_not_doubted(value: int) -> None:
    assert doubt(value) is None


@pytest.mark.parametrize(("value", "meant"), [(0.108, 1080), (10_800_000, 1080), (108, 1080)])
def test_a_misplaced_decimal_point_is_recognised_with_what_was_meant(
    value: float, meant: int
) -> None:
    found = suspicious(value, [TARGET])
    assert (found.doubt, found.meant) == (Doubt.SCALE, meant)


def test_what_no_power_of_ten_explains_is_merely_far() -> None:
    assert doubt(1800 * 4.1) is Doubt.FAR


def test_zero_and_the_other_sign_are_named_as_such() -> None:
    assert doubt(0) is Doubt.ZERO
    assert doubt(-1080) is Doubt.SIGN


def test_one_yardstick_that_fits_is_enough() -> None:
    assert doubt(0.63, Yardstick("目标", 60), Yardstick("基期值", 0.37)) is None
    assert doubt(0.63, Yardstick("目标", 60)) is Doubt.SCALE


def test_a_small_count_may_be_a_multiple() -> None:
    one = Yardstick("目标", 1)
    assert doubt(5, one, slack=5) is None
    assert doubt(0, one, slack=5) is None
    assert doubt(7, one, slack=5) is not None


def test_without_a_yardstick_nothing_is_doubted() -> None:
    assert suspicious(-5, []) is None
    assert suspicious(-5, [Yardstick("基期值", 0), Yardstick("目标", math.nan)]) is None


numbers = st.floats(1e-9, 1e12)


@given(numbers, numbers, st.integers(-6, 6))
def test_the_unit_of_both_makes_no_difference(value: float, amount: float, power: int) -> None:
    scale = 2.0**power
    one = suspicious(value, [Yardstick("", amount)])
    other = suspicious(value * scale, [Yardstick("", amount * scale)])
    assert (one and one.doubt) == (other and other.doubt)


@given(st.floats(-1e15, 1e15), st.lists(st.floats(allow_nan=True, allow_infinity=True)))
def test_any_numbers_can_be_judged(value: float, amounts: Any) -> None:
    suspicious(value, [Yardstick("", amount) for amount in amounts])


def test_a_number_next_to_nothing_is_judged_like_any_other() -> None:
    assert times_power_of_ten(1.1125369292536007e-308, 309) == pytest.approx(11.125369292536007)
    assert math.isinf(times_power_of_ten(1e300, 309))


@given(st.decimals(0, 10**9, places=3), st.integers(-8, 8))
def test_moving_the_point_there_and_back_changes_nothing(value: Any, power: int) -> None:
    number = float(value)
    assert math.isclose(times_power_of_ten(times_power_of_ten(number, power), -power), number)
