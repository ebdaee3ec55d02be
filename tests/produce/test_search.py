from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from planbook.produce.sphinx_ext.search_index import FOLDER
from planbook.produce.sphinx_ext.search_index import PAGES as NAMES
from planbook.produce.sphinx_ext.search_text import PageText, Section, page_text
from tests.books import Built
from tests.chromium import launched
from tests.searching import SETTLED, asked

CONF = """
extensions = ["planbook.produce.sphinx_ext.search"]
html_theme = "sphinx_book_theme"
language = "zh_CN"
project = "进展"
html_copy_source = False
"""
HOSTILE = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
PAGES = {
    "index.rst": """
导读
====

.. toctree::
   :hidden:

   finance
   goals/index
   goals/green-loans
   goals/sorting
""",
    "finance.rst": """
智融惠畅
========

本章看余额。

绿色金融
--------

全区绿色
贷款余额2,735.43亿元，增长17.6%。

.. raw:: html

   <table><caption>举措</caption><tr><th>名称</th><td>转型<wbr>试点</td></tr></table>

附录
----

绿色贷款余额另见目标页。
""",
    "goals/index.rst": "指标目录\n========\n\n绿色贷款余额、绿色分拣中心。\n",
    "goals/green-loans.rst": "绿色贷款余额\n============\n\n编号 ``green-loans``，2026年1—9月。\n",
    "goals/sorting.rst": f"绿色分拣中心\n============\n\n::\n\n   {HOSTILE}\n",
}
QUERIES = (
    "绿色贷款余额",
    "色贷",
    "green-loans",
    "loans",
    "oans",
    "2735",
    "735",
    "2,7",
    "1-9月",
    "转型试点",
    "绿色　分拣",
    "绿色金融贷款余额",
    "ＧＲＥＥＮ",
    "onerror",
    "没有此词",
    "(.*",
    HOSTILE,
)


def article(html: str) -> str:
    return f'<html><main><article class="bd-article">{html}</article><nav>目录</nav></main></html>'


