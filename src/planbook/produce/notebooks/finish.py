"""Turn a notebook that was executed into a page of the book.

What its author tags as removed is left out here, so that nothing made of the page can hold it: not
HTML, search, PDF or downloads. Code is left out too, but where tags show it. Pictures that its text
shows go with it, figures get their alternative text, and everything that differs from run to run
(times, paths, random cell ids) is dropped, so that the same inputs give the same bytes. What one of
the media could not show is refused, by cell. A heading that code showed becomes one of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from markdown_it.token import Token
from nbformat import NotebookNode

from planbook.errors import Problem, ProblemsFound
from planbook.produce.markdown_rules import mistakes
from planbook.produce.not_made import METADATA, notebook_bytes
from planbook.produce.notebooks.cell_names import about_source, page_cell_name
from planbook.produce.notebooks.cell_outputs import outputs_of
from planbook.produce.notebooks.held_pictures import (
    Unusable,
    data_of,
    is_picture_address,
    read,
    shown_in,
)
from planbook.produce.notebooks.hidden_html import hidden_html
from planbook.produce.notebooks.included_files import with_files
from planbook.produce.notebooks.page_links import Pages, to_pages
from planbook.produce.notebooks.refused_addresses import refused_addresses
from planbook.produce.notebooks.tags import HIDING, intent, misspelled, tags_of
from planbook.produce.notebooks.unshown import unshown_charts

REMOVED = "# 代码不在书中"  # in place of code: what has no source at all, MyST-NB passes over

_OF_PAGES = ("folded",)  # what an author says in a notebook's metadata of how its page is shown
NO_PAGES: Pages = {}
_GONE_TEXT = {"remove-cell", "remove-input"}
_IMAGE = {"alt", "width", "align", "classes"}
_MARKDOWN = {"text/markdown", "text/x-markdown", "text/x-myst"}


def finished(executed: NotebookNode, folder: Path, pages: Pages = NO_PAGES) -> bytes:
    """Return the executed notebook, whose cells are numbered, as the bytes of the page's source.

    Parameters
    ----------
    folder
        Where its author's notebook lies: what its text shows is looked up there.
    pages
        The pages of the book by the notebooks beside it, to which its text may lead.

    Raises
    ------
    ProblemsFound
        Whatever the book cannot show as its author means it, each with its cell.
    """
    problems: list[Problem] = []
    made: list[NotebookNode] = []
    for index, cell in enumerate(executed.cells):
        here = _Cell(cell, folder, pages, page_cell_name(executed, index, "笔记本"), problems)
        made += here.code() if cell.cell_type == "code" else here.text()
    problems += _charts_of_one_name(executed)
    if problems:
        raise ProblemsFound("笔记本", problems)
    page = nbformat.v4.new_notebook(
        metadata={
            **METADATA,
            **{key: executed.metadata[key] for key in _OF_PAGES if key in executed.metadata},
            **about_source(executed),
        },
        cells=made,
    )
    return notebook_bytes(page)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _charts_of_one_name(executed: NotebookNode) -> Iterator[Problem]:
    """Yield which charts have a name that one above has: a link to it could mean either."""
    first: dict[str, int] = {}
    for index, cell in enumerate(executed.cells):
        for output in cell.get("outputs", ()) if intent(cell).outputs else ():
            about = output.get("metadata", {}).get("planbook", {})
            if about.get("kind") != "figure":
                continue
            name = about["id"]
            if name in first:
                other = page_cell_name(executed, first[name], "笔记本")
                what = f"图 chart-{name} 不止一个：{other}也有"
                fix = "同一张图只显示一次；不是同一张的，给 planbook.chart 另写一个 id"
                yield Problem(what, page_cell_name(executed, index, "笔记本"), fix)
            first.setdefault(name, index)


@dataclass(frozen=True)
class _Cell:
    """A cell of an executed notebook, its name in messages, and what is wrong with any of them."""

    cell: NotebookNode
    folder: Path
    pages: Pages
    where: str
    problems: list[Problem] = field(repr=False)

    def text(self) -> list[NotebookNode]:
        """Return what the book has of a cell of text, if anything."""
        cell, tags = self.cell, tags_of(self.cell)
        self._refuse_misspelled()
        if tags & _GONE_TEXT or (cell.cell_type == "raw" and not self._is_markdown()):
            return []
        for tag in sorted(tags & set(HIDING)):
            fix = "改用「:::{admonition} 标题」加「:class: dropdown」；不刊出的加标签 remove-cell"
            self._refuse(f"标签 {tag} 对文字单元格不起作用", fix)
        whole, wrong_files = with_files(cell.source, self.folder)
        tokens = read(whole)
        about = _about(self._pictures([tokens]))
        source, wrong = to_pages(whole, tokens, self.pages)
        for what, fix in (*wrong_files, *wrong, *hidden_html(tokens), *refused_addresses(tokens)):
            self._refuse(what, fix)
        return [nbformat.v4.new_markdown_cell(source, id=cell.id, metadata=about)]

    def code(self) -> list[NotebookNode]:
        """Return what the book has of a cell of code: several where its outputs hold headings."""
        cell, wanted = self.cell, intent(self.cell)
        self._refuse_misspelled()
        mystnb = self._mystnb()
        outputs, wrong = outputs_of(cell, wanted, mystnb)
        for what, fix in (*wrong, *unshown_charts(cell.source)):
            self._refuse(what, fix)
        if not outputs and not (wanted.code and cell.source.strip()):
            return []
        said = [
            read(output.data["text/markdown"])
            for output in outputs
            if "text/markdown" in output.get("data", {}) and not output.metadata.get("planbook")
        ]
        if any(token.type == "heading_open" for tokens in said for token in tokens):
            self._refuse("输出的 Markdown 中有标题", "标题写在 Markdown 单元格中")
        metadata = {**({"mystnb": mystnb} if mystnb else {}), **_about(self._pictures(said))}
        made = []
        for number, (title, own) in enumerate(_parts(outputs)):
            id = f"{cell.id}-{number}" if number else cell.id
            if title:
                made.append(nbformat.v4.new_markdown_cell(title, id=f"{id}-heading"))
            shows_code = wanted.code and not number  # once, above all outputs
            if own or (shows_code and cell.source.strip()):
                code = cell.source if shows_code else REMOVED
                hidden = [] if shows_code or not wanted.code else ["remove-input"]
                about = {"tags": [*wanted.tags, *hidden], **metadata}
                made.append(
                    nbformat.v4.new_code_cell(
                        code, id=id, metadata=about, outputs=own, execution_count=None
                    )
                )
        return made

    def _refuse(self, what: str, fix: str) -> None:
        self.problems.append(Problem(what, self.where, fix))

    def _refuse_misspelled(self) -> None:
        for tag, known in misspelled(self.cell):
            self._refuse(f"不认识的标签「{tag}」", f"是否应为 {known}？改正或删去")

    def _is_markdown(self) -> bool:
        """Tell whether a raw cell is text for this book; another is for another program or none."""
        about = self.cell.metadata
        kind = str(about.get("format") or about.get("raw_mimetype") or "")
        if kind and kind not in _MARKDOWN:
            fix = "改为 Markdown 或代码单元格；不刊出的，去掉格式，或者加标签 remove-cell"
            self._refuse(f"原始（Raw）单元格的格式 {kind} 在书中没有对应的写法", fix)
        return kind in _MARKDOWN

    def _mystnb(self) -> dict[str, Any]:
        """Return what the cell's metadata say of how it is shown, for MyST-NB and paper."""
        metadata = self.cell.metadata
        about: dict[str, Any] = {}
        for name in ("render", "mystnb"):
            said = metadata.get(name, {})
            parts = [said.get(part, {}) for part in ("image", "figure")] if _is_table(said) else []
            if not all(map(_is_table, (said, *parts))):
                fix = '写成 "mystnb": {"image": {"alt": "…"}} 这样的对象，或者删去'
                self._refuse(f"单元格元数据中的 {name} 不是对象", fix)
            else:
                about |= said
        for key, value in about.get("image", {}).items():
            if not isinstance(value, str):
                self._refuse(f"mystnb 的 image 中「{key}」不是文字", f'写成 "{key}": "…"')
        for key in sorted(set(about.get("image", {})) - _IMAGE):
            what = f"mystnb 的 image 中有「{key}」，只能有：{'、'.join(sorted(_IMAGE))}"
            self._refuse(what, "大小用 width，写百分数或像素，如 80%、300px")
        return about

    def _pictures(self, texts: Iterable[Sequence[Token]]) -> dict[str, str]:
        """Return the pictures that texts show, by address; refuse what would be read otherwise."""
        found = {}
        for tokens in texts:
            for _, what, fix in mistakes(tokens):
                self._refuse(what, fix)
            for picture in shown_in(tokens):
                if not picture.simple:
                    fix = '改用 ![替代文字](路径){width="50%"}，或者让 <img> 自成一段'
                    self._refuse(f"HTML 中的图片 {picture.address} 无法带入书中", fix)
                elif not picture.alt.strip():
                    fix = '写成 ![替代文字](路径)；<img> 加 alt="…"，指令加 :alt:'
                    self._refuse(f"图片 {picture.address} 没有替代文字", fix)
                elif picture.address.startswith("data:"):
                    if not is_picture_address(picture.address):
                        fix = "存成 PNG、JPEG、GIF 或 SVG 文件放在笔记本旁边，写相对路径"
                        self._refuse(f"图片 {picture.address[:30]}… 读不出", fix)
                else:
                    try:
                        found[picture.address] = data_of(picture.address, self.cell, self.folder)
                    except Unusable as error:
                        self._refuse(str(error), error.fix)
        return found


def _parts(outputs: Iterable[NotebookNode]) -> list[tuple[str, list[NotebookNode]]]:
    """Part outputs at the headings among them: each part with the heading above it, if any."""
    parts: list[tuple[str, list[NotebookNode]]] = [("", [])]
    for output in outputs:
        if output.get("metadata", {}).get("planbook", {}).get("kind") == "heading":
            parts.append(("".join(output["data"]["text/markdown"]), []))
        else:
            parts[-1][1].append(output)
    return parts


def _about(pictures: dict[str, str]) -> dict[str, dict[str, dict[str, str]]]:
    return {"planbook": {"pictures": pictures}} if pictures else {}
