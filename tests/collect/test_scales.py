from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.collect.read.scales import converted


@pytest.mark.parametrize(
    ("number", "written", "unit", "expected"),
    [
        (12.0, "万元", "亿元", 0.0012),
        (0.1, "亿元", "万元", 1000.0),
        (3.0, "万亿元", "亿元", 30000.0),
        (5.0, "千人", "人", 5000.0),
        (5.0, "人", "万人", 0.0005),
        (5.0, "亿 元", "亿元", 5.0),
    ],
)
def test_an_amount_is_converted_exactly(
    number: float, written: str, unit: str, expected: float
) -> None:
    assert converted(number, written, unit) == expected


@pytest.mark.parametrize(
    ("written", "unit"),
    [("万", "亿元"), ("亿", "亿"), ("万美元", "亿元"), ("家", "个"), ("人", "人次"), ("%", "个")],
)
def test_units_of_another_base_or_none_do_not_convert(written: str, unit: str) -> None:
    assert converted(1.0, written, unit) is None


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_there_and_back_is_the_same_number(number: int) -> None:
    there = converted(float(number), "万元", "亿元")
    assert there is not None
    assert converted(there, "亿元", "万元") == number
