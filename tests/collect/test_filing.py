from __future__ import annotations

import datetime as dt

import pytest

from planbook.collect.file_names import FiledName, submission_name


def test_a_name_says_unit_date_and_content() -> None:
    name = submission_name("digital-finance", dt.date(2026, 10, 12), b"content")
    assert name == "digital-finance-2026-10-12-ed7002b4.xlsx"
    assert FiledName.parse(name) == FiledName("digital-finance", dt.date(2026, 10, 12), "ed7002b4")


@pytest.mark.parametrize(
    "name",
    [
        "office.xlsx",
        "office-2026-10-12.xlsx",
        "office-2026-13-12-ed7002b4.xlsx",
        "office-2026-10-12-ed7002b4.xls",
        "../office-2026-10-12-ed7002b4.xlsx",
        "OFFICE-2026-10-12-ed7002b4.xlsx",
        "office-2026-10-12-ED7002B4.xlsx",
        "office-2026-10-12-ed7002b4.xlsx\n",
    ],
)
def test_any_other_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        FiledName.parse(name)
