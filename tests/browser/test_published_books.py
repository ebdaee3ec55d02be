"""Whole books on a site, three editions and a correction, opened from disk and from a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.books import once_a_run
from tests.browser.conftest import serving, watched_page
from tests.published import make_editions

pytestmark = pytest.mark.book
EDITIONS = ("2024-Q1", "2024-Q2", "2024-Q2.1", "2024-Q3")
GOAL = "goals/throughput.html"
WIDTHS = {"disk": 1280, "server": 400}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once_a_run(tmp_path_factory, "editions", make_editions).root / "published" / "site"


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture(params=WIDTHS)
def way(request: pytest.FixtureRequest) -> str:
    """How the site is opened."""
    return str(request.param)


@pytest.fixture
def root(way: str, site: Path, served: str) -> str:
    return site.as_uri() if way == "disk" else served


@pytest.fixture
def page(way: str, browser: Browser) -> Iterator[Page]:
    with watched_page(browser, WIDTHS[way]) as opened_page:
        yield opened_page


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_the_first_page_of_the_site_leads_into_every_edition(page: Page, root: str) -> None:
    for edition in EDITIONS:
        page.goto(f"{root}/index.html")
        assert fits(page)
        page.locator(f'a[href="{edition}/index.html"]').first.click()
        page.wait_for_url(f"**/{edition}/index.html")
        expect(page.locator("article h1")).to_be_visible()
        assert fits(page)


def test_the_newest_is_one_address(page: Page, root: str) -> None:
    page.goto(f"{root}/latest/index.html")
    page.wait_for_url("**/2024-Q3/index.html")


def test_a_goals_page_leads_to_the_same_goal_in_other_editions(page: Page, root: str) -> None:
    page.goto(f"{root}/2024-Q1/{GOAL}")
    expect(page.get_by_role("complementary", name="本期说明")).to_contain_text("2024年三季度")
    page.locator(".pb-editions summary").click()
    page.locator(".pb-editions a", has_text="2024年二季度（更正1）").click()
    page.wait_for_url(f"**/2024-Q2.1/{GOAL}")
    page.locator('table a[href="../../2024-Q1/goals/throughput.html"]').first.click()
    page.wait_for_url(f"**/2024-Q1/{GOAL}")


def test_a_correction_says_so_on_its_pages_and_the_corrected_one_leads_to_it(
    page: Page, root: str
) -> None:
    page.goto(f"{root}/2024-Q2/{GOAL}")
    note = page.get_by_role("complementary", name="本期说明")
    expect(note).to_contain_text("本期已更正")
    note.get_by_role("link", name="2024年二季度（更正1）").click()
    page.wait_for_url(f"**/2024-Q2.1/{GOAL}")
    expect(page.locator(".pb-correction")).to_contain_text("2024年二季度")
    page.locator(".pb-correction a").click()
    page.wait_for_url("**/2024-Q2.1/index.html")
    expect(page.locator("article")).to_contain_text("更正说明")
