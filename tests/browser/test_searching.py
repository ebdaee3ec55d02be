"""What the demonstration's search finds in few files is what it would find in all of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from tests.books import Built
from tests.browser.conftest import watched_page
from tests.searching import FIRST, UNSPLIT, addresses, asked

pytestmark = pytest.mark.book

ASKED = (
    *(
        "达序时",
        "企业",
        "的",
        "2",
        "2026年1—9月",
        "%",
        "亿元 增长",
        "green-loans",
        "GDP",
        "3,2",
        "735",
    ),
    *("绿色金融贷款余额", "没有此词", "港口航运物流金融企业", "示例 数据 目标", "“绿金贷”"),
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with watched_page(browser, 1280) as opened:
        yield opened


@pytest.fixture
def queries(demonstration: Built) -> list[str]:
    """What readers type: names of goals, and stretches of what pages say."""
    texts = sorted((demonstration.html / "_static" / "search" / "texts").rglob("*.js"))
    sections: list[list[str]] = []
    for path in texts:
        sections += json.loads(path.read_text(encoding="utf-8").partition("]=")[2].rstrip(";\n"))
    names = {heading for anchor, heading, _text in sections if not anchor}
    draw = random.Random(439)
    bodies = [body for *_, body in sections if len(body) > 20]
    drawn = [stretch(draw, draw.choice(bodies)) for _ in range(60)]
    both = [f"{one} {other}" for one, other in pairwise(drawn)]
    return [*ASKED, *sorted(names), *filter(str.strip, [*drawn, *both[::4]])]


def stretch(draw: random.Random, text: str) -> str:
    length = draw.choice((1, 2, 2, 3, 4, 6, 9))
    start = draw.randrange(len(text) - length)
    return text[start : start + length].replace("\n", " ")


def test_every_query_finds_the_same_pages_in_the_same_order(
    page: Page, demonstration: Built, queries: Sequence[str]
) -> None:
    page.goto((demonstration.html / "search.html").as_uri())
    found = {query: addresses(asked(page, query)) for query in queries}
    everything = page.evaluate(UNSPLIT, list(found))
    for (query, some), whole in zip(found.items(), everything, strict=True):
        assert some == whole[:FIRST], query


def test_a_name_is_found_without_most_of_the_book(page: Page, demonstration: Built) -> None:
    page.goto((demonstration.html / "search.html").as_uri())
    assert addresses(asked(page, "绿色贷款余额"))[0] == "goals/green-loans.html"
    loaded = page.evaluate("Object.keys(planbookSearch.texts)")
    assert len(loaded) < len(demonstration.pages()) / 4
