"""The Markdown of the book: MyST with the extensions that `_config.yml` names, as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.tree import SyntaxTreeNode

from planbook.produce.markdown_rules import book_config, parser

_OPTION = re.compile(r"^:([\w-]+):(?:\s+(.*))?$")
_DIRECTIVE = re.compile(r"^\{([^}]+)\}\s*(.*)$")
_NOT_IN_SLUG = re.compile(r"[^\w\u4e00-\u9fff\- ]")


@dataclass(frozen=True)
class Directive:
    """A directive: its name, what stands behind it, its options and its body."""

    name: str
    argument: str
    options: dict[str, str]
    body: str


def parsed(text: str, known: dict[str, Any] | None = None) -> list[SyntaxTreeNode]:
    """Return the blocks of a Markdown text; to `known` is added what it defines, as footnotes."""
    return list(SyntaxTreeNode(_parser().parse(text, {} if known is None else known)).children)


@cache
def _parser() -> MarkdownIt:
    return parser(book_config(), RendererHTML)


def directive(node: SyntaxTreeNode) -> Directive | None:
    """Return the directive that a fence is, or `None` for a block of code."""
    found = _DIRECTIVE.match(node.info.strip())
    if not found:
        return None
    lines = node.content.splitlines()
    options = {}
    while lines and (option := _OPTION.match(lines[0].strip())):
        options[option[1]] = (option[2] or "").strip()
        lines.pop(0)
    return Directive(found[1].strip(), found[2].strip(), options, "\n".join(lines).strip("\n"))


def slug(title: str) -> str:
    """Return the anchor of a heading, as MyST makes it."""
    return _NOT_IN_SLUG.sub("", title.strip().lower()).replace(" ", "-")


def plain_text(node: SyntaxTreeNode) -> str:
    """Return the words of a node without markup."""
    if node.children:
        return "".join(map(plain_text, node.children))
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    return "" if node.type == "html_inline" else node.content
