"""The Markdown of the book, for pages and paper alike: MyST as Chinese reports are written.

`parser` is MyST's own parser, as ``_config.yml`` sets it up, with five rules of ours:

- emphasis beside Chinese marks (`planbook.present.bold_marks`);
- text struck out and lists of tasks (`planbook.present.list_marks`);
- ``US$5亿`` is an amount of money, not the beginning of a formula;
- ``\\begin{align}`` and its like without dollars are formulas, unnumbered as in JupyterLab;
- comments of HTML are nowhere in a page, as ``% comments`` are.

What a reader would not see as it was meant is kept as a mistake, for whoever asks by `mistakes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath.index import math_inline_dollar
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from planbook.present.bold_marks import chinese_emphasis, take_unmatched
from planbook.present.list_marks import struck_and_tasks

EXTENSIONS = (
    "amsmath",
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "html_image",
)

_MISTAKES = "planbook_mistakes"  # in a token's `meta`
_CODE_BEFORE = re.compile(r"(?<![A-Za-z])[A-Z]{1,3}$")  # US, HK, A
_OPTIONS = re.compile(r"\{[^}]*\}")
_AMOUNT = re.compile(r"\$ ?\d")
_CHINESE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_READ_AS_DOLLAR = math_inline_dollar()


def parser(
    config: MdParserConfig, renderer: Callable[[MarkdownIt], RendererProtocol]
) -> MarkdownIt:
    """Return MyST's parser with the rules of the book; called as `create_md_parser` is."""
    made = create_md_parser(config, renderer).use(chinese_emphasis).use(struck_and_tasks)
    made.core.ruler.at("inline", _inline)
    if "math_inline" in made.get_all_rules()["inline"]:
        made.inline.ruler.at("math_inline", _math_or_money)
    made.core.ruler.after("inline", "planbook_comments", _without_comments)
    if "amsmath" in made.get_all_rules()["block"]:
        made.core.ruler.after("block", "planbook_amsmath", _amsmath)
    return made


def book_config() -> MdParserConfig:
    """Return how ``_config.yml`` sets up the parser."""
    return MdParserConfig(enable_extensions=set(EXTENSIONS))


class Block(Protocol):
    """A token, or a node of a tree of them."""

    @property
    def meta(self) -> dict[Any, Any]: ...


B = TypeVar("B", bound=Block)


def mistakes(blocks: Iterable[B]) -> list[tuple[B, str, str]]:
    """Return what was typed and would not be read as it was meant: its block, what, the remedy."""
    return [(block, *mistake) for block in blocks for mistake in block.meta.get(_MISTAKES, ())]


def _inline(state: StateCore) -> None:
    """Read the inside of all blocks, and keep with each what was mistaken in it."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            found = [*_bold(take_unmatched(state.env)), *_braces(token.children)]
            if found:
                token.meta[_MISTAKES] = found


def without_comments(html: str) -> str:
    """Return HTML without its comments."""
    return _COMMENT.sub("", html)


def _without_comments(state: StateCore) -> None:
    """Drop what only an author should read; one that does not end would swallow the page."""
    for token in state.tokens:
        if token.type == "html_block":
            token.content = without_comments(token.content)
            if "<!--" in token.content:
                fix = "在注释的末尾补上 -->；要印出的，写成 &lt;!--"
                token.meta[_MISTAKES] = [("注释「<!--」没有结尾，其后的内容都看不见", fix)]
        for part in token.children or ():
            if part.type == "html_inline":
                part.content = without_comments(part.content)
        token.children = _kept(token.children) if token.children else token.children
    state.tokens = _kept(state.tokens)


def _kept(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if not t.type.startswith("html_") or t.content.strip()]


def _bold(unmatched: Iterable[str]) -> Iterator[tuple[str, str]]:
    fix = "在 ** 的外侧加一个空格，或者补上成对的 **；要印出星号的，写成 \\*"
    for said in unmatched:
        yield f"「{said}」中的 ** 没有起作用", fix


def _braces(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    fix = '值用半角双引号括起，如 {width="50%"}'
    for before, token in pairwise(tokens):
        found = _OPTIONS.match(token.content) if before.type == "image" else None
        if found and token.type == "text":
            yield f"图片后的「{found[0]}」没有起作用", fix


def _math_or_money(state: StateInline, silent: bool) -> bool:
    return not _is_money(state) and _READ_AS_DOLLAR(state, silent)


def _is_money(state: StateInline) -> bool:
    """Tell whether a dollar is the sign of an amount.

    It is after a currency's code (US$5); else where what begins with a digit is no formula up to
    the next dollar: it holds Chinese, or a digit follows ($5至$7).
    """
    text, at = state.src, state.pos
    if not _AMOUNT.match(text, at):
        return False
    if _CODE_BEFORE.search(text, max(at - 4, 0), at):
        return True
    end = text.find("$", at + 1)
    said = re.sub(r"\\text\{[^}]*\}", "", text[at + 1 : end])
    return end > 0 and (bool(_CHINESE.search(said)) or text[end + 1 : end + 2].isdigit())


def _amsmath(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "amsmath":
            token.type, token.markup = "math_block", "$$"
