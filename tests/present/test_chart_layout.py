"""What a reader sees of every chart of both datasets, on a wide and on a narrow screen."""

import re

import pytest
from bs4 import BeautifulSoup

from planbook.present.charts.figure import LABEL, WIDTH, Figure
from planbook.present.notebook.opened import OpenBook
from tests.drawn_words import SCREENS, clashes, drawing, outside


@pytest.fixture(scope="module")
def charts(judged_book: OpenBook) -> list[Figure]:
    shown = [judged_book.trajectory(goal.id) for goal in judged_book.plan.goals]
    for part in judged_book.plan.chapters:
        if part.goals:
            chapter = judged_book.chapter(part.id)
            shown += [chapter.summary_figure(), chapter.small_multiples()]
    return [chart for chart in shown if isinstance(chart, Figure)]


@pytest.mark.parametrize(("size", "narrow"), SCREENS)
def test_no_words_lie_on_each_other_or_beyond_the_edge(
    charts: list[Figure], size: float, narrow: bool
) -> None:
    for chart in charts:
        assert not clashes(chart, size, narrow=narrow), chart.id
        assert not outside(chart, size, narrow=narrow), chart.id


def test_every_chart_has_its_words_and_values(charts: list[Figure]) -> None:
    for chart in charts:
        page = BeautifulSoup(chart.html(), "html.parser")
        text = page.get_text()
        for words in (chart.title, chart.subtitle, chart.source):
            assert words in text
        assert drawing(chart)["aria-label"] == chart.alt
        assert re.search(r"\d|无法判定", chart.alt)
        assert page.find("details") is not None
        assert re.search(r'href="\.\./downloads/[\w/-]+\.csv"', chart.html())


def test_a_trajectory_names_its_unit(charts: list[Figure], judged_book: OpenBook) -> None:
    for chart in charts:
        if chart.id in judged_book.views:
            assert chart.subtitle.startswith("单位：")


def test_the_same_data_give_the_same_chart(judged_book: OpenBook) -> None:
    for goal in ("software-revenue", "lawyers"):
        one, two = judged_book.trajectory(goal), judged_book.trajectory(goal)
        if isinstance(one, Figure) and isinstance(two, Figure):
            assert one.html() == two.html()
            assert one.svg() == two.svg()


def test_letters_are_legible_on_a_telephone() -> None:
    column = 344  # px of a page 360 wide
    assert LABEL * column / WIDTH >= 9.9
