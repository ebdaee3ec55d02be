import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from planbook.present.say.safe_markdown import quoted, safe_markdown

ALLOWED = {"p", "strong", "em", "ul", "ol", "li", "blockquote", "a", "br"}
PAGE = MarkdownIt("commonmark")  # which lets HTML through, as Jupyter Book does


def shown(text: str) -> BeautifulSoup:
    return BeautifulSoup(PAGE.render(safe_markdown(text)), "html.parser")


def test_paragraphs_lists_quotations_and_emphasis_survive() -> None:
    page = shown("甲**乙***丙*\n\n- 一\n- 二\n  1. 三\n\n> 丁\n\n第一行  \n第二行")
    found = {element.name for element in page.find_all()}
    assert found == {"p", "strong", "em", "ul", "ol", "li", "blockquote", "br"}


def test_lines_of_chinese_are_joined_without_a_space() -> None:
    assert safe_markdown("增长\n较快\nABC\n较快") == "增长较快 ABC 较快"


def test_a_heading_becomes_a_bold_paragraph() -> None:
    page = shown("# 一、总体情况\n\n好。")
    assert page.find(re.compile(r"h\d")) is None
    assert page.strong.get_text() == "一、总体情况"


@pytest.mark.parametrize("address", ["https://www.stats.gov.cn/x?a=1", "mailto:a@b.cn"])
def test_a_link_to_the_web_stays(address: str) -> None:
    assert shown(f"[见此]({address})").a["href"] == address


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "file:///etc", "../x.html"],
)
def test_no_other_link_stays(address: str) -> None:
    page = shown(f"[见此]({address}) <{address}>")
    assert page.a is None
    assert "见此" in page.get_text()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<b onclick="x">甲</b>',
        "<!-- 注 -->",
        "&lt;script&gt;",
        "{math}`x`",
        "{include}`/etc/passwd`",
        "$x$ 和 $$y$$",
        "```{include} /etc/passwd\n```",
        "```{raw} html\n<script>x</script>\n```",
        ":::{admonition} 甲\n:::",
        "% 注释",
        "(标签)=",
        "[^1]\n\n[^1]: 脚注",
        "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
        "    <script>x</script>",
        "![图](https://example.com/x.png)",
        "[a]: javascript:x\n\n[a]",
    ],
)
def test_everything_else_is_only_characters(text: str) -> None:
    safe = safe_markdown(text)
    bare = re.sub(r"&#\d+;", "", safe)
    assert not re.search(r"[<>{}$`|!%\[\]]|&lt|::|\)=", bare), safe
    assert {element.name for element in shown(text).find_all()} <= {"p", "br"}


def test_the_characters_of_a_formula_can_still_be_read() -> None:
    assert shown("价格为 $5 至 $6").get_text().strip() == "价格为 $5 至 $6"


@given(st.text(alphabet="甲乙。 \n\t*_`<>{}[]()!#:-+=|$&;\\1.~^%@'\"/abhjs", max_size=60))
def test_no_text_makes_anything_but_the_few_allowed_elements(text: str) -> None:
    page = BeautifulSoup(PAGE.render(quoted(safe_markdown(text))), "html.parser")
    for element in page.find_all():
        assert element.name in ALLOWED
        assert not set(element.attrs) - ({"href"} if element.name == "a" else {"start"})
