"""Markdown that somebody else wrote, as Markdown that can do no harm on a page.

The text is parsed and written anew: paragraphs, lists with their numbers, tables, quotations, bold,
italics, text struck out, boxes of tasks and links to the web survive; everything else (HTML, MyST
roles and directives, formulas, pictures, headings, other links) comes out as the characters or
words it was typed with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from planbook.present.bold_marks import chinese_emphasis, take_unmatched
from planbook.present.escaping import markdown
from planbook.present.list_marks import struck_and_tasks

_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\{}()\[\]]+")
_LAST_NUMBER = 999_999_999  # of a list in Markdown
_ALIGNED = {"text-align:right": "--:", "text-align:center": ":-:"}
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


def safe_markdown(text: str) -> str:
    """Return the text with nothing in it but the few things that are allowed.

    Headings become bold paragraphs: a page's headings are its notebook's.
    """
    root = SyntaxTreeNode(_parser().parse(text))
    return "\n\n".join(_blocks(root.children))


def bold_without_end(text: str) -> list[str]:
    """Return the marks of bold in a text that set nothing, with what is beside them."""
    environment: dict[str, object] = {}
    _parser().parse(text, environment)
    return take_unmatched(environment)


def left_out(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is left of a text as words only: ``image`` or ``link``, and the address."""
    for node in SyntaxTreeNode(_parser().parse(text)).walk(include_self=False):
        address = str(node.attrs.get("src" if node.type == "image" else "href", ""))
        if node.type == "image" or (node.type == "link" and not _WEB.fullmatch(address)):
            yield node.type, unquote(address)


@cache
def _parser() -> MarkdownIt:
    plain = MarkdownIt("commonmark", {"html": False}).disable("reference")
    return plain.enable("table").use(chinese_emphasis).use(struck_and_tasks)


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> list[str]:
    return [block for node in nodes if (block := _block(node))]


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "paragraph":
            return _inline(node.children)
        case "heading":
            return _wrapped("**", _plain(node))
        case "bullet_list":
            return "\n".join(_item("- ", item) for item in node.children)
        case "ordered_list":
            return "\n".join(_item(mark, item) for mark, item in _numbered(node.children))
        case "table":
            return _table(node)
        case "blockquote":
            return quoted("\n\n".join(_blocks(node.children)))
        case "hr":
            return ""
        case _:  # code, and whatever else is typed in verbatim
            lines = [_escaped(line) for line in node.content.splitlines() if line.strip()]
            return "\\\n".join(lines)


def _numbered(items: Sequence[SyntaxTreeNode]) -> Iterator[tuple[str, SyntaxTreeNode]]:
    """Yield items with their marks; one that is numbered ahead begins a list of its own.

    Lists that follow each other end their numbers unlike, or they would be one.
    """
    number, ends = 0, ".)"
    for item in items:
        own = min(int(item.info or 1), _LAST_NUMBER)
        if number and own > number + 1:
            ends = ends[::-1]
        number = own if own > number + 1 or not number else min(number + 1, _LAST_NUMBER)
        yield f"{number}{ends[0]} ", item


def _item(mark: str, item: SyntaxTreeNode) -> str:
    content = "\n\n".join(_blocks(item.children)) or "&nbsp;"
    indent = " " * len(mark)
    return (
        mark + "\n".join(f"{indent}{line}" if line else "" for line in content.split("\n")).strip()
    )


def _table(node: SyntaxTreeNode) -> str:
    head, *body = (row.children for part in node.children for row in part.children)
    marks = [_ALIGNED.get(str(cell.attrs.get("style", "")), "---") for cell in head]
    rows = [[_inline(cell.children) or "&nbsp;" for cell in row] for row in (head, *body)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], marks, *rows[1:]))


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
        case "s":
            return _wrapped("~~", _inline(node.children))
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
