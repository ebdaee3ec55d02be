from __future__ import annotations

import pytest

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
