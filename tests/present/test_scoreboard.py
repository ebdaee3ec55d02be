from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

from planbook.present.addresses import scoreboard_address
from planbook.present.notebook.opened import OpenBook
from planbook.present.tables.scoreboard import scoreboard
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

MakeView = Callable[..., GoalView]
STATIC = Path(__file__).resolve().parents[2] / "src/planbook/produce/assets/look"


def page_of(views: list[GoalView]) -> BeautifulSoup:
    return BeautifulSoup(scoreboard(views).html(), "html.parser")


def test_without_scripts_every_goal_is_there_and_no_form(judged_book: OpenBook) -> None:
    views = list(judged_book.views.values())
    page = page_of(views)
    rows = page.select("tbody tr")
    assert [row.a["href"] for row in rows if row.a] == [f"../goals/{v.id}.html" for v in views]
    assert not any(row.has_attr("hidden") for row in rows)
    assert page.form is not None
    assert page.form.has_attr("hidden")
    assert page.thead is not None
    assert page.thead.button is None  # a head that does nothing is no button


def test_the_rating_stands_beside_the_name(make_view: MakeView) -> None:
    page = page_of([make_view("green-loans", rating="滞后")])
    assert [th.text for th in page.select("thead th")][:2] == ["指标名称", "状态"]
    cell = page.select_one("tbody td")
    assert cell is not None
    assert cell.text == "▲ 滞后"


def test_a_rating_that_a_good_pace_beside_it_belies_says_why(make_view: MakeView) -> None:
    known = {"rating": "严重滞后", "pace": 1.01, "missed_years": "2025"}
    page = page_of([make_view("hr-placements-yearly", **known)])
    assert "1.01" in [cell.text for cell in page.select("tbody td")]
    cell = page.select_one("tbody td")
    assert cell is not None
    assert cell.text == "■ 严重滞后 2025年未达标"


def test_each_choice_of_the_form_is_found_on_a_row(judged_book: OpenBook) -> None:
    page = page_of(list(judged_book.views.values()))
    rows = page.select("tbody tr")
    for box in page.select("input[type=checkbox]"):
        assert any(row["data-rating"] == box["value"] for row in rows)
    for name in ("chapter", "unit"):
        values = [option["value"] for option in page.select(f"select[name={name}] option")]
        assert values[0] == ""
        assert set(values[1:]) == {row[f"data-{name}"] for row in rows}
    assert all(page.select_one(f"label:has([name={name}])") for name in ("chapter", "unit", "q"))
    assert page.output is not None
    assert page.output["aria-live"] == "polite"


def test_counts_in_the_form_are_of_all_goals(make_view: MakeView) -> None:
    views = [make_view(id, rating="滞后") for id in ("green-loans", "lawyers")]
    page = page_of([*views, make_view("testing-revenue")])
    assert [b.text for b in page.select("fieldset b")] == ["2", "1"]


def test_a_missing_number_sorts_as_nothing_and_not_as_a_dash(make_view: MakeView) -> None:
    page = page_of([make_view("green-loans")])
    empty = [cell for cell in page.select("tbody td") if cell.text == "—"]
    assert empty
    assert all(cell["data-sort"] == "" for cell in empty)


def test_what_a_workbook_says_cannot_break_out(make_view: MakeView) -> None:
    view = make_view("green-loans", latest_period="", evidence='"><script>x</script>')
    assert page_of([view]).script is None


def test_an_address_shows_only_some_ratings() -> None:
    address = scoreboard_address("o.html", (Rating.BEHIND, Rating.REVERSING))
    assert address == "o.html#scoreboard?rating=behind,reversing"


def test_scripts_are_plain_ones_that_run_from_disk() -> None:
    for name in ("scoreboard.js", "sortable.js"):
        script = (STATIC / name).read_text("utf-8")
        assert not any(word in script for word in ("import ", "export ", "fetch(", "http"))
    assert "Unlicense" in (STATIC / "sortable.LICENSE.txt").read_text("utf-8") or (
        "public domain" in (STATIC / "sortable.LICENSE.txt").read_text("utf-8")
    )