def sphinx(root: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "-q", str(root), str(root / "_build")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def indexed(html: Path) -> list[list[str]]:
    """Return address, title and version of the pages that can be found."""
    script = (html / "_static" / NAMES).read_text(encoding="utf-8")
    pages: list[list[str]] = json.loads(script.partition("=")[2].strip(";\n"))["pages"]
    return pages


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book with the extension, built without warnings."""
    root = tmp_path_factory.mktemp("search")
    for name, text in {"conf.py": CONF, **PAGES}.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sphinx(root)
    return root / "_build"


@pytest.fixture(scope="module")
def shown(html: Path) -> dict[str, Any]:
    """What a browser shows for all `QUERIES`, the page being opened from disk."""
    with launched() as browser:
        page = browser.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{(html / 'search.html').as_uri()}?q=%E7%BB%BF%E8%89%B2%E5%88%86%E6%8B%A3")
        page.wait_for_function(SETTLED)
        opened = page.locator(".pb-hit-title").all_inner_texts()
        answers = {query: asked(page, query) for query in QUERIES}
        title = page.title()
    return {"opened": opened, "answers": answers, "title": title, "error": "".join(said)}


def test_text_is_cut_at_headings_and_blocks_become_lines() -> None:
    page = page_text(
        article(
            '<section id="a"><h1>页<a class="headerlink" href="#a">#</a></h1><p>甲</p><p>乙</p>'
            '<section id="b"><h2>节 <em>一</em></h2><ul><li>丙</li></ul></section></section>'
        )
    )
    assert page == PageText("页", (Section("", "页", "甲\n乙"), Section("b", "节 一", "丙")))


def test_tables_and_figures_are_text_and_scripts_and_formulas_are_not() -> None:
    page = page_text(
        article(
            '<section id="a"><h1>页</h1><table><tr><th>名称</th><td>3,659</td></tr></table>'
            '<img alt="走势图。" src="x.svg"><script>var a = "<p>";</script>'
            "<math><mtext>进度比</mtext></math><svg><g><text>轴</text></g></svg><p>末</p></section>"
        )
    )
    assert page.sections[0].text == "名称 3,659\n走势图。\n末"


def test_what_is_unseen_does_not_split_a_word() -> None:
    page = page_text(
        article("<h1>页</h1><p>绿\u200b色\n 贷<wbr>款\u200f余<b>额</b> green\n loans</p>")
    )
    assert page.sections[0].text == "绿色贷款余额 green loans"


def test_markup_shown_literally_is_indexed_literally() -> None:
    page = page_text(article("<h1>页</h1><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"))
    assert page.sections[0].text == "<script>alert(1)</script>"


def test_a_page_without_article_is_an_error() -> None:
    with pytest.raises(ValueError, match="article"):
        page_text("<html><main>页</main></html>")


def test_goal_pages_come_first_and_their_catalogue_does_not(html: Path) -> None:
    addresses = [address for address, *_ in indexed(html)]
    assert addresses == [
        "goals/green-loans.html",
        "goals/sorting.html",
        "index.html",
        "finance.html",
        "goals/index.html",
    ]


def test_the_index_of_sphinx_is_neither_made_nor_loaded(html: Path) -> None:
    assert not (html / "searchindex.js").exists()
    for page in html.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "searchindex.js" not in text
        assert "searchtools.js" not in text
        assert (NAMES in text) == (page.name == "search.html")


def test_without_scripts_the_page_leads_to_the_catalogue(html: Path) -> None:
    text = (html / "search.html").read_text(encoding="utf-8")
    advice = re.search(r"<noscript>\s*<p>(.*?)</p>", text, re.DOTALL)
    assert advice
    assert '<a href="goals/index.html">指标目录</a>' in advice[1]


def test_the_index_is_whole_after_only_one_page_was_written_anew(html: Path) -> None:
    before = indexed(html)
    changed = html.parent / "goals" / "sorting.rst"
    changed.write_text(PAGES["goals/sorting.rst"] + "\n又一句。\n", encoding="utf-8")
    sphinx(html.parent)
    after = indexed(html)
    changed.write_text(PAGES["goals/sorting.rst"], encoding="utf-8")
    sphinx(html.parent)
    assert [page[0] for page in after] == [page[0] for page in before]
    assert [now != then for now, then in zip(after, before, strict=True)].count(True) == 1
    assert after[1] != before[1]
    assert indexed(html) == before


def test_a_query_in_the_address_is_answered(shown: dict[str, Any]) -> None:
    assert shown["opened"] == ["绿色分拣中心", "指标目录"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("色贷", ["绿色贷款余额", "智融惠畅", "指标目录"]),  # half a word, across a soft break
        ("green-loans", ["绿色贷款余额"]),
        ("loans", ["绿色贷款余额"]),
        ("oans", []),  # a Latin word is found from its beginning
        ("2735", ["智融惠畅"]),  # as 2,735.43
        ("735", []),
        ("2,7", ["智融惠畅"]),  # half of 2,735.43, with its comma
        ("1-9月", ["绿色贷款余额"]),  # as 1—9月
        ("转型试点", ["智融惠畅"]),  # in a table, across a place where a line may break
        ("绿色　分拣", ["绿色分拣中心", "指标目录"]),
        ("ＧＲＥＥＮ", ["绿色贷款余额"]),
        ("没有此词", []),
        ("(.*", []),
    ],
)
def test_a_query_finds(shown: dict[str, Any], query: str, titles: list[str]) -> None:
    assert shown["answers"][query]["titles"] == titles


def test_the_page_named_like_the_query_comes_first_then_headings_then_text(
    shown: dict[str, Any],
) -> None:
    answer = shown["answers"]["绿色贷款余额"]
    assert answer["titles"] == ["绿色贷款余额", "智融惠畅", "指标目录"]
    assert answer["count"] == "「绿色贷款余额」见于3页。"
    assert set(answer["marks"]) == {"绿色贷款余额"}
    sections = [link for link in answer["links"] if link.startswith("./finance.html#")]
    assert len(sections) == len(set(sections)) == 2


def test_where_nothing_fits_whole_what_is_alike_is_shown_and_said_to_be(
    shown: dict[str, Any],
) -> None:
    answer = shown["answers"]["绿色金融贷款余额"]
    assert answer["titles"][0] == "绿色贷款余额"
    assert answer["count"].startswith("没有与「绿色金融贷款余额」完全一致的内容")


def test_text_of_pages_and_queries_never_becomes_markup(shown: dict[str, Any]) -> None:
    assert "</script><img src=x onerror=" in shown["answers"]["onerror"]["texts"][0]
    for answer in shown["answers"].values():
        assert set(answer["elements"]) <= {"a", "h2", "li", "mark", "p", "span"}
    assert shown["title"].startswith("搜索 - 进展")
    assert shown["error"] == ""


def test_the_query_is_kept_in_the_address(shown: dict[str, Any]) -> None:
    for query, answer in shown["answers"].items():
        assert answer["kept"] == query


@pytest.mark.book
def test_the_whole_book_is_indexed_in_little_space(demonstration: Built) -> None:
    pages = [path for path in demonstration.pages() if path.name != "search.html"]
    addresses = {address for address, *_ in indexed(demonstration.html)}
    assert addresses == {path.relative_to(demonstration.html).as_posix() for path in pages}
    written = sum(path.stat().st_size for path in pages)
    static = demonstration.html / "_static"
    assert (static / NAMES).stat().st_size < written / 500
    files = [path for path in (static / FOLDER).rglob("*.js") if path.name != "pages.js"]
    assert sum(path.stat().st_size for path in files) < written / 4
