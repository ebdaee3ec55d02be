"""Pages of a built book, opened in a browser in both themes and at both widths.

At 1280 pixels a page comes from disk, at 400 from a server on this computer. axe-core runs with all
its WCAG 2.2 A and AA rules. Only contrast depends on the theme and takes three quarters of its
time, so text of one look (colour, size, weight and what is painted behind it) is judged once in
a theme and width, wherever in the book it stands first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.chromium import launched

WIDE, NARROW = 1280, 400
EACH_KIND = "each kind of page"
EVERY_PAGE = pytest.param("every page", marks=pytest.mark.long)
THEMES = ("light", "dark")
BROWSERS = 2  # at once
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
CONTRAST = "color-contrast"
MISMATCH = "label-content-name-mismatch"  # experimental in axe, but a rule of WCAG 2.1
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")

# Finds the first element of each look that was not seen yet, and gives it a mark for axe.
LOOKS = """([theme, known]) => {
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.mode = theme;
  for (const each of document.getAnimations()) {  // a colour on its way to another is no look
    if (each instanceof CSSTransition) each.finish();
  }
  const seen = new Set(known), fresh = [], behind = new Map();
  const painted = (element) => {
    if (!element) return "";
    if (behind.has(element)) return behind.get(element);
    const style = getComputedStyle(element);
    const own = style.backgroundImage !== "none" || style.backgroundColor !== "rgba(0, 0, 0, 0)"
      ? `${style.backgroundColor} ${style.backgroundImage}` : "";
    const faded = style.opacity === "1" ? "" : ` faded ${style.opacity}`;
    const whole = own.startsWith("rgb(") && style.backgroundImage === "none" && !faded;
    const look = whole ? own : `${own}${faded}/${painted(element.parentElement)}`;
    behind.set(element, look);
    return look;
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const done = new Set();
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (done.has(element) || !words.currentNode.data.trim()) continue;
    done.add(element);
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(element);
    const look = [style.color, style.fill, style.fontSize, style.fontWeight, style.textShadow,
      painted(element)].join("|");
    if (seen.has(look)) continue;
    seen.add(look);
    fresh.push(look);
    element.dataset.look = "";
  }
  return fresh;
}"""
RUN = """([context, options]) => axe.run(context, options).then(({ violations }) => {
  for (const marked of document.querySelectorAll("[data-look]")) delete marked.dataset.look;
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => [id, impact, node.target.join(" "), node.failureSummary]));
})"""
SEEN = """() => {
  const left = "script, style, noscript, template, code, pre, kbd, math";
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [document.title];
  while (words.nextNode()) {
    if (!words.currentNode.parentElement.closest(left)) texts.push(words.currentNode.data);
  }
  const names = ["aria-label", "title", "alt", "placeholder", "data-bs-title", "data-tooltip"];
  for (const element of document.body.querySelectorAll("*")) {
    for (const name of names) {
      if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
    }
  }
  const description = document.querySelector("meta[name=description]");
  return {
    texts: [...texts, description ? description.content : ""].filter((t) => /[a-z]{2}/i.test(t)),
    article: (document.querySelector("article") || document.body).textContent,  // folded, too
    language: document.documentElement.lang,
    description: description ? description.content : "",
    title: document.title,
    wide: document.documentElement.scrollWidth,
  };
}"""


@dataclass
class Visit:
    """What a page showed at one width. `findings` are lines that name page, element and rule."""

    address: str
    width: int
    article: str = ""
    language: str = ""
    title: str = ""
    description: str = ""
    wide: int = 0
    texts: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def outside(self) -> list[str]:
        """Requests that left this computer."""
        return [asked for asked in self.asked if not is_local(asked)]


def of_each_kind(pages: Sequence[Path]) -> list[Path]:
    """Return few pages that together hold every kind of element: name, classes, role and type.

    The next one is always that with most kinds that the others have not.
    """
    left = {page: kinds_of(page.read_text(encoding="utf-8")) for page in pages}
    chosen: list[Path] = []
    while any(left.values()):
        chosen.append(max(left, key=lambda page: len(left[page])))
        known = left[chosen[-1]]
        left = {page: kinds - known for page, kinds in left.items()}
    return sorted(chosen)


def kinds_of(page: str) -> set[tuple[str, ...]]:
    tags = re.findall(r"<([a-z]\w*)((?:\s[^<>]*)?)>", page)
    return {(name, *re.findall(r'\b(?:class|role|type)="[^"]*"', rest)) for name, rest in tags}


def is_local(address: str) -> bool:
    return re.match(r"(?:file:///|data:|blob:|about:|http://127\.0\.0\.1[:/])", address) is not None


class Watch:
    """Records in `visit` what a page says and asks for; the next page gets another visit."""

    def __init__(self, page: Page, visit: Visit) -> None:
        self.visit = visit
        page.on("request", lambda request: self.visit.asked.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("pageerror", lambda error: self.visit.said.append(str(error)))
        page.on("console", self._said)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a download, or a page left for another
            self.visit.said.append(f"{request.failure}: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.visit.said.append(f"{message.type}: {message.text}")


def findings(page: Page, visit: Visit, theme: str, rules: dict[str, Any], context: Any) -> None:
    """Run axe and add what it finds to `visit`."""
    options = {"preload": False, "elementRef": False, "resultTypes": ["violations"], **rules}
    for rule, impact, element, advice in page.evaluate(RUN, [context, options]):
        where = f"{visit.address} ({theme}, {visit.width} px) {element}"
        visit.findings.append(f"{where}: {rule} ({impact}). {' '.join(advice.split())}")


class Walk:
    """Visits to `pages` below `html`, at both widths, by `BROWSERS` browsers."""

    def __init__(self, html: Path, pages: Sequence[Path], server: str) -> None:
        self.visits: list[Visit] = []
        self._origins = {WIDE: html.as_uri(), NARROW: server}
        self._looks: dict[tuple[str, int], set[str]] = {
            (theme, width): set() for theme in THEMES for width in self._origins
        }
        self._lock = Lock()
        self.addresses = [page.relative_to(html).as_posix() for page in pages]
        with ThreadPoolExecutor(BROWSERS) as pool:
            list(pool.map(self._walk, [self.addresses[n::BROWSERS] for n in range(BROWSERS)]))
        self.visits.sort(key=lambda visit: (visit.address, visit.width))

    def _walk(self, addresses: Sequence[str]) -> None:
        with launched() as browser:
            for width, origin in self._origins.items():
                page = browser.new_page(viewport={"width": width, "height": 900})
                watch = Watch(page, Visit("", width))
                for address in addresses:
                    watch.visit = Visit(address, width)
                    page.goto(f"{origin}/{address}")
                    self._look(page, watch.visit)
                page.context.close()

    def _look(self, page: Page, visit: Visit) -> None:
        for name, value in page.evaluate(SEEN).items():
            setattr(visit, name, value)
        page.evaluate(f"{AXE};0")
        rules = {CONTRAST: {"enabled": False}, MISMATCH: {"enabled": True}}
        everything = {"runOnly": {"type": "tag", "values": TAGS}, "rules": rules}
        findings(page, visit, THEMES[0], everything, "html")
        for theme in THEMES:
            known = self._looks[theme, visit.width]
            with self._lock:
                seen = list(known)
            fresh = page.evaluate(LOOKS, [theme, seen])
            if fresh:
                context = {"include": [["[data-look]"]]}
                findings(page, visit, theme, {"runOnly": [CONTRAST]}, context)
            with self._lock:
                known.update(fresh)
        self.visits.append(visit)


def listed(lines: Sequence[str]) -> str:
    """Return findings as lines of a failed test's message."""
    return "\n" + "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
