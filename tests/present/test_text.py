import pytest
from markdown_it import MarkdownIt

from planbook.present.escaping import Html, display_width, full_width, html, lines, listed, markdown
from planbook.present.prose import Prose, dateline

HOSTILE = (
    "<script>alert(1)</script>",
    "{{ secret }}",
    "$(document)",
    "$x^2$ 与 $$y$$",
    ":::{raw} html",
    "```{raw} html",
    "[x](javascript:alert(1))",
    "![x](http://e.example/a.png)",
    "# 标题",
    "1. 列表",
    "- 列表",
    "+ 列表",
    "> 引用",
    "| a | b |",
    "&lt;b&gt; &#60;",
    "*重* _重_ ~~删~~ `代码`",
    "www.example.com http://example.com a@b.cn",
    "反斜杠 \\( \\[ \\",
    "<!-- 注释 -->",
    "第一行\n\n第二行\r第三行",
)


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("preset", ["commonmark", "gfm-like"])
def test_escaped_markdown_renders_as_exactly_the_characters(text: str, preset: str) -> None:
    rendered = MarkdownIt(preset).render(f"前文 {markdown(text)} 后文")
    assert rendered == f"<p>前文 {html(text).replace('&#x27;', chr(39))} 后文</p>\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_does_not_start_a_block(text: str) -> None:
    tokens = MarkdownIt("gfm-like").parse(markdown(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in tokens[1].children or []} == {"text"}


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_html_holds_no_tag_and_no_line_break(text: str) -> None:
    assert not set(html(f'{text}"') + markdown(text)) & set('<>\n\r"')


def test_control_and_direction_characters_become_spaces() -> None:
    assert html("甲\u202e乙\u200b丙\x07丁") == "甲 乙 丙 丁"


def test_quotes_are_printed_with_full_width_marks() -> None:
    assert full_width("经UFI(国际展览业协会)认证,达1,200个;约3.2万") == (
        "经UFI（国际展览业协会）认证，达1,200个；约3.2万"
    )


@pytest.mark.parametrize(
    "quote",
    [
        "By 2026, at least 40 firms (net); see note: 1,200",
        "À la fin de 2027, au moins 40 entreprises (重庆)",
        "К 2027 году: не менее 40 (сорок) фирм, ежегодно",
    ],
)
def test_a_quote_in_another_script_is_left_alone(quote: str) -> None:
    assert full_width(quote) == quote


def test_foreign_words_in_a_chinese_quote_do_not_make_it_foreign() -> None:
    assert full_width("新增AI,5G企业(ICT)40家") == "新增AI，5G企业（ICT）40家"


def test_width_counts_chinese_characters_twice() -> None:
    assert display_width("甲A") == 3


def test_names_beyond_the_limit_are_said_with_deng() -> None:
    assert listed(["甲", "乙"]) == "甲、乙"
    assert listed(["甲", "乙", "丙", "丁"]) == "甲、乙、丙等"


def test_prose_shows_markdown_and_as_plain_text_what_it_says() -> None:
    data, metadata = Prose(markdown("甲*乙"))._repr_mimebundle_()
    assert data == {"text/markdown": "甲&#42;乙", "text/plain": "甲*乙"}
    assert metadata == {"planbook": {"kind": "text"}}


def test_a_dateline_is_text_too_and_has_a_class_on_pages() -> None:
    data, metadata = dateline("甲<b>")._repr_mimebundle_()
    assert data["text/html"] == '<p class="pb-dateline">甲&lt;b&gt;</p>'
    assert data["text/plain"] == "甲<b>"
    assert metadata == {"planbook": {"kind": "dateline"}}


@pytest.mark.parametrize("text", HOSTILE)
def test_text_put_into_safe_html_is_escaped_whichever_way_it_comes_in(text: str) -> None:
    safe = html(text)
    assert Html("{}").format(text) == safe
    assert Html("").join([text]) == safe
    assert lines([text, Html("<br>")]) == f"{safe}\n<br>"
    assert Html("") + text == safe
    assert text + Html("") == safe
    assert Html("{}").format(safe) == safe, "what is safe is not escaped again"
