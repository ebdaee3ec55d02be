"""Markdown into Typst, block by block; what the book's dialect does not know is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from planbook.produce.pdf.reading.dialect import directive, parsed, plain_text, slug
from planbook.produce.pdf.reading.directives import set_directive
from planbook.produce.pdf.reading.hypertext import set_html
from planbook.produce.pdf.reading.spans import Reader
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.grid import Box, Grid, Group, with_numbers
from planbook.produce.pdf.setting.inline import set_formula, set_inline
from planbook.produce.pdf.setting.listing import set_listing
from planbook.produce.pdf.setting.tabular import set_grid
from planbook.produce.pdf.setting.typst_code import call, joined, labelled, literal

_FOOTNOTE = "footnote_reference"
_OWN_NUMBER = re.compile(  # 一、 （一） (1) 1. 1、 1.2 第一节
    r"\s*(?:[一二三四五六七八九十百]+[、．.]|[（(][一二三四五六七八九十\d]+[）)]|\d+(?:\.\d+)+[\s、．]"
    r"|\d+(?:[、．]|\.(?!\d))|第[一二三四五六七八九十百\d]+(?:部分|[章节篇]))"
)

_SIMPLE: dict[str, Callable[[str, Galley], str]] = {  # set from their content alone
    "myst_line_comment": lambda content, galley: "",
    "myst_block_break": lambda content, galley: "",
    "front_matter": lambda content, galley: "",
    "hr": lambda content, galley: "line(length: 100%, stroke: 0.5pt + faint)",
    "code_block": set_listing,
    "html_block": set_html,
    "math_block": partial(set_formula, block=True),
    "math_block_label": partial(set_formula, block=True),
}


class MarkdownSetter:
    """Sets the blocks of one part: footnotes and the level of headings go on between its cells.

    `title` is the chapter's heading where the text has none of level 1.
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.level = 0
        self.numbers = True  # false where authors number their headings themselves
        self._known: dict[str, Any] | None = None  # what a text defines for those inside it
        self._footnotes: dict[str, tuple[str, Galley]] = {}
        self._noted: set[str] = set()

    def begin(self, texts: Sequence[tuple[str, Galley]]) -> None:
        """Take in what texts, as the cells of a notebook, define for each other."""
        self._known, self._footnotes, self._noted = {}, {}, set()
        read = [(parsed(text, self._known), galley) for text, galley in texts]
        self.numbers = not any(_is_numbered(node) for nodes, _ in read for node in nodes)
        for nodes, galley in read:
            self._define(nodes, galley)

    def end(self) -> None:
        """Tell what texts defined and none of them used."""
        for label in sorted(self._footnotes.keys() - self._noted):
            galley = self._footnotes[label][1]
            galley.problem(f"脚注 [^{label}] 没有被引用", "在正文中引用，或者删去")
        self._known = None

    def text(self, text: str, galley: Galley) -> str:
        """Return a Markdown text, which may be inside another, as an expression."""
        if self._known is None:
            self.begin([(text, galley)])
            done = self.text(text, galley)
            self.end()
            return done
        nodes = parsed(text, self._known)
        self._define(nodes, galley)
        return self.blocks([node for node in nodes if node.type != _FOOTNOTE], galley)

    def _define(self, nodes: Sequence[SyntaxTreeNode], galley: Galley) -> None:
        for node in nodes:
            if node.type == _FOOTNOTE and (label := str(node.meta["label"])) not in self._footnotes:
                inside = self.blocks(node.children, galley.inner(), loose=True)
                self._footnotes[label] = inside, galley

    def blocks(
        self, nodes: Sequence[SyntaxTreeNode], galley: Galley, *, loose: bool = False
    ) -> str:
        """Return blocks as one expression; `loose`: a single paragraph is not set as one."""
        if loose and len(nodes) == 1 and nodes[0].type == "paragraph":
            return self._words(nodes[0], galley)
        return joined(self._block(node, galley) for node in nodes)

    def opened(self, galley: Galley) -> str:
        """Return the chapter's heading, where its first block is not one."""
        self.level = 1
        return _heading(1, galley.text(self.title), galley.target(""))

    def _words(self, node: SyntaxTreeNode, galley: Galley) -> str:
        return set_inline(Reader(galley, self._footnote).words(node.children), galley)

    def _footnote(self, label: str, galley: Galley) -> str:
        """Return the mark of a footnote: the note itself the first time."""
        name = f"{galley.part.id}#footnote-{label}"
        if label in self._noted:
            return call("footnote", call("label", literal(name)))
        if label not in self._footnotes:
            return galley.problem(f"脚注 [^{label}] 没有内容", f"写出「[^{label}]: …」")
        self._noted.add(label)
        return labelled(call("footnote", self._footnotes[label][0]), name)

    def _block(self, node: SyntaxTreeNode, galley: Galley) -> str:
        if node.type in _SIMPLE:
            return _SIMPLE[node.type](node.content, galley)
        match node.type:
            case "heading":
                return self._heading(node, galley)
            case "paragraph":
                return self._paragraph(node, galley)
            case "bullet_list" | "ordered_list":
                return self._list(node, galley)
            case "blockquote":
                return call("quote", self.blocks(node.children, galley.inner()), block="true")
            case "fence" | "colon_fence":
                found = directive(node)
                if found is None:
                    return set_listing(node.content, galley)
                return set_directive(found, galley, self)
            case "table":
                return set_grid(self._grid(node, galley), galley)
            case "dl":
                return self._terms(node, galley)
            case "myst_target":
                label = galley.target(node.content.strip())
                return f"[#metadata(none)#label({literal(label)})]" if label else ""
            case name:
                return galley.problem(f"不支持的写法 {name}", "改用书中已有的写法")

    def _heading(self, node: SyntaxTreeNode, galley: Galley) -> str:
        wanted = int(node.tag[1])
        first = self.level == 0
        if wanted > 1 and first:  # a chapter has a name
            return joined([self.opened(galley), self._heading(node, galley)])
        level = wanted if wanted == 1 else min(wanted, self.level + 1)
        if wanted == 1 and not first:
            level = 2
        self.level = level
        name = "" if level == 1 else slug(plain_text(node))
        words, label = self._words(node, galley), galley.target(name)
        return _heading(min(level, 4), words, label, numbers=self.numbers)

    def _paragraph(self, node: SyntaxTreeNode, galley: Galley) -> str:
        words = node.children[0].children if node.children else []
        if len(words) == 1 and words[0].type == "image":
            return Reader(galley, self._footnote).picture(words[0])
        return call("par", self._words(node, galley))

    def _list(self, node: SyntaxTreeNode, galley: Galley) -> str:
        items = [self.blocks(item.children, galley.inner(), loose=True) for item in node.children]
        if node.type == "bullet_list":
            return call("list", *items, tight="true")
        return call("enum", *items, tight="true", start=str(node.attrs.get("start", 1)))

    def _terms(self, node: SyntaxTreeNode, galley: Galley) -> str:
        items = []
        word = '""'
        for child in node.children:
            if child.type == "dt":
                word = call("strong", self._words(child, galley))
            else:
                said = self.blocks(child.children, galley.inner(), loose=True)
                items.append(call("terms.item", word, said))
        return call("terms", *items)

    def _grid(self, node: SyntaxTreeNode, galley: Galley) -> Grid:
        rows = [
            tuple(self._cell(cell, galley) for cell in row.children)
            for part in node.children
            for row in part.children
        ]
        columns = len(rows[0])
        return with_numbers(Grid(columns, (rows[0],), (Group((), tuple(rows[1:])),)))

    def _cell(self, node: SyntaxTreeNode, galley: Galley) -> Box:
        words = Reader(galley, self._footnote).words(node.children)
        style = str(node.attrs.get("style", ""))
        side = style.removeprefix("text-align:").strip()
        align = {"right": "number", "center": "center"}.get(side, "left")
        return Box((tuple(words),), align)


def _heading(level: int, words: str, label: str, *, numbers: bool = True) -> str:
    options = {} if numbers else {"numbering": "none"}
    return labelled(call("heading", words, level=str(level), **options), label)


def _is_numbered(node: SyntaxTreeNode) -> bool:
    """Tell whether a block is a heading below the title that its author has numbered."""
    own = node.type == "heading" and node.tag != "h1"
    return own and bool(_OWN_NUMBER.match(plain_text(node)))
