"""One number, one wording: sentence, tile, title of the chart and its table say the same."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planbook.outlook_frames import OUTLOOKS
from planbook.present.briefing.decisions import shortfall_words
from planbook.present.charts.figure import Figure
from planbook.present.charts.trajectory import goal_chart
from planbook.present.formulas.formula_symbols import share_symbol, value_meaning
from planbook.present.pages.key_numbers import key_numbers
from planbook.present.say.alert_sentences import alert_sentence
from planbook.present.say.chart_words import gap_words, named, status_words
from planbook.present.say.course_words import finding
from planbook.present.say.goal_terms import estimate_short, time_left
from planbook.present.say.needed_words import remaining_words
from planbook.present.say.outlook_sentences import outlook_sentence
from planbook.present.say.sentences import goal_sentence
from planbook.present.say.verdict_clauses import required
from planbook.present.tables.goal_record import record_table
from planbook.present.tables.goal_tables import likelihood_cell, yoy_cell
from planbook.present.tables.outlook_tables import outlook_history_table
from planbook.present.views import GoalView
from planbook.vocabulary import Comparator, Direction, Kind
from planbook.watch_frames import AlertRule
from tests.present.conftest import judged
from tests.present_rows import LEVEL, LEVEL_VERDICT, outlook

MakeView = Callable[..., GoalView]
AVERAGE: dict[str, Any] = {
    "rating": "达序时",
    "rated_by": "average_growth",
    "latest_value": 1276.47,
    "latest_period": "2025-12",
    "observed_period": "2025-12",
    "target_value": 20.0,
    "meeting_value": 19.0,
    "path_value": 19.0,
}
FEW: dict[str, Any] = {
    "rating": "滞后",
    "rated_by": "whole_units",
    "latest_value": 4.0,
    "latest_period": "2026-06",
    "observed_value": 4.4,
    "observed_period": "2026-12",
    "is_estimate": True,
    "baseline_value": 4.0,
    "target_value": 6.0,
    "meeting_value": 6.0,
    "path_value": 5.0,
    "remaining": 1.6,
}


@pytest.mark.parametrize(
    ("value", "gap", "shown"),
    [(18.192, "低于达标值0.8个百分点", "18.2%"), (18.999, "低于达标值0.001个百分点", "18.999%")],
)
def test_an_average_is_held_to_what_meets_everywhere(
    make_view: MakeView, value: float, gap: str, shown: str
) -> None:
    view = make_view("software-revenue-cagr", observed_value=value, pace=value / 19, **AVERAGE)
    points = gap.removeprefix("低于达标值")
    assert f"目标为年均增长20%左右，比达标值（19%）低{points}" in goal_sentence(view)
    assert f"{shown}，{gap}（在达序时界限内）" in finding(view)
    assert shown in key_numbers(view)
    assert f"年均增速{shown}" in shortfall_words(view)


def test_an_estimate_of_few_things_has_its_decimal_everywhere(make_view: MakeView) -> None:
    view = make_view("large-exhibitions", **FEW)
    assert "推算数距目标还差1.6个" in goal_sentence(view)
    assert remaining_words(view) == "1.6个"
    assert value_meaning(view).endswith("：4.4个")
    assert "推算全年4.4个，低于应达水平0.6个" in finding(view)


def test_an_estimate_reads_the_same_in_charts_and_sentence() -> None:
    """Of all goals of the demonstration: in its own chart, at the chapter's bar, in words."""
    book = judged("demo")
    estimated = [view for view in book.views.values() if view.estimated is not None]
    assert any(view.decimals == 0 and "." in estimate_short(view) for view in estimated)
    for view in estimated:
        number = estimate_short(view).removeprefix("推算").removesuffix(view.indicator.unit).strip()
        assert f"约{estimate_short(view).removeprefix('推算')}" in goal_sentence(view)
        chart = goal_chart(book, view.id)
        assert isinstance(chart, Figure)
        assert f">推算 {number} {view.verdict.rating.symbol}" in chart.html(), view.name
        at_bar = status_words(view)
        if at_bar and view.kind is not Kind.GROWTH_VS_BASE:  # there the bar has the growth
            assert re.match(rf"推算{re.escape(number)}(?![.\d])", at_bar), view.name


def test_the_time_left_is_counted_in_editions_from_this_one(make_view: MakeView) -> None:
    known = FEW | {"is_estimate": False, "observed_value": 4.0, "observed_period": "2025-12"}
    known |= {"latest_period": "2025-12", "remaining": 3.0}
    stock = make_view("overall-10bn-agglomeration-areas", **known)
    assert time_left(stock) == "5个季度"
    assert "还有5个季度" in goal_sentence(stock)
    assert "到期前还有5个季度" in key_numbers(stock)
    yearly = make_view("large-exhibitions", **FEW)
    assert time_left(yearly) == ""
    assert "到期前还有" not in key_numbers(yearly)
    assert "本年还有1个季度" in key_numbers(yearly)  # of the running year alone


def test_what_is_due_of_a_count_has_its_fraction(make_view: MakeView) -> None:
    known = {"rating": "严重滞后", "rated_by": "cumulative", "latest_value": 13.0}
    known |= {"latest_period": "2026-09", "observed_value": 13.0, "observed_period": "2026-09"}
    view = make_view("overall-net-new-above-scale", path_value=41 * 21 / 36, **known)
    assert "23.9家" in key_numbers(view)
    assert "低于应达水平10.9家" in finding(view)


