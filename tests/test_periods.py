"""Months and editions: strict to read, ordered, and back to the text they came from."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from planbook.periods import (
    Edition,
    FiscalYear,
    TimePeriod,
    editions_between,
    parse_period_label,
    period_label,
)
from planbook.plan.cycle import Cycle, CycleName
from planbook.vocabulary import Accumulation

months = st.builds(TimePeriod, st.integers(1990, 2099), st.integers(1, 12))
editions = st.builds(Edition, months, st.sampled_from((1, 3, 6, 12)), st.integers(0, 12))


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
        "2026-H3",
        "2026-H0",
        "2026.0",
        "2026.",
        "26",
        "2026-13",
        "2026-00",
        "2026-9",
        "2026-03Q",  # is 2026-Q1
        "2026-06H",  # is 2026-H1
        "2026-12Y",  # is 2026
        "2026-10M",
        "2026-10q",
        "2026-Q",
        "２０２６-Q3",
        "2026-Q3 ",
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
    assert Edition.parse("2026-Q3.2").base == Edition.parse("2026-Q3")
    assert Edition.parse("2026-Q3.2").plus(1) == Edition.parse("2026-Q4")


def test_a_month_is_not_comparable_with_an_edition() -> None:
    with pytest.raises(TypeError):
        _ = TimePeriod(2026, 9) < Edition.parse("2026-Q3")  # type: ignore[operator]
    assert TimePeriod(2026, 3) != Edition.parse("2026-Q3")


@given(editions, editions)
def test_editions_are_ordered_by_end_then_length_then_correction(
    one: Edition, other: Edition
) -> None:
    keys = [(each.end, each.months, each.correction) for each in (one, other)]
    assert (one < other) == (keys[0] < keys[1])
    assert (one == other) == (keys[0] == keys[1]) == (str(one) == str(other))
    assert (hash(one) == hash(other)) or one != other


@given(editions, st.integers(-40, 40))
def test_editions_added_move_the_end_by_their_months_each(edition: Edition, count: int) -> None:
    later = edition.plus(count)
    assert later.end == edition.end.plus(edition.months * count)
    assert (later.months, later.correction) == (edition.months, 0)
    assert later.editions_since(edition) == count


@pytest.mark.parametrize(
    ("id", "end", "label"),
    [
        ("2026-Q3", "2026-09", "2026年三季度"),
        ("2026-H1", "2026-06", "2026年上半年"),
        ("2026-H2", "2026-12", "2026年下半年"),
        ("2026", "2026-12", "2026年"),
        ("2026-10", "2026-10", "2026年10月"),
        ("2026-04Q", "2026-04", "2026年2—4月"),
        ("2026-01Q", "2026-01", "2025年11月—2026年1月"),
        ("2026-09H", "2026-09", "2026年4—9月"),
        ("2026-03Y", "2026-03", "2025年4月—2026年3月"),
        ("2026-03Y.2", "2026-03", "2025年4月—2026年3月\uff08更正2\uff09"),
    ],
)
def test_an_editions_id_says_which_months_it_covers(id: str, end: str, label: str) -> None:
    edition = Edition.parse(id)
    assert (str(edition.end), edition.label) == (end, label)


def test_a_monthly_flash_comes_before_the_quarter_that_ends_with_it() -> None:
    ids = ["2026-08", "2026-09", "2026-09.1", "2026-Q3", "2026-Q3.1", "2026-10"]
    assert [str(each) for each in sorted(map(Edition.parse, reversed(ids)))] == ids


cycles = st.builds(Cycle, st.sampled_from(CycleName), st.builds(FiscalYear, st.integers(1, 12)))


@given(cycles, months)
def test_every_month_lies_in_one_edition_of_a_cycle(cycle: Cycle, month: TimePeriod) -> None:
    edition = cycle.containing(month)
    assert edition.start <= month <= edition.end
    assert cycle.has(edition)
    assert cycle.why_not(edition) is None
    assert cycle.year.of(edition.start) == cycle.year.of(edition.end) == cycle.year.of(month)
    assert cycle.number(edition) in cycle.numbers
    assert cycle.has(edition.plus(1))
    assert cycle.number(edition.plus(cycle.a_year)) == cycle.number(edition)


def test_an_edition_of_another_cycle_is_refused_with_what_to_write() -> None:
    from_april = Cycle(CycleName.HALF_YEAR, FiscalYear(4))
    assert not from_april.has(Edition.parse("2026-H1"))
    said = from_april.why_not(Edition.parse("2026-H1"))
    assert said == "本方案每半年一期，没有「2026-H1」；应写作 2026-09H"
    assert from_april.has(Edition.parse("2026-09H.1"))


@given(st.builds(FiscalYear, st.integers(1, 12)), months)
def test_a_month_has_its_number_in_its_year(year: FiscalYear, month: TimePeriod) -> None:
    assert year.month(year.of(month), year.month_of(month)) == month
    assert year.before(month) < month <= year.end_of(month)
    assert year.is_end(year.end_of(month))
    assert year.end_of(month).year == year.of(month)
    assert year.end(year.last_closed(month)) <= month < year.end(year.last_closed(month) + 1)


def test_a_fiscal_year_is_known_by_the_year_it_ends_in() -> None:
    from_april = FiscalYear(4)
    assert from_april.of(TimePeriod(2025, 4)) == from_april.of(TimePeriod(2026, 3)) == 2026
    assert from_april.label(2026) == "2025—2026财年"
    assert from_april.whole(2026) == "2025年4月—2026年3月"
    assert FiscalYear(1).label(2026) == FiscalYear(1).whole(2026) == "2026年"


def test_editions_between_are_regular_and_include_both_ends() -> None:
    found = editions_between(Edition.parse("2025-Q3"), Edition.parse("2026-Q2.1"))
    assert [str(edition) for edition in found] == ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    assert editions_between(Edition.parse("2026-Q1"), Edition.parse("2025-Q4")) == ()


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


@given(
    months,
    st.sampled_from(sorted(Accumulation)),
    st.none() | st.just(TimePeriod(1989, 12)),
    st.builds(FiscalYear, st.integers(1, 12)),
)
def test_a_printed_period_is_read_back(
    month: TimePeriod, accumulation: Accumulation, since: TimePeriod | None, year: FiscalYear
) -> None:
    whole = accumulation is Accumulation.YEAR
    if accumulation is Accumulation.SINCE_START and month.month == 12:
        year = FiscalYear()  # 1990—2026年 are calendar years
    expected = year.end_of(month) if whole else month
    assert parse_period_label(period_label(month, accumulation, since, year), year) == expected


@pytest.mark.parametrize(
    ("accumulation", "month", "label"),
    [
        ("ytd", "2026-04", "2026年4月"),
        ("ytd", "2026-09", "2026年4—9月"),
        ("ytd", "2027-02", "2026年4月—2027年2月"),
        ("ytd", "2026-03", "2025年4月—2026年3月"),
        ("year", "2026-03", "2025年4月—2026年3月"),
        ("end_of_period", "2026-03", "2026年3月末"),
    ],
)
def test_a_period_of_a_year_from_april(accumulation: str, month: str, label: str) -> None:
    found = period_label(TimePeriod.parse(month), Accumulation(accumulation), year=FiscalYear(4))
    assert found == label


@pytest.mark.parametrize("text", ["2026年", "2026年1—9月", "2025—2026年", "2026年4—3月"])
def test_what_a_year_from_april_leaves_open_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"2025年4—12月.*2024年4月—2025年3月"):
        parse_period_label(text, FiscalYear(4))


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
