from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from planbook.present.bold_marks import chinese_emphasis, take_unmatched

STANDARD = MarkdownIt("commonmark")
OURS = MarkdownIt("commonmark").use(chinese_emphasis)


def bold(text: str) -> list[str]:
    return re.findall(r"<strong>(.*?)</strong>", OURS.render(text))


def unmatched(text: str) -> list[str]:
    environment: dict[str, object] = {}
    OURS.parse(text, environment)
    return take_unmatched(environment)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("这是**“重点产业”**的说明", ["“重点产业”"]),
        ("**营业收入（亿元）**增长", ["营业收入（亿元）"]),
        ("**注意：**下季", ["注意："]),
        ("**“重点”**2026年", ["“重点”"]),
        ("2026**《方案》**", ["《方案》"]),
        ("**增长8%**的", ["增长8%"]),
        ("与**GDP（亿元）**的**“十四五”**末", ["GDP（亿元）", "“十四五”"]),
        ("**重点**“产业”**支撑**", ["重点", "支撑"]),
        ("**甲**乙**丙**", ["甲", "丙"]),
        ("一**——**二", ["——"]),
    ],
)
def test_bold_beside_chinese_marks_is_bold(text: str, wanted: list[str]) -> None:
    assert bold(text) == wanted
    assert unmatched(text) == []


@pytest.mark.parametrize("text", ["**甲", "甲**8%**2个", "** 甲**乙", "[**甲](http://x)", "2**10"])
def test_what_sets_nothing_is_told(text: str) -> None:
    assert len(unmatched(text)) == 1


@pytest.mark.parametrize("text", ["\\*\\*甲", "`**甲`", "3*4", "*注：甲", "a * b", "```\n**\n```"])
def test_what_is_meant_as_it_stands_is_not(text: str) -> None:
    assert unmatched(text) == []


@given(st.text(alphabet="ab *_.\"'()!-\n", max_size=40))
def test_text_in_latin_letters_is_read_as_ever(text: str) -> None:
    assert OURS.render(text) == STANDARD.render(text)
