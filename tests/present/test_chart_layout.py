"""What a reader sees of every chart of both datasets, on a wide and on a narrow screen."""

import re
from itertools import combinations

import pytest
from bs4 import BeautifulSoup, Tag

from planbook.present.chapter import Book
from planbook.present.lettering import text_width
from planbook.present.style import LABEL, SMALL, WIDTH, Figure

Box = tuple[float, float, float, float, str]


@pytest.fixture(scope="module")
def charts(judged_book: Book) -> list[Figure]:
    shown = [judged_book.trajectory(goal.id) for goal in judged_book.plan.goals]
    for part in judged_book.plan.chapters:
        if part.goals:
            chapter = judged_book.chapter(part.id)
            shown += [chapter.summary_figure(), chapter.small_multiples()]
    return [chart for chart in shown if isinstance(chart, Figure)]


def drawing(chart: Figure) -> Tag:
    found = BeautifulSoup(chart.html(), "html.parser").find("svg")
    assert isinstance(found, Tag)
    return found


def boxes(svg: Tag, size: float, *, narrow: bool) -> list[Box]:
    found = []
    for text in svg.find_all("text"):
        group = text.parent
        if narrow and group is not None and "pb-wide" in str(group.get("class")):
            continue
        said, x, y = text.get_text(), float(str(text["x"])), float(str(text["y"]))
        width = text_width(said, size)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[str(text["text-anchor"])]
        found.append((left, y - 0.8 * size, left + width, y + 0.05 * size, said))
    return found


def clash(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 0.5 and min(one[3], other[3]) - max(one[1], other[1]) > 0.5


@pytest.mark.parametrize(("size", "narrow"), [(SMALL, False), (LABEL, True)])
def test_no_words_lie_on_each_other_or_beyond_the_edge(
    charts: list[Figure], size: float, narrow: bool
) -> None:
    for chart in charts:
        svg = drawing(chart)
        height = float(str(svg["viewbox"]).split()[3])
        words = boxes(svg, size, narrow=narrow)
        clashes = [(a[4], b[4]) for a, b in combinations(words, 2) if clash(a, b)]
        assert not clashes, (chart.id, clashes)
        outside = [
            b[4] for b in words if b[0] < -1 or b[2] > WIDTH + 1 or b[1] < -2 or b[3] > height
        ]
        assert not outside, (chart.id, outside)


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


def test_a_trajectory_names_its_unit(charts: list[Figure], judged_book: Book) -> None:
    for chart in charts:
        if chart.id in judged_book.views:
            assert chart.subtitle.startswith("单位：")


def test_the_same_data_give_the_same_chart(judged_book: Book) -> None:
    for goal in ("software-revenue", "lawyers"):
        one, two = judged_book.trajectory(goal), judged_book.trajectory(goal)
        if isinstance(one, Figure) and isinstance(two, Figure):
            assert one.html() == two.html()
            assert one.svg() == two.svg()


def test_letters_are_legible_on_a_telephone() -> None:
    column = 344  # px of a page 360 wide
    assert LABEL * column / WIDTH >= 9.9
