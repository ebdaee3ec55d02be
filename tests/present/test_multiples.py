import html
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from math import nan

import pytest

from planbook.frames import OBSERVATIONS
from planbook.present.charts.figure import EDGE, LABEL, WIDTH
from planbook.present.charts.lettering import text_width
from planbook.present.charts.multiples import multiples
from planbook.present.notebook.opened import OpenBook
from planbook.present.points import series_of
from tests.present_rows import observation

MakeBook = Callable[..., OpenBook]
GOALS = ("testing-institutions", "lawyers", "testing-revenue")


def book_of(make_book: MakeBook) -> OpenBook:
    rows = [observation(goal, "2026-09", 100.0) for goal in GOALS]
    above = {"rating": "达序时", "observed_value": 100.0, "path_value": 90.0, "latest_value": 100.0}
    return make_book(
        {"testing-institutions": above, "lawyers": above | {"path_value": 110.0}},
        observations=OBSERVATIONS.frame(rows),
    )


def drawn(book: OpenBook, goals: tuple[str, ...]) -> str:
    shown = [(book.views[g], series_of(book, book.views[g])) for g in goals]
    chart = multiples(shown, {}, id="course-x", where="本章", source="来源")
    return "" if chart is None else chart.html()


def test_every_goal_has_its_panel_and_all_share_the_years(make_book: MakeBook) -> None:
    page = drawn(book_of(make_book), GOALS)
    for words in ("检验检测机构数量", "律师从业人员", "2026", "2027"):
        assert f">{words}<" in page


def judged(make_book: MakeBook, **ratings: str) -> str:
    rows = [observation(goal, "2026-09", 100.0) for goal in GOALS]
    due = {"observed_value": 100.0, "latest_value": 100.0, "path_value": 101.0}
    verdicts = {
        goal.replace("_", "-"): due | {"rating": rating} for goal, rating in ratings.items()
    }
    return drawn(make_book(verdicts, observations=OBSERVATIONS.frame(rows)), GOALS)


def test_the_title_counts_who_stands_where_it_should(make_book: MakeBook) -> None:
    page = judged(make_book, testing_institutions="滞后", lawyers="严重滞后")
    assert "本章2项可比目标均未达到应达水平" in page


def test_the_title_says_what_is_short_of_the_level_due_and_on_course_all_the_same(
    make_book: MakeBook,
) -> None:
    page = judged(make_book, testing_institutions="达序时", lawyers="滞后")
    assert (
        "本章2项可比目标中，1项略低于应达水平、仍在达序时界限内（进度比不低于0.95），1项未达到"
        in page
    )


def test_the_title_says_who_lags_in_spite_of_its_level(make_book: MakeBook) -> None:
    above = {"rating": "达序时", "observed_value": 100.0, "latest_value": 100.0, "path_value": 90.0}
    rows = [observation(goal, "2026-09", 100.0) for goal in GOALS]
    book = make_book(
        {"testing-institutions": above, "lawyers": above | {"rating": "严重滞后"}},
        observations=OBSERVATIONS.frame(rows),
    )
    assert "1项达到应达水平，1项虽达到应达水平，仍评为严重滞后" in drawn(book, GOALS)


def test_a_panel_names_its_first_value_the_newest_and_the_target(make_book: MakeBook) -> None:
    rows = [observation("lawyers", f"2026-0{n}", 90.0 + n) for n in (3, 6, 9)]
    rows += [observation("testing-institutions", "2026-09", 100.0)]
    known = {"latest_value": 99.0, "observed_value": 99.0, "baseline_value": nan}
    book = make_book({"lawyers": known}, observations=OBSERVATIONS.frame(rows))
    page = drawn(book, ("lawyers", "testing-institutions"))
    for words in (">93<", ">99人 ", ">目标 "):
        assert words in page
    assert "柱从零起" not in page
    assert "线不一定从零起" in page


def test_a_goal_without_values_is_named_and_has_no_panel(make_book: MakeBook) -> None:
    page = drawn(book_of(make_book), (*GOALS, "green-loans"))
    assert "没有数据、未画的：绿色贷款余额" in page


def test_one_goal_makes_no_comparison(make_book: MakeBook) -> None:
    assert drawn(book_of(make_book), GOALS[:1]) == ""


def test_value_rating_and_target_of_a_panel_never_touch(make_book: MakeBook) -> None:
    early = {
        "rating": "达序时",
        "rating_provisional": True,
        "latest_value": 17.27,
        "latest_period": "2026-08",
        "observed_value": 26.96,
        "observed_period": "2026-12",
        "is_estimate": True,
    }
    goals = ("handling-storage-revenue", "multimodal-revenue")
    rows = [observation(goal, "2026-08", 17.27) for goal in goals]
    book = make_book(dict.fromkeys(goals, early), observations=OBSERVATIONS.frame(rows))
    shown = drawn(book, goals)
    assert ">推算26.96 ●初步<" in shown
    width = text_width("推算26.96 ●初步 目标 30亿元左右", LABEL)
    assert width <= (WIDTH - 2 * EDGE - 22.0) / 2
    assert "半实心" not in shown  # bars carry no mark


NAME = "Average annual concentration of fine particulate matter in the air of all cities"
WRITTEN = re.compile(r"<text([^>]*)>([^<]+)</text>")


def latin(book: OpenBook, unit: str) -> str:
    """Return the panels of goals whose names and units are long and Latin."""
    shown = []
    for goal in GOALS:
        view = book.views[goal]
        renamed = replace(
            view,
            goal=view.goal.model_copy(update={"name": NAME}),
            indicator=view.indicator.model_copy(update={"unit": unit}),
            unit=unit,
        )
        shown.append((renamed, series_of(book, view)))
    chart = multiples(shown, {}, id="course-x", where="本章", source="来源")
    assert chart is not None
    return chart.svg()


def test_latin_names_are_broken_between_words(make_book: MakeBook) -> None:
    said = [text for _, text in WRITTEN.findall(latin(book_of(make_book), "people"))]
    parts = [text.rstrip("…") for text in said if text[:4] in ("Aver", "part", "matt", "fine")]
    assert len(parts) == 2 * len(GOALS)
    assert {word for part in parts for word in part.split()} <= set(NAME.split())


@pytest.mark.parametrize("unit", ["%", "people", "thousand tonnes of carbon dioxide equivalent"])
def test_no_two_words_of_a_panels_head_lie_on_each_other(make_book: MakeBook, unit: str) -> None:
    boxes = []
    for attributes, text in WRITTEN.findall(latin(book_of(make_book), unit)):
        x, y = (float(re.search(rf'\b{a}="([\d.]+)"', attributes)[1]) for a in "xy")
        anchor = "end" if "end" in attributes else "middle" if "middle" in attributes else "start"
        width = text_width(html.unescape(text), LABEL)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        boxes.append((text, y, left, left + width))
    for one, other in combinations(boxes, 2):
        if abs(one[1] - other[1]) < LABEL * 0.8:
            assert one[3] <= other[2] or other[3] <= one[2], (one, other)
