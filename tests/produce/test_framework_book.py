"""An English framework of fifteen years: values of two decades come in, a book comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from planbook.plan import load_plan
from tests.books import Built, once_a_run, run_python
from tests.framework import NOW, framework

pytestmark = [pytest.mark.book, pytest.mark.long]


def made(folder: Path) -> Built:
    root = framework(folder / "framework")
    said = []
    for words in (("collect", "history", "history.csv"), ("build", "--pdf")):
        done = run_python(root, "-m", "planbook", *words)
        assert done.returncode == 0, done.stdout + done.stderr
        said.append(done.stdout)
    return Built(folder, "\n".join(said))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The framework's finished book. Only look at it."""
    found = once_a_run(tmp_path_factory, "framework-of-fifteen-years", made)
    return Built(found.root / "framework", found.said)


@pytest.fixture(scope="module")
def verdicts(book: Built) -> pd.DataFrame:
    path = book.root / "_build" / "live" / "editions" / NOW / "verdicts.csv"
    return pd.read_csv(path, index_col="goal_id", dtype={"latest_period": str, "due": str})


def text_of(page: Path) -> str:
    article = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select_one("article")
    assert article is not None
    return " ".join(article.get_text(" ", strip=True).split())


def goal(book: Built, id: str) -> str:
    return text_of(book.html / "goals" / f"{id}.html")


def test_each_goal_has_its_words_letter_by_letter_on_its_page(book: Built) -> None:
    plan = load_plan(book.root / "data" / "plan")
    assert len(plan.goals) == 14
    for each in plan.goals:
        page = BeautifulSoup(
            (book.html / "goals" / f"{each.id}.html").read_text(encoding="utf-8"), "html.parser"
        )
        (quoted, _) = page.select("article blockquote p")
        assert each.quote in quoted.get_text()
        (heading,) = page.select("article h1")
        assert each.name in heading.get_text()


def test_there_are_papers_and_a_pack_for_each_unit_that_reports(book: Built) -> None:
    papers = {path.name for path in (book.html / "pdf").iterdir()}
    assert {f"{NOW}-book.pdf", f"{NOW}-chapter-1.pdf", f"{NOW}-chapter-3.pdf"} <= papers
    packs = {path.name for path in (book.root / "_build" / "packs" / NOW).iterdir()}
    assert packs == {"nso", "dhsc", "ea"}


def test_worsening_and_a_start_past_the_target_are_told_apart_from_progress(
    book: Built, verdicts: pd.DataFrame
) -> None:
    assert verdicts.rating[["poverty", "bathing"]].tolist() == ["逆转", "逆转"]
    assert verdicts.rating["mortality"] == "已达成"
    assert verdicts.pace["bathing"] < 0  # it falls towards its target, and past it
    assert "基期值已达到目标或优于目标" in goal(book, "bathing")
    assert "此前曾达到目标，最新数据又未达到" in goal(book, "bathing")


def test_goals_end_with_the_plans_years_in_march_or_when_they_say(
    book: Built, verdicts: pd.DataFrame
) -> None:
    due = verdicts.due[["poverty", "waiting", "recycling"]].tolist()
    assert due == ["2030-03", "2027-03", "2026-12"]
    assert verdicts.horizon["poverty"] == 15
    assert verdicts.horizon["waiting"] == 12
    page = goal(book, "recycling").replace(" ", "")
    assert "2026年末" in page
    assert "历史频率" not in page  # counted of plans of three years, not of twelve


def test_what_is_measured_every_third_year_is_carried_and_says_so(
    book: Built, verdicts: pd.DataFrame
) -> None:
    assert verdicts.latest_period["literacy"] == "2022-03"
    page = goal(book, "literacy").replace(" ", "")
    assert "每3年一个数（2015—2016财年、2018—2019财年等）" in page
    assert "一年或几年才有一个数，不作估计" in page


def test_what_comes_two_years_late_is_judged_at_its_own_time(
    book: Built, verdicts: pd.DataFrame
) -> None:
    assert verdicts.latest_period["research"] == "2022-03"
    assert verdicts.elapsed["research"] == 7
    assert not verdicts.carried["research"]  # nothing newer is owed yet
    assert "年度，晚24个月" in goal(book, "research")


def test_values_of_the_past_say_where_they_come_from_and_are_missed_by_nobody(book: Built) -> None:
    page = goal(book, "gdp")
    assert "资料来源：历史数据（取自Made-up statistics、Made-up statistics, revised）" in page
    assert "Made-up statistics；Made-up statistics, revised" in page.replace(" ；", "；")
    assert "34,481 US$ 34,200 US$" in page  # revised, as two editions had it
    assert "Department of Health and Social Care报送" not in goal(book, "poverty")
    table = pd.read_csv(book.root / "_build" / "live" / "editions" / NOW / "submissions.csv")
    health = table[table.submitting_unit == "dhsc"]
    assert set(health.state) == {"本期无应报"}


def test_no_paper_says_that_somebody_sent_what_came_in_as_published(book: Built) -> None:
    for path in sorted((book.html / "pdf").glob("*-chapter-*.pdf")):
        pages = PdfReader(path).pages
        said = "".join("".join(page.extract_text() for page in pages).split())
        sources = set(re.findall("资料来源：([^，]*)", said))
        assert sources
        assert all("历史数据" in source for source in sources), sources
        assert not re.search("资料来源：[^。]*报送", said), path.name


def test_a_missed_year_is_named_as_the_plan_counts_years(book: Built) -> None:
    page = goal(book, "investment").replace(" ", "")
    assert "2020—2021财年未达标" in page
    assert "2021年未达标" not in page


def test_a_book_of_years_speaks_of_no_quarter(book: Built) -> None:
    for page in (book.html / "goals").glob("*.html"):
        assert "季度" not in text_of(page), page
