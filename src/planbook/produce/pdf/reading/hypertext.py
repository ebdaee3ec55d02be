"""HTML that people write, or that their analysis shows, into Typst; what is not known is an error.

It is read by its elements alone: a class says how a page looks and nothing here. Controls are for
screens and left out. Tables of ours come as what they say (`planbook.present.tables.table`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag

from planbook.produce.pdf.setting.document import Chart
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
from planbook.produce.pdf.setting.listing import set_listing
from planbook.produce.pdf.setting.pdf_charts import set_chart
from planbook.produce.pdf.setting.tabular import set_grid
from planbook.produce.pdf.setting.typst_code import call, joined

_CONTROLS = {"form", "button", "input", "output", "script", "style", "select", "label"}
_HOLDERS = {"div", "section", "article", "header", "aside", "nav"}
_BLOCKS = _HOLDERS | {
    "p", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
    "details", "figure",
}  # fmt: skip
INLINE_TAGS = {
    "strong": "strong", "b": "strong", "em": "emph", "i": "emph", "small": "small", "sub": "sub",
    "sup": "super",
}  # fmt: skip
_PLAIN_TAGS = {"span", "mark", "abbr", "time", "u", "cite", "q"}
_SPACE = re.compile(r"\s+")


def set_html(text: str, galley: Galley) -> str:
    """Return a fragment of HTML as an expression."""
    return joined(_blocks(BeautifulSoup(text, "html.parser").contents, galley))


def _blocks(elements: Iterable[PageElement], galley: Galley) -> list[str]:
    done: list[str] = []
    loose: list[PageElement] = []

    def close() -> None:
        done.append(_paragraph(loose, galley))
        loose.clear()

    for element in elements:
        if isinstance(element, Tag) and element.name in _BLOCKS and not _hidden(element):
            close()
            done.append(_block(element, galley))
        else:
            loose.append(element)
    close()
    return [piece for piece in done if piece != '""']


def _block(element: Tag, galley: Galley) -> str:
    name = element.name
    if name in _HOLDERS:
        return joined([_anchor(element, galley), *_blocks(element.children, galley)])
    if name == "p":
        return _paragraph(element.contents, galley)
    if name == "table":
        return set_grid(_grid(element, galley), galley)
    if name in {"ul", "ol"}:
        return _list(element, galley)
    if name == "dl":
        return _terms(element, galley)
    if name == "blockquote":
        inside = joined(_blocks(element.children, galley.inner()))
        return call("quote", inside, block="true")
    if name == "pre":
        return set_listing(element.get_text(), galley)
    if name == "hr":
        return "line(length: 100%, stroke: 0.5pt + faint)"
    if name == "figure":
        return joined(_figure(element, galley))
    if name == "details":
        return joined(_details(element, galley))
    # A heading inside a fragment is not one of the page's sections.
    words = set_inline([Span("strong", tuple(inline_of(element.contents, galley)))], galley)
    return joined([_anchor(element, galley), call("minor-heading", words)])


def _paragraph(elements: Iterable[PageElement], galley: Galley) -> str:
    words = inline_of(elements, galley)
    return call("par", set_inline(words, galley)) if words else '""'


def _list(element: Tag, galley: Galley) -> str:
    items = []
    for item in element.find_all("li", recursive=False):
        if any(isinstance(child, Tag) and child.name in _BLOCKS for child in item.children):
            items.append(joined(_blocks(item.children, galley.inner())))
        else:
            items.append(set_inline(inline_of(item.contents, galley), galley))
    return call("list" if element.name == "ul" else "enum", *items, tight="true")


def _terms(element: Tag, galley: Galley) -> str:
    items = []
    word = '""'
    for child in element.find_all(["dt", "dd"], recursive=False):
        said = set_inline(inline_of(child.contents, galley), galley)
        if child.name == "dt":
            word = said
        else:
            items.append(call("terms.item", word, said))
    return call("terms", *items)


def _grid(table: Tag, galley: Galley) -> Grid:
    """Return a table; which of its columns are numbers is seen from what they hold."""
    parts = {name: table.find_all(name, recursive=False) for name in ("thead", "tbody", "tfoot")}
    body = [*parts["tbody"], *parts["tfoot"]] or [table]
    head, rows = (
        tuple(
            tuple(_box(cell, galley) for cell in row.find_all(["th", "td"], recursive=False))
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


def _box(cell: Tag, galley: Galley) -> Box:
    columns, rows = (_span(cell, name) for name in ("colspan", "rowspan"))
    lines = _lines(inline_of(cell.contents, galley))
    return Box(tuple(tuple(line) for line in lines), columns=columns, rows=rows)


def _span(cell: Tag, name: str) -> int:
    given = str(cell.get(name, "1"))
    return int(given) if given.isdigit() else 1


def _lines(words: Sequence[Inline]) -> list[list[Inline]]:
    """Split words at line breaks."""
    lines: list[list[Inline]] = [[]]
    for word in words:
        if word == BREAK:
            lines.append([])
        else:
            lines[-1].append(word)
    return [trimmed(line) for line in lines]


def _figure(element: Tag, galley: Galley) -> list[str]:
    """Return a drawing with its caption, then whatever else stands with it."""
    drawing, caption = (element.find(name, recursive=False) for name in ("svg", "figcaption"))
    if not isinstance(drawing, Tag):
        return _blocks(element.children, galley)
    said = inline_of(caption.contents, galley) if isinstance(caption, Tag) else []
    alt = str(drawing.get("aria-label", ""))
    chart = Chart(str(element.get("id", "")), _svg_text(drawing), alt, plain(said))
    rest = [child for child in element.children if child not in (drawing, caption)]
    return [set_chart(chart, galley), *_blocks(rest, galley)]


def _svg_text(drawing: Tag) -> str:
    """Return a drawing as XML; the reader of HTML has lowered the names that XML tells apart."""
    text = str(drawing)
    for name in ("viewBox", "clipPath", "patternUnits", "patternTransform", "preserveAspectRatio"):
        text = re.sub(rf"(?<=[\s</]){name.lower()}(?=[\s=>])", name, text)
    return text


def _details(element: Tag, galley: Galley) -> list[str]:
    summary = element.find("summary", recursive=False)
    done = []
    if isinstance(summary, Tag):
        said = Span("strong", tuple(inline_of(summary.contents, galley)))
        done.append(call("minor-heading", set_inline([said], galley)))
    return done + _blocks([c for c in element.children if c is not summary], galley)


def _anchor(element: Tag, galley: Galley) -> str:
    name = str(element.get("id", ""))
    return set_inline([Span("anchor", value=name)], galley) if name else ""


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
    if element.get("id") and element.name != "svg":
        inside.insert(0, Span("anchor", value=str(element["id"])))
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
    if name == "a":
        address = str(attributes.get("href", ""))
        return [Span("link", kept, address)] if address else inside
    if name in {"code", "kbd", "samp"}:
        return [Span("code", value=plain(inside))]
    if name in _PLAIN_TAGS:
        spoken = str(attributes.get("aria-label", ""))
        return inside if plain(inside).strip() or not spoken else [spoken]
    if name in INLINE_TAGS:
        return [Span(INLINE_TAGS[name], kept)] if kept else []
    galley.problem(f"不支持的 HTML 元素 <{name}>", "改用段落、列表、表格、链接等书中已有的元素")
    return inside
