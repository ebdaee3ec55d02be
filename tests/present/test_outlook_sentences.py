"""The outlook in words: the likelihood first, then numbers; a reference is no forecast."""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from planbook.outlook_frames import OUTLOOKS, OutlookGate
from planbook.present import numbers
from planbook.present.pages.key_numbers import key_numbers
from planbook.present.say import goal_terms
from planbook.present.say.needed_words import required_words
from planbook.present.say.outlook_families import family_sentence
from planbook.present.say.outlook_sentences import (
    Likelihood,
    class_remark,
    implied_growth,
    likelihood,
    likelihood_words,
    outlook_class,
    outlook_headline,
    outlook_sentence,
    time_words,
)
from planbook.present.views import GoalView
from tests.present.conftest import MakeBook
from tests.present_rows import LEVEL, LEVEL_VERDICT, outlook

MakeView = Callable[..., GoalView]
NO_FORECAST: dict[str, Any] = {
    "outlook_low95": nan,
    "outlook_low80": nan,
    "outlook_mid": nan,
    "outlook_high80": nan,
    "outlook_high95": nan,
    "own_pace_meets": False,
}
REFERENCE = NO_FORECAST | {
    "p_method": "reference",
    "outlook_gate": "short_series",
    "p_met": 0.45,
    "reference_cases": 3220,
}
NONE = NO_FORECAST | {"p_method": "", "p_met": nan, "outlook_gate": "decided"}
REVENUE = {
    "quantity": "year_sum",
    "outlook_low80": 1580.4,
    "outlook_mid": 1652.3,
    "outlook_high80": 1729.6,
    "threshold": 1600.0,
    "p_met": 0.75,
    "own_pace_meets": True,
    "recent_per_quarter": 402.53,
    "required_per_quarter": 392.91,
}


@pytest.fixture
def expected(make_view: MakeView) -> Callable[..., GoalView]:
    """Return the view of a goal with the outlook that has these columns."""

    def make(goal: str = LEVEL, verdict: dict[str, Any] | None = None, **known: Any) -> GoalView:
        view = make_view(goal, **(verdict or LEVEL_VERDICT))
        return view.at(view.verdict, outlook(goal, **known))

    return make


@pytest.mark.parametrize(
    ("p", "word"),
    [
        (0.95, Likelihood.LIKELY),
        (0.70, Likelihood.LIKELY),
        (0.65, Likelihood.OPEN),
        (0.35, Likelihood.OPEN),
        (0.30, Likelihood.UNLIKELY),
        (0.05, Likelihood.UNLIKELY),
    ],
)
def test_a_likelihood_has_a_word(p: float, word: Likelihood) -> None:
    assert likelihood(p) is word


def test_the_word_comes_first_and_all_numbers_with_it(
    expected: Callable[..., GoalView], approved: SnapshotAssertion
) -> None:
    assert outlook_sentence(expected()) == approved
    assert (
        outlook_sentence(expected("testing-revenue", {"rating": "达序时"}, **REVENUE)) == approved
    )


def test_a_median_short_of_what_meets_never_reads_as_it(expected: Callable[..., GoalView]) -> None:
    said = outlook_sentence(expected(outlook_mid=119.7))
    assert "预计2027年末119.7家" in said
    assert "达标值120家" in said


def test_only_an_unlikely_goal_that_its_pace_would_meet_is_told_so(
    expected: Callable[..., GoalView],
) -> None:
    told = "按现有步伐"
    assert told in outlook_sentence(expected(p_met=0.3))
    assert told not in outlook_sentence(expected(p_met=0.35))
    assert told not in outlook_sentence(expected(p_met=0.3, own_pace_meets=False))


def test_of_a_goal_to_fall_it_is_the_fall_that_slows_down(
    expected: Callable[..., GoalView],
) -> None:
    rising = outlook_sentence(expected())
    assert "按现有步伐（近14个季度的平均增速）可以达到；同类数列的增速多会放缓。" in rising
    falling = outlook_sentence(expected("logistics-cost-gdp"))
    assert "平均降速）可以达到；同类数列的降速多会放缓。" in falling


def test_a_reference_is_never_said_to_be_a_forecast(
    expected: Callable[..., GoalView], approved: SnapshotAssertion
) -> None:
    view = expected(**REFERENCE)
    said = outlook_sentence(view)
    assert said == approved
    assert said.startswith("同类情形的历史频率约45%（不是模型预测）")
    assert "预计" not in said
    assert not any(word in said for word in Likelihood)
    assert outlook_class(view) is Likelihood.OPEN  # counted so, and told apart
    assert class_remark([view]) == "其中1项为同类情形的历史频率"


