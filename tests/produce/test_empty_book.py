"""The real dataset before anything was reported: every page is made and says so, the month too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from pypdf import PdfReader

from planbook.run.collect_commands import main
from tests.books import Built, built, copy_project, once_a_run

pytestmark = [pytest.mark.book, pytest.mark.takes(40)]

WORDS = re.compile(r"<[^>]*>")
NO_VALUE = re.compile(r"(?<![A-Za-z_])(?:nan|NaN|NaT|None|<NA>|-?inf)(?![A-Za-z_])")
CODE = ["script", "style", "pre", "code"]  # in which None is a word of Python


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The book of the real dataset of which no workbook has come. Only look at it."""

    def make(root: Path) -> Built:
        copy_project(root)
        for workbook in (root / "data" / "live" / "submissions").rglob("*.xlsx"):
            workbook.unlink()
        return built(root, "--dataset", "live", "--edition", "2026-Q4")

    return once_a_run(tmp_path_factory, "empty", make)


def said(page: Path, without: list[str]) -> str:
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for element in soup(without):
        element.decompose()
    return " ".join(soup.get_text(" ").split())


def test_no_page_prints_a_value_that_is_not_there(empty_book: Built) -> None:
    found = [
        (
            page.relative_to(empty_book.html).as_posix(),
            text[max(at.start() - 30, 0) : at.end() + 10],
        )
        for page in empty_book.pages()
        for text in [said(page, CODE)]
        for at in NO_VALUE.finditer(text)
    ]
    assert found == []
    for drawing in empty_book.html.rglob("*.svg"):
        assert not NO_VALUE.search(WORDS.sub(" ", drawing.read_text(encoding="utf-8"))), drawing


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("index", "61项目标目前均无法判定"),
        ("index", "本期为第一期，没有可比的上期"),
        ("chapters/overview", "61项目标均无法判定"),
        ("chapters/digital", "还没有可以绘图的数据"),
        ("chapters/data-quality", "收到0项"),
        ("chapters/watchlist", "本期没有预警。没有未销号的督办事项。"),
        ("chapters/tasks", "还没有核定的2026年任务"),
        ("chapters/projects", "储备库中还没有重点项目"),
        ("chapters/analysis", "还没有数，有数后在此绘图"),
        ("goals/software-revenue", "尚无数据"),
    ],
)
def test_each_page_says_that_nothing_was_reported(empty_book: Built, page: str, words: str) -> None:
    shown = said(empty_book.html / f"{page}.html", ["script", "style"])
    assert words in shown.replace(" ", "")
    assert "示例数据" not in said(empty_book.html / "index.html", ["script", "style", "nav"])


def test_a_month_of_which_nothing_came_has_its_paper(
    empty_book: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(empty_book.root)
    about = ["--dataset", "live", "--edition", "2026-10", "--out", str(tmp_path / "会议")]
    done = CliRunner().invoke(main, ["meeting", *about])
    assert done.exit_code == 0, done.output
    pages = PdfReader(tmp_path / "会议" / "2026-10-meeting.pdf").pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    assert len(pages) == 1
    for words in (
        "本月没有报来新的数据",
        "各单位没有提出需要协调、决定的事项",
        "没有逾期的任务、项目节点和督办事项",
        "项目的阶段和节点没有变化",
        "应报7个单位，未报7个",
    ):
        assert words in text
    assert not NO_VALUE.search(text)
    assert "三季度" not in text  # of which this dataset has no book, so no verdict to hold
