import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from planbook.plan import Plan
from planbook.present.charts.bullets import bullets
from planbook.present.charts.figure import Figure
from planbook.present.charts.way import progress
from planbook.present.say.chart_words import status_words
from planbook.present.views import GoalView
from tests.present.sheets import sheet

MakeView = Callable[..., GoalView]
LEVEL = {
    "rating": "滞后",
    "rated_by": "linear",
    "baseline_value": 80.0,
    "observed_value": 90.0,
    "latest_value": 90.0,
    "path_value": 100.0,
    "target_value": 120.0,
    "elapsed": 1.5,
}
REVERSED = LEVEL | {
    "rating": "逆转",
    "baseline_value": 68.55,
    "observed_value": 46.73,
    "path_value": 60.0,
    "target_value": 55.0,
    "pace": -1.61,
}
ESTIMATE = LEVEL | {
    "rated_by": "growth",
    "is_estimate": True,
    "band_low": 84.0,
    "band_high": 97.0,
    "rating_provisional": True,
}


def chart_of(plan: Plan, *views: GoalView) -> Figure:
    chart = bullets(views, plan.thresholds, id="x", where="本章", source="来源")
    assert chart is not None
    return chart


def cells(chart: Figure) -> dict[str, str]:
    """Return the first goal's row of the table under a chart, by head."""
    page = BeautifulSoup(chart.html(), "html.parser")
    heads = [head.get_text(strip=True) for head in page.select("thead th")]
    row = [cell.get_text(strip=True) for cell in page.select("tbody tr")[0].find_all(["th", "td"])]
    return dict(zip(heads, row, strict=True))


def test_what_cannot_be_judged_has_no_bar_but_keeps_its_line(
    plan: Plan, make_view: MakeView
) -> None:
    chart = chart_of(plan, make_view("lawyers"), make_view("testing-institutions", **LEVEL))
    assert "律师从业人员" in chart.html()
    assert "律师从业人员没有可比的进度" in chart.alt


def test_without_anything_to_compare_there_is_no_chart(plan: Plan, make_view: MakeView) -> None:
    views = [make_view("lawyers")]
    assert bullets(views, plan.thresholds, id="x", where="", source="x") is None


def test_value_and_target_are_said_in_a_few_characters(make_view: MakeView) -> None:
    assert status_words(make_view("testing-institutions", **LEVEL)) == "90 / 120家"
    assert status_words(make_view("lawyers")) == ""


def test_a_goal_on_its_way_is_told_in_shares_of_it(plan: Plan, make_view: MakeView) -> None:
    chart = chart_of(plan, make_view("testing-institutions", **LEVEL))
    assert "检验检测机构数量已走完25%，应走完50%，滞后" in chart.alt
    told = cells(chart)
    assert (told["应达水平"], told["已走完"], told["应走完"]) == ("100家", "25.0%", "50.0%")


@pytest.mark.parametrize(
    ("goal", "known"),
    [
        ("lawyers", {"baseline_value": 68.55, "observed_value": 46.73, "target_value": 55.0}),
        ("logistics-cost-gdp", {"baseline_value": 7.8, "observed_value": 13.5, "target_value": 10}),
    ],
)
def test_a_worsening_that_began_past_the_target_is_no_share_of_a_way(
    plan: Plan, make_view: MakeView, goal: str, known: dict[str, float]
) -> None:
    due = {"path_value": known["baseline_value"]}
    chart = chart_of(plan, make_view(goal, **(REVERSED | known | due)))
    assert "已走完" not in chart.alt
    assert "比基期变差，未达目标，逆转" in chart.alt
    assert cells(chart)["已走完"] == "比基期变差，未达目标"
    assert cells(chart)["应走完"] == "—"
    assert "空心圆为基期，其基期已达到目标" in chart.subtitle


def test_a_goal_met_from_a_baseline_past_it_is_better_than_its_target(
    plan: Plan, make_view: MakeView
) -> None:
    met = REVERSED | {"rating": "已达成", "met": True, "observed_value": 62.0}
    chart = chart_of(plan, make_view("lawyers", **met))
    assert "律师从业人员已优于目标，比基期变差，已达成" in chart.alt
    assert "%" not in chart.alt


