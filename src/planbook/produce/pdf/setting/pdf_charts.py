"""Charts and pictures: SVG with its words kept as text, and image files, each with its alt text."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import groupby

from planbook.fonts import SANS, is_common, other_font
from planbook.produce.pdf.setting.document import Chart
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.tabular import UPRIGHT
from planbook.produce.pdf.setting.typst_code import call, literal

_BOX = re.compile(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"')
_VARIABLE = re.compile(r"var\(--[\w-]+,\s*(#[0-9a-f]+)\)")
_WORDS = re.compile(r"(<text[^>]*>)([^<]*)")
_TALLEST = 520.0  # printer's points: with its caption a chart fits on a page
_HALF = 270.0  # what is higher, with its caption, would leave half a page empty
_SCALE = 0.62  # of the drawing: its letters of 13 become 8 points
FORMATS = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".gif": "gif", ".svg": "svg"}


def set_chart(chart: Chart, galley: Galley) -> str:
    """Return a chart as an expression. Without alternative text it is an error."""
    svg = _VARIABLE.sub(r"\1", chart.svg)
    size = _BOX.search(svg)
    if not chart.alt:
        return _without_alt(galley)
    if size is None:
        return galley.problem(
            "图没有 SVG 或者没有尺寸（viewBox）", "图须由 planbook.present.charts.figure 生成"
        )
    here = galley.at(f"{galley.where}，图「{chart.id}」")
    svg = _WORDS.sub(lambda found: found[1] + _with_fallback(here.printable(found[2])), svg)
    if "xmlns=" not in svg[:200]:
        svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    if "font-family=" not in svg[:400]:
        svg = svg.replace("<svg", f"<svg font-family=\"'{SANS}'\"", 1)
    wide, high = float(size[1]), float(size[2])
    drawn = min(UPRIGHT, wide * _SCALE, _TALLEST * wide / high)
    picture = call(
        "image",
        f"bytes({literal(svg)})",
        format='"svg"',
        width=f"{drawn:.2f}pt",
        alt=literal(galley.printable(chart.alt)),
    )
    label = galley.target(f"chart-{chart.id}") if chart.id else ""
    return call(
        "chart",
        picture,
        galley.text_or_none(chart.finding),
        galley.text_or_none(chart.units),
        galley.text_or_none(chart.source),
        literal(label) if label else "none",
        floats="true" if drawn * high / wide > _HALF and not galley.nested else "false",
    )


def set_picture(
    data: bytes,
    kind: str,
    alt: str,
    galley: Galley,
    *,
    width: str = "",
    caption: str = "",
    inline: bool = False,
) -> str:
    """Return an image as an expression.

    `kind` is one of `FORMATS`, `width` Typst's (a percentage is of the page's; empty: its own, at
    most the page's), `caption` an expression to stand below; `inline`: within a line of words.
    """
    if not alt:
        return _without_alt(galley)
    name = f"{sha256(data).hexdigest()[:16]}.{kind}"
    galley.notes.pictures[name] = data
    words = literal(galley.printable(alt))
    if inline:
        return call("box", call("image", literal(name), width=width or "auto", alt=words))
    return call("picture", literal(name), width or "auto", words, caption or "none")


def _with_fallback(words: str) -> str:
    """Return words of an SVG in which each character says its font where it is not the first one.

    Within a drawing Typst does not look into a second font by itself.
    """
    if is_common(words):
        return words
    parts = (
        (f"<tspan font-family=\"'{family}'\">{''.join(run)}</tspan>" if family else "".join(run))
        for family, run in groupby(words, other_font)
    )
    return "".join(parts)


def _without_alt(galley: Galley) -> str:
    return galley.problem("图没有替代文字", "补充说明图中内容的文字（alt）")
