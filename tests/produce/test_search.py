from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from planbook.produce.sphinx_ext.search import INDEX, index_script
from planbook.produce.sphinx_ext.search_text import PageText, Section, page_text
from tests import chromium
from tests.books import Built

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
# Types each query into the search page and writes what the page then shows into its end.
DRIVER = """<script>
addEventListener("error", (event) => { document.body.dataset.error = event.message; });
addEventListener("load", () => {
  const input = document.getElementById("pb-query");
  const texts = (within, selector) =>
    [...within.querySelectorAll(selector)].map((element) => element.textContent);
  const opened = texts(document, ".pb-hit-title");
  const answers = QUERIES.map((query) => {
    input.value = query;
    input.form.requestSubmit();
    return {
      count: document.getElementById("pb-search-count").textContent,
      kept: new URLSearchParams(location.search).get("q"),
      titles: texts(document, ".pb-hit-title"),
      texts: texts(document, ".pb-hit-text"),
      marks: texts(document, ".pb-hits mark"),
      elements: [...new Set([...document.querySelectorAll(".pb-hits *")].map((e) => e.localName))],
      links: [...document.querySelectorAll(".pb-hits a")].map((a) => a.getAttribute("href")),
    };
  });
  const error = document.body.dataset.error || "";
  const made = document.createElement("pre");
  made.id = "answers";
  made.textContent = JSON.stringify({ opened, answers, error, title: document.title });
  document.body.append(made);
});
</script></body>"""
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--virtual-time-budget=5000", "--dump-dom"),
)


def article(html: str) -> str:
    return f'<html><main><article class="bd-article">{html}</article><nav>目录</nav></main></html>'


def sphinx(root: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "-q", str(root), str(root / "_build")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def indexed(html: Path) -> list[Any]:
    """Return the pages of an index as a browser would read them."""
    script = (html / "_static" / INDEX).read_text(encoding="utf-8")
    pages: list[Any] = json.loads(script.removeprefix("window.planbookSearchIndex=").strip(";\n"))
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
def shown(html: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a browser shows for all `QUERIES`, the page being opened from disk."""
    browser = chromium.executable()
    if browser is None:
        pytest.skip(chromium.MISSING)
    page = (html / "search.html").read_text(encoding="utf-8")
    driver = DRIVER.replace("QUERIES", json.dumps(QUERIES).replace("<", "\\u003c"))
    driven = html / "driven.html"
    driven.write_text(page.replace("</body>", driver), encoding="utf-8")
    profile = tmp_path_factory.mktemp("profile")
    address = f"{driven.as_uri()}?q=%E7%BB%BF%E8%89%B2%E5%88%86%E6%8B%A3"
    command = [browser, *FLAGS, f"--user-data-dir={profile}", address]
    dumped = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=120, check=True
    ).stdout
    found = re.search(r'<pre id="answers"[^>]*>(.*?)</pre>', dumped, re.DOTALL)
    assert found, dumped[-2000:]
    text = found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    seen: dict[str, Any] = json.loads(text)
    return {**seen, "answers": dict(zip(QUERIES, seen["answers"], strict=True))}


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


def test_an_index_is_one_assignment_whatever_the_text() -> None:
    text = '"];\\\n</script>\u2028'
    script = index_script({"a.html": PageText("页", (Section("", "页", text),))})
    body = script.removeprefix("window.planbookSearchIndex=").removesuffix(";\n")
    assert json.loads(body) == [["a.html", "页", [["", "页", text]]]]


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
        assert (INDEX in text) == (page.name in {"search.html", "driven.html"})


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


def test_the_whole_book_is_indexed_in_little_space(demonstration: Built) -> None:
    pages = [path for path in demonstration.pages() if path.name != "search.html"]
    addresses = {address for address, *_ in indexed(demonstration.html)}
    assert addresses == {path.relative_to(demonstration.html).as_posix() for path in pages}
    text = sum(path.stat().st_size for path in pages)
    assert (demonstration.html / "_static" / INDEX).stat().st_size < text / 6
