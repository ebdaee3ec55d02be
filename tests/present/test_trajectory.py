from collections.abc import Callable
from typing import Any

import pytest
from present_rows import (
    LEVEL,
    LEVEL_OBSERVATIONS,
    LEVEL_REVISION,
    LEVEL_VERDICT,
    LEVEL_YEARLY_TARGET,
    observation,
)

from planbook.frames import ANNUAL_TARGETS, OBSERVATIONS, REVISIONS
from planbook.present.chapter import Book
from planbook.present.style import Figure
from planbook.present.text import Prose
from planbook.present.trajectory import finding
from planbook.present.views import GoalView

MakeBook = Callable[..., Book]
MakeView = Callable[..., GoalView]


def level(make_book: MakeBook, **frames: Any) -> Figure:
    frames = {"observations": OBSERVATIONS.frame(LEVEL_OBSERVATIONS)} | frames
    chart = make_book({LEVEL: LEVEL_VERDICT}, **frames).trajectory(LEVEL)
    assert isinstance(chart, Figure)
    return chart


def test_a_level_shows_unit_period_path_target_and_source(make_book: MakeBook) -> None:
    chart = level(make_book)
    svg = chart.svg()
    for words in ("应达路径", "目标 120家", "基期 78", "102家", "9月", "2026年"):
        assert words in svg
    assert "单位：家" in chart.subtitle
    assert chart.source.startswith("资料来源：检验检测行业服务部门报送，2026年三季度版。")
    assert chart.source.endswith("示例数据，不是真实统计。")
    assert chart.title == "检验检测机构数量102家，低于应达水平0.5家（在达序时界限内），达序时●"


def test_the_alternative_text_is_a_sentence_with_the_numbers(make_book: MakeBook) -> None:
    alt = level(make_book).alt
    assert "102家" in alt
    assert "2024年末为78家，2027年目标为120家。" in alt


def test_provisional_and_revised_values_are_told_apart(make_book: MakeBook) -> None:
    chart = level(make_book, revisions=REVISIONS.frame([LEVEL_REVISION]))
    assert "空心点为快报或估计数，×为修订前的数" in chart.subtitle
    assert "×" not in level(make_book).subtitle


def test_yearly_targets_are_drawn_and_named(make_book: MakeBook) -> None:
    chart = level(make_book, annual_targets=ANNUAL_TARGETS.frame([LEVEL_YEARLY_TARGET]))
    assert "年度目标" in chart.svg()
    assert "年度目标" not in level(make_book).svg()


def test_the_estimate_of_a_year_is_marked_as_such(make_book: MakeBook) -> None:
    known = {
        "rating": "滞后",
        "rated_by": "growth",
        "accumulation": "ytd",
        "latest_value": 246.7,
        "latest_period": "2026-09",
        "is_estimate": True,
        "observed_value": 345.97,
        "observed_period": "2026-12",
        "path_value": 361.0,
        "target_value": 400.0,
    }
    rows = [observation("testing-revenue", "2026-09", 246.7)]
    book = make_book({"testing-revenue": known}, observations=OBSERVATIONS.frame(rows))
    chart = book.trajectory("testing-revenue")
    assert isinstance(chart, Figure)
    assert "推算 346.0 ▲" in chart.svg()
    assert "1—9月" in chart.html()


def test_nothing_to_draw_is_said_in_words(make_book: MakeBook) -> None:
    shown = make_book().trajectory("testing-revenue")
    assert isinstance(shown, Prose)
    assert "尚无数据" in shown.text


def test_a_growth_without_any_rate_is_not_drawn_as_an_empty_chart(make_book: MakeBook) -> None:
    goal = "energy-services-growth"
    known = {"accumulation": "ytd", "latest_value": 103.05, "latest_period": "2026-09"}
    indicator = make_book().views[goal].indicator.id
    rows = [observation(indicator, "2026-09", 103.05)]
    shown = make_book({goal: known}, observations=OBSERVATIONS.frame(rows)).trajectory(goal)
    assert isinstance(shown, Prose)
    assert "尚无同比和完整年度的数据" in shown.text


@pytest.mark.parametrize(
    ("value", "said"), [(102.5, "与应达水平持平"), (120.0, "高于应达水平18家")]
)
def test_the_title_states_the_finding(make_view: MakeView, value: float, said: str) -> None:
    view = make_view(
        "testing-institutions",
        rating="达序时",
        latest_value=value,
        observed_value=value,
        path_value=102.5,
    )
    assert said in finding(view)
