"""Turn a notebook that papermill has executed into a page of the book.

Authors tag the `parameters` cell, and `show-input` where readers shall see the code (the page that
teaches how to analyse). Elsewhere the code is hidden; the cells that set up are removed from the
page, figures get the alt text their output carries, and everything that differs from run
to run (times, paths, random cell ids) is dropped, so that the same inputs give the same bytes.
A heading that code showed becomes a heading of the page, as one that people write.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat import NotebookNode

SET_UP_TAGS = frozenset({"parameters", "injected-parameters", "load"})
SHOWN_TAG = "show-input"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def finished(executed: NotebookNode) -> bytes:
    """Return the executed notebook as the bytes of the page's source."""
    page = nbformat.v4.new_notebook(
        metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}},
        cells=[
            made
            for number, cell in enumerate(executed.cells, start=1)
            for made in _cells(cell, f"cell-{number}")
        ],
    )
    nbformat.validate(page)
    text: str = nbformat.writes(page, sort_keys=True)
    return (text.rstrip("\n") + "\n").encode("utf-8")


def _cells(cell: NotebookNode, identity: str) -> Iterator[NotebookNode]:
    """Yield a cell as the page has it: several where its outputs hold headings."""
    if cell.cell_type != "code":
        yield nbformat.v4.new_markdown_cell(cell.source, id=identity)
        return
    tags = set(cell.metadata.get("tags", []))
    parts = _parts([_output(output) for output in cell.outputs])
    for number, (title, outputs) in enumerate(parts):
        own = f"{identity}-{number}" if number else identity
        if title:
            yield nbformat.v4.new_markdown_cell(title, id=f"{own}-heading")
        if outputs or not number:  # the code is shown once, if at all
            yield _code(cell.source, own, tags - {SHOWN_TAG} if number else tags, outputs)


def _parts(outputs: list[NotebookNode]) -> list[tuple[str, list[NotebookNode]]]:
    """Part outputs at the headings among them: each with the heading above it, if it has one."""
    parts: list[tuple[str, list[NotebookNode]]] = [("", [])]
    for output in outputs:
        if _about(output).get("kind") == "heading":
            parts.append(("".join(output["data"]["text/markdown"]), []))
        else:
            parts[-1][1].append(output)
    return parts


def _code(source: str, identity: str, tags: set[str], outputs: list[NotebookNode]) -> NotebookNode:
    metadata: dict[str, Any] = {"tags": _tags(tags, shows=bool(outputs))}
    alt = next(filter(None, (str(_about(output).get("alt", "")) for output in outputs)), "")
    if alt:
        metadata["mystnb"] = {"image": {"alt": alt}}
    code: NotebookNode = nbformat.v4.new_code_cell(
        source, id=identity, metadata=metadata, outputs=outputs, execution_count=None
    )
    return code


def _tags(authors: set[str], *, shows: bool) -> list[str]:
    """Return the tags that Jupyter Book acts on."""
    if SHOWN_TAG in authors:
        return []
    return ["remove-input" if shows and not authors & SET_UP_TAGS else "remove-cell"]


def _output(output: NotebookNode) -> NotebookNode:
    kept = NotebookNode({k: v for k, v in output.items() if k != "transient"})
    if kept.output_type == "execute_result":
        kept["execution_count"] = None
    return kept


def _about(output: NotebookNode) -> dict[str, Any]:
    """Return what an output says of itself."""
    about: dict[str, Any] = output.get("metadata", {}).get("planbook", {})
    return about
