"""How fast a built book answers its reader, beside the stock theme on the same content.

Books are opened from disk in the system's browser, in turn, so that a busy machine is busy for all.
Times are milliseconds as the page itself measures them (``performance.now``), weights kilobytes.
Search and filter end with the first frame that shows the answer, not with the script that made it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from bench_commands import browser as installed
from planbook.produce.sphinx_ext.search_index import FOLDER as INDEX

OVERVIEW, CATALOGUE, SEARCH = "chapters/overview.html", "goals/index.html", "search.html"
QUERY = "绿色贷款"
QUERIES = (QUERY, "达序时", "企业", "2027年", "2,735", "绿色金融贷款余额")  # few hits, many, none
LIMITS = {"paint": 1000, "catalogue": 1000, "search": 100, "filter": 50}

# What only our own pages have, and so is left out of the stock book's configuration.
OWN_OPTIONS = ("html_css_files", "html_js_files", "html_static_path", "html_theme_options")
KEPT_EXTENSIONS = (
    "planbook.produce.sphinx_ext.page_addresses",
    "planbook.produce.sphinx_ext.mathml",
)

# Runs once what has changed is on the screen: a task that follows the next frame.
SHOWN = """const shown = () => new Promise((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done(performance.now());
  port2.postMessage(0);
}));"""
# A search box is answered when what it shows has stopped changing: the last change counts.
ANSWER = """() => new Promise((answered) => {
  SHOWN
  const begun = performance.now();
  let last = begun, timer = setTimeout(() => answered(last - begun), 3000);
  new MutationObserver(async () => {
    clearTimeout(timer);
    timer = setTimeout(() => answered(last - begun), 300);
    last = await shown();
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
  SEARCH;
})"""
OUR_SEARCH = (
    "const box = document.getElementById('pb-query'); box.value = 'QUERY';"
    "box.dispatchEvent(new InputEvent('input', { bubbles: true }))"
)
STOCK_SEARCH = "Search.performSearch('QUERY')"
# A rating is chosen and a word typed, then both are taken back: the slowest of the four. Each waits
# until all rows of the one before are there.
FILTER = """async () => {
  SHOWN
  const form = document.querySelector("form.pb-filters");
  const click = () => form.querySelector("input[value=behind]").click();
  const type = (text) => () => {
    form.elements.q.value = text;
    form.elements.q.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  let slowest = 0;
  for (const act of [click, type("收入"), type(""), click]) {
    const begun = performance.now();
    act();
    slowest = Math.max(slowest, await shown() - begun);
    await new Promise((settled) => setTimeout(settled, 800));
  }
  return slowest;
}"""


def stock_configuration(ours: Path, made: Path) -> None:
    """Write the configuration of the stock theme for the same pages at the same addresses."""
    config: dict[str, Any] = yaml.safe_load(ours.read_text(encoding="utf-8"))
    sphinx = config["sphinx"]
    sphinx["extra_extensions"] = list(KEPT_EXTENSIONS)
    sphinx["config"] = {k: v for k, v in sphinx["config"].items() if k not in OWN_OPTIONS}
    text = yaml.safe_dump(config, allow_unicode=True)
    made.write_text(text, encoding="utf-8", newline="\n")


def measure(books: Mapping[str, Path], rounds: int) -> dict[str, dict[str, list[float]]]:
    """Return the values of all rounds by book and by what was measured.

    Parameters
    ----------
    books
        Folders of finished pages by name; that of the stock theme is called ``stock``.

    Raises
    ------
    click.ClickException
        If there is no browser.
    """
    path = installed()
    taken: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in books}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        for _ in range(rounds):
            for name, html in books.items():
                for what, value in _once(browser, html, own=name != "stock").items():
                    taken[name][what].append(value)
        browser.close()
    return taken


def _once(browser: Browser, html: Path, *, own: bool) -> dict[str, float]:
    pages = [path.stat().st_size for path in html.rglob("*.html")]
    measured: dict[str, float] = {"pages": sum(pages) / 1000}
    with _opened(browser, html / OVERVIEW) as (page, files):
        measured["paint"] = _paint(page)
        loaded = page.evaluate("performance.getEntriesByType('navigation')[0].duration")
        measured["loaded"] = float(loaded)
        measured["weight"] = _weight(files)
        if own:
            measured["filter"] = float(page.evaluate(FILTER.replace("SHOWN", SHOWN)))
    with _opened(browser, html / CATALOGUE) as (page, _files):
        measured["catalogue"] = _paint(page)
    answers = [_search(browser, html, query, own=own) for query in (QUERIES if own else [QUERY])]
    return {**measured, **{what: max(each[what] for each in answers) for what in answers[0]}}


def _search(browser: Browser, html: Path, query: str, *, own: bool) -> dict[str, float]:
    """Search once on a page just opened; return time and weight of all that was loaded for it."""
    search = (OUR_SEARCH if own else STOCK_SEARCH).replace("QUERY", query)
    with _opened(browser, html / SEARCH) as (page, files):
        spent = float(page.evaluate(ANSWER.replace("SHOWN", SHOWN).replace("SEARCH", search)))
        index = [path for path in files if path.is_relative_to(html / "_static" / INDEX)]
        weights = {"searched": _weight(files)} | ({"index": _weight(index)} if own else {})
        return {"search": spent, **weights}


@contextmanager
def _opened(browser: Browser, address: Path) -> Iterator[tuple[Page, list[Path]]]:
    """Open a page; give it with the files that it has asked for so far."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    files: list[Path] = []
    page.on("request", lambda asked: files.append(Path(unquote(urlsplit(asked.url).path))))
    page.goto(address.as_uri())
    yield page, files
    page.context.close()


def _weight(files: list[Path]) -> float:
    return sum(path.stat().st_size for path in files if path.is_file()) / 1000


def _paint(page: Page) -> float:
    return float(
        page.evaluate(
            """() => new Promise((painted) => new PerformanceObserver((list) => {
              const first = list.getEntriesByName("first-contentful-paint")[0];
              if (first) painted(first.startTime);
            }).observe({ type: "paint", buffered: true }))"""
        )
    )
