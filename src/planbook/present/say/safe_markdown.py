"""Markdown that somebody else wrote, as Markdown that can do no harm on a page.

The text is parsed and written anew: paragraphs, lists, quotations, bold, italics and links to the
web survive; everything else (HTML, MyST roles and directives, formulas, pictures, headings, other
links) comes out as the characters or words it was typed with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from planbook.present.escaping import markdown

_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\{}()\[\]]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


def safe_markdown(text: str) -> str:
    """Return the text with nothing in it but the few things that are allowed.

    Headings become bold paragraphs: a page's headings are its notebook's.
    """
    root = SyntaxTreeNode(_parser().parse(text))
    return "\n\n".join(_blocks(root.children))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable("reference")


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> list[str]:
    return [block for node in nodes if (block := _block(node))]


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "paragraph":
            return _inline(node.children)
        case "heading":
            return _wrapped("**", _plain(node))
        case "bullet_list" | "ordered_list":
            return "\n".join(
                _item(node, item, number) for number, item in enumerate(node.children, start=1)
            )
        case "blockquote":
            return quoted("\n\n".join(_blocks(node.children)))
        case "hr":
            return ""
        case _:  # code, and whatever else is typed in verbatim
            lines = [_escaped(line) for line in node.content.splitlines() if line.strip()]
            return "\\\n".join(lines)


def _item(parent: SyntaxTreeNode, item: SyntaxTreeNode, number: int) -> str:
    mark = "- " if parent.type == "bullet_list" else f"{number}. "
    content = "\n\n".join(_blocks(item.children)) or "&nbsp;"
    indent = " " * len(mark)
    return (
        mark + "\n".join(f"{indent}{line}" if line else "" for line in content.split("\n")).strip()
    )


def quoted(text: str) -> str:
    """Return the text as a Markdown quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _inline(nodes: Sequence[SyntaxTreeNode]) -> str:
    return "".join(_span(node) for node in nodes)


def _span(node: SyntaxTreeNode) -> str:
    match node.type:
        case "inline":
            return _inline(node.children)
        case "strong":
            return _wrapped("**", _inline(node.children))
        case "em":
            return _wrapped("*", _inline(node.children))
        case "link":
            address = str(node.attrs.get("href", ""))
            said = _inline(node.children)
            return f"[{said}](<{address}>)" if _WEB.fullmatch(address) and said else said
        case "softbreak":
            return _joint(node)
        case "hardbreak":
            return "\\\n"
        case "image":
            return _plain(node)
        case _:
            return _kept_ends(node.content)


def _wrapped(mark: str, said: str) -> str:
    return f"{mark}{said}{mark}" if said.strip() else said


def _kept_ends(text: str) -> str:
    """Return escaped text with the single spaces at its ends, which `markdown` strips."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return before + _escaped(text) + after


def _escaped(text: str) -> str:
    """Return the text as characters; a ``%`` at a line's start is a comment to MyST."""
    return markdown(text).replace("%", "&#37;")


def _plain(node: SyntaxTreeNode) -> str:
    if node.children:
        return "".join(_plain(child) for child in node.children)
    return _escaped(node.content) if node.content else ""


def _joint(node: SyntaxTreeNode) -> str:
    """Return what a line break in the source stands for: nothing between Chinese characters."""
    before, after = node.previous_sibling, node.next_sibling
    left, right = _text(before)[-1:], _text(after)[:1]
    return "" if _WIDE.match(left) and _WIDE.match(right) else " "


def _text(node: SyntaxTreeNode | None) -> str:
    if node is None:
        return ""
    return "".join(map(_text, node.children)) if node.children else node.content
