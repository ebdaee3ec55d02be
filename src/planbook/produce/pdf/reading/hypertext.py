"""HTML of our own making into Typst: tables, lists, figures; what is not known is an error.

Controls (filters, buttons) and bars that only repeat a number beside them are for screens and left
out. So is the folded list of a chart's values: the chart and its alternative text hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag

from planbook.present.palette import RATING_CLASSES, RATING_COLOURS
from planbook.produce.pdf.reading.html_rows import grid_of
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.grid import Grid
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
from planbook.produce.pdf.setting.pdf_charts import Chart, set_chart
from planbook.produce.pdf.setting.tabular import set_grid
from planbook.produce.pdf.setting.typst_code import call, joined

INK = {f"pb-{name}": RATING_COLOURS[rating] for rating, name in RATING_CLASSES.items()}
_CONTROLS = {"form", "button", "input", "output", "script", "style", "select", "label"}
_SCREEN_ONLY = {"pb-bar", "pb-progress", "pb-filters", "pb-data"}
_ROWS = {"pb-cluster-counts", "pb-from-to"}  # a style sheet sets what they hold apart
_BLOCKS = {
    "p", "div", "section", "article", "header", "ul", "ol", "dl", "table", "figure", "blockquote",
    "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "details", "aside", "nav",
}  # fmt: skip
_HOLDERS = {"div", "section", "article", "header", "aside", "nav"}
INLINE_TAGS = {
    "strong": "strong", "b": "strong", "em": "emph", "i": "emph", "small": "small", "sub": "sub",
    "sup": "super",
}  # fmt: skip
_SPACE = re.compile(r"\s+")


def set_html(text: str, galley: Galley, under: Iterable[str] = ()) -> str:
    """Return a fragment of HTML as an expression; `under` is printed below its tables."""
    return joined(_blocks(BeautifulSoup(text, "html.parser").contents, galley, tuple(under)))


def _blocks(
    elements: Iterable[PageElement], galley: Galley, under: tuple[str, ...] = ()
) -> list[str]:
    done: list[str] = []
    loose: list[PageElement] = []
    notes: list[str] = []

    def close() -> None:
        words = inline_of(loose, galley)
        if words:
            done.append(call("par", set_inline(words, galley)))
        loose.clear()

    waiting: Grid | None = None
    for element in elements:
        if _hidden(element):
            continue
        if not (isinstance(element, Tag) and element.name in _BLOCKS):
            loose.append(element)
            continue
        close()
        if waiting and element.name == "p" and "pb-note" in _classes(element):
            notes.append(set_inline(inline_of(element.contents, galley), galley))
            continue
        if waiting:
            done.append(set_grid(waiting, galley, [*notes, *under]))
            waiting = None
            notes = []
        table = _only_table(element)
        if table is not None:
            waiting = grid_of(table, lambda found: inline_of(found, galley))
            continue
        done.append(_block(element, galley, under))
    close()
    if waiting:
        done.append(set_grid(waiting, galley, [*notes, *under]))
    return [piece for piece in done if piece != '""']


def _only_table(element: Tag) -> Tag | None:
    """Return the table that an element is, or that is all it holds."""
    if element.name == "table":
        return element
    inside = [child for child in element.children if isinstance(child, Tag) and not _hidden(child)]
    words = "".join(str(part) for part in element.find_all(string=True, recursive=False)).strip()
    if element.name == "div" and len(inside) == 1 and not words:
        return _only_table(inside[0])
    return None


def _block(element: Tag, galley: Galley, under: tuple[str, ...]) -> str:
    name = element.name
    if name in _HOLDERS:
        anchor = _anchor(element, galley)
        return joined([anchor, *_blocks(element.children, galley, under)])
    if name == "p":
        return _paragraph(element, galley)
    if name in {"ul", "ol"}:
        return _list(element, galley)
    if name == "dl":
        return _terms(element, galley)
    if name == "figure":
        return _figure(element, galley)
    if name == "blockquote":
        inside = joined(_blocks(element.children, galley.inner()))
        return call("quote", inside, block="true")
    if name == "pre":
        return set_listing(element.get_text(), galley)
    if name == "hr":
        return "line(length: 100%, stroke: 0.5pt + faint)"
    if name == "details":
        return joined(_details(element, galley))
    # A heading inside a fragment is not one of the page's sections.
    words = set_inline([Span("strong", tuple(inline_of(element.contents, galley)))], galley)
    return joined([_anchor(element, galley), call("minor-heading", words)])


def _paragraph(element: Tag, galley: Galley) -> str:
    words = inline_of(element.contents, galley)
    if not words:
        return '""'
    set_words = set_inline(words, galley)
    classes = _classes(element)
    if "pb-dateline" in classes:
        return call("dateline", set_words)
    if classes & {"pb-note", "pb-source"}:
        return call("under-table", set_words)
    return call("par", set_words)


def _list(element: Tag, galley: Galley) -> str:
    items = []
    for item in element.find_all("li", recursive=False):
        if any(isinstance(child, Tag) and child.name in _BLOCKS for child in item.children):
            items.append(joined(_blocks(item.children, galley.inner())))
        else:
            items.append(set_inline(inline_of(_apart(item), galley), galley))
    return call("list" if element.name == "ul" else "enum", *items, tight="true")


def _apart(item: Tag) -> list[PageElement]:
    """Return what an item holds, with spaces between parts that a style sheet sets apart."""
    parts = [child for child in item.children if not _hidden(child)]
    if len(parts) < 2 or not all(isinstance(part, Tag) for part in parts):
        return parts
    spaces = [NavigableString("\u3000") for _ in parts]
    return [one for pair in zip(parts, spaces, strict=True) for one in pair][:-1]


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


def _figure(element: Tag, galley: Galley) -> str:
    drawing = element.find("svg")
    if not isinstance(drawing, Tag):
        return galley.problem("figure 中没有图", "图须由 planbook.present.charts.figure 生成")

    def part(name: str) -> list[Inline]:
        found = element.find(class_=name)
        return inline_of(found.contents, galley) if isinstance(found, Tag) else []

    return set_chart(
        Chart(
            id=str(element.get("id", "")).removeprefix("chart-"),
            svg=_svg_text(drawing),
            alt=str(drawing.get("aria-label", "")),
            finding=tuple(part("pb-finding")),
            units=plain(part("pb-units")),
            source=plain(part("pb-source")),
        ),
        galley,
    )


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


def _classes(element: Tag) -> set[str]:
    return set(element.get_attribute_list("class"))


def _hidden(element: PageElement) -> bool:
    """Whether it is for screens only."""
    if isinstance(element, Comment):
        return True
    if not isinstance(element, Tag):
        return False
    if element.name in _CONTROLS or element.has_attr("hidden"):
        return True
    return bool(_classes(element) & _SCREEN_ONLY)


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
    apart = _classes(element) & _ROWS
    children = _apart(element) if apart else list(element.children)
    inside = [word for child in children for word in _inline(child, galley)]
    if element.get("id") and element.name != "svg":
        inside.insert(0, Span("anchor", value=str(element["id"])))
    return tag_span(element.name, dict(element.attrs), inside, galley)


def tag_span(
    name: str, attributes: dict[str, object], inside: list[Inline], galley: Galley
) -> list[Inline]:
    """Return what an inline element stands for."""
    given = attributes.get("class") or ()
    classes = set(given.split() if isinstance(given, str) else map(str, given))  # type: ignore[call-overload]
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
    if name in {"span", "mark", "abbr", "time", "u", "cite", "q"}:
        return _styled(classes, attributes, inside)
    if name in INLINE_TAGS:
        return [Span(INLINE_TAGS[name], kept)] if kept else []
    galley.problem(f"不支持的 HTML 元素 <{name}>", "改用段落、列表、表格、链接等书中已有的元素")
    return inside


def _styled(classes: set[str], attributes: dict[str, object], inside: list[Inline]) -> list[Inline]:
    if not plain(inside).strip() and attributes.get("aria-label"):
        inside = [str(attributes["aria-label"])]
    colour = next((INK[name] for name in sorted(classes) if name in INK), "")
    span = tuple(inside)
    if colour:
        span = (Span("ink", span, colour),)
    if classes & {"pb-rating", "pb-status", "pb-kept", "pb-value"}:
        span = (Span("kept", span),)
    return list(span)
