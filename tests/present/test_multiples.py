from collections.abc import Callable

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
    shown = [(book.views[g], series_of(book.plan, book.views[g], book.tables)) for g in goals]
    chart = multiples(shown, {}, id="course-x", where="本章", source="来源", root="../")
    return "" if chart is None else chart.html()


def test_every_goal_has_its_panel_and_all_share_the_years(make_book: MakeBook) -> None:
    page = drawn(book_of(make_book), GOALS)
    for words in ("检验检测机构数量", "律师从业人员", "2026", "2027"):
        assert f">{words}<" in page


def test_the_title_counts_who_stands_where_it_should(make_book: MakeBook) -> None:
    assert "本章2项可比目标中，1项达到应达水平，1项未达到" in drawn(book_of(make_book), GOALS)


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
