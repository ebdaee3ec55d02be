"""Turn a notebook that papermill has executed into a page of the book.

What its author tags as removed is left out here, so that nothing made of the page can hold it: not
HTML, search, PDF or downloads. Code is left out too, but where tags show it. Pictures that its text
shows go with it, figures get their alternative text, and everything that differs from run to run
(times, paths, random cell ids) is dropped, so that the same inputs give the same bytes. What one of
the media could not show is refused, by cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from planbook.errors import Problem, ProblemsFound
from planbook.produce.dialect import REMEDY
from planbook.produce.notebooks.outputs import outputs_of
from planbook.produce.notebooks.pictures import Unusable, data_of, read, shown_in, wrong_in
from planbook.produce.notebooks.tags import HIDING, intent, misspelled, tags_of

INJECTED = "injected-parameters"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
REMOVED = "# 代码不在书中"  # in place of code: what has no source at all, MyST-NB passes over

_GONE_TEXT = {"remove-cell", "remove-input"}
_IMAGE = {"alt", "width", "align", "classes"}
_MARKDOWN = {"text/markdown", "text/x-markdown", "text/x-myst"}


def cell_name(notebook: str, number: int) -> str:
    """Return what every message calls a cell of an author's notebook; numbers are from 1."""
    return f"{notebook}，第{number}个单元格"


def finished(executed: NotebookNode, name: str, folder: Path) -> bytes:
    """Return the executed notebook as the bytes of the page's source.

    Parameters
    ----------
    name
        The author's notebook as messages name it, such as ``notebooks/cluster_digital.ipynb``.
    folder
        Where it lies: what its text shows is looked up there.

    Raises
    ------
    ProblemsFound
        Whatever the book cannot show as its author means it, each with its cell.
    """
    problems: list[Problem] = []
    cells = []
    for cell, where in _numbered(executed, name):
        problems += _wrong_tags(cell, where)
        made = _cell(cell, where, folder, problems)
        if made is not None:
            cells.append(made)
    if problems:
        raise ProblemsFound(f"笔记本 {name} ", problems)
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    if executed.metadata.get("planbook", {}).get("screen_only"):
        metadata["planbook"] = {"screen_only": True}
    page = nbformat.v4.new_notebook(metadata=metadata, cells=cells)
    nbformat.validate(page)
    text: str = nbformat.writes(page, sort_keys=True)
    return (text.rstrip("\n") + "\n").encode("utf-8")


def _numbered(executed: NotebookNode, name: str) -> Iterator[tuple[NotebookNode, str]]:
    """Yield the author's cells, each with its place: papermill has added one with parameters.

    The number, from 1, is that of all cells in JupyterLab.
    """
    own = (c for c in executed.cells if INJECTED not in c.metadata.get("tags", ()))
    for number, cell in enumerate(own, start=1):
        cell.id = f"cell-{number}"
        yield cell, cell_name(name, number)


def _cell(
    cell: NotebookNode, where: str, folder: Path, problems: list[Problem]
) -> NotebookNode | None:
    """Return what the book has of a cell; `None`: nothing."""
    if cell.cell_type == "code":
        return _code(cell, where, folder, problems)
    if tags_of(cell) & _GONE_TEXT:
        return None
    if cell.cell_type == "raw":
        kind = str(cell.metadata.get("format") or cell.metadata.get("raw_mimetype") or "")
        if kind not in _MARKDOWN:
            if kind:
                what = f"原始（Raw）单元格的格式 {kind} 在书中没有对应的写法"
                fix = "改为 Markdown 或代码单元格；不刊出的，去掉格式，或者加标签 remove-cell"
                problems.append(Problem(what, where, fix))
            return None
    elif hidden := sorted(tags_of(cell) & set(HIDING)):
        fix = "改用「:::{admonition} 标题」加「:class: dropdown」；不刊出的加标签 remove-cell"
        problems.append(Problem(f"标签 {hidden[0]} 对文字单元格不起作用", where, fix))
    about = {"where": where} | _pictures(cell.source, cell, where, folder, problems)
    prose: NotebookNode = nbformat.v4.new_markdown_cell(
        cell.source, id=cell.id, metadata={"planbook": about}
    )
    return prose


def _code(
    cell: NotebookNode, where: str, folder: Path, problems: list[Problem]
) -> NotebookNode | None:
    wanted = intent(cell)
    mystnb = _mystnb(cell, where, problems)
    outputs = outputs_of(cell, wanted, mystnb, where, problems)
    if not outputs and not (wanted.code and cell.source.strip()):
        return None
    about: dict[str, Any] = {"where": where}
    for output in outputs:
        text = output.get("data", {}).get("text/markdown", "")
        if text and not output.metadata.get("planbook"):
            found = _pictures(text, cell, where, folder, problems)
            about.setdefault("pictures", {}).update(found.get("pictures", {}))
    if not about.get("pictures", True):
        del about["pictures"]
    metadata: dict[str, Any] = {"tags": list(wanted.tags), "planbook": about}
    if mystnb:
        metadata["mystnb"] = mystnb
    code: NotebookNode = nbformat.v4.new_code_cell(
        cell.source if wanted.code else REMOVED,
        id=cell.id,
        metadata=metadata,
        outputs=outputs,
        execution_count=None,
    )
    return code


def _mystnb(cell: NotebookNode, where: str, problems: list[Problem]) -> dict[str, Any]:
    """Return what the cell's metadata say of how it is shown, for MyST-NB and paper."""
    about = {**cell.metadata.get("render", {}), **cell.metadata.get("mystnb", {})}
    for key in sorted(set(about.get("image", {})) - _IMAGE):
        what = f"mystnb 的 image 中有「{key}」，只能有：{'、'.join(sorted(_IMAGE))}"
        problems.append(Problem(what, where, "大小用 width，写百分数或像素，如 80%、300px"))
    return about


def _wrong_tags(cell: NotebookNode, where: str) -> Iterator[Problem]:
    for tag, known in misspelled(cell):
        yield Problem(f"不认识的标签「{tag}」", where, f"是否应为 {known}？改正或删去")


def _pictures(
    text: str, cell: NotebookNode, where: str, folder: Path, problems: list[Problem]
) -> dict[str, dict[str, str]]:
    """Return the bytes of the pictures that a text shows by their addresses; refuse what is wrong.

    Besides pictures that is whatever would not be read as it was typed.
    """
    tokens = read(text)
    problems += [Problem(what, where, REMEDY) for what in wrong_in(tokens)]
    found = {}
    for picture in shown_in(tokens):
        if not picture.simple:
            fix = "改用 ![替代文字](路径){width=50%}，或者让 <img> 自成一段"
            problems.append(Problem(f"HTML 中的图片 {picture.address} 无法带入书中", where, fix))
        elif not picture.alt.strip():
            fix = '写成 ![替代文字](路径)；<img> 加 alt="…"，指令加 :alt:'
            problems.append(Problem(f"图片 {picture.address} 没有替代文字", where, fix))
        elif not picture.address.startswith("data:"):
            try:
                found[picture.address] = data_of(picture.address, cell, folder)
            except Unusable as error:
                problems.append(Problem(str(error), where, error.fix))
    return {"pictures": found} if found else {}
