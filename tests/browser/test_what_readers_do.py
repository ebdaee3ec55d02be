"""What readers do: look, sort, filter, search, download, switch, print, and go by keyboard."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.books import Built
from tests.browser.conftest import watched_page

pytestmark = pytest.mark.book

ROWS = "#scoreboard tbody tr:visible"


@pytest.fixture
def disk(demonstration: Built) -> str:
    return demonstration.html.as_uri()


@pytest.fixture(params=["disk", "server"])
def root(request: pytest.FixtureRequest, disk: str, server: str) -> str:
    """Where the book is opened from, for what loads, keeps or follows something."""
    return disk if request.param == "disk" else server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with watched_page(browser, 1280) as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with watched_page(browser, 400) as opened:
        yield opened


def names(page: Page) -> list[str]:
    return page.locator(f"{ROWS} th[scope=row] a").all_inner_texts()


def test_the_first_screen_says_which_book_it_is_and_how_things_stand(page: Page, disk: str) -> None:
    page.goto(f"{disk}/index.html")
    for text in ("示例数据", "2026年三季度进展：", "61项目标到期能否达到", "可能性较小"):
        expect(page.get_by_text(text).locator("visible=true").first).to_be_in_viewport()
    expect(page.locator("#decisions tbody tr").first).to_be_in_viewport()


def test_a_column_is_sorted_both_ways(page: Page, disk: str) -> None:
    page.goto(f"{disk}/chapters/overview.html")
    head = page.locator("#scoreboard thead th").nth(6)
    shown = []
    for way in ("ascending", "descending"):
        head.get_by_role("button").click()
        while head.get_attribute("aria-sort") != way:
            head.get_by_role("button").click()
        page.wait_for_timeout(100)  # rows follow the head by a timer
        cells = page.locator(f"{ROWS} td:nth-child(7)").all_inner_texts()
        shown.append([float(c) for c in cells if re.fullmatch(r"-?[\d.]+", c)])
    assert shown[0] == sorted(shown[0])
    assert shown[1] == sorted(shown[1], reverse=True)
    assert len(shown[0]) > 40


def test_the_scoreboard_shows_its_numbers_beside_long_names(page: Page, disk: str) -> None:
    page.set_viewport_size({"width": 1300, "height": 800})
    page.goto(f"{disk}/chapters/overview.html")
    page.evaluate(
        """() => document.querySelectorAll("#scoreboard tbody th").forEach((head) => {
          head.querySelector("a").textContent = "规模以上企业主营业务收入年均增速".repeat(3);
          head.querySelector(".pb-tag").textContent = "绿色低碳服务·合同能源管理".repeat(3);
        })"""
    )
    box = page.locator(".pb-scroll", has=page.locator("#scoreboard"))
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 1


def test_filters_are_kept_in_the_address_and_work_together(page: Page, root: str) -> None:
    page.goto(f"{root}/chapters/overview.html")
    assert len(names(page)) == 61
    page.get_by_role("checkbox", name="严重滞后").check()
    page.get_by_role("checkbox", name="逆转").check()
    assert len(names(page)) == 5
    page.get_by_role("combobox", name="章节").select_option("business")
    assert len(names(page)) == 2
    page.locator("form.pb-filters [name=q]").fill("人力")
    shown = names(page)
    assert shown
    address = page.url
    assert re.search(r"#scoreboard\?rating=.*far-behind.*chapter=business.*q=", address)

    page.goto("about:blank")
    page.goto(address)
    assert names(page) == shown
    page.get_by_role("button", name="全部显示").click()
    expect(page.locator("form.pb-filters output")).to_have_text("共61项目标")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("检验检测", "检验检测"),
        ("绿色贷款", "绿色贷款余额"),
        ("色贷款", "绿色贷款余额"),
        ("green-loans", "绿色贷款余额"),
    ],
)
def test_search_finds(page: Page, root: str, query: str, title: str) -> None:
    page.goto(f"{root}/index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type(query)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert unquote(page.url).endswith(f"q={query}")
    first = page.locator(".pb-hit-title a").first
    expect(first).to_contain_text(title)
    first.click()
    expect(page.locator("article h1")).to_contain_text(title)


def test_downloads_hold_the_numbers_of_the_page(page: Page, root: str, tmp_path: Path) -> None:
    page.goto(f"{root}/goals/green-loans.html")
    shown = page.locator("dl.pb-keys dd").first.inner_text()
    value = float(re.sub(r"亿元.*", "", shown, flags=re.DOTALL).replace(",", ""))
    page.goto(f"{root}/downloads.html")
    saved = {}
    for name in ("goals.csv", "progress.xlsx"):
        with page.expect_download() as waiting:
            # `download` names a file of another origin on file://; a click there would open it.
            page.locator(f"a[href$='{name}']").first.evaluate(
                "link => { link.download = ''; link.click(); }"
            )
        saved[name] = tmp_path / name
        waiting.value.save_as(saved[name])
    text = saved["goals.csv"].read_text(encoding="utf-8-sig")
    goals = {row["goal_id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert round(float(goals["green-loans"]["latest_value"]), 2) == value
    sheet = load_workbook(saved["progress.xlsx"], read_only=True).worksheets[0]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any(isinstance(cell, float) and round(cell, 2) == value for cell in cells)


def test_the_theme_is_switched_and_kept(page: Page, root: str) -> None:
    page.goto(f"{root}/goals/green-loans.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    switch = page.get_by_role("button", name="切换明暗")
    while page.evaluate("document.documentElement.dataset.theme") != "dark":
        switch.click()
    dark = page.evaluate(ground)
    assert dark != light
    for _ in range(10):  # the browser writes down what it keeps a moment later
        page.goto(f"{root}/chapters/finance.html")
        if page.evaluate(ground) == dark:
            break
        page.wait_for_timeout(200)
    assert page.evaluate(ground) == dark


def test_the_switch_of_colours_keeps_the_keyboards_focus(page: Page, disk: str) -> None:
    page.goto(f"{disk}/index.html")
    switch = page.get_by_role("button", name="切换明暗")
    switch.focus()
    shown = set()
    for _ in range(4):
        page.keyboard.press("Enter")
        expect(switch).to_be_focused()
        shown.add(page.evaluate("document.documentElement.dataset.theme"))
    assert shown == {"light", "dark"}


@pytest.mark.parametrize(
    "name",
    ["chapters/overview", "chapters/digital", "chapters/tasks", "goals/index", "units/index"],
)
def test_on_a_phone_rows_of_wide_tables_are_cards_named_by_their_columns(
    phone: Page, disk: str, name: str
) -> None:
    phone.goto(f"{disk}/{name}.html")
    phone.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    cards = phone.locator(".pb-cards")
    assert cards.count()
    for table in cards.all():
        box = table.locator("xpath=..")
        assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 1
        heads = [head.strip() for head in table.locator("thead th").all_text_contents()]
        first = table.locator("tbody tr:not(.pb-group)").first.locator("td")
        assert first.evaluate_all("cells => cells.map((cell) => cell.dataset.label)") == heads[1:]
        indents = first.evaluate_all("cells => cells.map((c) => getComputedStyle(c).paddingLeft)")
        assert all(float(indent.removesuffix("px")) < 6 for indent in indents)  # as lines begin
    named = cards.first.locator("td:not(.pb-nothing)").first
    assert named.evaluate("cell => getComputedStyle(cell, '::before').content") != "none"
    assert cards.first.get_attribute("role") == "table"


def test_cards_can_be_sorted_and_filtered(phone: Page, disk: str) -> None:
    phone.goto(f"{disk}/chapters/overview.html")
    before = names(phone)
    phone.locator("#scoreboard thead button").first.click()
    expect(phone.locator("#scoreboard thead th").first).to_have_attribute(
        "aria-sort", re.compile(".")
    )
    phone.wait_for_timeout(100)  # rows follow the head by a timer
    assert sorted(names(phone)) == sorted(before)
    assert names(phone) != before
    phone.locator("form.pb-filters [name=q]").fill("软件")
    phone.wait_for_timeout(300)
    assert 0 < len(names(phone)) < len(before)


def test_the_keyboard_alone_leads_from_the_first_page_to_a_goals_table(
    page: Page, root: str
) -> None:
    page.goto(f"{root}/index.html")
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    goal = page.locator("main a[href*='goals/']:not([href*='index'])")
    for _ in range(80):
        page.keyboard.press("Tab")
        if goal.and_(page.locator(":focus")).count():
            break
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/goals/*.html")
    table = page.locator(".pb-scroll[tabindex='0']:visible")
    for _ in range(80):
        page.keyboard.press("Tab")
        if table.and_(page.locator(":focus")).count():
            break
    expect(table.and_(page.locator(":focus"))).to_have_attribute("aria-label", re.compile(".{4}"))
    assert page.evaluate(outline) != "none"


def unfold(page: Page) -> None:
    """Open the sections of a page that are for reference, as a reader does."""
    for heading in page.locator("details.pb-section > summary").all():
        heading.click()


def test_without_scripts_everything_is_shown(browser: Browser, disk: str) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{disk}/chapters/overview.html")
    assert plain.locator("#scoreboard tbody th[scope=row] a:visible").count() == 61
    expect(plain.locator("form.pb-filters")).to_be_hidden()
    plain.goto(f"{disk}/goals/green-loans.html")
    unfold(plain)
    for part in ("svg.pb-chart", "#history", "blockquote", "math >> nth=0"):
        expect(plain.locator(part).first).to_be_visible()
    plain.goto(f"{disk}/search.html")
    expect(plain.get_by_role("link", name="指标目录").first).to_be_visible()
    plain.context.close()


def test_a_page_is_printed_without_what_is_for_screens(
    page: Page, disk: str, tmp_path: Path
) -> None:
    page.goto(f"{disk}/goals/green-loans.html")
    made = tmp_path / "page.pdf"
    page.pdf(path=made, format="A4")
    printed = "".join(part.extract_text() for part in PdfReader(made).pages)
    text = re.sub(r"\s", "", normalize("NFKC", printed))  # PDFs name some glyphs by their radicals
    assert "绿色贷款余额" in text
    assert "历次数据与判定" in text
    assert "示例数据" in text
    assert "搜索" not in text


def test_motion_is_left_out_for_those_who_ask(browser: Browser, disk: str) -> None:
    still = browser.new_context(reduced_motion="reduce").new_page()
    still.goto(f"{disk}/chapters/overview.html")
    moving = still.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
          const style = getComputedStyle(element);
          const times = `${style.transitionDuration},${style.animationDuration}`.split(",");
          return Math.max(...times.map(parseFloat)) > 0.01 || style.scrollBehavior === "smooth";
        }).length"""
    )
    assert moving == 0
    still.context.close()


def test_ratings_charts_and_tables_have_names_for_ears(page: Page, disk: str) -> None:
    page.goto(f"{disk}/goals/green-loans.html")
    chart = page.get_by_role("img", name=re.compile("绿色贷款余额走势图。截至2026年9月末"))
    expect(chart).to_be_visible()
    unfold(page)
    expect(page.get_by_role("table", name=re.compile("历次数据与判定"))).to_be_visible()
    # The symbol is for eyes: the word that stands beside it is what is heard.
    assert "达序时" in page.locator("p.pb-head .pb-rating").aria_snapshot()
    assert "●" not in page.locator("p.pb-head .pb-rating").aria_snapshot()
