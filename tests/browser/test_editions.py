"""What readers of a published page learn of other editions, from disk and from a server."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import executable
from planbook.publish.manifests import seal
from planbook.publish.packing import pack
from tests.browser.conftest import serving, watched_page
from tests.browser.walking import AXE, RUN, TAGS, THEMES, Walk, listed
from tests.chromium import MISSING
from tests.publish.sites import NOON, Q1, Q2, Q3, Q3_1, Q4, Press, opened

PURGED = Q1.parse("2025-Q4")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with editions of every state; only the older ones have a page ``b``."""
    folder = tmp_path_factory.mktemp("editions")
    site, press = opened(folder / "site"), Press(folder / "press")
    for hours, edition in enumerate((PURGED, Q1, Q2, Q3)):
        press.publish(site, edition, "a", "b", hours=hours)
    press.publish(site, Q3_1, "a", "b", hours=4)
    press.publish(site, Q4, "a", "新", hours=5)
    site.withdraw(Q2, "口径有误，数值不能使用", NOON + dt.timedelta(hours=6))
    site.purge(PURGED, "误载个人信息", NOON + dt.timedelta(hours=7))
    site.next_dates([("2027年一季度", dt.date(2027, 5, 20))])
    return folder / "site"


@pytest.fixture(scope="module")
def served(place: Path) -> Iterator[str]:
    with serving(place) as address:
        yield address


@pytest.fixture(params=["disk", "server"])
def root(request: pytest.FixtureRequest, place: Path, served: str) -> str:
    return place.as_uri() if request.param == "disk" else served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with watched_page(browser, 1280) as opened_page:
        yield opened_page


@pytest.mark.parametrize(
    ("edition", "note"),
    [
        (Q1, "本页属2026年一季度，已有2026年四季度。"),
        (Q2, "本期已撤回：口径有误，数值不能使用。最新一期：2026年四季度。"),
        (Q3, "本期已更正，见2026年三季度（更正1）。最新一期：2026年四季度。"),
        (Q3_1, "本页属2026年三季度（更正1），已有2026年四季度。"),
    ],
)
def test_an_old_page_says_what_became_of_its_edition(
    page: Page, root: str, edition: object, note: str
) -> None:
    page.goto(f"{root}/{edition}/goals/a.html")
    expect(page.get_by_role("complementary", name="本期说明")).to_have_text(note)
    page.get_by_role("link", name="2026年四季度", exact=True).first.click()
    page.wait_for_url("**/2026-Q4/goals/a.html")
    expect(page.get_by_role("complementary", name="本期说明")).to_have_count(0)


