from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag

from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.tiles import standing, state, tiles
from planbook.present.say.needed_words import progress_words
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

MakeView = Callable[..., GoalView]


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def tile(view: GoalView) -> Tag:
    (found,) = soup(tiles([view])).select(".pb-tile")
    return found


def test_every_goal_has_one_tile_linked_to_its_page(judged_book: OpenBook) -> None:
    page = soup(tiles(list(judged_book.views.values())))
    links = [link["href"] for link in page.select(".pb-tile a")]
    assert links == [f"goals/{id}.html" for id in judged_book.views]
    titles = [head.text for head in page.select("h3 a")]
    assert titles == [c.title for c in judged_book.plan.chapters if c.goals]


def test_a_tile_says_name_rating_value_period_target_and_due_date(make_view: MakeView) -> None:
    known = {"latest_value": 2735.43, "latest_period": "2026-09", "increment_completion": 0.589}
    known |= {"increment_due": 0.5512, "time_elapsed": 0.5833}
    found = tile(make_view("green-loans", rating="达序时", **known))
    for said in ("绿色贷款余额", "● 达序时", "2,735.43亿元", "2026年9月末", "3,200亿元", "2027年"):
        assert said in found.text
    assert "增量完成59%，应达55%" in found.text
    bar, mark = found.select(".pb-progress i, .pb-progress b")
    assert bar["style"] == "width:58.9%"
    assert mark["style"] == "left:55.1%"  # on the path that rates, not where time stands


def test_what_is_short_of_the_target_does_not_read_as_the_target(make_view: MakeView) -> None:
    known = {"rating": "滞后", "latest_period": "2026-09", "target_value": 3200.0}
    value, _ = standing(make_view("green-loans", latest_value=3199.999, **known))
    assert soup(value).text == "3,199.999亿元"
    wanted = make_view("software-revenue-cagr").goal.target
    assert wanted is not None
    reached = {"observed_value": wanted - 0.01, "observed_period": "2027-12"}
    value, _ = standing(make_view("software-revenue-cagr", rating="未达成", **reached))
    assert soup(value).text == f"年均{wanted - 0.01:.2f}%"


@pytest.mark.parametrize(("done", "width"), [(-0.2, "0"), (2.0, "100")])
def test_the_bar_stays_in_its_frame(make_view: MakeView, done: float, width: str) -> None:
    view = make_view("green-loans", rating="逆转", increment_completion=done, increment_due=0.5)
    bar = tile(view).select_one(".pb-progress i")
    assert bar is not None
    assert bar["style"] == f"width:{width}%"


UNITS = {
    "rating": "达序时",
    "rated_by": "whole_units",
    "latest_value": 117.0,
    "observed_value": 117.0,
    "baseline_value": 114.0,
    "target_value": 120.0,
    "meeting_value": 120.0,
    "path_value": 117.0,
    "increment_completion": 0.5,
    "increment_due": 0.5,
}


@pytest.mark.parametrize(
    ("known", "said", "mark"),
    [
        ({}, "已增3家，应达3家", "50"),
        ({"path_value": 114.0, "increment_due": 0.0}, "已增3家，应达不足1家", "0"),
        ({"observed_value": 113.0}, "减少1家，应达3家", "50"),
        ({"observed_value": 116.5}, "已增2.5家，应达3家", "50"),
    ],
)
def test_whole_units_are_counted_and_the_mark_stands_at_the_whole_ones_due(
    make_view: MakeView, known: dict[str, float], said: str, mark: str
) -> None:
    found = tile(make_view("testing-institutions", **(UNITS | known)))
    assert said in found.text
    assert found.select(".pb-progress b")[0]["style"] == f"left:{mark}%"


def test_a_rating_that_an_estimate_leaves_open_is_provisional(make_view: MakeView) -> None:
    known = {"latest_value": 938.0, "latest_period": "2026-09", "rating_provisional": True}
    known |= {"observed_value": 1321.1, "observed_period": "2026-12", "is_estimate": True}
    known |= {"increment_completion": 0.4, "increment_due": 0.5}
    found = tile(make_view("software-revenue", rating="滞后", **known))
    for said in ("▲ 滞后 初步", "推算2026年约1,321.1亿元", "推算增量完成40%，应达50%"):
        assert said in found.text


def test_what_meets_stands_beside_a_target_that_is_about(make_view: MakeView) -> None:
    view = make_view("green-loans", rating="滞后", target_value=3200.0, meeting_value=3040.0)
    assert "不低于3,040亿元即达到" in tile(view).text
    view = make_view("green-loans", rating="滞后", target_value=3200.0, meeting_value=3200.0)
    assert "即达到" not in tile(view).text


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
    assert progress_words(view) == "进度比0.91"


def test_a_goal_of_every_year_shows_what_is_due_by_now(make_view: MakeView) -> None:
    known = {"latest_value": 6.34, "observed_value": 6.34, "path_value": 6.156}
    assert progress_words(make_view("hr-placements-yearly", **known)) == "此时应达6.16万人次"


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
    head = soup(tiles(views[:1])).select_one("h3")
    assert head is not None
    assert "▲滞后1其中初步1项" in head.text


def test_when_nothing_can_be_judged_no_share_is_printed(make_view: MakeView) -> None:
    lead = soup(state([make_view("green-loans"), make_view("lawyers")], "")).select_one("p")
    assert lead is not None
    assert lead.text == "2项目标均无法判定"


def test_counts_add_up_and_need_no_scoreboard(judged_book: OpenBook) -> None:
    page = soup(state(list(judged_book.views.values()), ""))
    assert sum(int(b.text) for b in page.select("li b")) == len(judged_book.views)
    assert page.a is None


@pytest.mark.parametrize("rating", Rating)
def test_each_rating_has_its_symbol_and_word_on_the_first_screen(
    make_view: MakeView, rating: Rating
) -> None:
    view = make_view("green-loans", rating=str(rating), reason="")
    for text in (state([view], ""), tiles([view])):
        assert rating.symbol in text
        assert str(rating) in text


def test_html_of_the_first_screen_has_no_blank_line(judged_book: OpenBook) -> None:
    views = list(judged_book.views.values())
    assert "\n\n" not in state(views, "") + tiles(views)
