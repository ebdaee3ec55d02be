from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from planbook.present.say.sentences import goal_points, goal_sentence
from planbook.present.views import GoalView
from planbook.vocabulary import RatedBy

MakeView = Callable[..., GoalView]
ENDS = {"rating": "达序时", "latest_period": "2026-12", "accumulation": "year"}


@pytest.mark.parametrize(
    ("goal_id", "known", "said"),
    [
        ("green-loans", {"yoy": 3.0, "accumulation": "end_of_period"}, "比上年末增长3.0%"),
        ("software-revenue", {"yoy": 3.0, "yoy_type": "名义"}, "比上年增长3.0%（名义）"),
        ("software-revenue", {"yoy": 0.04, "yoy_type": "名义"}, "与上年持平（名义）"),
        ("overall-producer-share", {"prior_value": 100.0}, "与上年持平"),
        (
            "law-firms-100",
            {"prior_value": 97.0, "accumulation": "end_of_period"},
            "比上年末增加3家",
        ),
        (
            "law-firms-100",
            {"prior_value": 102.0, "accumulation": "end_of_period", "latest_period": "2026-09"},
            "比上年同期减少2家",
        ),
        ("international-trains", {"yoy": -2.4, "yoy_type": "名义"}, "比上年下降2.4%，"),
    ],
)
def test_a_change_is_told_against_the_right_time(
    make_view: MakeView, goal_id: str, known: dict[str, Any], said: str
) -> None:
    view = make_view(goal_id, **(ENDS | {"latest_value": 100.0} | known))
    assert said in goal_sentence(view)


def test_a_net_decrease_is_said_in_words_and_has_no_negative_completion(
    make_view: MakeView,
) -> None:
    view = make_view(
        "overall-net-new-above-scale",
        rating="逆转",
        latest_value=-3.0,
        latest_period="2025-03",
        completion=-0.075,
        required_step=4.0,
        average_step=-3.0,
    )
    said = goal_sentence(view)
    assert "累计净增为负（−3家），目标为累计超过40家" in said
    assert "此后平均每季度须新增4家（此前平均每季度减少3家）" in said


def test_the_last_year_is_named_and_less_than_no_growth_is_no_demand(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    known = {
        "rating": "达序时",
        "latest_value": 170.0,
        "latest_period": "2026-12",
        "observed_value": 30.4,
        "observed_period": "2026-12",
        "baseline_period": "2024-12",
    }
    assert goal_points(make_view("leasing-growth", required_rate=0.02, **known))[1] == approved
    less = goal_points(make_view("leasing-growth", required_rate=-0.02, **known))[1]
    assert less == approved


def test_what_a_missed_or_met_year_means_is_said_once(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    known = {"rated_by": str(RatedBy.YEAR_TARGET), "latest_value": 7.3, "completion": 0.96}
    late = make_view(
        "hr-placements-yearly",
        rating="严重滞后",
        latest_period="2025-12",
        pace=0.96,
        missed_years="2025",
        **known,
    )
    assert goal_sentence(late) == approved
    met = make_view("large-exhibitions", rating="已达成", is_estimate=True, latest_value=1.0)
    assert "最近一个完整年度的数值已达到目标，判定为已达成★" in goal_sentence(met)


def test_the_second_goal_on_an_indicator_repeats_neither_value_nor_target(
    make_view: MakeView,
    approved: SnapshotAssertion,
) -> None:
    view = make_view("green-loans", rating="滞后", latest_value=2500.0, completion=0.78125)
    assert "".join(goal_points(view, follows=True)) == approved
