import re
from collections.abc import Callable

from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.fragments import Download, banner, downloads_list, fragments, on_paper
from planbook.present.tables.table import Table

MakeBook = Callable[..., OpenBook]


def test_every_fragment_has_text(judged_book: OpenBook) -> None:
    made = fragments(judged_book)
    assert made.pop("correction.md") == ""  # neither is a correction edition
    assert all(text.strip() for text in made.values())
    said = [shown._repr_mimebundle_()[0] for shown in on_paper(judged_book).values()]
    assert all(data.get("text/html") or data["text/markdown"] for data in said)


TABLE = Download("downloads/goals.csv", 23_456, "0" * 64, "目标", "一行一项")
SERIES = Download("downloads/series/a.csv", 800, "1" * 64, "甲", kind="series", chapter="数智服务")
PDF = Download("pdf/2026-Q3-digital.pdf", 2 << 20, "2" * 64, "数智服务", "9页", kind="pdf")


def test_each_file_is_listed_with_its_size_and_sum() -> None:
    made = downloads_list([TABLE, SERIES, PDF])
    for file, size in ((TABLE, "23 KB"), (SERIES, "1 KB"), (PDF, "2.0 MB")):
        row = next(line for line in made.splitlines() if f'href="{file.address}"' in line)
        assert file.title in row
        assert size in row
        assert file.sha256 in row


def test_series_are_folded_away_by_chapter() -> None:
    made = downloads_list([TABLE, SERIES])
    _, _, folded = made.partition("<details")
    assert SERIES.address in folded
    assert TABLE.address not in folded
    assert '<th scope="rowgroup" colspan="3">数智服务</th>' in folded
    assert "1个 CSV 文件" in folded


def test_where_there_is_no_pdf_nothing_speaks_of_one() -> None:
    assert "PDF" not in downloads_list([TABLE, SERIES])
    assert "PDF" in downloads_list([TABLE, PDF])


def test_the_first_screen_names_every_goal_and_links_to_pages_from_the_root(
    judged_book: OpenBook,
) -> None:
    made = fragments(judged_book)
    assert made["tiles.md"].count('href="goals/') == len(judged_book.views)
    assert f"{len(judged_book.views)}项目标" in re.sub("<[^>]*>", "", made["state.md"])
    assert "chapters/overview.html#scoreboard?rating=" in made["state.md"]


def test_the_plans_thresholds_are_printed(judged_book: OpenBook) -> None:
    thresholds, ratings = (on_paper(judged_book)[name] for name in ("thresholds", "ratings"))
    assert isinstance(thresholds, Table)
    assert isinstance(ratings, Table)
    assert "0.95" in thresholds.html()
    assert thresholds.count == len(list(judged_book.plan.thresholds)) + 3
    assert "95%" in ratings.html()


def test_only_a_demonstration_has_a_banner(judged_book: OpenBook) -> None:
    assert ("示例数据" in banner(judged_book)) is judged_book.dataset.demonstration
    said = repr(on_paper(judged_book)["edition"])
    assert ("示例数据" in said) is judged_book.dataset.demonstration


def test_key_messages_link_the_goals_they_name(make_book: MakeBook) -> None:
    book = make_book({"green-loans": {"rating": "逆转", "pace": -0.5}})
    assert "[绿色贷款余额](goals/green-loans.md)" in fragments(book)["key_messages.md"]
