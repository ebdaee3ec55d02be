"""Turn a notebook that papermill has executed into a page of the book.

Authors tag the `parameters` cell, and `show-input` where readers shall see the code (the page that
teaches how to analyse). Elsewhere the code is hidden; the cells that set up are removed from the
page, figures get the alt text their output carries, and everything that differs from run
to run (times, paths, random cell ids) is dropped, so that the same inputs give the same bytes.
"""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat import NotebookNode

from planbook.produce.notebooks.cells import about_source

SET_UP_TAGS = frozenset({"parameters", "injected-parameters", "load"})
SHOWN_TAG = "show-input"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def finished(executed: NotebookNode) -> bytes:
    """Return the executed notebook as the bytes of the page's source."""
    page = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": KERNEL,
            "language_info": {"name": "python"},
            **about_source(executed),
        },
        cells=[_cell(cell) for cell in executed.cells],
    )
    nbformat.validate(page)
    text: str = nbformat.writes(page, sort_keys=True)
    return (text.rstrip("\n") + "\n").encode("utf-8")


def _cell(cell: NotebookNode) -> NotebookNode:
    identity = cell.id  # its number in the author's notebook: `cells`
    if cell.cell_type != "code":
        prose: NotebookNode = nbformat.v4.new_markdown_cell(cell.source, id=identity)
        return prose
    outputs = [_output(output) for output in cell.outputs]
    tags = set(cell.metadata.get("tags", []))
    metadata: dict[str, Any] = {"tags": _tags(tags, shows=bool(outputs))}
    alt = next(filter(None, map(_alt, outputs)), "")
    if alt:
        metadata["mystnb"] = {"image": {"alt": alt}}
    code: NotebookNode = nbformat.v4.new_code_cell(
        cell.source, id=identity, metadata=metadata, outputs=outputs, execution_count=None
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


def _alt(output: NotebookNode) -> str:
    about = output.get("metadata", {}).get("planbook", {})
    return str(about.get("alt", ""))
