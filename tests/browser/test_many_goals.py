"""The table of all goals with eight times its rows, most of which are shown a bit later."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.books import Built
from tests.browser.conftest import watched_page

pytestmark = pytest.mark.book

TIMES = 8
ROW = re.compile(r"<tr [^>]*data-rating=.*?</tr>", re.DOTALL)
SHOWN = "#scoreboard tbody tr:visible"


@pytest.fixture(scope="module")
def overview(demonstration: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The overview with each of its goals eight times, at an address like its own."""
    root = tmp_path_factory.mktemp("many")
    shutil.copytree(demonstration.html / "_static", root / "_static")
    text = (demonstration.html / "chapters" / "overview.html").read_text(encoding="utf-8")
    images = re.sub(r'src="\.\./_images', f'src="{demonstration.html.as_uri()}/_images', text)
    page = root / "chapters" / "overview.html"
    page.parent.mkdir()
    page.write_text(ROW.sub(lambda row: row[0] * TIMES, images), encoding="utf-8")
    return page


@pytest.fixture
def page(browser: Browser, overview: Path) -> Iterator[Page]:
    with watched_page(browser, 1280) as opened:
        opened.goto(overview.as_uri())
        yield opened


def test_all_rows_are_shown_again_after_few_were(page: Page) -> None:
    expect(page.locator(SHOWN)).to_have_count(61 * TIMES)
    page.get_by_role("checkbox", name="严重滞后").check()
    expect(page.locator("form.pb-filters output")).to_have_text(re.compile("^显示"))
    told = int(re.findall(r"\d+", page.locator("form.pb-filters output").inner_text())[0])
    assert 0 < told < 10 * TIMES
    expect(page.locator(SHOWN)).to_have_count(told)
    first = page.evaluate(
        """() => {
          const rows = document.querySelectorAll("#scoreboard tbody tr");
          document.querySelector("form.pb-filters input:checked").click();
          return [...rows].findIndex((row) => row.hidden);
        }"""
    )
    assert 900 / 50 < first < 61 * TIMES  # more than a screen holds, without a gap
    expect(page.locator(SHOWN)).to_have_count(61 * TIMES)
    expect(page.locator("form.pb-filters output")).to_have_text(f"共{61 * TIMES}项目标")


def test_a_choice_made_before_all_are_shown_holds(page: Page) -> None:
    page.evaluate(
        """() => {
          const box = (name) => document.querySelector(`form.pb-filters input[value=${name}]`);
          for (const name of ["far-behind", "far-behind", "behind"]) box(name).click();
        }"""
    )
    page.wait_for_timeout(300)
    ratings = page.locator(SHOWN).evaluate_all("rows => rows.map((row) => row.dataset.rating)")
    assert ratings
    assert set(ratings) == {"behind"}


def test_rows_that_appear_later_are_sorted_too(page: Page) -> None:
    page.get_by_role("checkbox", name="严重滞后").check()
    head = page.locator("#scoreboard thead th").nth(6)
    head.get_by_role("button").click()
    way = head.get_attribute("aria-sort")
    page.get_by_role("checkbox", name="严重滞后").uncheck()
    expect(page.locator(SHOWN)).to_have_count(61 * TIMES)
    cells = page.locator(f"{SHOWN} td:nth-child(7)").all_inner_texts()
    numbers = [float(cell) for cell in cells if re.fullmatch(r"-?[\d.]+", cell)]
    assert len(numbers) > 40 * TIMES
    assert numbers == sorted(numbers, reverse=way == "descending")


def test_columns_stay_where_they_are_until_the_page_has_another_width(page: Page) -> None:
    widths = """() => [...document.querySelectorAll("#scoreboard thead th")].map(
        (head) => Math.round(head.getBoundingClientRect().width))"""
    whole = page.evaluate(widths)
    page.locator("form.pb-filters [name=q]").fill("green-loans")
    expect(page.locator(SHOWN)).to_have_count(TIMES)
    assert page.evaluate(widths) == whole
    page.set_viewport_size({"width": 1000, "height": 800})
    page.wait_for_timeout(100)
    assert sum(page.evaluate(widths)) < sum(whole)
    page.get_by_role("button", name="全部显示").click()
    expect(page.locator(SHOWN)).to_have_count(61 * TIMES)
    after = page.evaluate(widths)
    page.reload()
    page.wait_for_timeout(100)
    assert page.evaluate(widths) == after


def test_what_is_printed_has_every_row(page: Page, tmp_path: Path) -> None:
    page.get_by_role("checkbox", name="严重滞后").check()
    page.evaluate(
        """() => {
          window.requestAnimationFrame = () => 0;  // no frame comes before the printer
          document.querySelector("form.pb-filters input:checked").click();
        }"""
    )
    made = tmp_path / "page.pdf"
    page.pdf(path=made, format="A4", landscape=True)
    expect(page.locator(SHOWN)).to_have_count(61 * TIMES)
    assert len(PdfReader(made).pages) > TIMES
