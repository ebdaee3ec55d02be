"""No page is so long that its reader gives up: what is looked up is folded, or has a page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.books import Built

pytestmark = pytest.mark.book

LONGEST, WIDTH = 6_000, 1_366  # px
LISTS = {"goals/index.html", "chapters/measures.html"}  # 指标目录 and 举措一览 hold everything


def test_no_page_but_the_two_lists_is_too_long(browser: Browser, demonstration: Built) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": 768})
    long = {}
    for path in demonstration.pages():
        page.goto(path.as_uri())
        height = page.evaluate("document.documentElement.scrollHeight")
        if height > LONGEST:
            long[path.relative_to(demonstration.html).as_posix()] = height
    page.context.close()
    assert not {name: height for name, height in long.items() if name not in LISTS}


def test_what_is_folded_opens_for_who_follows_a_link_into_it(
    browser: Browser, demonstration: Built
) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": 768})
    page.goto((demonstration.html / "methodology.html").as_uri())
    assert page.locator("details.pb-section[open]").count() == 0
    target = page.locator("section:has(> details.pb-section)").nth(2).get_attribute("id")
    page.goto(f"{(demonstration.html / 'methodology.html').as_uri()}#{target}")
    page.wait_for_function("document.querySelectorAll('details.pb-section[open]').length === 1")
    page.context.close()


def test_the_list_of_units_is_sorted_by_its_heads(browser: Browser, demonstration: Built) -> None:
    page = browser.new_page(viewport={"width": WIDTH, "height": 768})
    page.goto((demonstration.html / "units" / "index.html").as_uri())
    page.locator("#responsibility thead th").nth(6).get_by_role("button").click()
    page.wait_for_timeout(100)  # rows follow the head by a timer
    counts = page.locator("#responsibility tbody td:nth-child(7)").all_inner_texts()
    shown = [int(count) for count in counts if count.isdigit()]
    assert len(shown) > 10
    assert shown == sorted(shown)
    page.context.close()
