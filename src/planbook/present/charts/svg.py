"""A drawing as SVG: small, without matplotlib's numbering, and in the colours of the page.

One drawing serves two sizes of letters. It is laid out for the large ones, which a narrow screen
needs because it shrinks the drawing; a wide screen sets them smaller (`charts.css`), at the same
places.
"""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from planbook.present.charts.canvas import Sheet
from planbook.present.charts.lettering import READERS_FONTS
from planbook.present.escaping import Html
from planbook.present.palette import COLOUR_VARIABLES, PAPER

_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)|^#(.+)$")
_NUMBER = re.compile(r"-?\d+\.\d+")
_PLACES = ("d", "x", "y", "width", "height", "transform", "style")
_FONT = re.compile(r"font-family: [^;]+(?:; )?")
_LETTERS = re.compile(r"(?:^|; )((?:fill|text-anchor): [^;]+)")

ElementTree.register_namespace("", _SVG)


def drawn(sheet: Figure, prefix: str) -> Markup:
    """Return the inside of the drawing's SVG; ids begin with `prefix`, one for each drawing."""
    with io.StringIO() as out:
        canvas: Any = FigureCanvasSVG(sheet)
        canvas.print_svg(out, metadata={"Date": None, "Creator": None})
        text = out.getvalue()
    root = ElementTree.fromstring(text)
    for unwanted in [child for child in root if _is_preamble(child)]:
        root.remove(unwanted)
    named = _named(root)
    for element in root.iter():
        _tidy(element, named, prefix)
    inside = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    inside = inside.replace(f' xmlns="{_SVG}"', "")
    letters = sheet.letters() if isinstance(sheet, Sheet) else ""
    return Html(re.sub(r"\s*\n\s*", "", inside)) + letters


def page_svg(inside: Markup, *, width: float, height: float, size: float, alt: str) -> Markup:
    """Return the drawing for a page of the book: its colours follow the page's theme."""
    for colour, name in COLOUR_VARIABLES.items():
        inside = inside.replace(colour, f"var(--pb-{name},{colour})")
    return Html(
        '<svg class="pb-chart" viewBox="0 0 {} {}" role="img" aria-label="{}" '
        'font-size="{}" stroke-linejoin="round">{}</svg>'
    ).format(f"{width:g}", f"{height:g}", alt, f"{size:g}", inside)


def whole_svg(inside: Markup, *, width: float, height: float, size: float) -> str:
    """Return the drawing as a file of its own, on paper."""
    return (
        f'<svg xmlns="{_SVG}" width="{width:g}pt" height="{height:g}pt" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{READERS_FONTS}" font-size="{size:g}" '
        f'stroke-linejoin="round"><rect width="100%" height="100%" fill="{PAPER}"/>{inside}</svg>'
    )


def _is_preamble(element: ElementTree.Element) -> bool:
    """Whether it is metadata, or a style sheet that in a page would rule everything."""
    style = element.find(f"{{{_SVG}}}style")
    return element.tag == f"{{{_SVG}}}metadata" or style is not None


def _named(root: ElementTree.Element) -> set[str]:
    """Return the ids that something refers to."""
    found = set()
    for element in root.iter():
        for value in (*element.attrib.values(), element.get("style", "")):
            for match in _REFERENCE.finditer(value):
                found.add(match[1] or match[2])
    return found


def _tidy(element: ElementTree.Element, named: set[str], prefix: str) -> None:
    """Leave out ids that nothing refers to, and more decimals than an eye can see."""
    attributes = element.attrib
    for name in _PLACES:
        if name in attributes:
            attributes[name] = _NUMBER.sub(_short, attributes[name]).strip()
    for name in ("style", "clip-path"):
        if name in attributes:
            attributes[name] = re.sub(r"url\(#", f"url(#{prefix}-", attributes[name])
    if _HREF in attributes:  # a part that is drawn again, or a picture's own bytes
        leads_to = attributes.pop(_HREF)
        inside = leads_to.startswith("#")
        attributes["href"] = f"#{prefix}-{leads_to[1:]}" if inside else leads_to
    given = attributes.pop("id", "")
    if given in named:
        attributes["id"] = f"{prefix}-{given}"
    if element.tag == f"{{{_SVG}}}text":  # its size and font are those of the whole drawing
        attributes["style"] = "; ".join(_LETTERS.findall(attributes.get("style", "")))
        if attributes.get("transform", "").startswith("rotate(-0"):
            del attributes["transform"]
    if element.tag == f"{{{_SVG}}}tspan":  # of a formula: laid out for its size
        attributes["style"] = _FONT.sub("", attributes.get("style", ""))


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
