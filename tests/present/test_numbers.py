from math import inf

import pytest

from planbook.present import numbers


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (1234.5, 1, "1,234.5"),
        (0.125, 2, "0.13"),  # half away from zero, as people round
        (2.675, 2, "2.68"),
        (-0.04, 1, "0.0"),
        (-1234.0, 0, "−1,234"),
        (None, 1, "—"),
    ],
)
def test_a_number_is_grouped_and_rounded_as_people_do(
    value: float | None, decimals: int, printed: str
) -> None:
    assert numbers.number(value, decimals) == printed


def test_a_decline_is_said_in_words_never_as_negative_growth() -> None:
    assert numbers.growth(-3.2) == "下降3.2%"
    assert numbers.growth(12.34) == "增长12.3%"
    assert numbers.growth(-0.04) == "持平"


def test_a_share_moves_in_percentage_points() -> None:
    assert numbers.shift(1.25) == "提高1.3个百分点"
    assert numbers.shift(-0.3) == "下降0.3个百分点"
    assert numbers.shift(0.0) == "持平"


def test_a_remark_on_the_unit_is_not_said() -> None:
    assert numbers.quantity(3.0, "辆(待确认)") == "3辆"
    assert numbers.quantity(65.25, "%", 1) == "65.3%"


def test_a_unit_in_letters_stands_apart_from_its_number() -> None:
    assert numbers.quantity(36058, "persons") == "36,058 persons"
    assert numbers.quantity(36058, "人") == "36,058人"


def test_a_pace_without_distance_is_not_printed_as_infinity() -> None:
    assert numbers.pace(inf) == numbers.pace(None) == "—"
    assert numbers.pace(0.866) == "0.86"


def test_a_pace_short_of_a_limit_does_not_read_as_having_reached_it() -> None:
    assert (numbers.pace(0.9499), numbers.pace_share(0.9499)) == ("0.94", "94.9%")
    assert (numbers.pace(0.95), numbers.pace_share(0.95)) == ("0.95", "95.0%")
    assert numbers.pace(-0.371) == "−0.38"
    noise = 0.9499999999999998  # rated as 0.95
    assert (numbers.pace(noise), numbers.pace_share(noise)) == ("0.95", "95.0%")
    assert numbers.pace_share(0.94999999999) == "94.9%"


def test_numbers_in_formulas_have_no_grouping_and_no_trailing_zeros() -> None:
    assert numbers.plain(1200.50, 2) == "1200.5"
    assert numbers.plain(-3.0, 2) == "-3"


@pytest.mark.parametrize(
    ("needed", "decimals", "upward", "said"),
    [
        (0.55, 1, True, 0.6),
        (15.4, 0, True, 16),
        (15.0, 0, True, 15),
        (15.000000000000002, 0, True, 15),  # noise of floating point
        (-0.55, 1, False, -0.6),
        (2.34, 1, False, 2.3),  # may grow by so much at most
        (0.004, 1, True, 0.1),
        (0.004, 1, False, 0.004),  # not nothing
        (0.0, 1, True, 0.0),
    ],
)
def test_what_is_needed_is_never_rounded_to_less(
    needed: float, decimals: int, upward: bool, said: float
) -> None:
    assert numbers.enough(needed, decimals, upward=upward) == said


@pytest.mark.parametrize(
    ("needed", "decimals", "upward", "said"),
    [
        (1.45, 2, True, 1.46),
        (1.45, 1, True, 1.5),
        (1.4500000000000002, 2, True, 1.46),  # noise of floating point
        (-0.5, 1, False, -0.6),
        (3.0, 0, True, 4.0),
    ],
)
def test_what_has_to_be_exceeded_is_exceeded(
    needed: float, decimals: int, upward: bool, said: float
) -> None:
    assert numbers.enough(needed, decimals, upward=upward, beyond=True) == said
