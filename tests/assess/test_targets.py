from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.assess.targets import Target
from planbook.vocabulary import Comparator, Direction


def target(number: float, comparator: Comparator, **other: object) -> Target:
    settings = {
        "upper": None,
        "direction": Direction.UP,
        "tolerance": 0.05,
        "counted": False,
        **other,
    }
    return Target(number=number, comparator=comparator, **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        (Comparator.AT_LEAST, 65.0, True),  # 以上 includes the number
        (Comparator.AT_LEAST, 64.9999, False),
        (Comparator.ABOVE, 65.0, False),  # 超过 does not
        (Comparator.ABOVE, 65.0001, True),  # unrounded: prints as 65.0
        (Comparator.ABOUT, 61.75, True),  # 65 less 5 %
        (Comparator.ABOUT, 61.74, False),
        (None, 65.0, True),
    ],
)
def test_words_of_the_target_decide_at_the_limit(
    comparator: Comparator, value: float, met: bool
) -> None:
    assert target(65, comparator).meets(value) is met


def test_a_falling_target_is_met_from_above() -> None:
    falling = target(13, Comparator.AT_MOST, direction=Direction.DOWN)
    assert falling.meets(13)
    assert falling.meets(12.9)
    assert not falling.meets(13.1)
    assert falling.remaining(13.1) == pytest.approx(-0.1)


def test_the_tolerance_of_a_falling_target_lies_above_it() -> None:
    falling = target(20, Comparator.ABOUT, direction=Direction.DOWN)
    assert falling.meets(21)
    assert not falling.meets(21.1)


def test_what_is_met_only_by_the_tolerance_is_told_apart() -> None:
    about = target(8, Comparator.ABOUT)
    assert about.only_by_tolerance(7.7)
    assert not about.only_by_tolerance(8.0)
    assert not about.only_by_tolerance(7.5)


def test_a_range_is_met_at_its_lower_end_and_exceeded_above_its_upper() -> None:
    between = target(2, Comparator.RANGE, upper=3.0)
    assert not between.meets(1)
    assert between.meets(2)
    assert not between.exceeds(3)
    assert between.exceeds(4)
    assert between.remaining(1) == 1


def test_a_strict_count_still_needs_one_more_than_the_number() -> None:
    more_than_40 = target(40, Comparator.ABOVE, counted=True)
    assert more_than_40.remaining(38) == 3
    assert more_than_40.remaining(40) == 1
    assert more_than_40.remaining(41) == 0


def test_a_strict_amount_needs_what_is_missing_to_the_number() -> None:
    assert target(2500, Comparator.ABOVE).remaining(2400) == 100


def test_noise_of_arithmetic_neither_meets_a_strict_target_nor_misses_an_inclusive_one() -> None:
    assert 1.1 * 3 > 3.3
    assert not target(3.3, Comparator.ABOVE).meets(1.1 * 3)
    assert 0.1 * 3 != 0.3
    assert target(0.1 * 3, Comparator.AT_LEAST).meets(0.3)


@pytest.mark.parametrize(
    ("number", "comparator", "other", "meeting"),
    [
        (65, Comparator.AT_LEAST, {}, 65),
        (65, Comparator.ABOVE, {}, 65),  # no next value can be named
        (40, Comparator.ABOVE, {"counted": True}, 41),
        (40, Comparator.ABOVE, {"counted": True, "direction": Direction.DOWN}, 39),
        (2, Comparator.RANGE, {"upper": 3.0}, 2),
        (8, Comparator.ABOUT, {}, 7.6),
        (60, Comparator.ABOUT, {"counted": True}, 57),
        (50, Comparator.ABOUT, {"counted": True}, 48),  # 47.5 does not meet
        (20, Comparator.ABOUT, {"direction": Direction.DOWN}, 21),
        (50, Comparator.ABOUT, {"counted": True, "direction": Direction.DOWN}, 52),
        (-10, Comparator.ABOUT, {}, -10.5),
        (-10, Comparator.ABOUT, {"counted": True}, -10),
        (-10, Comparator.ABOUT, {"direction": Direction.DOWN}, -9.5),
        (0, Comparator.ABOUT, {"counted": True, "direction": Direction.DOWN}, 0),
    ],
)
def test_the_value_that_meets_is_the_smallest_that_does(
    number: float, comparator: Comparator, other: dict[str, object], meeting: float
) -> None:
    found = target(number, comparator, **other)
    assert found.meeting == pytest.approx(meeting)
    assert found.strict or found.meets(found.meeting)
    worse = found.direction.sign * (1.0 if found.counted else 1e-6)
    assert not found.meets(found.meeting - worse)
    assert found.remaining(found.meeting - worse) == pytest.approx(worse)


@given(
    st.integers(-500, 500),
    st.sampled_from([c for c in Comparator if c is not Comparator.RANGE]),
    st.booleans(),
    st.integers(-500, 500),
)
def test_negating_values_and_turning_the_direction_changes_nothing(
    number: int, comparator: Comparator, counted: bool, value: int
) -> None:
    up = target(number, comparator, counted=counted)
    down = target(-number, comparator, counted=counted, direction=Direction.DOWN)
    assert up.meeting == -down.meeting
    assert up.meets(value) is down.meets(-value)
    assert up.remaining(value) == -down.remaining(-value)


def test_a_rate_of_something_counted_is_no_count(world: Any) -> None:
    for kind in ("cagr", "growth_vs_base"):
        plan = world(kind, target=20, indicator={"nature": "count_stock"}).plan
        goal = plan.goal("thing")
        assert not Target.of(plan, goal).counted
