"""How fast a built book answers its reader, beside the stock theme on the same content.

Both books are opened from disk in the system's Chromium, in turn, so that a busy machine is busy
for both. Times are milliseconds as the page itself measures them (``performance.now``).
"""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import yaml
from playwright.sync_api import Browser, Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
OVERVIEW = "chapters/overview.html"
QUERY = "绿色贷款"
LIMITS = {"paint": 1000, "search": 100, "filter": 50}

# What only our own pages have, and so is left out of the stock book's configuration.
OWN_OPTIONS = ("html_css_files", "html_js_files", "html_static_path", "html_theme_options")
KEPT_EXTENSIONS = (
    "planbook.produce.sphinx_ext.page_addresses",
    "planbook.produce.sphinx_ext.mathml",
)

# A search box is answered when what it shows has stopped changing: the last change counts.
ANSWER = """() => new Promise((answered) => {
  const begun = performance.now();
  let last = begun, timer = setTimeout(() => answered(last - begun), 3000);
  new MutationObserver(() => {
    last = performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => answered(last - begun), 300);
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
  SEARCH;
})"""
OUR_SEARCH = (
    "const box = document.getElementById('pb-query'); "
    f"box.value = '{QUERY}'; box.form.requestSubmit()"
)
STOCK_SEARCH = f"Search.performSearch('{QUERY}')"
FILTER = """() => {
  const box = document.querySelector("form.pb-filters input[value=behind]");
  const begun = performance.now();
  box.click();
  document.getElementById("scoreboard").getBoundingClientRect();  // the layout that follows
  return performance.now() - begun;
}"""


def stock_configuration(ours: Path, made: Path) -> None:
    """Write the configuration of the stock theme for the same pages at the same addresses."""
    config: dict[str, Any] = yaml.safe_load(ours.read_text(encoding="utf-8"))
    sphinx = config["sphinx"]
    sphinx["extra_extensions"] = list(KEPT_EXTENSIONS)
    sphinx["config"] = {k: v for k, v in sphinx["config"].items() if k not in OWN_OPTIONS}
    text = yaml.safe_dump(config, allow_unicode=True)
    made.write_text(text, encoding="utf-8", newline="\n")


def measure(ours: Path, stock: Path, rounds: int) -> dict[str, dict[str, float | None]]:
    """Return medians in milliseconds (weights in kB) of both books, by what was measured.

    Raises
    ------
    click.ClickException
        If there is no browser.
    """
    found = os.environ.get("PLANBOOK_CHROMIUM") or next(
        filter(None, map(shutil.which, BROWSERS)), None
    )
    if found is None:
        raise click.ClickException(
            "没有浏览器：请安装 Chromium，或在 PLANBOOK_CHROMIUM 中写明它的位置"
        )
    taken: dict[str, dict[str, list[float]]] = {"ours": {}, "stock": {}}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found)
        for _ in range(rounds):
            for name, html in (("ours", ours), ("stock", stock)):
                for what, value in _once(browser, html, own=name == "ours").items():
                    taken[name].setdefault(what, []).append(value)
        browser.close()
    medians = {
        name: {what: statistics.median(values) for what, values in times.items()}
        for name, times in taken.items()
    }
    return {
        what: {"ours": value, "stock": medians["stock"].get(what)}
        for what, value in medians["ours"].items()
    }


def _once(browser: Browser, html: Path, *, own: bool) -> Mapping[str, float]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    files: list[Path] = []
    page.on(
        "request", lambda asked: files.append(Path(asked.url.split("?")[0].removeprefix("file://")))
    )
    page.goto((html / OVERVIEW).as_uri())
    measured = {
        "paint": _paint(page),
        "loaded": float(page.evaluate("performance.getEntriesByType('navigation')[0].duration")),
        "weight": sum(path.stat().st_size for path in files if path.is_file()) / 1000,
    }
    if own:
        measured["filter"] = float(page.evaluate(FILTER))
    page.goto((html / "search.html").as_uri())
    search = OUR_SEARCH if own else STOCK_SEARCH
    measured["search"] = float(page.evaluate(ANSWER.replace("SEARCH", search)))
    page.context.close()
    return measured


def _paint(page: Page) -> float:
    return float(
        page.evaluate(
            """() => new Promise((painted) => new PerformanceObserver((list) => {
              const first = list.getEntriesByName("first-contentful-paint")[0];
              if (first) painted(first.startTime);
            }).observe({ type: "paint", buffered: true }))"""
        )
    )
