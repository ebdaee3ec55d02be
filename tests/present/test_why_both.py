"""On its course and yet unlikely, or behind and yet likely: what of the data lets both be true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planbook.outlook_frames import OUTLOOKS
from planbook.present.briefing.decisions import decisions
from planbook.present.say.sentences import goal_points
from planbook.present.say.why_both import beside_rating, both_hold, differ, reason
from planbook.present.views import GoalView
from tests.present.conftest import MakeBook
from tests.present.test_outlook_sentences import REFERENCE
from tests.present_rows import LEVEL, LEVEL_VERDICT, outlook

MakeView = Callable[..., GoalView]
STEEP: dict[str, Any] = {"required_per_quarter": 3.6, "recent_per_quarter": 3.25}
AVERAGE = "software-revenue-cagr"
AVERAGE_VERDICT: dict[str, Any] = {
    "rating": "达序时",
    "rated_by": "average_growth",
    "accumulation": "ytd",
    "latest_value": 1200.0,
    "latest_period": "2026-09",
    "observed_value": 23.5,
    "observed_period": "2025-12",
    "baseline_value": 1000.0,
    "baseline_period": "2024-12",
    "required_rate": 0.212,
    "yoy": 13.2,
}


@pytest.fixture
def expected(make_view: MakeView) -> Callable[..., GoalView]:
    """Return the view of a goal with the outlook that has these columns."""

    def make(goal: str = LEVEL, verdict: dict[str, Any] | None = None, **known: Any) -> GoalView:
        view = make_view(goal, **LEVEL_VERDICT | (verdict or {}))
        return view.at(view.verdict, outlook(goal, **known))

    return make


@pytest.mark.parametrize(
    ("rating", "p", "both"),
    [
        ("达序时", 0.30, True),
        ("已达成", 0.10, True),
        ("达序时", 0.35, False),
        ("滞后", 0.10, False),
        ("滞后", 0.70, True),
        ("逆转", 0.95, True),
        ("滞后", 0.65, False),
        ("达序时", 0.95, False),
    ],
)
def test_a_reason_is_given_only_where_the_two_differ(
    expected: Callable[..., GoalView], rating: str, p: float, *, both: bool
) -> None:
    view = expected(LEVEL, {"rating": rating}, p_met=p)
    assert differ(view) is both
    assert bool(reason(view)) is bool(both_hold(view)) is bool(beside_rating(view)) is both


def test_more_is_needed_each_quarter_than_the_last_ones_brought(
    expected: Callable[..., GoalView],
) -> None:
    view = expected(**STEEP)
    steps = "此后每季平均还需增加3.6家，近四季平均每季增加3.3家"
    assert beside_rating(view) == f"到期能否达标：可能性较小（25%），{steps}。"
    assert both_hold(view) == (  # behind the numbers, which it does not repeat
        "状态为达序时，与此并不矛盾：它对照此时应达的数，而此后每季所需超过近四季的平均。"
    )
    assert goal_points(view)[-1] == beside_rating(view)


def test_where_the_pace_would_do_it_is_the_slowing_down(expected: Callable[..., GoalView]) -> None:
    view = expected()  # 3.6 needed, 3.9 brought
    assert reason(view).startswith("按现有步伐（近14个季度的平均增速）可以达到；")
    assert both_hold(view).endswith("它对照此时应达的数，而不计今后增速放缓。")
    falling = expected("logistics-cost-gdp", required_per_quarter=-0.1, recent_per_quarter=-0.2)
    assert both_hold(falling).endswith("而不计今后降速放缓。")


def test_a_growth_needed_above_the_newest_one_explains_an_average(
    expected: Callable[..., GoalView],
) -> None:
    view = expected(AVERAGE, AVERAGE_VERDICT, quantity="year_sum", own_pace_meets=False)
    growths = "此后年均须增长21.2%，2026年1—9月同比增长13.2%"
    assert reason(view) == growths
    assert both_hold(view).endswith(f"它只看截至2025年的年均增速，而{growths}。")
    faster = AVERAGE_VERDICT | {"yoy": 25.0}
    assert reason(expected(AVERAGE, faster, quantity="year_sum", own_pace_meets=False)) == (
        "预测的中值没有达到达标值"
    )
    disputed = AVERAGE_VERDICT | {"notes": "yoy_gap"}  # the values say another growth
    view = expected(AVERAGE, disputed, quantity="year_sum", own_pace_meets=False)
    assert reason(view) == "预测的中值没有达到达标值"


def test_a_frequency_is_no_forecast_and_says_what_it_rests_on(
    expected: Callable[..., GoalView],
) -> None:
    rare = REFERENCE | {"p_met": 0.1, "required_per_quarter": 0.6, "recent_per_quarter": 0.5}
    said = beside_rating(expected(LEVEL, {"rated_by": "whole_units"}, **rare))
    assert said.startswith("到期能否达标：同类情形的历史频率约10%，此后每季平均还需增加0.6家")
    assert "它按整数个对照此时应达的数" in both_hold(
        expected(LEVEL, {"rated_by": "whole_units"}, **rare)
    )
    alone = REFERENCE | {"p_met": 0.1, "required_per_quarter": None, "recent_per_quarter": None}
    assert reason(expected(**alone)) == "进度和剩余时间与此相近的情形，少数最后达标"
    steps = {"required_step": 0.9, "average_step": 0.75}  # of the verdict, where no series is
    assert reason(expected(LEVEL, steps, **alone)) == (
        "此后平均每季度还需增加0.9家，此前平均每季度增加0.8家"
    )


def test_a_goal_behind_that_is_likely_says_so_among_decisions(make_book: MakeBook) -> None:
    behind = {LEVEL: LEVEL_VERDICT | {"rating": "滞后", "path_value": 110.0}}
    rows = OUTLOOKS.frame([outlook(LEVEL, p_met=0.75)])
    told = decisions(make_book(behind, outlooks=rows))
    assert "此后每季平均还需增加3.6家，近四季平均每季增加3.9家" in told[0].reason
