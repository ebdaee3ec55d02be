"""The fan on a goal's chart and in its data, and all goals by likelihood and pace."""

from __future__ import annotations

import re
from typing import Any

import pytest
from matplotlib.collections import FillBetweenPolyCollection

from planbook.frames import OBSERVATIONS
from planbook.outlook_frames import FANS, OUTLOOKS
from planbook.periods import TimePeriod
from planbook.present.charts.chart_data import CHART, chart_rows, data_csv
from planbook.present.charts.fan import fan_drawn
from planbook.present.charts.figure import Figure
from planbook.present.charts.outlook_map import outlook_map
from planbook.present.palette import FAN
from planbook.present.points import series_of
from planbook.present.prose import Prose
from planbook.present.say.outlook_sentences import on_course_finding
from tests.present.conftest import MakeBook
from tests.present.test_outlook_sentences import REFERENCE
from tests.present_rows import (
    LEVEL,
    LEVEL_OBSERVATIONS,
    LEVEL_VERDICT,
    YEARLY,
    YEARLY_BAND,
    YEARLY_VERDICT,
    column,
    fan,
    observation,
    outlook,
)

QUARTERS = ("2026-12", "2027-03", "2027-06", "2027-09", "2027-12")
LEVEL_FRAMES: dict[str, Any] = {
    "observations": OBSERVATIONS.frame(LEVEL_OBSERVATIONS),
    "outlooks": OUTLOOKS.frame([outlook(LEVEL)]),
    "fans": FANS.frame(fan(LEVEL, *QUARTERS, middle=102.0, width=4.0)),
}
YEARLY_ESTIMATE = YEARLY_VERDICT | YEARLY_BAND


def level_chart(make_book: MakeBook, **frames: Any) -> Figure:
    chart = make_book({LEVEL: LEVEL_VERDICT}, **(LEVEL_FRAMES | frames)).trajectory(LEVEL)
    assert isinstance(chart, Figure)
    return chart


def test_a_fan_has_two_shades_and_is_named_in_words(make_book: MakeBook) -> None:
    chart = level_chart(make_book)
    svg = chart.svg()
    assert all(svg.count(f"fill: {shade}") == 1 for shade in FAN)
    assert "深浅两色为80%和95%的预测区间，点线为预测中值" in chart.subtitle
    assert "达标可能性较小（25%）：预计2027年末117家" in chart.alt
    assert chart.data is not None
    heads = [column.head for column in chart.data.columns]
    assert heads[-3:-1] == ["预测|中值", "80%|预测区间"]
    (newest,) = [row for row in chart.data.groups[0].rows if row[0].text == "2027年末"]
    assert newest[-2].said == "102—122 95%：92—132"


def test_without_a_fan_nothing_is_said_of_one(make_book: MakeBook) -> None:
    chart = level_chart(make_book, fans=FANS.frame([]))
    assert not any(shade in chart.svg() for shade in FAN)
    assert "预测" not in chart.subtitle + chart.alt
    assert chart.data is not None
    assert not any("预测" in column.head for column in chart.data.columns)


def test_the_fan_opens_from_the_newest_value(make_book: MakeBook) -> None:
    (axes,) = level_chart(make_book).drawing.axes
    newest = (TimePeriod.parse("2026-09").ordinal, 102.0)
    shades = [each for each in axes.collections if isinstance(each, FillBetweenPolyCollection)]
    assert len(shades) == len(FAN)
    for shade in shades:
        assert newest in {tuple(point) for point in shade.get_paths()[0].vertices.tolist()}


def test_yearly_totals_have_a_box_only_where_no_band_stands(make_book: MakeBook) -> None:
    rows = fan(YEARLY, "2026-12", "2027-12", middle=340.0, width=20.0)
    book = make_book(
        {YEARLY: YEARLY_ESTIMATE},
        observations=OBSERVATIONS.frame([observation(YEARLY, "2026-09", 246.7)]),
        outlooks=OUTLOOKS.frame([outlook(YEARLY, quantity="year_sum")]),
        fans=FANS.frame(rows),
    )
    view = book.views[YEARLY]
    assert [str(row.time_period) for row in fan_drawn(view, series_of(book, view))] == ["2027-12"]
    chart = book.trajectory(YEARLY)
    assert isinstance(chart, Figure)
    assert "方框深浅两色为80%和95%的预测区间，横线为预测中值" in chart.subtitle


def test_a_growth_goal_has_its_amounts_as_average_growth(make_book: MakeBook) -> None:
    goal = "software-revenue-cagr"
    rows = fan(goal, "2026-12", "2027-12", middle=1440.0, width=288.0)
    base = {"rating": "达序时", "baseline_value": 1000.0, "baseline_period": "2024-12"}
    book = make_book({goal: base}, outlooks=OUTLOOKS.frame([outlook(goal)]), fans=FANS.frame(rows))
    view = book.views[goal]
    first, last = fan_drawn(view, series_of(book, view))
    assert first.outlook_low80 == pytest.approx(20.0)
    assert last.outlook_mid == pytest.approx(20.0)


