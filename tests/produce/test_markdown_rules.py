from __future__ import annotations

import pytest
from markdown_it.renderer import RendererHTML

from planbook.produce.markdown_rules import book_config, mistakes, parser

BOOK = parser(book_config(), RendererHTML)


def formulas(text: str) -> list[str]:
    """Return the formulas of a text as they are typed."""
    blocks = BOOK.parse(text)
    parts = [part for block in blocks for part in (block.children or [block])]
    return [part.content.strip() for part in parts if part.type.startswith("math")]


@pytest.mark.parametrize(
    "text",
    [
        "出口US$12亿、进口US$3亿",
        "US$ 5亿元与HK$7亿元",
        "价$5至$7",
        "出口$12亿，其中进口$3亿元",
        "from $5 to $7",
        "\\$5与$x",
    ],
)
def test_amounts_of_money_are_no_formulas(text: str) -> None:
    assert formulas(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("增加值$v$，出口US$3亿，$w$", ["v", "w"]),
        ("R$^2$为$0.9$", ["^2", "0.9"]),
        ("$0.5\\times\\text{增长}$", ["0.5\\times\\text{增长}"]),
        ("$增长率=a/b$", ["增长率=a/b"]),
        ("$$\na\n$$", ["a"]),
        ("\\begin{align}\na&=b\n\\end{align}", ["\\begin{align}\na&=b\n\\end{align}"]),
    ],
)
def test_formulas_are_formulas(text: str, wanted: list[str]) -> None:
    assert formulas(text) == wanted


def test_a_mistake_is_told_with_its_block() -> None:
    ((block, what, fix),) = mistakes(BOOK.parse("甲\n\n**乙"))
    assert block.map == [2, 3]
    assert "「**乙」" in what
    assert "**" in fix


@pytest.mark.parametrize(("size", "count"), [("width=50%", 1), ('width="50%"', 0), ("w=300px", 0)])
def test_an_option_of_a_picture_that_is_not_read_is_told(size: str, count: int) -> None:
    assert len(mistakes(BOOK.parse(f"![甲](x.png){{{size}}}"))) == count
