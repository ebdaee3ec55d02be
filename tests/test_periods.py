"""Months and editions: strict to read, ordered, and back to the text they came from."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from planbook.periods import (
    Edition,
    TimePeriod,
    editions_between,
    parse_period_label,
    period_label,
)
from planbook.vocabulary import Accumulation

months = st.builds(TimePeriod, st.integers(1990, 2099), st.integers(1, 12))
editions = st.builds(Edition, st.integers(1990, 2099), st.integers(1, 4), st.integers(0, 12))


@given(months)
def test_a_month_comes_back_from_its_text(month: TimePeriod) -> None:
    assert TimePeriod.parse(str(month)) == month


@given(editions)
def test_an_edition_comes_back_from_its_text(edition: Edition) -> None:
    assert Edition.parse(str(edition)) == edition


@pytest.mark.parametrize(
    "text",
    [
        "2026-3",
        "2026-13",
        "2026-00",
        "26-09",
        "2026-09-30",
        "2026/09",
        "2026-09 ",
        "２０２６-09",
        "",
    ],
)
def test_what_is_not_a_month_is_refused_with_the_value(text: str) -> None:
    with pytest.raises(ValueError, match="不是数据时期") as caught:
        TimePeriod.parse(text)
    assert f"「{text}」" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "2026-3",
        "2026Q3",
        "2026-Q5",
        "2026-Q0",
        "2026-q3",
        "2026-Q3.0",
        "2026-Q3.01",
        "2026-Q3.",
        "",
    ],
)
def test_what_is_not_an_edition_is_refused_with_the_value(text: str) -> None:
    with pytest.raises(ValueError, match="不是期号") as caught:
        Edition.parse(text)
    assert f"「{text}」" in str(caught.value)


@given(months, months)
def test_months_are_ordered_as_their_texts_are(first: TimePeriod, second: TimePeriod) -> None:
    assert (first < second) == (str(first) < str(second))
    assert (first <= second) == (str(first) <= str(second))


@given(months, st.integers(-600, 600))
def test_months_added_are_months_between(month: TimePeriod, count: int) -> None:
    later = month.plus(count)
    assert later.years_since(month) == pytest.approx(count / 12)
    assert later.plus(-count) == month


def test_time_is_measured_from_month_end_to_month_end_in_years() -> None:
    assert TimePeriod(2027, 12).years_since(TimePeriod(2024, 12)) == 3.0
    assert TimePeriod(2026, 9).years_since(TimePeriod(2024, 12)) == 1.75


def test_a_correction_edition_comes_between_its_quarter_and_the_next() -> None:
    found = [Edition.parse(t) for t in ("2026-Q4", "2026-Q3.10", "2026-Q3.2", "2026-Q3", "2025-Q4")]
    ordered = ["2025-Q4", "2026-Q3", "2026-Q3.2", "2026-Q3.10", "2026-Q4"]
    assert [str(edition) for edition in sorted(found)] == ordered
    assert Edition.parse("2026-Q3.2").base == Edition(2026, 3)
    assert Edition.parse("2026-Q3.2").plus(1) == Edition(2026, 4)


def test_a_month_is_not_comparable_with_an_edition() -> None:
    with pytest.raises(TypeError):
        _ = TimePeriod(2026, 9) < Edition(2026, 3)  # type: ignore[operator]
    assert TimePeriod(2026, 3) != Edition(2026, 3)


@given(editions, st.integers(-40, 40))
def test_quarters_added_move_the_end_by_three_months_each(edition: Edition, count: int) -> None:
    assert edition.plus(count).end == edition.end.plus(3 * count)


@given(months)
def test_the_edition_that_contains_a_month_ends_within_two_months(month: TimePeriod) -> None:
    end = Edition.containing(month).end
    assert 0 <= end.ordinal - month.ordinal <= 2
    assert end.quarter == month.quarter


def test_editions_between_are_regular_and_include_both_ends() -> None:
    found = editions_between(Edition(2025, 3), Edition.parse("2026-Q2.1"))
    assert [str(edition) for edition in found] == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    assert editions_between(Edition(2026, 1), Edition(2025, 4)) == ()


@pytest.mark.parametrize(
    ("accumulation", "month", "label"),
    [
        ("ytd", "2026-09", "2026年1—9月"),
        ("ytd", "2026-02", "2026年1—2月"),
        ("ytd", "2026-01", "2026年1月"),
        ("ytd", "2025-12", "2025年"),
        ("end_of_period", "2026-09", "2026年9月末"),
        ("end_of_period", "2025-12", "2025年末"),
        ("year", "2025-12", "2025年"),
        ("since_start", "2025-09", "2025年1—9月"),
        ("since_start", "2025-12", "2025年"),
        ("since_start", "2026-09", "2025年1月—2026年9月"),
        ("since_start", "2026-12", "2025—2026年"),
        ("status", "2026-09", "截至2026年9月"),
    ],
)
def test_a_period_is_printed_as_tables_print_it(accumulation: str, month: str, label: str) -> None:
    since = TimePeriod(2024, 12)
    assert period_label(TimePeriod.parse(month), Accumulation(accumulation), since) == label


def test_a_count_since_an_unknown_start_runs_up_to_its_month() -> None:
    assert period_label(TimePeriod(2026, 9), Accumulation.SINCE_START) == "截至2026年9月"


@given(months, st.sampled_from(sorted(Accumulation)), st.none() | st.just(TimePeriod(1989, 12)))
def test_a_printed_period_is_read_back(
    month: TimePeriod, accumulation: Accumulation, since: TimePeriod | None
) -> None:
    expected = TimePeriod(month.year, 12) if accumulation is Accumulation.YEAR else month
    assert parse_period_label(period_label(month, accumulation, since)) == expected


@pytest.mark.parametrize(
    "text", ["2026年 1-9月", "2026年1～9月".replace("～", "~"), "2026年1至9月", "2026-09"]
)
def test_people_may_type_the_dash_and_spaces_as_they_like(text: str) -> None:
    assert parse_period_label(text) == TimePeriod(2026, 9)


@pytest.mark.parametrize(
    "text",
    [
        "三季度",
        "2026年13月末",
        "2026年0月末",
        "2026年3—9月",
        "2026",
        "9月",
        "2026年1—9月末",
        "2026Q3",
        "",
    ],
)
def test_what_is_not_a_printed_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是数据时期"):
        parse_period_label(text)


def test_an_editions_label_names_the_correction() -> None:
    assert Edition.parse("2026-Q3").label == "2026年三季度"
    assert Edition.parse("2026-Q3.2").label == "2026年三季度\uff08更正2\uff09"