def test_what_is_missed_by_a_hair_never_reads_as_reached(plan: Plan, make_view: MakeView) -> None:
    missed = {"rating": "未达成", "path_value": 400.0, "target_value": 400.0}
    missed |= {"observed_value": 399.9936}
    chart = chart_of(plan, make_view("testing-revenue", **(LEVEL | missed)))
    assert "已走完99.998%，应走完100%，未达成" in chart.alt
    assert cells(chart)["已走完"] == "99.998%"
    assert "399.99 / 400亿元" in chart.svg()


def test_a_value_within_the_tolerance_has_passed_a_line_of_its_own(
    plan: Plan, make_view: MakeView
) -> None:
    known = LEVEL | {"target_value": 8.0, "meeting_value": 7.6, "observed_value": 7.7, "met": True}
    chart = chart_of(plan, make_view("software-new-employees", **(known | {"rating": "已达成"})))
    assert "已越过达标线，已达成" in chart.alt
    assert "细紫线为达标线" in chart.subtitle


def test_an_estimate_has_its_band_and_an_early_rating_says_so(
    plan: Plan, make_view: MakeView
) -> None:
    chart = chart_of(plan, make_view("testing-revenue", **ESTIMATE))
    assert "初步滞后" in chart.alt
    assert "滞后▲（初步）" in chart.svg()
    assert "斜纹为推算，细线为推算的80%区间" in chart.subtitle
    assert cells(chart)["所用数值"] == "90.00亿元（80%区间84.00—97.00亿元）"
    assert cells(chart)["状态"].endswith("初步")
    assert "pattern" in chart.svg()
    plain = chart_of(plan, make_view("testing-institutions", **LEVEL))
    assert "初步" not in plain.html()
    assert "pattern" not in plain.svg()


def test_an_average_growth_is_a_share_of_the_growth_wanted(plan: Plan, make_view: MakeView) -> None:
    known = LEVEL | {"rated_by": "average_growth", "observed_value": 18.2, "path_value": 20.0}
    chart = chart_of(plan, make_view("software-revenue-cagr", **known))
    assert "为目标增速的91%，滞后" in chart.alt
    assert not re.search("已走完|应走完", chart.alt)


def written(chart: Figure) -> list[str]:
    return [words.text for words in sheet(chart).words]


def test_the_level_due_and_the_limits_are_named_at_the_bar(plan: Plan, make_view: MakeView) -> None:
    chart = chart_of(
        plan, *(make_view(goal, **LEVEL) for goal in ("testing-institutions", "lawyers"))
    )
    said = written(chart)
    assert [said.count(word) for word in ("应达100家", "应达100人")] == [1, 1]
    assert [said.count(word) for word in ("严重滞后", "滞后", "达序时")] == [1, 1, 1]


def test_a_target_that_is_a_range_is_told_as_one(plan: Plan, make_view: MakeView) -> None:
    known = LEVEL | {"baseline_value": 0.0, "observed_value": 1.0, "path_value": 1.0}
    view = make_view("a-grade-logistics-new", **(known | {"target_value": 2.0}))
    reached = progress(view, plan.thresholds)
    assert reached is not None
    assert reached.high == 1.5
    assert "紫框为目标区间" in chart_of(plan, view).subtitle


def test_years_that_were_missed_explain_a_rating_worse_than_its_bar(
    plan: Plan, make_view: MakeView
) -> None:
    known = LEVEL | {"rating": "严重滞后", "observed_value": 110.0, "missed_years": "2025"}
    chart = chart_of(plan, make_view("hr-placements-yearly", **known))
    assert any(text.endswith("严重滞后■（2025年未达标）") for text in written(chart))
    assert "2025年未达标，严重滞后" in chart.alt


def test_a_goal_without_progress_has_no_bar_and_stands_last(
    plan: Plan, make_view: MakeView
) -> None:
    chart = chart_of(plan, make_view("lawyers"), make_view("testing-institutions", **LEVEL))
    said = written(chart)
    assert said.index("律师从业人员") > said.index("检验检测机构数量")