def test_the_keyboard_leads_to_the_same_page_of_another_edition(page: Page, root: str) -> None:
    page.goto(f"{root}/2026-Q4/goals/a.html")
    page.keyboard.press("Tab")
    expect(page.locator(".pb-editions summary")).to_be_focused()
    page.keyboard.press("Enter")
    shown = page.locator(".pb-editions a:visible")
    assert shown.all_inner_texts() == [
        "2026年四季度最新",
        "2026年三季度（更正1）",
        "2026年三季度已更正",
        "2026年二季度已撤回",
        "2026年一季度",
        "2025年四季度已清除",
        "各期一览",
    ]
    expect(shown.first).to_have_attribute("aria-current", "page")
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(page.locator(".pb-editions summary")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2026-Q3.1/goals/a.html")


def test_a_page_that_an_edition_lacks_leads_to_its_first_page(page: Page, root: str) -> None:
    page.goto(f"{root}/2026-Q1/goals/b.html")
    page.locator(".pb-editions summary").click()
    newest = page.locator(".pb-editions a").first
    expect(newest).to_have_text("2026年四季度最新，无此页，到首页")
    newest.click()
    page.wait_for_url("**/2026-Q4/index.html")


def test_a_page_with_a_chinese_address_is_found_in_both_ways(page: Page, root: str) -> None:
    page.goto(f"{root}/2026-Q4/goals/新.html")
    page.locator(".pb-editions summary").click()
    page.locator(".pb-editions a").first.click()
    expect(page.locator("h1")).to_have_text("goals/新.html")


def test_the_list_closes_when_something_else_is_chosen(page: Page, root: str) -> None:
    page.goto(f"{root}/2026-Q1/index.html")
    box = page.locator(".pb-editions")
    leaving: list[Callable[[], None]] = [
        lambda: page.mouse.click(600, 700),
        lambda: page.locator("main > a").focus(),
    ]
    for leave in leaving:
        box.locator("summary").click()
        expect(box).to_have_attribute("open", "")
        leave()
        expect(box).not_to_have_attribute("open", "")


def test_a_purged_edition_shows_its_reason(page: Page, root: str) -> None:
    page.goto(f"{root}/2026-Q1/goals/a.html")
    page.locator(".pb-editions summary").click()
    page.get_by_role("link", name="2025年四季度已清除").click()
    expect(page.locator("main")).to_contain_text("本期已清除：误载个人信息。")


def test_a_link_to_a_page_of_a_purged_edition_leads_to_the_reason(
    page: Page, place: Path, tmp_path: Path
) -> None:
    shutil.copytree(place, tmp_path / "site")
    path = tmp_path / "site" / "2026-Q1" / "goals" / "a.html"
    links = '<a href="../../2025-Q4/goals/a.html">旧</a><a href="../../2026-Q2/goals/a.html">别</a>'
    path.write_text(path.read_text("utf-8").replace("</main>", f"{links}</main>"), "utf-8")
    page.goto(path.as_uri())
    other = page.get_by_role("link", name="别", exact=True)
    expect(other).to_have_attribute("href", "../../2026-Q2/goals/a.html")
    page.get_by_role("link", name="旧", exact=True).click()
    expect(page.locator("main")).to_contain_text("本期已清除：误载个人信息。")


def test_without_scripts_the_index_shows_all_and_latest_leads_on(
    browser: Browser, root: str
) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{root}/latest/index.html")
    plain.wait_for_url("**/2026-Q4/index.html")
    plain.goto(f"{root}/index.html")
    assert len(plain.locator("h2, h3").all_inner_texts()) == 9
    plain.get_by_role("link", name="打开2026年二季度").click()
    expect(plain.locator("main")).to_contain_text("2026-Q2")
    plain.context.close()


def test_a_page_outside_of_its_site_stays_as_it_is(
    browser: Browser, place: Path, tmp_path: Path
) -> None:
    (tmp_path / "editions.js").write_bytes((place / "editions.js").read_bytes())
    text = (place / "2026-Q4" / "index.html").read_text(encoding="utf-8")
    alone = tmp_path / "2027-Q1" / "index.html"
    alone.parent.mkdir()
    alone.write_text(text.replace('data-edition="2026-Q4"', 'data-edition="2027-Q1"'), "utf-8")
    opened_page = browser.new_page()
    opened_page.goto(alone.as_uri())
    expect(opened_page.locator("h1")).to_have_text("index.html")
    expect(opened_page.locator(".pb-editions, .pb-edition-note")).to_have_count(0)
    opened_page.context.close()


def test_pages_of_a_site_are_for_everyone_without_errors_and_fit_the_screen(
    place: Path, served: str
) -> None:
    if executable() is None:
        pytest.skip(MISSING)
    addresses = ("index.html", "2025-Q4/index.html", "2026-Q2/index.html", "2026-Q3/goals/a.html")
    walk = Walk(place, [place / address for address in addresses], served)
    assert len(walk.visits) == 8
    assert not [f for visit in walk.visits for f in visit.findings], listed(
        [f for visit in walk.visits for f in visit.findings]
    )
    for visit in walk.visits:
        assert visit.wide <= visit.width, visit.address
        assert not visit.said
        assert not visit.outside
        assert visit.language == "zh-CN"


def test_the_open_list_has_nothing_that_axe_finds(page: Page, root: str) -> None:
    page.goto(f"{root}/2026-Q2/goals/a.html")
    page.locator(".pb-editions summary").click()
    page.evaluate(f"{AXE};0")
    for theme in THEMES:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        options = {
            "preload": False,
            "elementRef": False,
            "runOnly": {"type": "tag", "values": TAGS},
        }
        assert page.evaluate(RUN, ["html", options]) == []


def test_a_link_to_an_edition_that_the_site_lacks_is_words(
    browser: Browser, tmp_path: Path
) -> None:
    site, press = opened(tmp_path / "site"), Press(tmp_path / "press")
    entry, book, archive = press.made(Q3_1, "a")
    path = book / "goals" / "a.html"
    said = "".join(f'<p><a href="../../{e}/goals/a.html">更正{e.label}</a></p>' for e in (Q2, Q3))
    text = path.read_text(encoding="utf-8").replace("</main>", f"{said}</main>")
    path.write_text(text, encoding="utf-8")
    sealed = seal(book)
    packed = pack({f"{Q3_1}/book": book}, archive)
    press.publish(site, Q2, "a")
    site.add(entry.with_(manifest=sealed.manifest, archive=packed), book, archive)
    page = browser.new_page()
    page.goto((tmp_path / "site/2026-Q3.1/goals/a.html").as_uri())
    expect(page.locator("main p")).to_contain_text(["更正2026年二季度", "更正2026年三季度"])
    assert page.locator("main p > a").all_inner_texts() == ["更正2026年二季度"]
    expect(page.get_by_role("link", name="首页")).to_be_visible()
    page.context.close()
