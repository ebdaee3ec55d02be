import re
from collections.abc import Callable
from itertools import combinations
from math import nan
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planbook.plan import Plan
from planbook.present.charts.bullet_rows import on_chart
from planbook.present.charts.bullets import bullets
from planbook.present.charts.way import progress, share_done, share_due, standing_words
from planbook.present.views import GoalView
from tests.present_rows import with_cells

MakeView = Callable[..., GoalView]
LEVEL = {
    "rating": "滞后",
    "reason": "",
    "rated_by": "linear",
    "baseline_value": 80.0,
    "observed_value": 90.0,
    "path_value": 100.0,
    "target_value": 120.0,
    "elapsed": 1.5,
}
FALLING = "logistics-cost-gdp"
GOALS = ("testing-institutions", "lawyers", FALLING)
VALUES = st.integers(-2000, 2000).map(lambda n: n / 8)


def test_a_level_is_measured_from_its_baseline(plan: Plan, make_view: MakeView) -> None:
    reached = progress(make_view("testing-institutions", **LEVEL), plan.thresholds)
    assert reached is not None
    assert (reached.start, reached.done, reached.due) == (0.0, 0.25, 0.5)
    assert reached.limits is not None
    assert reached.limits[0] == pytest.approx(0.5 * plan.thresholds.far_behind)


def test_a_falling_goal_comes_closer_to_its_target_too(plan: Plan, make_view: MakeView) -> None:
    falling = LEVEL | {"baseline_value": 14.4, "observed_value": 14.1, "path_value": 13.9}
    view = make_view("logistics-cost-gdp", **(falling | {"target_value": 13.0}))
    reached = progress(view, plan.thresholds)
    assert reached is not None
    assert reached.done == pytest.approx(0.3 / 1.4)


def test_a_cumulative_goal_starts_from_nothing(plan: Plan, make_view: MakeView) -> None:
    view = make_view("software-new-firms", **(LEVEL | {"baseline_value": nan}))
    reached = progress(view, plan.thresholds)
    assert reached is not None
    assert reached.done == pytest.approx(90 / 120)


def test_limits_of_a_growing_quantity_are_where_its_pace_has_the_limit(
    plan: Plan, make_view: MakeView
) -> None:
    known = LEVEL | {"rated_by": "growth", "growth_pace": 0.5, "elapsed": 2.0}
    reached = progress(make_view("green-loans", **known), plan.thresholds)
    assert reached is not None
    assert reached.limits is not None
    rate = (100 / 80) ** 0.5 - 1
    limit = 80 * (1 + plan.thresholds.on_course * rate) ** 2
    assert reached.limits[1] == pytest.approx((limit - 80) / 40)


def test_what_is_due_in_whole_units_stands_at_whole_units(plan: Plan, make_view: MakeView) -> None:
    known = {"rated_by": "whole_units", "target_value": 9.0, "meeting_value": 9.0}
    known |= {"share_due": 5.25 / 9, "path_value": 5.0, "observed_value": 5.0}
    reached = progress(make_view("software-new-firms", **(LEVEL | known)), plan.thresholds)
    assert reached is not None
    assert reached.due == pytest.approx(5 / 9)
    assert reached.limits == pytest.approx((3 / 9, 5 / 9))  # 0.6 · 5.25 is 3.15


def test_a_year_that_must_meet_by_itself_is_on_course_only_when_all_is_there(
    plan: Plan, make_view: MakeView
) -> None:
    known = LEVEL | {"rated_by": "year_target", "observed_value": 58.0, "path_value": 60.0}
    reached = progress(make_view("hr-placements-yearly", **known), plan.thresholds)
    assert reached is not None
    assert reached.limits is not None
    assert reached.limits[1] == reached.due


def test_a_strict_goal_that_is_only_equalled_says_so(plan: Plan, make_view: MakeView) -> None:
    strict = next(g for g in plan.goals if g.comparator == ">" and g.kind == "level_at_end")
    known = LEVEL | {"rating": "未达成", "observed_value": 120.0, "path_value": 120.0}
    view = make_view(strict.id, **known)
    reached = progress(view, plan.thresholds)
    assert reached is not None
    assert standing_words(view, reached) == "目前等于目标，尚未超过"
    assert share_done(view, reached) == ""


@st.composite
def situations(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Return a goal and its numbers, in any order on either side of its target."""
    goal = draw(st.sampled_from(GOALS))
    columns = ("baseline_value", "observed_value", "path_value", "target_value")
    known: dict[str, Any] = {column: draw(VALUES) for column in columns}
    known["rated_by"] = draw(st.sampled_from(["linear", "growth"]))
    sign = -1 if goal == FALLING else 1
    slack = draw(st.sampled_from([0.0, 0.05])) * abs(known["target_value"])
    known["meeting_value"] = known["target_value"] - sign * slack
    known["met"] = sign * (known["observed_value"] - known["meeting_value"]) >= 0
    return goal, known | {"rating": "已达成" if known["met"] else "滞后"}


@pytest.fixture
def known_views(make_view: MakeView) -> dict[str, GoalView]:
    return {goal: make_view(goal, **LEVEL) for goal in GOALS}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(situation=situations())
def test_places_are_in_the_order_of_the_values_and_no_share_is_beyond_the_way(
    plan: Plan, known_views: dict[str, GoalView], situation: tuple[str, dict[str, Any]]
) -> None:
    goal, known = situation
    view = with_cells(known_views[goal], **known)
    reached = progress(view, plan.thresholds)
    assert reached is not None
    sign = view.goal.direction.sign
    places = (
        (reached.done, known["observed_value"]),
        (reached.due, known["path_value"]),
        (reached.meeting, known["meeting_value"]),
        (reached.start, known["baseline_value"]),
        (1.0, known["target_value"]),
    )
    for (one, value), (other, other_value) in combinations(places, 2):
        if value != other_value:
            assert (one < other) == (sign * value < sign * other_value)
        assert (on_chart(one) - on_chart(other)) * (one - other) >= 0
    told = share_done(view, reached), standing_words(view, reached)
    chart = bullets([view], plan.thresholds, id="x", where="", source="来源")
    assert chart is not None
    assert bool(told[0]) != bool(told[1])
    for said in (*told, chart.alt):
        shares = re.findall(r"(?:已走完|^)(−?[\d,.]+)%", said)
        assert all(0 <= float(share.replace(",", "")) < 100 for share in shares), said
    if reached.limits is None:
        assert share_due(reached) == ""
        assert "%" not in chart.alt