def test_the_file_behind_the_chart_has_the_fan_to_the_last_bit(make_book: MakeBook) -> None:
    book = make_book({LEVEL: LEVEL_VERDICT}, **LEVEL_FRAMES)
    view = book.views[LEVEL]
    series, history = series_of(book, view), book.history(LEVEL)
    told = [row for row in chart_rows(view, series, history) if row.outlook_mid is not None]
    assert [str(row.time_period) for row in told] == list(QUARTERS)
    for row, known in zip(told, book.fan(LEVEL), strict=True):
        assert (row.outlook_low95, row.outlook_high80) == (
            known.outlook_low95,
            known.outlook_high80,
        )
    head, *_ = data_csv(view, series, history).decode("utf-8-sig").splitlines()
    assert head.split(",") == list(CHART.columns)


def test_small_multiples_have_the_fan_too(make_book: MakeBook) -> None:
    both = [*LEVEL_OBSERVATIONS, observation(YEARLY, "2026-09", 246.7)]
    book = make_book(
        {LEVEL: LEVEL_VERDICT, YEARLY: YEARLY_ESTIMATE},
        **LEVEL_FRAMES | {"observations": OBSERVATIONS.frame(both)},
    )
    chart = book.chapter(book.views[LEVEL].chapter.id).small_multiples()
    assert isinstance(chart, Figure)
    assert all(shade in chart.svg() for shade in FAN)
    assert "蓝灰色带或方框为80%和95%的预测区间" in chart.subtitle


def map_of(make_book: MakeBook, **outlooks: dict[str, Any]) -> Figure | None:
    goals = {goal.replace("_", "-"): known for goal, known in outlooks.items()}
    book = make_book(
        {goal: {"rating": "达序时", "pace": 1.02} for goal in goals},
        outlooks=OUTLOOKS.frame([outlook(goal, **known) for goal, known in goals.items()]),
    )
    return outlook_map(list(book.views.values()), book.plan.thresholds, source="来源")


def test_a_family_has_one_mark_and_each_goal_a_row(make_book: MakeBook) -> None:
    chart = map_of(make_book, software_revenue={"p_met": 0.8}, software_revenue_cagr={"p_met": 0.2})
    assert chart is not None
    assert len(chart.drawing.axes[0].lines) == 1
    assert chart.data is not None
    assert chart.data.count == 2
    assert "软件和信息服务业主营业务收入可能性较大（80%），进度比1.02" in chart.alt


def test_a_goal_without_a_pace_is_counted_in_the_title_listed_and_said_to_be_missing(
    make_book: MakeBook,
) -> None:
    known: dict[str, dict[str, Any]] = {
        "lawyers": {"rating": "达序时", "pace": 1.02},
        "ufi-events": {"rating": "达序时", "pace": None},
    }
    rows = [outlook("lawyers", p_met=0.8), outlook("ufi-events", p_met=0.05)]
    book = make_book(known, outlooks=OUTLOOKS.frame(rows))
    chart = outlook_map(list(book.views.values()), book.plan.thresholds, source="来源")
    assert chart is not None
    assert chart.data is not None
    assert chart.title == "达序时的2项目标中，有1项到期达标的可能性较小"
    assert chart.data.count == 2
    assert sorted(column(chart.data, "进度比")) == ["1.02", "—"]
    assert chart.subtitle.endswith("没有进度比的1项不在图上")
    assert chart.data.note == "没有进度比的1项本表列出，图上没有。"
    assert chart.alt.endswith(f"不在图上：{book.views['ufi-events'].name}。")


def test_the_title_says_how_many_on_course_are_unlikely_all_the_same(make_book: MakeBook) -> None:
    two = map_of(make_book, software_revenue={"p_met": 0.2}, lawyers={"p_met": 0.8})
    assert two is not None
    assert two.title == "达序时的2项目标中，有1项到期达标的可能性较小"
    one = map_of(make_book, lawyers={"p_met": 0.8})
    assert one is not None
    assert one.title == "达序时的1项目标中，没有到期达标的可能性较小的"
    book = make_book({"lawyers": {"rating": "滞后", "pace": 0.7}})
    assert on_course_finding(list(book.views.values())).startswith("没有达序时的目标")


def test_the_worst_are_named_first_and_those_on_one_point_together(make_book: MakeBook) -> None:
    worst = ["international-trains", "hr-institutions"]
    usual = ["online-retail-sales", "green-loans", "tech-firm-loans", "financial-assets"]
    known = {goal: {"rating": "逆转", "pace": -0.7} for goal in worst}
    known |= {goal: {"rating": "达序时", "pace": 1.0} for goal in usual}
    rows = [outlook(goal, p_met=0.05) for goal in known]
    book = make_book(known, outlooks=OUTLOOKS.frame(rows))
    chart = outlook_map(list(book.views.values()), book.plan.thresholds, source="来源")
    assert chart is not None
    told = {book.views[goal].name for goal in worst}
    assert any(told <= set(text.split("、")) for text in re.findall("[^<>]+", chart.svg()))


def test_a_reference_is_told_from_a_likelihood(make_book: MakeBook) -> None:
    both = map_of(make_book, green_loans=REFERENCE, lawyers={})
    assert both is not None
    assert "小号为同类情形的历史频率" in both.subtitle
    only = map_of(make_book, lawyers={})
    assert only is not None
    assert "小号" not in only.subtitle


def test_without_likelihoods_there_is_no_chart(make_book: MakeBook) -> None:
    assert map_of(make_book) is None
    shown = make_book().outlook_chart()
    assert isinstance(shown, Prose)
