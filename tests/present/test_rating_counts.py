from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.rating_counts import state
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

MakeView = Callable[..., GoalView]


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def test_the_counts_keep_what_cannot_be_judged_in_the_denominator(make_view: MakeView) -> None:
    page = soup(state([make_view("green-loans", rating="达序时"), make_view("lawyers")], "o.html"))
    lead = page.select_one(".pb-state-lead")
    assert lead is not None
    assert lead.text == "1／2项目标已达成或达序时，占50.0%"
    assert [item.text for item in page.select("li")] == [
        "● 达序时 1项，50.0%",
        "○ 无法判定 1项，50.0%",
    ]
    assert page.a is not None
    assert page.a["href"] == "o.html#scoreboard?rating=on-course"


def test_provisional_ratings_stay_in_their_class_and_are_counted_within_it(
    make_view: MakeView,
) -> None:
    lag = {"rating": "滞后", "rating_provisional": True}
    views = [make_view("green-loans", **lag), make_view("lawyers", rating="滞后")]
    page = soup(state(views, ""))
    assert [item.text for item in page.select("li")] == ["▲ 滞后 2项，100.0%（其中初步1项）"]


def test_when_nothing_can_be_judged_no_share_is_printed(make_view: MakeView) -> None:
    lead = soup(state([make_view("green-loans"), make_view("lawyers")], "")).select_one("p")
    assert lead is not None
    assert lead.text == "2项目标均无法判定"


def test_counts_add_up_and_need_no_scoreboard(judged_book: OpenBook) -> None:
    page = soup(state(list(judged_book.views.values()), ""))
    assert sum(int(b.text) for b in page.select("li b")) == len(judged_book.views)
    assert page.a is None


@pytest.mark.parametrize("rating", Rating)
def test_each_rating_has_its_symbol_and_word(make_view: MakeView, rating: Rating) -> None:
    text = state([make_view("green-loans", rating=str(rating), reason="")], "")
    assert rating.symbol in text
    assert str(rating) in text
    assert "\n\n" not in text
