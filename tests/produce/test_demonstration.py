"""The whole demonstration book, looked at as a reader's browser would."""

from __future__ import annotations

import json
import re
from copy import copy
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import sans_path

from planbook.plan import Plan, load_plan
from planbook.produce.sphinx_ext.search_index import PAGES
from tests.books import ROOT, Built

pytestmark = pytest.mark.book

WIDE = str.maketrans(",:;()!?", "\uff0c\uff1a\uff1b\uff08\uff09\uff01\uff1f")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(ROOT / "data" / "plan")


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def compact(text: str) -> str:
    return re.sub(r"\s", "", text).translate(WIDE)


def test_every_goal_has_its_page_at_its_address(demonstration: Built, plan: Plan) -> None:
    pages = {path.stem for path in (demonstration.html / "goals").glob("*.html")}
    assert pages == {goal.id for goal in plan.goals} | {"index"}
    assert len(plan.goals) == 61


def test_every_clause_can_be_read(demonstration: Built, plan: Plan) -> None:
    for goal in plan.goals:
        shown = compact(soup(demonstration.html / "goals" / f"{goal.id}.html").get_text())
        assert compact(goal.quote) in shown, goal.id
    for chapter in plan.chapters:
        shown = compact(soup(demonstration.html / "chapters" / f"{chapter.id}.html").get_text())
        for measure in chapter.measures:
            assert compact(measure.title) in shown or compact(measure.quote) in shown, measure.id


def test_each_programme_and_safeguard_has_its_page(demonstration: Built, plan: Plan) -> None:
    fields = [f for c in plan.chapters if c.role == "programmes" for f in c.fields]
    assert len(fields) == 11
    contents = soup(demonstration.html / "chapters" / "programmes.html")
    linked = {anchor["href"] for anchor in contents.select("table#fields-programmes a")}
    assert linked == {f"../programmes/{field.id}.html" for field in fields}
    for field in fields:
        shown = compact(soup(demonstration.html / "programmes" / f"{field.id}.html").get_text())
        for measure in field.measures:
            assert compact(measure.quote) in shown, measure.id


def test_commentary_is_in_its_chapter_and_nothing_in_the_others(demonstration: Built) -> None:
    written = {path.stem for path in (ROOT / "data/demo/commentary/2026-Q3").glob("*.md")}
    for path in (demonstration.html / "chapters").glob("*.html"):
        signed = soup(path).find("blockquote")
        assert (signed is not None) is (path.stem in written), path
        assert "复核：" not in soup(path).get_text() or path.stem == "data-quality"
    assert "分析点评「智融惠畅」：撰写后有" in demonstration.said


def test_the_first_page_is_no_redirect(demonstration: Built) -> None:
    page = soup(demonstration.html / "index.html")
    assert page.find("h1").get_text().startswith("2026年三季度进展：")  # what was found
    assert page.select_one(".bd-sidebar-primary .current > a").get_text(strip=True) == "导读"
    assert page.find("meta", attrs={"http-equiv": re.compile("refresh", re.IGNORECASE)}) is None


def test_no_address_tells_where_sources_lie(demonstration: Built) -> None:
    assert not (demonstration.html / "book").exists()
    index = (demonstration.html / "_static" / PAGES).read_text(encoding="utf-8")
    assert "goals/index" in index
    assert "book/" not in index


def test_every_page_of_a_demonstration_says_so(demonstration: Built) -> None:
    for path in demonstration.pages():
        announced = soup(path).select_one(".bd-header-announcement")
        assert announced, path
        assert "示例数据" in announced.get_text()


def test_every_page_says_its_edition(demonstration: Built) -> None:
    for path in demonstration.pages():
        footer = soup(path).select_one(".bd-footer-content")
        if footer:  # the search page has none
            assert "2026年三季度" in footer.get_text(), path


