from collections.abc import Callable

from present_rows import observation

from planbook.frames import OBSERVATIONS
from planbook.present.chapter import Book
from planbook.present.multiples import multiples
from planbook.present.series import series_of

MakeBook = Callable[..., Book]
GOALS = ("testing-institutions", "lawyers", "testing-revenue")


def book_of(make_book: MakeBook) -> Book:
    rows = [observation(goal, "2026-09", 100.0) for goal in GOALS]
    above = {"rating": "达序时", "observed_value": 100.0, "path_value": 90.0, "latest_value": 100.0}
    return make_book(
        {"testing-institutions": above, "lawyers": above | {"path_value": 110.0}},
        observations=OBSERVATIONS.frame(rows),
    )


def drawn(book: Book, goals: tuple[str, ...]) -> str:
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
