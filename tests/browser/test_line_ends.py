"""Where lines end on a page as a browser lays it out: never between a number and its unit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.books import Built
from tests.browser.conftest import watched_page
from tests.browser.walking import of_each_kind

pytestmark = pytest.mark.book

# Each number with what follows it at once; told where the second stands on a later line.
PARTED = """() => {
  const number = /[0-9][0-9,.]*(?=%|[万亿]{0,2}[个项元人家期月日倍季]|年[^—])/g;
  const texts = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  const found = [];
  const box = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  while (texts.nextNode()) {
    const node = texts.currentNode;
    for (const { 0: digits, index } of node.data.matchAll(number)) {
      const end = index + digits.length;
      const last = box(node, end - 1);
      const unit = box(node, end);
      if (last.height && unit.top > last.top + last.height / 2) found.push(
        node.data.slice(Math.max(0, index - 6), end + 6));
    }
  }
  return found;
}"""


@pytest.mark.parametrize("width", [1366, 400])
def test_no_line_ends_between_a_number_and_its_unit(
    demonstration: Built, server: str, browser: Browser, width: int
) -> None:
    pages = of_each_kind(demonstration.pages())
    parted = {}
    with watched_page(browser, width) as page:
        for path in pages:
            page.goto(f"{server}/{path.relative_to(demonstration.html).as_posix()}")
            parted[path.name] = page.evaluate(PARTED)
    assert len(parted) > 5
    assert {name: found for name, found in parted.items() if found} == {}


def test_a_number_parted_from_its_unit_would_be_noticed(browser: Browser) -> None:
    with watched_page(browser, 400) as page:
        page.set_content("<article><p style='width: 1.2em'>共12项，占3%</p></article>")
        assert page.evaluate(PARTED) != []