def test_nothing_is_fetched_from_outside(demonstration: Built) -> None:
    for path in demonstration.pages():
        page = soup(path)
        for name, attribute in (("script", "src"), ("link", "href"), ("img", "src")):
            for element in page.find_all(name, attrs={attribute: True}):
                assert not re.match(r"(?:https?:)?//", str(element[attribute])), (path, element)
        for script in page.find_all("script", src=False):
            if script.get("type") == "application/ld+json":
                continue  # data, which names its vocabulary: no browser runs or fetches it
            assert not re.search(r"https?://", script.get_text()), (path, script)
    for style in demonstration.html.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*['\"]?(?:https?:)?//", style.read_text("utf-8"))


def test_every_link_leads_somewhere(demonstration: Built) -> None:
    broken = []
    for path in demonstration.pages():
        for anchor in soup(path).find_all("a", href=True):
            link = urlsplit(str(anchor["href"]))
            if link.scheme in {"http", "https", "mailto"}:
                continue
            target = (path.parent / unquote(link.path)).resolve() if link.path else path
            if not target.is_file():
                broken.append((path.name, anchor["href"]))
            elif link.fragment and target.suffix == ".html":
                wanted = unquote(link.fragment).partition("?")[0]  # after it: a view's state
                found = soup(target).find(id=wanted) or soup(target).find(None, {"name": wanted})
                if found is None:
                    broken.append((path.name, anchor["href"]))
    assert not broken


def test_every_figure_has_a_sentence_as_its_alternative(demonstration: Built) -> None:
    for path in demonstration.pages():
        article = soup(path).find("article")
        for image in article.find_all("img") if article else []:
            assert len(str(image.get("alt", ""))) > 10, (path, image)
            assert re.search(r"[\u4e00-\u9fff]", str(image["alt"])), (path, image)


def test_no_code_is_shown_in_chapters(demonstration: Built) -> None:
    for path in (demonstration.html / "chapters").glob("*.html"):
        shows = path.stem == "analysis"  # the page that teaches how to analyse
        assert ("planbook" in soup(path).find("article").get_text()) is shows, path


IN_FORMULAS = "⌊⌋⌈⌉∌ϵ"  # which have a font of their own


def test_the_font_that_charts_use_has_every_character(demonstration: Built) -> None:
    with TTFont(sans_path(), fontNumber=0, lazy=True) as font:
        known = set(font.getBestCmap())
    known |= {ord(mark) for mark in IN_FORMULAS}
    missing, set_as_text = set(), set()
    for path in demonstration.pages():
        main = copy(soup(path).find("main"))
        for character in main.get_text():
            if not character.isspace() and ord(character) not in known:
                missing.add(character)
        for formula in main.find_all("math"):
            formula.decompose()
        set_as_text |= set(main.get_text()) & set(IN_FORMULAS)
    assert not missing
    assert not set_as_text


def test_formulas_are_mathml(demonstration: Built) -> None:
    page = soup(demonstration.html / "methodology.html")
    assert page.find("math")
    assert not page.select("script[src*=mathjax]")


def test_the_record_of_the_build_is_complete(demonstration: Built, plan: Plan) -> None:
    record = json.loads((demonstration.html / "build.json").read_text(encoding="utf-8"))
    assert record["dataset"] == "demo"
    assert record["demonstration"] is True
    assert record["edition"] == "2026-Q3"
    assert record["chapters"] == [chapter.id for chapter in plan.chapters]
    assert record["pages"] == len(demonstration.pages()) - 1  # the search page is no document
    assert record["findings"]["error"] > 0  # the demonstration has a cell to refuse
    assert record["versions"]["sphinx"]
    assert all(
        re.fullmatch(r"[0-9a-f]{64}", sha) for sha in record["submissions"]["files"].values()
    )
    assert re.fullmatch(r"[0-9a-f]{64}", record["data"]["sha256"])
    assert {name.rpartition(".")[2] for name in record["seconds"] if "." in name} == {
        "docx",
        "ipynb",
        "pdf",
    }
    assert sum(step for name, step in record["seconds"].items() if "." not in name) > 0


@pytest.mark.long
def test_jupyter_book_by_hand_makes_the_same_pages(demonstration: Built, tmp_path: Path) -> None:
    import shutil
    import subprocess
    import sys

    by_hand = tmp_path / "by-hand"
    shutil.copytree(demonstration.root, by_hand, ignore=shutil.ignore_patterns("cache", "scratch"))
    shutil.rmtree(by_hand / "_build" / "html")
    command = Path(sys.executable).with_name("jupyter-book")
    done = subprocess.run(
        [command, "build", ".", "-W", "-n", "--keep-going"],
        cwd=by_hand,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for path in demonstration.pages():
        made = by_hand / "_build" / "html" / path.relative_to(demonstration.html)
        assert made.read_bytes() == path.read_bytes(), path
