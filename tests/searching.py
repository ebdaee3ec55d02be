"""A search page asked in a browser, and small books of the search's files alone."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from planbook.produce.sphinx_ext.search import ASSETS, SCRIPTS
from planbook.produce.sphinx_ext.search_index import write_index
from planbook.produce.sphinx_ext.search_text import PageText, Section

BARE = """<!doctype html><html data-content_root="./"><title>搜索</title><form>
<input id="pb-query" maxlength="100"></form><p id="pb-search-count"></p><ol id="pb-hits"></ol>
<button id="pb-more" hidden>继续列出</button>"""
FIRST = 10  # pages shown before a reader asks for more
SETTLED = "document.getElementById('pb-hits').ariaBusy === 'false'"
ASK = """(query) => {
  const input = document.getElementById("pb-query");
  input.value = query;
  input.form.requestSubmit();
}"""
SHOWN = """() => {
  const texts = (selector) =>
    [...document.querySelectorAll(selector)].map((element) => element.textContent);
  return {
    count: document.getElementById("pb-search-count").textContent,
    kept: new URLSearchParams(location.search).get("q"),
    titles: texts(".pb-hit-title"),
    texts: texts(".pb-hit-text"),
    marks: texts(".pb-hits mark"),
    elements: [...new Set([...document.querySelectorAll(".pb-hits *")].map((e) => e.localName))],
    links: [...document.querySelectorAll("#pb-hits a")].map((a) => a.getAttribute("href")),
  };
}"""
# The same search over the texts of all pages, with nothing left out.
UNSPLIT = """async (queries) => {
  const search = planbookSearch;
  const pages = search.known.pages.map(search.named);
  await Promise.all(pages.map(search.loadText));
  const ranked = (terms, share) =>
    pages.map((page) => search.judged(page, terms, share)).filter(Boolean).sort(search.better);
  return queries.map((query) => {
    const terms = search.termsOf(query);
    const hits = terms.length ? ranked(terms, 1) : [];
    const found = hits.length ? hits : ranked(search.partsOf(terms), 0.5);
    return found.map(({ page }) => page.address);
  });
}"""


def asked(page: Page, query: str) -> Any:
    """Search on an opened search page; return what it then shows."""
    page.evaluate(ASK, query)
    page.wait_for_function(SETTLED)
    return page.evaluate(SHOWN)


def addresses(shown: Any) -> list[str]:
    """Return the pages of an answer; links to their sections are left out."""
    found = (link.removeprefix("./").partition("#")[0] for link in shown["links"])
    return list(dict.fromkeys(found))


def of_text(title: str, *paragraphs: str) -> PageText:
    """Return a page that has its title and text, and no other section."""
    return PageText(title, (Section("", title, "\n".join(paragraphs)),))


def search_book(folder: Path, pages: Mapping[str, PageText]) -> Path:
    """Write a search page with its scripts and files; return the page."""
    static = folder / "_static"
    shutil.copytree(ASSETS / "static", static)
    write_index(static, pages)
    scripts = "".join(f'<script defer src="_static/{name}"></script>' for name in SCRIPTS)
    page = folder / "search.html"
    page.write_text(BARE + scripts, encoding="utf-8")
    return page
