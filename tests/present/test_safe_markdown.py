import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

from planbook.present.say.safe_markdown import (
    bold_without_end,
    left_out,
    quoted,
    safe_markdown,
)
from planbook.produce.markdown_rules import book_config, parser

ALLOWED = {"p", "strong", "em", "ul", "ol", "li", "blockquote", "a", "br"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
# Which let HTML through, as Jupyter Book does: pages, and what the book's own pages read besides.
PAGE = MarkdownIt("commonmark")
BOOK = parser(book_config(), RendererHTML)


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


def test_bold_beside_chinese_marks_is_bold() -> None:
    page = BeautifulSoup(
        BOOK.render(safe_markdown("这是**“重点”**后，**注意：**下季")), "html.parser"
    )
    assert [bold.get_text() for bold in page.find_all("strong")] == ["“重点”", "注意："]
    assert "*" not in page.get_text()


def test_items_keep_their_numbers_over_paragraphs_and_ahead() -> None:
    page = shown("1. 甲\n\n说明\n\n2. 乙\n\n说明\n\n3. 丙\n4. 丁\n\n2026. 全年目标")
    assert [items.get("start", "1") for items in page.find_all("ol")] == ["1", "2", "3", "2026"]
    assert [item.get_text().strip() for item in page.find_all("li")] == [
        "甲",
        "乙",
        "丙",
        "丁",
        "全年目标",
    ]
    assert len(shown("1. 甲\n1. 乙\n1. 丙").find_all("ol")) == 1


def test_a_table_stays_one_and_holds_only_characters() -> None:
    text = "| 指标 | 数 |\n|---|--:|\n| **<b>甲** | $1\\|2 |\n|  | 3 |"
    page = BeautifulSoup(BOOK.render(safe_markdown(text)), "html.parser")
    assert {element.name for element in page.find_all()} == {*TABLE, "strong"}
    assert [cell.get_text() for cell in page.find_all("td")] == ["<b>甲", "$1|2", "\xa0", "3"]
    assert page.find_all("td")[1]["style"] == "text-align:right"


def test_what_is_struck_out_and_tasks_survive() -> None:
    page = BeautifulSoup(
        BOOK.render(safe_markdown("价格~~旧。~~新，1~3月，甲\\~~乙\\~~")), "html.parser"
    )
    assert [found.get_text() for found in page.find_all("s")] == ["旧。"]
    assert page.get_text().strip() == "价格旧。新，1~3月，甲~~乙~~"
    items = shown("- [ ] 未办\n- [X] **已办**\n- [注]其他\n\n[ ] 段落").find_all(["li", "p"])
    said = ["□ 未办", "✓ 已办", "[注]其他", "[ ] 段落"]
    assert [found.get_text().strip() for found in items] == said


def test_pictures_and_links_that_become_words_are_told() -> None:
    text = "![图](a%20b.png) [甲](https://example.com/) [乙](other.md#c) [丙](<javascript:x>)"
    assert list(left_out(text)) == [("image", "a b.png"), ("link", "other.md#c")]


def test_bold_that_never_ends_is_told() -> None:
    assert bold_without_end("甲**乙**，**丙") == ["，**丙"]
    assert bold_without_end("**“甲”**乙 3*4 `**`") == []


@given(st.text(alphabet="甲乙。 \n\t*_`<>{}[]()!#:-+=|$&;\\1.~^%@'\"/abhjs", max_size=60))
def test_no_text_makes_anything_but_the_few_allowed_elements(text: str) -> None:
    page = BeautifulSoup(PAGE.render(quoted(safe_markdown(text))), "html.parser")
    for element in page.find_all():
        assert element.name in ALLOWED
        assert not set(element.attrs) - ({"href"} if element.name == "a" else {"start"})


@given(st.text(alphabet="甲。“” \n*_`<>{}[]()!#:-+=|$&;\\1.~^%@'\"/ab", max_size=60))
def test_the_books_own_parser_makes_no_more_of_any_text(text: str) -> None:
    page = BeautifulSoup(BOOK.render(quoted(safe_markdown(text))), "html.parser")
    assert {element.name for element in page.find_all()} <= {*ALLOWED, *TABLE, "s"}
