"""What the running year still needs: of numbers of years, with what is missing shown as missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planbook.periods import Edition
from planbook.present.pages.key_numbers import key_numbers
from planbook.present.say.needed_words import required_words
from planbook.present.say.pack_words import needs_note
from planbook.present.say.year_needed import year_needed, year_needed_item, year_needed_words
from planbook.present.views import GoalView
from planbook.vocabulary import Reason

MakeView = Callable[..., GoalView]
TOTAL: dict[str, Any] = {
    "rating": "滞后",
    "is_estimate": True,
    "accumulation": "ytd",
    "latest_value": 248.82,
    "latest_period": "2026-09",
    "observed_value": 349.1,
    "observed_period": "2026-12",
    "baseline_value": 294.0,
    "baseline_period": "2024-12",
    "path_value": 360.984957,
    "target_value": 400.0,
    "required_rate": 0.145803,
    "remaining": 50.9,
}
AVERAGE: dict[str, Any] = {
    "rating": "达序时",
    "accumulation": "ytd",
    "latest_value": 936.38,
    "latest_period": "2026-08",
    "observed_value": 18.19,
    "observed_period": "2025-12",
    "baseline_value": 1080.0,
    "baseline_period": "2024-12",
    "target_value": 20.0,
    "meeting_value": 19.0,
    "required_rate": 0.194062,
}


def test_a_yearly_total_needs_what_the_path_asks_less_what_has_come(make_view: MakeView) -> None:
    view = make_view("testing-revenue", **TOTAL)
    assert year_needed_item(view) == (
        "2026年还需",
        "112.17亿元",
        "全年应达360.99亿元，本年还有1个季度",
    )
    assert required_words(view) == "2026年还需112.17亿元，此后年均增长14.6%"
    assert "<dt>2026年还需</dt><dd>112.17亿元" in str(key_numbers(view))


def test_due_and_left_as_printed_make_what_has_come(make_view: MakeView) -> None:
    known = {"latest_value": 683.0, "path_value": 1113.2, "baseline_value": 960.0}
    view = make_view("international-trains", **TOTAL | known)
    assert year_needed_item(view)[1:] == ("431列", "全年应达1,114列，本年还有1个季度")


def test_an_average_growth_needs_the_level_it_implies(make_view: MakeView) -> None:
    view = make_view("software-revenue-cagr", **AVERAGE)
    due = 1080 * 1.19**2  # T*, two years after the base
    found = year_needed(view)
    assert found is not None
    assert found.due == pytest.approx(due)
    assert found.left == pytest.approx(due - 936.38)
    assert year_needed_item(view)[2] == "全年应达1,529.39亿元，已计至8月，本年还有1个季度"
    assert required_words(view) == "2026年还需593.01亿元，2025年以后年均增长19.5%"


def test_a_goal_for_every_year_needs_its_target(make_view: MakeView) -> None:
    known = {"latest_value": 6.41, "observed_value": 6.41, "target_value": 7.6, "rating": "滞后"}
    view = make_view("hr-placements-yearly", latest_period="2026-09", **known)
    assert year_needed_item(view)[:2] == ("2026年还需", "1.19万人次")


@pytest.mark.parametrize(
    ("known", "remark"),
    [
        (
            {"path_value": None, "rating": "无法判定", "reason": str(Reason.NO_BASELINE)},
            "基数待补，无从算起",
        ),
        ({"latest_value": None}, "全年应达360.99亿元，本年尚无数据"),
        ({"latest_period": "2025-12"}, "全年应达360.99亿元，本年尚无数据"),
    ],
)
def test_what_is_missing_is_shown_as_missing(
    make_view: MakeView, known: dict[str, Any], remark: str
) -> None:
    view = make_view("testing-revenue", **TOTAL | known)
    assert year_needed_item(view) == ("2026年还需", "—", remark)
    assert year_needed_words(view) == ""


def test_a_year_that_has_what_is_due_needs_no_more(make_view: MakeView) -> None:
    view = make_view("testing-revenue", **TOTAL | {"latest_value": 361.0})
    assert year_needed_words(view) == "2026年已完成应达数"
    assert year_needed_item(view)[1] == "已完成应达数"


@pytest.mark.parametrize("yearly", [True, False])
def test_a_pack_explains_it_only_where_a_goal_says_it(*, yearly: bool) -> None:
    assert ("当年还需" in needs_note(["每季度"], yearly=yearly)) is yearly


@pytest.mark.parametrize(
    ("goal", "known"),
    [
        ("testing-institutions", TOTAL),  # a level has no year of its own
        ("testing-revenue", TOTAL | {"rating": "已达成"}),
        ("testing-revenue", TOTAL | {"edition": str(Edition.parse("2026-Q4"))}),  # it is over
        (
            "testing-revenue",
            TOTAL | {"edition": str(Edition.parse("2028-Q1"))},
        ),  # after it
    ],
)
def test_other_goals_and_years_that_are_over_need_nothing(
    make_view: MakeView, goal: str, known: dict[str, Any]
) -> None:
    view = make_view(goal, **known)
    assert year_needed(view) is None
    assert year_needed_item(view) == ("", "", "")