def test_behind_by_a_hair_is_never_level(make_view: MakeView) -> None:
    view = make_view("green-loans", rating="达序时")
    assert gap_words(view, 99.996, 100.0, "应达水平") == ("低于应达水平0.004亿元（在达序时界限内）")
    assert gap_words(view, 100.0, 100.0, "应达水平") == "与应达水平持平"


@pytest.mark.parametrize(
    ("name", "said"),
    [("Firms", "Firms为3"), ("Łódź", "Łódź为3"), ("CO₂", "CO₂为3"), ("机构", "机构3")],
)
def test_a_name_in_letters_does_not_run_into_its_number(name: str, said: str) -> None:
    assert named(name, "3") == said
    assert named(name, "推算全年3") == f"{name}推算全年3"


def test_the_year_that_must_meet_goes_by_its_usual_share(make_view: MakeView) -> None:
    view = make_view(
        "hr-placements-yearly", usual_share=0.556, share_due=0.556, share_from_history=True
    )
    assert share_symbol(view) == ("r", "此时应完成的份额：55.6%，往年同期占比")


def falling(view: GoalView, target: float, comparator: Comparator) -> GoalView:
    goal = view.goal.model_copy(
        update={"target": target, "comparator": comparator, "direction": Direction.DOWN}
    )
    return replace(view, goal=goal)


def test_a_rate_below_zero_is_a_fall(make_view: MakeView) -> None:
    at_most = falling(make_view("scrap-appliances-growth"), -15, Comparator.AT_MOST)
    assert at_most.target_words() == "较2023年下降15%以上"
    about = falling(make_view("leasing-growth"), -3, Comparator.ABOUT)
    assert about.target_words() == "年均下降3%左右"
    assert about.target_words(short=True) == "下降3%左右"


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (-0.04, "此后年均须下降4.0%"),
        (0.04, "此后年均增幅不超过4.0%即可达到目标"),
        (0.0, "此后不高于现有水平即可达到目标"),
    ],
)
def test_a_rate_that_must_fall_is_said_to_fall(make_view: MakeView, rate: float, said: str) -> None:
    known = AVERAGE | {"observed_value": -2.0, "required_rate": rate}
    assert required(falling(make_view("leasing-growth", **known), -3, Comparator.AT_MOST)) == said


def test_a_goal_for_every_year_is_not_said_to_be_of_the_last(make_book: Callable[..., Any]) -> None:
    book = make_book()
    table = record_table(book, book.views["hr-placements-yearly"])
    assert "至2027年每年7.6万人次" in table.html()


def test_a_likelihood_reads_the_same_in_sentence_tile_column_and_what_ifs(
    make_book: Callable[..., Any],
) -> None:
    book = make_book({LEVEL: LEVEL_VERDICT}, outlooks=OUTLOOKS.frame([outlook(LEVEL, p_met=0.3)]))
    view = book.views[LEVEL]
    assert outlook_sentence(view).startswith("可能性较小（30%）")
    assert "可能性较小（30%）" in key_numbers(view)
    cell = likelihood_cell(view)
    assert (cell.text, cell.mark) == ("较小", "30%")
    (then,) = outlook_history_table(book, view).groups[0].rows
    assert then[1].text == "可能性较小（30%）"


def test_a_reference_reads_the_same_in_sentence_tile_and_column(
    make_book: Callable[..., Any],
) -> None:
    known: dict[str, Any] = {"p_method": "reference", "outlook_gate": "yearly", "p_met": 0.45}
    book = make_book({LEVEL: LEVEL_VERDICT}, outlooks=OUTLOOKS.frame([outlook(LEVEL, **known)]))
    view = book.views[LEVEL]
    assert "同类情形的历史频率约45%（不是模型预测）" in outlook_sentence(view)
    assert "约45%<small>同类情形的历史频率，不是模型预测" in key_numbers(view)
    assert likelihood_cell(view).said == "约45% 历史频率"


def test_the_growth_needed_says_from_which_value_it_is_counted() -> None:
    """A warning counts from other values than a goal's page: neither leaves that to be guessed."""
    book, starts = judged("demo"), {"international-trains": "推算的2026年全年数"}
    starts |= {"leasing-growth": "2025年数", "tech-firm-loans": "最新值"}
    for goal_id, start in starts.items():
        assert f"<small>从{start}算起，至到期</small>" in key_numbers(book.views[goal_id])
    rows = (row for row in book.rows.alerts if row.alert_rule is AlertRule.BEYOND_HISTORY)
    warned = {row.goal_id: alert_sentence(book, row) for row in rows}
    assert "（从近四季合计算起）" in warned["international-trains"]
    assert "（从最新数据算起）" in warned["leasing-growth"]


def test_a_growth_that_the_values_contradict_says_so_wherever_it_stands() -> None:
    view = judged("demo").views["exhibition-area"]
    assert "<small>名义；按总量计算为增长4.7%</small>" in key_numbers(view)
    assert yoy_cell(view).notes == ("按总量计算为增长4.7%",)
    assert "按总量计算为增长4.7%" in goal_sentence(view)
