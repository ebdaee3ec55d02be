from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from planbook.written_dates import Day, read_day, read_issued, read_month


@pytest.mark.parametrize(
    "text",
    [
        "2024-12",
        "2024/12",
        "2024.12",
        "202412",
        "2024年12月",
        "24年12月",
        "2024年12月末",
        " 2024 年 12 月 ",
        "２０２４年１２月",
        "2024年",
        "2024年末",
        "2024年底",
        "Dec-24",
        "Dec-2024",
        "December 2024",
        "2024-Dec",
        "2024/12/1",
        "2024-12-31",
        "2024-12-01 00:00:00",
        "2024年12月1日",
        "12/31/2024",
        "31/12/2024",
        "12/12/2024",
        "31-Dec-2024",
        "45627",  # the serial number of 2024-12-01
    ],
)
def test_a_month_is_read_however_it_is_written(text: str) -> None:
    assert str(read_month(text)) == "2024-12"


@pytest.mark.parametrize(("text", "month"), [("2024-1", 1), ("2024/9/1", 9), ("2024.9", 9)])
def test_a_lost_leading_zero_changes_no_month(text: str, month: int) -> None:
    assert read_month(text).month == month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2024.1",  # what a spreadsheet leaves of 2024.10
        "24-Dec",  # the 24th of December of no year
        "12-24",
        "1/12/2024",
        "12/1/2024",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "45628",  # the second of a month
        "2024Q4",
        "去年12月",
        "Foo-24",
        "0000-12",
        "2024-12-01 08:30:00",
    ],
)
def test_what_names_no_month_or_may_name_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="应写作"):
        read_month(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-05",
        "2026/10/5",
        "2026.10.5",
        "20261005",
        "2026年10月5日",
        "5-Oct-2026",
        "２０２６-10-5",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == dt.date(2026, 10, 5)


@pytest.mark.parametrize(
    "text", ["10/5/2026", "5-Oct-26", "2026-10", "10月5日", "46300", "2026-10.5"]
)
def test_what_names_no_day_or_may_name_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="应写作 2026-10-12"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("2026-01-15", "2026-01-15"),
        ("2026年1月15日", "2026-01-15"),
        ("2026/1/15", "2026-01-15"),
        ("2026年1月", "2026-01"),
        ("2026", "2026"),
        ("2026年", "2026"),
    ],
)
def test_when_a_document_was_issued_is_as_exact_as_it_is_known(text: str, issued: str) -> None:
    assert read_issued(text) == issued


@pytest.mark.parametrize("text", ["2026-13-45", "2026-02-30", "2026年1月15日前后", "去年", "0001"])
def test_what_is_no_day_of_issue_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是能确定的日期"):
        read_issued(text)


def test_a_date_of_a_yaml_file_may_be_a_number() -> None:
    class Holder(BaseModel):
        day: Day

    assert Holder(day=20261026).day == dt.date(2026, 10, 26)
    with pytest.raises(ValidationError):
        Holder(day=1790000000)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_comes_back(day: dt.date) -> None:
    assert read_day(day.isoformat()) == day
    assert str(read_month(day.isoformat())) == day.isoformat()[:7]


@given(st.text())
@pytest.mark.parametrize("read", [read_month, read_day])
def test_any_text_is_a_date_or_a_value_error(read: Any, text: str) -> None:
    with contextlib.suppress(ValueError):
        read(text)
