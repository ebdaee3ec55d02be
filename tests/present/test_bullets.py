from collections.abc import Callable

import pytest

from planbook.plan import Plan
from planbook.present.bullets import bullets, progress, status_words
from planbook.present.views import GoalView

MakeView = Callable[..., GoalView]
LEVEL = {
    "rating": "滞后",
    "rated_by": "linear",
    "baseline_value": 80.0,
    "observed_value": 90.0,
    "path_value": 100.0,
    "target_value": 120.0,
    "elapsed": 1.5,
}


def test_a_level_is_measured_from_its_baseline(plan: Plan, make_view: MakeView) -> None:
    reached = progress(make_view("testing-institutions", **LEVEL), plan.thresholds)
    assert reached is not None
    assert (reached.done, reached.due) == (0.25, 0.5)
    assert reached.far_behind == pytest.approx(0.5 * plan.thresholds.far_behind)


def test_a_falling_goal_comes_closer_to_its_target_too(plan: Plan, make_view: MakeView) -> None:
    falling = LEVEL | {"baseline_value": 14.4, "observed_value": 14.1, "path_value": 13.9}
    view = make_view("logistics-cost-gdp", **(falling | {"target_value": 13.0}))
    reached = progress(view, plan.thresholds)
    assert reached is not None
    assert reached.done == pytest.approx(0.3 / 1.4)


def test_a_cumulative_goal_starts_from_nothing(plan: Plan, make_view: MakeView) -> None:
    view = make_view("software-new-firms", **(LEVEL | {"baseline_value": float("nan")}))
    reached = progress(view, plan.thresholds)
    assert reached is not None
    assert reached.done == pytest.approx(90 / 120)


def test_limits_of_a_growing_quantity_are_where_its_pace_has_the_limit(
    plan: Plan, make_view: MakeView
) -> None:
    known = LEVEL | {"rated_by": "growth", "growth_pace": 0.5, "elapsed": 2.0}
    reached = progress(make_view("green-loans", **known), plan.thresholds)
    assert reached is not None
    rate = (100 / 80) ** 0.5 - 1
    limit = 80 * (1 + plan.thresholds.on_course * rate) ** 2
    assert reached.on_course == pytest.approx((limit - 80) / 40)


def test_what_cannot_be_judged_has_no_bar_but_keeps_its_line(
    plan: Plan, make_view: MakeView
) -> None:
    silent, judged = make_view("lawyers"), make_view("testing-institutions", **LEVEL)
    assert progress(silent, plan.thresholds) is None
    chart = bullets(
        [silent, judged], plan.thresholds, id="x", where="本章", source="来源", root="../"
    )
    assert chart is not None
    assert "律师从业人员" in chart.html()
    assert "律师从业人员没有可比的进度" in chart.alt


def test_without_anything_to_compare_there_is_no_chart(plan: Plan, make_view: MakeView) -> None:
    views = [make_view("lawyers")]
    assert bullets(views, plan.thresholds, id="x", where="", source="x", root="") is None


def test_value_and_target_are_said_in_a_few_characters(make_view: MakeView) -> None:
    assert status_words(make_view("testing-institutions", **LEVEL)) == "90 / 120家"
    assert status_words(make_view("lawyers")) == ""
