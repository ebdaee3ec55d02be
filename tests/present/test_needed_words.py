"""How far goals are and what they need, in a few words."""

from collections.abc import Callable
from typing import Any

import pytest

from planbook.present.say.needed_words import progress_words, required_words
from planbook.present.views import GoalView
from planbook.vocabulary import Reason

MakeView = Callable[..., GoalView]
UNITS: dict[str, Any] = {
    "rating": "达序时",
    "rated_by": "whole_units",
    "latest_value": 117.0,
    "observed_value": 117.0,
    "baseline_value": 114.0,
    "target_value": 120.0,
    "meeting_value": 120.0,
    "path_value": 117.0,
    "increment_completion": 0.5,
    "increment_due": 0.5,
}


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "已增3家，应达3家"),
        ({"path_value": 114.0, "increment_due": 0.0}, "已增3家，应达不足1家"),
        ({"observed_value": 113.0}, "减少1家，应达3家"),
        ({"observed_value": 116.5}, "已增2.5家，应达3家"),
    ],
)
def test_whole_units_are_counted(make_view: MakeView, known: dict[str, float], said: str) -> None:
    assert progress_words(make_view("testing-institutions", **(UNITS | known))) == said


def test_shares_of_the_increment_stand_beside_each_other(make_view: MakeView) -> None:
    known = {"increment_completion": 0.4, "increment_due": 0.5, "is_estimate": True}
    view = make_view("software-revenue", rating="滞后", **known)
    assert progress_words(view) == "推算增量完成40%，应达50%"


def test_an_average_growth_has_its_pace(make_view: MakeView) -> None:
    known = {"observed_value": 18.19, "observed_period": "2025-12", "pace": 0.91}
    view = make_view("software-revenue-cagr", rating="滞后", **known)
    assert progress_words(view) == "进度比0.91"


def test_a_goal_of_every_year_shows_what_is_due_by_now(make_view: MakeView) -> None:
    known = {"latest_value": 6.34, "observed_value": 6.34, "path_value": 6.156}
    assert progress_words(make_view("hr-placements-yearly", **known)) == "此时应达6.16万人次"


@pytest.mark.parametrize("reason", Reason)
def test_every_goal_that_cannot_be_judged_is_told_what_helps_or_is_not_shown(
    make_view: MakeView, reason: Reason
) -> None:
    said = required_words(make_view("software-revenue", rating="无法判定", reason=str(reason)))
    assert bool(said) is (reason is not Reason.WITHHELD)