@pytest.mark.parametrize("gate", OutlookGate)
def test_without_a_likelihood_it_is_said_why(
    expected: Callable[..., GoalView], gate: OutlookGate
) -> None:
    view = expected(**NONE | {"outlook_gate": str(gate)})
    assert outlook_sentence(view) == f"{gate.label}，不作估计。"
    assert likelihood_words(view) == ""


def test_a_jump_leaves_the_interval_and_no_likelihood(expected: Callable[..., GoalView]) -> None:
    view = expected(p_method="", p_met=nan, p_exact=nan, outlook_gate="jump", own_pace_meets=False)
    said = outlook_sentence(view)
    assert said.startswith("数列有跳变，不给可能性：预计2027年末117家，80%区间110—124家")
    assert outlook_class(view) == "不作估计"


def test_values_filled_in_and_a_short_series_are_told(expected: Callable[..., GoalView]) -> None:
    said = outlook_sentence(expected(filled_periods=1, p_method="short_model", history_periods=6))
    assert "依据近6个季度（其中1个为推算，数列较短，把握更小）" in said


@pytest.mark.parametrize(("quarters", "said"), [(5.0, "5个季度"), (16 / 3, "16个月")])
def test_time_is_told_in_quarters_or_else_in_months(quarters: float, said: str) -> None:
    assert time_words(quarters) == said


def test_a_growth_goal_is_told_as_value_and_as_growth(expected: Callable[..., GoalView]) -> None:
    base = {"rating": "达序时", "baseline_value": 1000.0, "baseline_period": "2024-12"}
    view = expected("software-revenue-cagr", base, **REVENUE | {"threshold": 1728.0})
    assert implied_growth(view, 1728.0, view.due) == pytest.approx(20.0)
    said = outlook_sentence(view)
    assert "预计2027年1,652.3亿元（年均增长18.2%）" in said
    assert "达标值1,728亿元（年均增长20%）" in said


def test_an_interval_below_zero_is_not_read_as_a_dash(expected: Callable[..., GoalView]) -> None:
    said = outlook_sentence(expected(outlook_low80=-4.0, outlook_high80=3.0))
    assert "80%区间−4至3家" in said


def test_goals_on_one_indicator_are_said_together(make_book: MakeBook) -> None:
    one, other = "software-revenue", "software-revenue-cagr"
    rows = OUTLOOKS.frame([outlook(one, p_met=0.8), outlook(other, p_met=0.4)])
    book = make_book(outlooks=rows)
    said = family_sentence(book, book.views[one])
    assert "达标尚不确定（40%）：依据同一数列，不是各自独立的判断。" in said
    assert family_sentence(book, book.views["green-loans"]) == ""


def test_goals_are_counted_by_word(make_book: MakeBook) -> None:
    rows = [outlook(LEVEL, p_met=0.8), outlook("green-loans", **REFERENCE)]
    views = make_book(outlooks=OUTLOOKS.frame(rows)).views.values()
    assert outlook_headline(views) == (
        "可能性较大1项、尚不确定1项（其中1项为同类情形的历史频率，不是预测），另有59项不作估计"
    )


def test_where_nothing_is_estimated_that_is_said_of_all(make_book: MakeBook) -> None:
    assert outlook_headline(make_book().views.values()) == "61项目标均不作估计"
    assert outlook_headline(()) == ""


def test_tables_without_outlooks_say_nothing(make_view: MakeView) -> None:
    assert outlook_sentence(make_view(LEVEL, **LEVEL_VERDICT)) == ""


@pytest.mark.parametrize("needed", [15.4, 5.6, 0.4, 88.0])
def test_what_each_quarter_must_bring_is_one_number_in_every_place(
    expected: Callable[..., GoalView], needed: float
) -> None:
    added = {"quantity": "remaining_sum", "required_per_quarter": needed, "recent_per_quarter": 3.0}
    view = expected("tech-managers", {"required_step": needed, "rating": "滞后"}, **added)
    said = f"{numbers.short(*goal_terms.needed(view, needed))}人"
    assert f"每季平均还需{said}" in outlook_sentence(view)
    assert required_words(view) == f"每季度增加{said}"
    assert said in str(key_numbers(view))


def test_who_keeps_to_what_each_quarter_must_bring_reaches_the_target(
    expected: Callable[..., GoalView],
) -> None:
    said = outlook_sentence(expected(**REVENUE | {"required_per_quarter": 392.91}))
    assert "每季平均还需增加393家" in said
