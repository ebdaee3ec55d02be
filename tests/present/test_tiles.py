from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag

from planbook.present.chapter import Book
from planbook.present.tiles import standing, state, tiles, time_due
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

MakeView = Callable[..., GoalView]


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def tile(view: GoalView) -> Tag:
    (found,) = soup(tiles([view], "")).select(".pb-tile")
    return found


def test_every_goal_has_one_tile_linked_to_its_page(judged_book: Book) -> None:
    page = soup(tiles(list(judged_book.views.values()), "../"))
    links = [link["href"] for link in page.select(".pb-tile a")]
    assert links == [f"../goals/{id}.html" for id in judged_book.views]
    titles = [head.text for head in page.select("h3 a")]
    assert titles == [c.title for c in judged_book.plan.chapters if c.goals]


def test_a_tile_says_name_rating_value_period_target_and_due_date(make_view: MakeView) -> None:
    known = {"latest_value": 2735.43, "latest_period": "2026-09", "increment_completion": 0.589}
    found = tile(make_view("green-loans", rating="达序时", time_elapsed=0.5833, **known))
    for said in ("绿色贷款余额", "● 达序时", "2,735.43亿元", "2026年9月末", "3,200亿元", "2027年"):
        assert said in found.text
    assert "增量完成59%，序时58%" in found.text
    bar = found.select_one(".pb-progress i")
    assert bar is not None
    assert bar["style"] == "width:58.9%"


@pytest.mark.parametrize(("done", "width"), [(-0.2, "0"), (2.0, "100")])
def test_the_bar_stays_in_its_frame(make_view: MakeView, done: float, width: str) -> None:
    view = make_view("green-loans", rating="逆转", increment_completion=done, time_elapsed=0.5)
    bar = tile(view).select_one(".pb-progress i")
    assert bar is not None
    assert bar["style"] == f"width:{width}%"


def test_what_cannot_be_judged_says_why_and_draws_no_bar(make_view: MakeView) -> None:
    found = tile(make_view("green-loans"))
    assert "○ 无法判定 基数待补" in found.text
    assert found.select_one(".pb-progress") is None


def test_an_average_growth_shows_the_growth_and_not_the_level(make_view: MakeView) -> None:
    known = {"latest_value": 899.2, "latest_period": "2026-08", "pace": 0.91}
    view = make_view(
        "software-revenue-cagr",
        rating="滞后",
        observed_value=18.19,
        observed_period="2025-12",
        **known,
    )
    value, when = standing(view)
    assert (soup(value).text, when) == ("年均18.2%", "截至2025年")
    assert time_due(view) == "进度比0.91"


def test_a_goal_of_every_year_shows_what_is_due_by_now(make_view: MakeView) -> None:
    known = {"latest_value": 6.34, "path_value": 6.156, "time_elapsed": 0.75}
    assert time_due(make_view("hr-placements-yearly", **known)) == "此时应达6.16万人次"


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


def test_when_nothing_can_be_judged_no_share_is_printed(make_view: MakeView) -> None:
    lead = soup(state([make_view("green-loans"), make_view("lawyers")], "")).select_one("p")
    assert lead is not None
    assert lead.text == "2项目标均无法判定"


def test_counts_add_up_and_need_no_scoreboard(judged_book: Book) -> None:
    page = soup(state(list(judged_book.views.values()), ""))
    assert sum(int(b.text) for b in page.select("li b")) == len(judged_book.views)
    assert page.a is None


@pytest.mark.parametrize("rating", Rating)
def test_each_rating_has_its_symbol_and_word_on_the_first_screen(
    make_view: MakeView, rating: Rating
) -> None:
    view = make_view("green-loans", rating=str(rating), reason="")
    for text in (state([view], ""), tiles([view], "")):
        assert rating.symbol in text
        assert str(rating) in text


def test_html_of_the_first_screen_has_no_blank_line(judged_book: Book) -> None:
    views = list(judged_book.views.values())
    assert "\n\n" not in state(views, "") + tiles(views, "")
