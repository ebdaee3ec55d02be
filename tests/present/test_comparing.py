import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.present.comparing import (
    Side,
    compared,
    compared_shares,
    completion_share,
    pace_share,
    side,
    telling,
)

NUMBERS = st.floats(min_value=-1e7, max_value=1e7, allow_nan=False)


def read(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(",", "").rstrip("%"))


@pytest.mark.parametrize(
    ("value", "other", "decimals", "printed"),
    [
        (26.8, 24.1, 1, ("26.8", "24.1", "2.7", Side.MORE)),
        (19.998, 20.0, 1, ("19.998", "20.000", "0.002", Side.LESS)),
        (1_234.5, 1_234.5, 1, ("1,234.5", "1,234.5", "0.0", Side.SAME)),
        (0.1 + 0.2, 0.3, 2, ("0.30", "0.30", "0.00", Side.SAME)),
        (2.5, math.nextafter(2.5, 0), 0, ("2", "2", "0", Side.SAME)),  # never 3 beside 2
        (-3.0, 2.0, 0, ("−3", "2", "5", Side.LESS)),
        (20 - 1e-9, 20.0, 1, ("19.99999", "20.00000", "0.00001", Side.LESS)),
        (0.0, 0.0, 1, ("0.0", "0.0", "0.0", Side.SAME)),
    ],
)
def test_decimals_are_added_until_the_two_sides_differ(
    value: float, other: float, decimals: int, printed: tuple[str, str, str, Side]
) -> None:
    found = compared(value, other, decimals)
    assert (found.value, found.other, found.gap, found.side) == printed


def test_the_gap_is_that_of_the_numbers_printed() -> None:
    found = compared_shares(0.26849, 0.24051)
    assert (found.value, found.other, found.gap) == ("26.8%", "24.1%", "2.7个百分点")


@pytest.mark.parametrize(
    ("share", "printed"),
    [
        (0.861, "86.1%"),
        (0.99996, "99.996%"),
        (1.0, "100.0%"),
        (1.0004, "100.04%"),
        (None, "—"),
    ],
)
def test_only_what_is_complete_reads_as_complete(share: float | None, printed: str) -> None:
    assert completion_share(share) == printed


@given(NUMBERS, NUMBERS, st.integers(0, 3))
def test_what_is_printed_is_on_the_side_that_is_said(a: float, b: float, decimals: int) -> None:
    found = compared(a, b, decimals)
    one, two = read(found.value), read(found.other)
    assert (one > two) - (one < two) == found.side
    assert read(found.gap) == abs(one - two)


@given(st.floats(1.0, 1e6), st.floats(1e-11, 1e-2), st.integers(0, 3))
def test_numbers_a_hair_apart_never_read_alike(a: float, hair: float, decimals: int) -> None:
    above = compared(a * (1 + hair), a, decimals)
    below = compared(a * (1 - hair), a, decimals)
    assert read(above.value) > read(above.other)
    assert read(below.value) < read(below.other)
    step = Decimal(1).scaleb(-below.decimals)
    assert abs(read(below.value) - Decimal(a * (1 - hair))) <= 2 * step


def test_noise_is_not_a_difference() -> None:
    assert side(0.1 * 3, 0.3) is Side.SAME
    assert side(0.3 + 1e-9, 0.3) is Side.MORE


def test_a_pace_reads_as_due_only_where_it_is() -> None:
    assert [pace_share(ratio) for ratio in (0.99999, 1.0, 1.0001, 1.028)] == [
        "99.9%",
        "100.0%",
        "100.01%",
        "102.8%",
    ]


def test_a_number_is_told_from_all_that_it_is_beside() -> None:
    assert telling(6.996, [7.0, None, 3.0], 2) == "6.996"
    assert telling(6.996, [3.0], 2) == "7.00"
    assert telling(7.0, [7.0], 0) == "7"
    assert telling(7.04, [], 1) == "7.0"
