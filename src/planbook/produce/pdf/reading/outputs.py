"""What notebooks, fragments and packs show: tables, charts, text, and others' own analysis."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Protocol

from planbook.errors import UsageError
from planbook.present.escaping import markdown
from planbook.present.prose import Heading, Prose
from planbook.present.tables.table import MIME, Columns, Table
from planbook.produce.pdf.reading.hypertext import set_html
from planbook.produce.pdf.reading.picture_files import sized_picture
from planbook.produce.pdf.reading.spans import set_caption
from planbook.produce.pdf.setting.document import Chart, Shown
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.inline import set_formula
from planbook.produce.pdf.setting.listing import set_listing
from planbook.produce.pdf.setting.pdf_charts import set_chart
from planbook.produce.pdf.setting.table_grid import set_table
from planbook.produce.pdf.setting.typst_code import call, joined, labelled

Bundle = Mapping[str, Any]  # by MIME type
_PICTURES = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
}


class Setter(Protocol):
    """Sets Markdown."""

    def text(self, text: str, galley: Galley) -> str: ...


def set_shown(item: Shown, galley: Galley, setter: Setter) -> str:
    """Return something of ours as an expression."""
    match item:
        case Heading(level, text):
            return setter.text(f"{'#' * level} {markdown(text)}", galley)
        case Table():
            return set_table(item, galley)
        case Columns(table, widths):
            return set_table(table, galley, widths)
        case Chart():
            return set_chart(item, galley)
        case Prose(kind="dateline"):
            return call("dateline", galley.text(repr(item)))
        case Prose(text):
            return setter.text(text, galley)


def set_bundle(
    data: Bundle,
    metadata: Bundle,
    galley: Galley,
    setter: Setter,
    figure: Mapping[str, str] | None = None,
) -> str:
    """Return an output, by MIME type, as an expression; `figure` is MyST-NB's, with a caption."""
    try:
        item = shown_of(data, metadata)
    except UsageError as error:
        return galley.problem(str(error), "用写出它的程序排版，或者用现在的程序重新运行笔记本")
    if item is not None:
        return set_shown(item, galley, setter)
    return _foreign(data, metadata, galley, setter, figure or {})


def shown_of(data: Bundle, metadata: Bundle) -> Shown | None:
    """Return what an output was made of, if it is ours.

    Raises
    ------
    UsageError
        If it is a table that cannot be read.
    """
    kind = metadata.get("planbook", {}).get("kind")
    if MIME in data:
        return Table.from_json(data[MIME])
    if kind == "figure":
        return chart_of(data, metadata)
    if kind == "dateline":
        return Prose(data["text/markdown"], kind=kind)
    return None


def chart_of(data: Bundle, metadata: Bundle) -> Chart:
    """Return the chart that an output is."""
    about = metadata["planbook"]
    words = {name: str(about.get(name, "")) for name in ("id", "alt", "units", "source")}
    return Chart(svg=data.get("image/svg+xml", ""), finding=str(about.get("title", "")), **words)


def _foreign(
    data: Bundle, metadata: Bundle, galley: Galley, setter: Setter, figure: Mapping[str, str]
) -> str:
    """Return what somebody's own analysis shows, or text of ours."""
    caption = set_caption(str(figure.get("caption", "")), galley)
    label = galley.target(str(figure["name"])) if figure.get("name") else ""
    picture = _picture(data, metadata, galley, caption)
    if picture and "text/markdown" not in data:
        return labelled(picture, label)
    said = _said(data, galley, setter)
    return joined([said, call("note", caption)]) if caption else said


def _picture(data: Bundle, metadata: Bundle, galley: Galley, caption: str) -> str:
    """Return the picture that an output is as an expression; empty where it is none."""
    kind = next((kind for kind in _PICTURES if kind in data), "")
    if not kind:
        return ""
    is_text = kind == "image/svg+xml"
    content = data[kind].encode() if is_text else base64.b64decode(data[kind])
    own = metadata.get(kind, {}).get("width", "")
    return sized_picture(
        content,
        _PICTURES[kind],
        str(metadata.get("alt", "")),
        galley,
        width=str(own or metadata.get("width", "")),
        caption=caption,
    )


def _said(data: Bundle, galley: Galley, setter: Setter) -> str:
    if "text/markdown" in data:
        return setter.text(data["text/markdown"], galley)
    if "text/html" in data:
        return set_html(data["text/html"], galley)
    if "text/latex" in data:
        return set_formula(data["text/latex"].strip().strip("$"), galley, block=True)
    if "text/plain" in data:
        return set_listing(data["text/plain"], galley)
    kinds = "、".join(sorted(data)) or "空"
    return galley.problem(f"不支持的输出：{kinds}", "改为表格、图或文字")
