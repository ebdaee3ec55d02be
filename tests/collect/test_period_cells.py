from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from planbook.collect.owed import label_of
from planbook.collect.read.period_cells import read_period
from planbook.periods import CALENDAR, FiscalYear, TimePeriod
from tests.office import PLAN


@pytest.mark.parametrize(
    ("indicator", "text", "period"),
    [
        ("revenue", "2026年1—9月", TimePeriod(2026, 9)),
        ("revenue", "2026年1-9月", TimePeriod(2026, 9)),
        ("revenue", "２０２６年1～9月", TimePeriod(2026, 9)),
        ("revenue", " 2026 年 1 至 9 月", TimePeriod(2026, 9)),
        ("revenue", "2026年1月-9月", TimePeriod(2026, 9)),
        ("revenue", "2026年前三季度", TimePeriod(2026, 9)),
        ("revenue", "2026年上半年", TimePeriod(2026, 6)),
        ("revenue", "2026年一季度", TimePeriod(2026, 3)),
        ("revenue", "2026年全年", TimePeriod(2026, 12)),
        ("revenue", "2026-09", TimePeriod(2026, 9)),
        ("revenue", "2026年1—12月", TimePeriod(2026, 12)),
        ("revenue", "2026年", TimePeriod(2026, 12)),
        ("firms", "2026年9月末", TimePeriod(2026, 9)),
        ("firms", "2026年12月末", TimePeriod(2026, 12)),
        ("firms", "2026年末", TimePeriod(2026, 12)),
        ("added", "2025年1月—2026年9月", TimePeriod(2026, 9)),
        ("added", "2025年", TimePeriod(2025, 12)),
        ("added", "2025年1—12月", TimePeriod(2025, 12)),  # as forms said it before
        ("added", "2025—2026年", TimePeriod(2026, 12)),
        ("added", "2025年1月—2026年12月", TimePeriod(2026, 12)),
        ("share", "2025年", TimePeriod(2025, 12)),
    ],
)
def test_a_period_in_the_indicators_form_is_read(indicator: str, text: str, period: Any) -> None:
    assert read_period(text, PLAN.indicator(indicator), CALENDAR) == period


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("revenue", "2026年9月"),  # one month, or nine?
        ("revenue", "2026年9月末"),
        ("firms", "2026年1—9月"),
        ("firms", "2026年前三季度"),
        ("revenue", "2026年2月—9月"),
        ("revenue", "2026年1月—13月"),
        ("added", "2024年1月—2026年9月"),  # begins a year too early
        ("added", "2026年"),  # one year's, or all since the start?
        ("revenue", "2026年三季度"),
        ("revenue", "2026-9"),
        ("revenue", "2026年1—13月"),
        ("revenue", ""),
    ],
)
def test_a_period_in_another_form_is_refused(indicator: str, text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_period(text, PLAN.indicator(indicator), CALENDAR)


@pytest.mark.parametrize("raw", [dt.date(2026, 9, 1), 2026.9])
def test_what_excel_turned_into_something_else_is_refused(raw: Any) -> None:
    with pytest.raises(ValueError, match=r"2026"):
        read_period(raw, PLAN.indicator("revenue"), CALENDAR)


@pytest.mark.parametrize("indicator", [i.id for i in PLAN.indicators])
@pytest.mark.parametrize("month", [1, 2, 9, 12])
def test_what_is_printed_is_read_back(indicator: Any, month: int) -> None:
    period = TimePeriod(2026, 12 if indicator == "share" else month)
    owner = PLAN.indicator(indicator)
    assert read_period(label_of(period, owner, CALENDAR), owner, CALENDAR) == period


FROM_APRIL = FiscalYear(4)


@pytest.mark.parametrize(
    ("indicator", "text", "period"),
    [
        ("revenue", "2026年4—9月", TimePeriod(2026, 9)),
        ("revenue", "2026年4月-9月", TimePeriod(2026, 9)),
        ("revenue", "2026年4月", TimePeriod(2026, 4)),
        ("revenue", "2026年4月—2027年2月", TimePeriod(2027, 2)),
        ("revenue", "2025年4月—2026年3月", TimePeriod(2026, 3)),
        ("revenue", "2026-09", TimePeriod(2026, 9)),
        ("firms", "2026年9月末", TimePeriod(2026, 9)),
        ("firms", "2025年末", TimePeriod(2025, 12)),
        ("share", "2025年4月—2026年3月", TimePeriod(2026, 3)),
    ],
)
def test_a_period_of_a_year_from_april_is_read(indicator: str, text: str, period: Any) -> None:
    assert read_period(text, PLAN.indicator(indicator), FROM_APRIL) == period


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("revenue", "2026年1—9月"),  # of a calendar year
        ("revenue", "2026年上半年"),  # of which year?
        ("revenue", "2026年"),
        ("revenue", "2026年9月"),
        ("revenue", "2025年5月—2026年3月"),
        ("share", "2025年"),
    ],
)
def test_a_period_of_calendar_years_is_refused_where_years_begin_in_april(
    indicator: str, text: str
) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_period(text, PLAN.indicator(indicator), FROM_APRIL)
