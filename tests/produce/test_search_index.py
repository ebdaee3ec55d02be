"""A query loads few files of the search's index, and finds what all of them would."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from planbook.produce.sphinx_ext.search_grams import COUNTED, HEAD, IN_HEADING, grams_of, page_grams
from planbook.produce.sphinx_ext.search_index import FOLDER, PAGES, index_scripts, write_index
from planbook.produce.sphinx_ext.search_text import PageText, Section
from tests.chromium import launched
from tests.searching import FIRST, SETTLED, SHOWN, UNSPLIT, addresses, asked, of_text, search_book

WORDS = (
    *("绿色", "贷款", "余额", "企业", "重点", "亿元", "达序时", "2026年1—9月", "2,735.43", "17.6%"),
    *("green-loans", "GDP", "ＡＩ", "的", "A级", "—", "1", "27.", "𠮷野", "“绿金贷”", "--", "1,5"),
)
QUERIES = (
    *("绿色贷款", "绿", "的", "达序时", "达序", "序时", "亿元 企业", "绿色 没有此词", "没有此词"),
    *("2", "27", "2,7", "2735", "2735.4", "735", "17.6%", "%", "-", "—9月", "1-9", "2026年1—9月"),
    *("green", "reen", "GREEN-loans", "gdp", "ＡＩ", "AI", "A", "𠮷", "𠮷野", "绿色的企业余额贷款"),
    *("“绿金贷”", "金贷", "--", "1,5", "页12", "page-12", "12", "(.*", "", " "),
)


def book(count: int) -> dict[str, PageText]:
    """Return pages of words drawn at random, each with sections and a word that only it has."""
    draw = random.Random(20261126)
    characters = [chr(0x6000 + n) for n in range(1000)]

    def drawn(most: int) -> str:
        return "".join(draw.choices(WORDS, k=draw.randint(1, most)))

    pages = {}
    for number in range(count):
        title = f"页{number}{drawn(2)}"
        own = f"{chr(0x5000 + number)}独有"
        sections = (
            Section("", title, f"{own}\n{drawn(12)}"),
            Section("c", "其他", "".join(draw.choices(characters, k=1500))),
            Section("a", drawn(2), f"{drawn(30)}\n{drawn(30)}"),
            Section("b", drawn(1), drawn(60)),
        )
        pages[f"goals/page-{number}.html"] = PageText(title, sections)
    return pages


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as running:
        yield running


def test_grams_are_pairs_beginnings_and_last_characters() -> None:
    assert dict(grams_of("绿色，2,735.4亿")) == {
        "绿色": 1,
        "色": 1,
        f"{HEAD}2735": 1,
        "5.": 1,
        ".4": 1,
        "4亿": 1,
        "亿": 1,
    }


def test_ways_to_write_a_character_are_one() -> None:
    assert grams_of("ＧＤＰ１—９") == grams_of("gdp1-9")


def test_a_word_is_worth_its_number_of_times_and_its_heading() -> None:
    often = "甲乙 " * (COUNTED + 2)
    title, below = Section("", "甲乙", "甲乙 甲乙"), Section("a", "丙丁", often)
    worth = page_grams(PageText("甲乙", (title, below)))
    assert (worth["甲乙"], worth["丙丁"]) == (COUNTED, IN_HEADING)


def test_a_script_is_one_assignment_whatever_the_text() -> None:
    text = '"];\\\n</script>\u2028'
    script = index_scripts({"a.html": of_text("页", text)})[f"{FOLDER}/texts/a.js"]
    name, _, value = script.partition("=")
    assert name == 'planbookSearch.texts["a.html"]'
    assert json.loads(value.removesuffix(";\n")) == [["", "页", text]]


def test_grams_and_versions_look_like_no_numbers() -> None:
    """A check of public books would take them for values that are not public."""
    scripts = index_scripts({f"{n}.html": of_text("页", f"{n + 2000}亿元") for n in range(300)})
    for name, script in scripts.items():
        if name == PAGES or "/grams/" in name:
            written = re.sub(r'"\d+\.html"|planbookSearch\.grams\[\d+\]', "", script)
            assert not re.search(r"(?<![\w.])\d{3}", written), name


def test_an_edit_changes_the_page_s_own_text_and_few_other_files(tmp_path: Path) -> None:
    before = book(60)
    address = "goals/page-7.html"
    first, *others = before[address].sections
    edited = Section("", first.heading, first.text.replace("独", "改"))
    after = {**before, address: PageText(before[address].title, (edited, *others))}
    changed = differing(index_scripts(before), index_scripts(after))
    assert {name for name in changed if "/texts/" in name} == {f"{FOLDER}/texts/goals/page-7.js"}
    assert PAGES in changed
    assert len(changed) <= 5  # names, text, and where pairs with 独 and 改 are

    write_index(tmp_path, before)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.js")}
    write_index(tmp_path, after)
    touched = {path for path in times if path.stat().st_mtime_ns != times[path]}
    assert {path.relative_to(tmp_path).as_posix() for path in touched} == changed


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


def test_files_of_pages_that_are_no_more_are_deleted(tmp_path: Path) -> None:
    write_index(tmp_path, book(3))
    write_index(tmp_path, book(2))
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.js")}
    assert left == set(index_scripts(book(2)))


def test_a_query_finds_what_a_search_through_all_texts_finds(
    browser: Browser, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(search_book(tmp_path, book(150)).as_uri())
    found = [addresses(asked(page, query)) for query in QUERIES]
    everything = page.evaluate(UNSPLIT, list(QUERIES))
    for query, some, whole in zip(QUERIES, found, everything, strict=True):
        assert some == whole[:FIRST], query
    assert sum(map(bool, found)) > 30
    page.context.close()


def test_more_pages_are_listed_whenever_they_are_asked_for(
    browser: Browser, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(search_book(tmp_path, book(25)).as_uri())
    listed = [len(addresses(asked(page, "绿色")))]
    while page.locator("#pb-more").is_visible():
        page.locator("#pb-more").click()
        page.wait_for_function(SETTLED)
        listed.append(page.locator(".pb-hit").count())
    (everything,) = page.evaluate(UNSPLIT, ["绿色"])
    assert listed == [FIRST, 2 * FIRST, len(everything)]
    assert page.locator("#pb-search-count").inner_text() == f"「绿色」见于{len(everything)}页。"
    assert addresses(page.evaluate(SHOWN)) == everything
    page.context.close()


def test_what_a_query_loads_grows_less_than_the_book(browser: Browser, tmp_path: Path) -> None:
    small, large = (loaded(browser, tmp_path / str(count), book(count)) for count in (60, 480))
    for query, weight in small.items():
        assert large[query] < weight * 4, query  # of eight times the pages
    assert large["倀独有"] < large["达序时"]


def loaded(browser: Browser, folder: Path, pages: Mapping[str, PageText]) -> dict[str, int]:
    """Return the bytes that each of some queries loads besides the page itself."""
    search_page, weights = search_book(folder, pages), {}
    for query in ("倀独有", "达序时", "企业重点", "绿色 贷款", "2735"):
        page = browser.new_page()
        page.goto(search_page.as_uri())
        assert asked(page, query)["links"]
        scripts = page.evaluate("[...document.scripts].map((script) => script.src)")
        files = [Path(script.partition("?")[0].removeprefix("file://")) for script in scripts]
        weights[query] = sum(path.stat().st_size for path in files if FOLDER in path.parts)
        page.context.close()
    return weights


def test_a_file_that_is_missing_is_named(browser: Browser, tmp_path: Path) -> None:
    search_page = search_book(tmp_path, {"a.html": of_text("绿色贷款", "余额")})
    (tmp_path / "_static" / FOLDER / "texts" / "a.js").unlink()
    page = browser.new_page()
    page.goto(search_page.as_uri())
    assert "_static/search/texts/a.js" in asked(page, "余额")["count"]
    (tmp_path / "_static" / PAGES).unlink()
    page.goto(search_page.as_uri())
    assert "_static/search/pages.js" in asked(page, "余额")["count"]
    page.context.close()


def test_only_the_last_question_is_answered(browser: Browser, tmp_path: Path) -> None:
    pages = {"a.html": of_text("甲页", "绿色"), "b.html": of_text("乙页", "贷款")}
    page = browser.new_page()
    page.goto(search_book(tmp_path, pages).as_uri())
    page.evaluate(
        """() => {
          const input = document.getElementById("pb-query");
          for (const query of ["绿色", "贷款"]) {
            input.value = query;
            input.form.requestSubmit();
          }
        }"""
    )
    page.wait_for_function("document.querySelector('.pb-hit-title')")
    page.wait_for_timeout(100)
    assert page.locator(".pb-hit-title").all_inner_texts() == ["乙页"]
    page.context.close()
