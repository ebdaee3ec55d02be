"""HTML of data frames, and within lines of Markdown, into Typst; what is not known is an error.

It is read by its elements alone: a class says how a page looks and nothing here; of style sheets
only a `Styler`'s colours count. Controls are for
screens and left out. What is ours comes as what it says (`planbook.present.tables.table`); lists,
and headings of others are written in Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag

from planbook.produce.pdf.reading.picture_files import picture_file
from planbook.produce.pdf.reading.styles import Style, bar, cell_styles, colour
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.grid import Box, Grid, Group, with_numbers
from planbook.produce.pdf.setting.inline import (
    BREAK,
    MAY_BREAK,
    Inline,
    Span,
    plain,
    set_inline,
    trimmed,
)
from planbook.produce.pdf.setting.tabular import set_grid
from planbook.produce.pdf.setting.typst_code import call, joined

_CONTROLS = {"form", "button", "input", "output", "script", "style", "select", "label"}
_HOLDERS = {"div", "section", "article", "header", "aside", "nav"}
_BLOCKS = {*_HOLDERS, "p", "table", "img"}
_INLINE_TAGS = {
    "strong": "strong", "b": "strong", "em": "emph", "i": "emph", "small": "small", "sub": "sub",
    "s": "strike", "del": "strike", "sup": "super",
}  # fmt: skip
_PLAIN_TAGS = {"span", "mark", "abbr", "time", "u", "cite", "q"}
_SPACE = re.compile(r"\s+")


def set_html(text: str, galley: Galley) -> str:
    """Return a fragment of HTML as an expression."""
    return joined(_blocks(BeautifulSoup(text, "html.parser").contents, galley))


def _blocks(elements: Iterable[PageElement], galley: Galley) -> list[str]:
    """Return blocks, and what stands loose between them as paragraphs."""
    done = []
    for loose, run in groupby(elements, lambda element: _hidden(element) or not _blockish(element)):
        if loose:
            done.append(_paragraph(run, galley))
        else:
            done += [_block(element, galley) for element in run if isinstance(element, Tag)]
    return [piece for piece in done if piece != '""']


def _blockish(element: PageElement) -> bool:
    return isinstance(element, Tag) and element.name in _BLOCKS


def _block(element: Tag, galley: Galley) -> str:
    if element.name == "table":
        return set_grid(_grid(element, galley), galley)
    if element.name == "p":
        return _paragraph(element.contents, galley)
    if element.name == "img":
        return _image(dict(element.attrs), galley, inline=False)
    return joined(_blocks(element.children, galley))


def _paragraph(elements: Iterable[PageElement], galley: Galley) -> str:
    words = inline_of(elements, galley)
    return call("par", set_inline(words, galley)) if words else '""'


def _grid(table: Tag, galley: Galley) -> Grid:
    """Return a table; which of its columns are numbers is seen from what they hold."""
    styles = cell_styles("".join(s.get_text() for s in table.find_all_previous("style")))
    parts = {name: table.find_all(name, recursive=False) for name in ("thead", "tbody", "tfoot")}
    body = [*parts["tbody"], *parts["tfoot"]] or [table]
    head, rows = (
        tuple(
            tuple(
                _box(cell, galley, styles) for cell in row.find_all(["th", "td"], recursive=False)
            )
            for part in found
            for row in part.find_all("tr", recursive=False)
        )
        for found in (parts["thead"], body)
    )
    columns = max((sum(box.columns for box in row) for row in (*head, *rows)), default=1)
    caption = table.find("caption", recursive=False)
    words = tuple(inline_of(caption.contents, galley)) if isinstance(caption, Tag) else ()
    id = str(table.get("id", ""))
    return with_numbers(Grid(columns, head, (Group((), rows),), words, id))


def _box(cell: Tag, galley: Galley, styles: Mapping[str, Style]) -> Box:
    columns, rows = (_span(cell, name) for name in ("colspan", "rowspan"))
    style = styles.get(str(cell.get("id", "")), {})
    words = tuple(inline_of(cell.contents, galley))
    if "bold" in style.get("font-weight", ""):
        words = (Span("strong", words),)
    if ink := colour(style.get("color", "")):
        words = (Span("ink", words, ink),)
    ground = colour(style.get("background-color", ""))
    return Box((words,), columns=columns, rows=rows, ground=ground, bar=bar(style))


def _span(cell: Tag, name: str) -> int:
    given = str(cell.get(name, "1"))
    return int(given) if given.isdigit() else 1


def _hidden(element: PageElement) -> bool:
    """Whether it is for screens only."""
    if isinstance(element, Tag):
        return element.name in _CONTROLS or element.has_attr("hidden")
    return isinstance(element, Comment)


def inline_of(elements: Iterable[PageElement], galley: Galley) -> list[Inline]:
    """Return elements as words within a line, without white space at the ends."""
    words: list[Inline] = []
    for element in elements:
        words += _inline(element, galley)
    return trimmed(words)


def _inline(element: PageElement, galley: Galley) -> list[Inline]:
    if _hidden(element):
        return []
    if isinstance(element, NavigableString):
        return [_SPACE.sub(" ", str(element))]
    if not isinstance(element, Tag):
        return []
    inside = [word for child in element.children for word in _inline(child, galley)]
    return tag_span(element.name, dict(element.attrs), inside, galley)


def tag_span(
    name: str, attributes: dict[str, object], inside: list[Inline], galley: Galley
) -> list[Inline]:
    """Return what an inline element stands for."""
    kept = tuple(inside)
    if name == "br":
        return [BREAK]
    if name == "wbr":
        return [MAY_BREAK]
    if name == "img":
        return [Span("ready", value=_image(attributes, galley, inline=True))]
    if name == "a":
        address = str(attributes.get("href", ""))
        return [Span("link", kept, address)] if address else inside
    if name in {"code", "kbd", "samp"}:
        return [Span("code", value=plain(inside))]
    if name in _PLAIN_TAGS:
        return inside
    if name in _INLINE_TAGS:
        return [Span(_INLINE_TAGS[name], kept)] if kept else []
    galley.problem(f"不支持的 HTML 元素 <{name}>", "改用段落、列表、表格、链接等书中已有的元素")
    return inside


def _image(attributes: Mapping[str, object], galley: Galley, *, inline: bool) -> str:
    address, alt, width = (str(attributes.get(key, "")) for key in ("src", "alt", "width"))
    return picture_file(unquote(address), alt, galley, width=width, inline=inline)
