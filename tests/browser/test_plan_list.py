"""The index over many plans as readers use it: from disk, sorted, on a telephone, in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from planbook.publish.plan_list import PlanRow, plan_list
from planbook.vocabulary import Rating
from tests.browser.conftest import watched_page
from tests.browser.walking import AXE, RUN, TAGS, THEMES

ROWS = [
    PlanRow(
        name=name,
        title=f"{name}生产性服务业实施方案",
        edition="2026-Q3",
        edition_label="2026年三季度",
        demonstration=True,
        visibility="internal",
        data_until="2026-09",
        goals=20,
        counts={Rating.MET: met, Rating.BEHIND: 20 - met},
    )
    for name, met in (("北区", 9), ("东区", 12), ("西区", 3))
]
LOST = PlanRow("南区", failed="方案文件有1处问题：\n1. 不是合法的 YAML")


@pytest.fixture
def address(tmp_path: Path) -> str:
    for path, content in plan_list([*ROWS, LOST]).items():
        (tmp_path / path).write_bytes(content)
    return (tmp_path / "index.html").as_uri()


@pytest.fixture(params=[400, 1280])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    with watched_page(browser, request.param) as opened:
        opened.goto(address)
        yield opened


def shown(page: Page) -> list[str]:
    rows = page.locator("tbody th").all_inner_texts()
    return [text.partition("\n")[0].split()[0] for text in rows]


def test_a_column_sorts_both_ways_by_keyboard_too_and_plans_without_numbers_stay_last(
    page: Page,
) -> None:
    met = page.get_by_role("button", name="已达成", exact=True)
    met.click()
    assert shown(page) == ["东区", "北区", "西区", "南区"]
    head = page.locator("th[aria-sort]")
    assert head.get_attribute("aria-sort") == "descending"
    met.press("Enter")
    assert shown(page) == ["西区", "北区", "东区", "南区"]
    assert head.get_attribute("aria-sort") == "ascending"
    assert head.inner_text().split()[1] == "已达成"


def test_the_page_fits_and_axe_finds_nothing_in_light_and_dark(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"]
    page.evaluate(f"{AXE};0")
    for theme in THEMES:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        options = {
            "preload": False,
            "elementRef": False,
            "runOnly": {"type": "tag", "values": TAGS},
        }
        assert page.evaluate(RUN, ["html", options]) == []
