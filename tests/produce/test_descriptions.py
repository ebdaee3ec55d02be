from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from planbook.produce.site.book_facts import BookFacts
from planbook.produce.sphinx_ext.descriptions import LONGEST, describe, described

LEDE = '<p class="pb-lede">贷款余额为<b>2,735</b>亿元，达序时。</p>'


@pytest.mark.parametrize(
    ("body", "description"),
    [
        (f"<p>本页先有一句别的话。</p>{LEDE}", "贷款余额为2,735亿元，达序时。"),
        ("<p class='x'>本章看贷款余额如何。</p>", "本章看贷款余额如何。"),
        (
            "<p>短。</p><p>没有句号的一行字在这里</p><p>这才是本页说的事。</p>",
            "贷款余额：这才是本页说的事。",
        ),
        ('<p class="pb-dateline">2026年三季度的书。</p>', "贷款余额"),
        ("<p>一与二之比 &lt; 三，不算达到。</p>", "贷款余额：一与二之比 < 三，不算达到。"),
        ("", "贷款余额"),
    ],
)
def test_a_page_is_described_by_its_first_sentence(body: str, description: str) -> None:
    assert described(body, "贷款余额") == description


def test_a_long_description_ends_with_a_sentence() -> None:
    sentence = "这一句话有十六个字并且以句号结尾。"
    text = described(f"<p>{sentence * 20}</p>", "这一句话")
    assert len(text) <= LONGEST
    assert text.endswith("。")
    endless = described(f"<p>{'字' * 400}。</p>", "字")
    assert len(endless) == LONGEST
    assert endless.endswith("…")


FACTS = BookFacts(
    book="进展报告",
    plan_title="规划",
    edition="2026-Q3",
    edition_label="2026年三季度",
    dataset="demo",
    dataset_title="示例",
    demonstration=True,
    confidential=False,
    correction="",
    banner="",
    address="https://example.org/2026-Q3/",
    dataset_ld='{"@type":"Dataset"}',
)


def head(facts: BookFacts, page: str, title: str = "贷款余额", body: str = LEDE) -> str:
    """Return what the extension adds to the head of a page."""
    builder = SimpleNamespace(get_target_uri=lambda name: f"{name.removeprefix('book/')}.html")
    config = SimpleNamespace(root_doc="book/index", project="")
    app = SimpleNamespace(planbook_facts=facts, config=config, builder=builder)
    context: dict[str, Any] = {"title": title, "body": body, "metatags": "<meta name='kept' />"}
    describe(cast(Sphinx, app), page, "page.html", context, None)
    return str(context["metatags"])


def tagged(markup: str) -> dict[str, str]:
    tags = BeautifulSoup(markup, "html.parser").find_all("meta", property=True)
    return {str(tag["property"]): str(tag["content"]) for tag in tags}


def test_a_link_to_a_page_can_be_shown_with_title_and_description() -> None:
    assert tagged(head(FACTS, "book/goals/loans")) == {
        "og:title": "贷款余额",
        "og:description": "贷款余额为2,735亿元，达序时。",
        "og:type": "article",
        "og:locale": "zh_CN",
        "og:site_name": "进展报告",
        "og:url": "https://example.org/2026-Q3/goals/loans.html",
    }
    assert tagged(head(FACTS, "book/index"))["og:type"] == "website"
    assert "kept" in head(FACTS, "book/index")


def test_a_book_without_a_site_says_no_address() -> None:
    assert "og:url" not in tagged(head(replace(FACTS, address=""), "book/goals/loans"))


def test_names_end_no_tag() -> None:
    title = '"><script>alert(1)</script>'
    said = head(replace(FACTS, book=title), "book/goals/loans", title, "")
    assert "<script" not in said
    assert tagged(said)["og:site_name"] == title


def test_only_the_page_of_downloads_says_what_data_there_are() -> None:
    ld = '<script type="application/ld+json">{"@type":"Dataset"}</script>'
    assert ld in head(FACTS, "book/downloads")
    assert ld not in head(FACTS, "book/goals/downloads")
