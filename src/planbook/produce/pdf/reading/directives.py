"""The directives that pages of the book may use; another is an error with the list of these."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from planbook.produce.pdf.reading.dialect import Directive, parsed
from planbook.produce.pdf.reading.outputs import Setter, set_bundle
from planbook.produce.pdf.reading.picture_files import picture_file
from planbook.produce.pdf.reading.spans import Reader, no_footnotes, set_caption
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.grid import Box, Grid, Group, with_numbers
from planbook.produce.pdf.setting.inline import set_formula
from planbook.produce.pdf.setting.listing import set_listing
from planbook.produce.pdf.setting.tabular import set_grid
from planbook.produce.pdf.setting.typst_code import call

ADMONITIONS = {
    "note": "说明",
    "tip": "提示",
    "hint": "提示",
    "important": "重要",
    "attention": "注意",
    "caution": "注意",
    "warning": "注意",
    "danger": "警告",
    "error": "错误",
    "seealso": "另见",
    "admonition": "",
}
_CODE = {"code", "code-block", "parsed-literal"}
_DEEPEST = 5  # files that include files


def set_directive(found: Directive, galley: Galley, setter: Setter) -> str:
    """Return a directive as an expression."""
    name = found.name
    if name in ADMONITIONS:
        return _admonition(found, galley, setter)
    if name in _CODE:
        return set_listing(found.body, galley)
    match name:
        case "include":
            return _include(found, galley, setter)
        case "math":
            latex = "\n".join(part for part in (found.argument, found.body) if part)
            return set_formula(latex, galley, block=True)
        case "image" | "figure":
            return _image(found, galley)
        case "list-table":
            return _list_table(found, galley)
        case "toggle":  # folded on a page
            return setter.text(found.body, galley.inner())
        case "epigraph" | "pull-quote" | "highlights":
            return call("quote", setter.text(found.body, galley.inner()), block="true")
        case _:
            known = [*ADMONITIONS, "include", "math", "image", "figure", "list-table", "code-block"]
            return galley.problem(f"不支持的指令 {{{name}}}", f"可用的有：{'、'.join(known)}")


def _admonition(found: Directive, galley: Galley, setter: Setter) -> str:
    title = galley.text(found.argument or ADMONITIONS[found.name] or "说明")
    return call("callout", title, setter.text(found.body, galley.inner()))


def _include(found: Directive, galley: Galley, setter: Setter) -> str:
    if galley.base is None:
        return galley.problem(f"无法引入 {found.argument}", "这一页没有所在的文件夹")
    path = galley.base / found.argument
    text = galley.notes.file(path)
    if text is None:
        return galley.problem(
            f"找不到要引入的文件：{found.argument}",
            "先运行 python -m planbook build 生成，或者更正路径",
        )
    if galley.where.count("引入的") >= _DEEPEST:
        return galley.problem(f"引入的层数太多：{found.argument}", "检查是否互相引入")
    where = f"{galley.where}引入的 {found.argument}"
    inside = replace(
        galley.at(where), source=""
    )  # what it names is named from the page, as in HTML
    printed = galley.notes.file(path.with_suffix(".json"))
    if printed is not None:  # a fragment of ours, as a notebook would hold it
        output = json.loads(printed)
        return set_bundle(output["data"], output["metadata"], inside, setter)
    return setter.text(text.decode("utf-8").replace("\r\n", "\n"), inside)


def _image(found: Directive, galley: Galley) -> str:
    return picture_file(
        unquote(found.argument),
        found.options.get("alt", ""),
        galley,
        width=found.options.get("width", ""),
        caption=set_caption(found.body, galley),
    )


def _list_table(found: Directive, galley: Galley) -> str:
    nodes = parsed(found.body)
    if len(nodes) != 1 or nodes[0].type != "bullet_list":
        return galley.problem("list-table 不是一个列表", "每行写成「* - 单元格」")
    rows = []
    for row in nodes[0].children:
        cells = row.children[0].children if row.children else []
        rows.append(tuple(_cell(cell, galley) for cell in cells))
    columns = max(map(len, rows))
    if any(len(row) != columns for row in rows):
        return galley.problem("list-table 各行的单元格数不同", "补上空的单元格")
    heads = int(found.options.get("header-rows", "0") or 0)
    caption = (found.argument,) if found.argument else ()
    body = (Group((), tuple(rows[heads:])),)
    return set_grid(with_numbers(Grid(columns, tuple(rows[:heads]), body, caption)), galley)


def _cell(item: SyntaxTreeNode, galley: Galley) -> Box:
    reader = Reader(galley, no_footnotes)
    return Box(tuple(tuple(reader.words(node.children)) for node in item.children))
