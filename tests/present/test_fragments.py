import re
from collections.abc import Callable

from planbook.present.chapter import Book
from planbook.present.fragments import Download, banner, fragments

MakeBook = Callable[..., Book]


def test_every_fragment_has_text(judged_book: Book) -> None:
    made = fragments(judged_book, [Download("downloads/goals.csv", "目标", "一行一项", 23_456)])
    assert all(text.strip() for text in made.values())
    assert '<a href="downloads/goals.csv">目标</a>' in made["downloads.md"]
    assert "23 KB" in made["downloads.md"]


def test_the_first_screen_names_every_goal_and_links_to_pages_from_the_root(
    judged_book: Book,
) -> None:
    made = fragments(judged_book)
    assert made["tiles.md"].count('href="goals/') == len(judged_book.views)
    assert f"{len(judged_book.views)}项目标" in re.sub("<[^>]*>", "", made["state.md"])
    assert "chapters/overview.html#scoreboard?rating=" in made["state.md"]


def test_the_plans_thresholds_are_printed(judged_book: Book) -> None:
    assert "0.95" in fragments(judged_book)["thresholds.md"]
    assert "95%" in fragments(judged_book)["ratings.md"]


def test_only_a_demonstration_has_a_banner(judged_book: Book) -> None:
    assert bool(banner(judged_book.dataset)) is judged_book.dataset.demonstration
    assert ("示例数据" in fragments(judged_book)["edition.md"]) is judged_book.dataset.demonstration


def test_key_messages_link_the_goals_they_name(make_book: MakeBook) -> None:
    book = make_book({"green-loans": {"rating": "逆转", "pace": -0.5}})
    assert "[绿色贷款余额](goals/green-loans.md)" in fragments(book)["key_messages.md"]
