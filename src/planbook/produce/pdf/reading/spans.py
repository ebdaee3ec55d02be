"""Markdown within a line as words: links, emphasis, code, formulas, roles, footnotes, HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import Comment, Tag
from markdown_it.tree import SyntaxTreeNode

from planbook.produce.markdown_rules import mistakes
from planbook.produce.pdf.reading.dialect import parsed, plain_text
from planbook.produce.pdf.reading.hypertext import tag_span
from planbook.produce.pdf.reading.picture_files import picture_file
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.inline import BREAK, Inline, Span, plain, set_inline, trimmed

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_NAMED = re.compile(r"^(.*?)\s*<([^<>]+)>$", re.DOTALL)
_VOID = {"br", "img", "wbr"}
_ENCLOSING = {"strong": "strong", "em": "emph", "s": "strike"}
_VERBATIM = {"code_inline": "code", "math_inline": "math", "math_inline_double": "math"}

Footnote = Callable[[str, Galley], str]


class Reader:
    """Reads the inside of one block; `footnote` returns a footnote's mark by its name."""

    def __init__(self, galley: Galley, footnote: Footnote) -> None:
        self.galley = galley
        self.footnote = footnote

    def words(self, nodes: Sequence[SyntaxTreeNode]) -> list[Inline]:
        """Return the nodes as words, without white space at the ends."""
        for _, what, fix in mistakes(nodes):
            self.galley.problem(what, fix)
        flat = [
            child
            for node in nodes
            for child in (node.children if node.type == "inline" else [node])
            if child.type != "footnote_anchor"  # the way back, on a screen
        ]
        return trimmed(self._run(flat))

    def _run(self, nodes: Sequence[SyntaxTreeNode]) -> list[Inline]:
        """Return a run of nodes; pieces of HTML that open and close enclose what is between."""
        open_tags: list[tuple[str, dict[str, object], list[Inline]]] = []
        words: list[Inline] = []
        for node in nodes:
            here = open_tags[-1][2] if open_tags else words
            if node.type != "html_inline":
                here += self._node(node)
                continue
            text = node.content.strip()
            if text.startswith("</"):
                name = text[2:-1].strip().lower()
                if not open_tags or open_tags[-1][0] != name:
                    self.galley.problem(f"HTML 标签 {text} 没有开头", "开头和结尾须成对")
                    continue
                _, attributes, inside = open_tags.pop()
                outer = open_tags[-1][2] if open_tags else words
                outer += tag_span(name, attributes, inside, self.galley)
                continue
            element = next(iter(BeautifulSoup(text, "html.parser").contents), None)
            if isinstance(element, Comment):
                continue
            if not isinstance(element, Tag):
                self.galley.problem(f"不支持的 HTML「{text}」", "改用 Markdown 的写法")
            elif element.name in _VOID or text.endswith("/>"):
                here += tag_span(element.name, dict(element.attrs), [], self.galley)
            else:
                open_tags.append((element.name, dict(element.attrs), []))
        for name, _, inside in open_tags:
            self.galley.problem(f"HTML 标签 <{name}> 没有结尾", "开头和结尾须成对")
            words += inside
        return words

    def _node(self, node: SyntaxTreeNode) -> list[Inline]:
        match node.type:
            case "text":
                return [node.content]
            case "softbreak":
                return [_joint(node)]
            case "hardbreak":
                return [BREAK]
            case kind if kind in _ENCLOSING:
                return [Span(_ENCLOSING[kind], tuple(self._run(node.children)))]
            case kind if kind in _VERBATIM:
                return [Span(_VERBATIM[kind], value=node.content)]
            case "link":
                return self._link(node)
            case "image":
                return [Span("ready", value=self.picture(node, inline=True))]
            case "footnote_ref":
                mark = self.footnote(str(node.meta["label"]), self.galley)
                return [Span("ready", value=mark)]
            case "span":
                return self._run(node.children)
            case "myst_role":
                return self._role(str(node.meta["name"]), node.content)
            case name:
                self.galley.problem(f"不支持的写法 {name}", "改用书中已有的写法")
                return []

    def _link(self, node: SyntaxTreeNode) -> list[Inline]:
        address = str(node.attrs.get("href", ""))
        said = self._run(node.children)
        if not plain(said).strip():
            self.galley.problem(f"链接（{address}）没有文字", "写出链接的文字")
        return [Span("link", tuple(said), address)]

    def _role(self, name: str, content: str) -> list[Inline]:
        match name:
            case "math":
                return [Span("math", value=content)]
            case "sub" | "subscript":
                return [Span("sub", (content,))]
            case "sup" | "superscript":
                return [Span("super", (content,))]
            case "code" | "kbd" | "file" | "command":
                return [Span("code", value=content)]
            case "ref" | "doc" | "any":
                named = _NAMED.match(content)
                if named is None:
                    self.galley.problem(
                        f"交叉引用 {{{name}}}`{content}` 没有文字", "写成 {ref}`文字 <目标>`"
                    )
                    return []
                address = named[2] if name == "doc" else f"#{named[2]}"
                return [Span("link", (named[1],), address)]
            case _:
                self.galley.problem(f"不支持的角色 {{{name}}}", "改用书中已有的写法")
                return []

    def picture(self, node: SyntaxTreeNode, *, inline: bool = False) -> str:
        """Return an image as an expression."""
        alt = "".join(map(plain_text, node.children)) or node.content
        return picture_file(
            unquote(str(node.attrs.get("src", ""))),
            alt,
            self.galley,
            width=str(node.attrs.get("width", "") or node.attrs.get("w", "")),
            inline=inline,
        )


def no_footnotes(label: str, galley: Galley) -> str:
    """Refuse a footnote where there can be none."""
    return galley.problem(f"这里不能有脚注 [^{label}]", "把脚注放到正文中")


def set_caption(text: str, galley: Galley) -> str:
    """Return the words of a caption, in Markdown, as an expression."""
    words = [node for block in parsed(text) for node in block.children]
    return set_inline(Reader(galley, no_footnotes).words(words), galley) if words else ""


def _joint(node: SyntaxTreeNode) -> str:
    """Return what a line break in the source stands for: nothing between Chinese characters."""
    before, after = node.previous_sibling, node.next_sibling
    left = plain_text(before)[-1:] if before else ""
    right = plain_text(after)[:1] if after else ""
    return "" if _WIDE.match(left) and _WIDE.match(right) else " "
