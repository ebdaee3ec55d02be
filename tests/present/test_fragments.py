from collections.abc import Callable

from bs4 import BeautifulSoup

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


def test_the_first_screen_counts_every_goal_once_and_links_to_lists(judged_book: OpenBook) -> None:
    page = BeautifulSoup(fragments(judged_book)["expected.md"], "html.parser")
    assert sum(int(count.text) for count in page.select("li b")) == len(judged_book.views)
    assert len(page.select("li")) == 4
    for link in page.select("li a"):
        assert str(link["href"]).startswith("chapters/overview.html#scoreboard?outlook=")


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


def test_a_decision_links_to_its_goal_and_its_unit(make_book: MakeBook) -> None:
    book = make_book({"green-loans": {"rating": "逆转", "pace": -0.5}})
    made = fragments(book)
    assert made["finding.md"].startswith("# 2026年三季度进展：绿色贷款余额为逆转")
    for address in ("goals/green-loans.html", "units/greenfin.html"):
        assert f'href="{address}"' in made["decisions.md"]
