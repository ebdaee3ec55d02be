import re
from collections import Counter
from itertools import pairwise

import pytest
from matplotlib.patches import Rectangle

from planbook.periods import Edition
from planbook.present.charts.edition_counts import edition_counts
from planbook.present.charts.figure import Figure
from planbook.vocabulary import Rating
from tests.present.sheets import sheet

FIRST = Edition.parse("2025-Q1")


def chart(*counts: dict[Rating, int]) -> Figure:
    made = edition_counts(
        {FIRST.plus(n): Counter(own) for n, own in enumerate(counts)}, source="来源"
    )
    assert made is not None
    return made


def words(figure: Figure) -> list[str]:
    return [word.text for word in sheet(figure).words]


COURSE = ({Rating.BEHIND: 3, Rating.MET: 1}, {Rating.BEHIND: 1, Rating.MET: 3})


def test_each_row_is_named_by_word_and_symbol_with_the_newest_number() -> None:
    shown = words(chart(*COURSE))
    assert {"★ 已达成", "▲ 滞后", "3项", "1项"} <= set(shown)
    assert not any("达序时" in word for word in shown)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (COURSE, "已达成或达序时的目标由2025年一季度的1项增至2025年二季度的3项，共4项"),
        (COURSE[::-1], "已达成或达序时的目标由2025年一季度的3项减至2025年二季度的1项，共4项"),
        (COURSE[:1] * 2, "2025年二季度已达成或达序时的目标1项，与2025年一季度相同，共4项"),
        (COURSE[:1], "2025年一季度已达成或达序时的目标1项，共4项"),
    ],
)
def test_the_title_says_what_became_of_those_that_do_well(
    counts: tuple[dict[Rating, int], ...], said: str
) -> None:
    assert chart(*counts).title == said


def test_the_text_for_those_who_do_not_see_it_has_the_course_of_each_rating() -> None:
    assert "滞后2025年一季度3项，2025年二季度1项，其间最多3项、最少1项" in chart(*COURSE).alt


@pytest.mark.parametrize("editions", [1, 3, 12, 40])
def test_no_two_numbers_lie_on_each_other_and_all_lie_on_the_sheet(editions: int) -> None:
    every = dict.fromkeys(Rating, 11)
    figure = chart(*[every] * editions)
    width, height = figure.drawing.bbox.width, figure.drawing.bbox.height
    by_line: dict[float, list[float]] = {}
    for word in sheet(figure).words:
        assert 0 <= word.x <= width
        assert 0 <= word.y <= height
        if word.text == "11" and word.kind != "wide":
            by_line.setdefault(round(word.y), []).append(word.x)
    for places in by_line.values():
        apart = [right - left for left, right in pairwise(places)]
        assert min(apart, default=20.0) >= 20.0
    assert bool(by_line) is (editions <= 12)


def test_a_bar_is_drawn_for_each_number_but_zero_on_one_scale() -> None:
    figure = chart({Rating.MET: 2}, {Rating.MET: 4, Rating.BEHIND: 2})
    (axes,) = figure.drawing.axes
    heights = [bar.get_height() for bar in axes.patches if isinstance(bar, Rectangle)]
    assert heights == [pytest.approx(x) for x in (12.0, 24.0, 12.0)]


def test_without_goals_there_is_no_chart() -> None:
    assert edition_counts({}, source="来源") is None


def test_the_same_counts_give_the_same_drawing() -> None:
    assert re.sub(r"\s", "", chart(*COURSE).svg()) == re.sub(r"\s", "", chart(*COURSE).svg())
