"""Amounts in units of the same base are converted exactly; of another one, never."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.collect.read.number_cells import read_number
from planbook.collect.read.unit_scales import converted, is_scaled
from planbook.collect.xlsx.raw_cells import Cell
from planbook.vocabulary import ObsStatus

FAMILIES = (  # units of one base, each so many of the first
    {"人": 1, "百人": 10**2, "千人": 10**3, "万人": 10**4},
    {"元": 1, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8, "万亿元": 10**12},
    {"美元": 1, "万美元": 10**4, "亿美元": 10**8},
    {"个": 1, "万个": 10**4},
    {"平方米": 1, "㎡": 1, "m²": 1, "万㎡": 10**4, "万平方米": 10**4, "百万平方米": 10**6},
    {"吨": 1, "千吨": 10**3, "万吨": 10**4, "百万吨": 10**6, "亿吨": 10**8},
    {"吨标准煤": 1, "吨标煤": 1, "万吨标准煤": 10**4, "亿吨标准煤": 10**8},
    {"瓦时": 1, "千瓦时": 10**3, "万千瓦时": 10**7, "亿千瓦时": 10**11},
    {"公里": 1, "千米": 1, "万公里": 10**4},
    {"人次": 1, "万人次": 10**4},
    {"亩": 1, "万亩": 10**4},
    {"吨标准煤/万元": 1},
)
NO_UNITS = (
    "",
    "万",
    "亿",
    "万亿",
    "千百万",
    "亿员",
    "万园",
    "十",
    "标准煤",
    "煤",
    "％",
    "约",
    "多",
)
BASES = [(unit, number) for number, family in enumerate(FAMILIES) for unit in family]


@pytest.mark.parametrize("family", FAMILIES)
def test_units_of_one_base_convert_exactly(family: dict[str, int]) -> None:
    for (written, size), (unit, wanted) in product(family.items(), repeat=2):
        assert converted(3.0, written, unit) == 3 * size / wanted, (written, unit)
        assert converted(0.07, f" {written[0]} {written[1:]}", unit) is not None


def test_units_of_another_base_never_convert() -> None:
    for (written, own), (unit, other) in product(BASES, repeat=2):
        if own != other:
            assert converted(1.0, written, unit) is None, (written, unit)


@pytest.mark.parametrize("typo", NO_UNITS)
def test_what_is_no_unit_never_converts(typo: str) -> None:
    for unit, _ in BASES:
        assert converted(1.0, typo, unit) is None
        assert converted(1.0, unit, typo) is None


@pytest.mark.parametrize(
    ("text", "unit", "status"),
    [
        ("3.2万人", "人", ObsStatus.NORMAL),
        ("320亿元", "万元", ObsStatus.NORMAL),
        ("5万㎡", "万平方米", ObsStatus.NORMAL),
        ("3.2亿员", "亿元", ObsStatus.REFUSED),
        ("3.2万", "万人", ObsStatus.REFUSED),
        ("3.2万人", "万人次", ObsStatus.REFUSED),
        ("3.2万吨", "万吨标准煤", ObsStatus.REFUSED),
        ("3.2个", "家", ObsStatus.REFUSED),
    ],
)
def test_a_cell_with_a_unit_is_read_with_a_warning_or_refused(
    text: str, unit: str, status: ObsStatus
) -> None:
    found = read_number(Cell(raw=text), unit)
    assert found.status is status
    assert found.rule is not None  # whoever sent it is told in any case


@pytest.mark.parametrize(
    ("unit", "scaled"),
    [("人", False), ("万人", True), ("个", False), ("万个", True), ("万人次", True), ("家", False)],
)
def test_a_scaled_unit_is_told_from_its_base(unit: str, scaled: bool) -> None:
    assert is_scaled(unit) is scaled


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_there_and_back_is_the_same_number(number: int) -> None:
    there = converted(float(number), "万元", "亿元")
    assert there is not None
    assert converted(there, "亿元", "万元") == number
