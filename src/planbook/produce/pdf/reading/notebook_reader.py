"""An executed notebook as Typst, cell by cell: its Markdown, its outputs, code that readers see."""

from __future__ import annotations

import base64
import re
from typing import Any

from nbformat import NotebookNode

from planbook.produce.pdf.reading.blocks import MarkdownSetter
from planbook.produce.pdf.reading.hypertext import set_html
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.inline import set_formula
from planbook.produce.pdf.setting.listing import set_listing
from planbook.produce.pdf.setting.pdf_charts import Chart, set_chart, set_picture
from planbook.produce.pdf.setting.typst_code import call, joined

_CONTROL_CODES = re.compile(r"\x1b\[[0-9;]*m")


def set_part(galley: Galley) -> str:
    """Return the part that the galley is at the beginning of as an expression."""
    setter = MarkdownSetter(galley.part.title)
    pieces = []
    many = len(galley.part.notebook.cells) > 1
    for number, cell in enumerate(galley.part.notebook.cells, start=1):
        where = f"{galley.part.id} 第{number}个单元格" if many else galley.part.id
        here = galley.at(where)
        tags = set(cell.metadata.get("tags", ()))
        if "remove-cell" in tags or cell.cell_type == "raw":
            continue
        if cell.cell_type == "markdown":
            pieces.append(setter.text(cell.source, here))
            continue
        if "remove-input" not in tags and "hide-input" not in tags and cell.source.strip():
            pieces.append(set_listing(cell.source, here))
        if "remove-output" not in tags:
            pieces += [_output(output, cell, here, setter) for output in cell.outputs]
        if setter.level == 0 and any(pieces):
            pieces.insert(0, setter.opened(here))
    if setter.level == 0:
        pieces.insert(0, setter.opened(galley))
    return joined(pieces)


def _output(
    output: NotebookNode, cell: NotebookNode, galley: Galley, setter: MarkdownSetter
) -> str:
    if output.output_type == "stream":
        if output.name == "stderr":
            return galley.problem("单元格有警告输出（stderr）", "消除警告后重新运行")
        return set_listing(_CONTROL_CODES.sub("", output.text), galley)
    if output.output_type == "error":
        return galley.problem(f"单元格运行出错：{output.ename}", "更正后重新运行")
    about = output.metadata.get("planbook", {})
    data = output.data
    match about.get("kind"):
        case "figure":
            return _figure(about, data, galley)
        case "table":
            return set_html(data.get("text/html", ""), galley, [_source(about, galley)])
        case "text":
            text = _text(data, galley, setter)
            return call("held", text) if about.get("held") else text
        case _:
            return _foreign(data, output.metadata, cell, galley, setter)


def _figure(about: dict[str, Any], data: dict[str, Any], galley: Galley) -> str:
    if "image/svg+xml" not in data:
        return galley.problem("图没有 SVG", "图须由 planbook.present.charts.figure 生成")
    return set_chart(
        Chart(
            id=about.get("id", ""),
            svg=data["image/svg+xml"],
            alt=about.get("alt", ""),
            finding=(about["title"],) if about.get("title") else (),
            units=about.get("units", ""),
            source=about.get("source", ""),
        ),
        galley,
    )


def _source(about: dict[str, Any], galley: Galley) -> str:
    """Return where a table's values come from: what it says, or what holds for every table."""
    running = galley.running
    general = f"资料来源：据各填报单位报送的资料整理，{running.edition}版。"
    if running.demonstration:
        general += "示例数据，不是真实统计。"
    return galley.text(about.get("source") or general)


def _text(data: dict[str, Any], galley: Galley, setter: MarkdownSetter) -> str:
    """Return prose from its Markdown; a class says how its paragraph is set."""
    page = data.get("text/html", "")
    if page.startswith('<p class="pb-dateline"') or "text/markdown" not in data:
        return set_html(page, galley)
    return setter.text(data["text/markdown"], galley)


def _foreign(
    data: dict[str, Any],
    metadata: dict[str, Any],
    cell: NotebookNode,
    galley: Galley,
    setter: MarkdownSetter,
) -> str:
    """Return what somebody's own analysis shows."""
    image = cell.metadata.get("mystnb", {}).get("image", {})
    alt = metadata.get("alt") or image.get("alt", "")
    if "text/markdown" in data:
        return setter.text(data["text/markdown"], galley)
    if "image/svg+xml" in data:
        return set_picture(data["image/svg+xml"].encode(), "svg", alt, galley)
    for kind in ("png", "jpeg"):
        if f"image/{kind}" in data:
            return set_picture(base64.b64decode(data[f"image/{kind}"]), kind, alt, galley)
    if "text/html" in data:
        return set_html(data["text/html"], galley)
    if "text/latex" in data:
        return set_formula(data["text/latex"].strip().strip("$"), galley, block=True)
    if "text/plain" in data:
        return set_listing(data["text/plain"], galley)
    kinds = "、".join(sorted(data)) or "空"
    return galley.problem(f"不支持的输出：{kinds}", "改为表格、图或文字")


def chapter(galley: Galley, body: str) -> str:
    """Return a part's expression on pages of its own."""
    title = galley.text(galley.part.title)
    return joined(
        [f"let chapter-title = {title}", call("chapter", "chapter-title", "running", body)]
    )
