"""One name for a cell in every message: ``notebooks/x.ipynb，第4个单元格``, as its author counts.

A page has other cells than the notebook it was made of: one with the parameters that were given is
added, hidden ones may be gone. So each cell of a page carries its number in the notebook as its id,
and the page says which notebook that was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode

GIVEN = "cell-given"  # id of the cell with the parameters that were given
_ID = "cell-{}"
_NUMBER = re.compile(r"cell-([0-9]+)(?:-[0-9]+)?(?:-heading)?")  # a cell may be several


def cell_name(notebook: str, number: int | None, line: int | None = None) -> str:
    """Return what messages call a cell, by its number from 1; ``None``: the notebook as a whole."""
    if number is None:
        return notebook
    return f"{notebook}，第{number}个单元格" + (f"第{line}行" if line else "")


def number_cells(notebook: NotebookNode, shown: str) -> None:
    """Give the cells of an author's notebook, which messages call `shown`, their numbers as ids."""
    notebook.metadata["planbook"] = {**notebook.metadata.get("planbook", {}), "notebook": shown}
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = _ID.format(number)


def about_source(page: NotebookNode) -> dict[str, Any]:
    """Return what a page's metadata say of the notebook that it was made of."""
    return {"planbook": dict(page.metadata.get("planbook", {}))}


def page_cell_name(page: Mapping[str, Any], index: int, otherwise: str, line: int = 0) -> str:
    """Return the name of a page's cell, counted from 0, in the notebook that the page was made of.

    Of a page that does not say what it was made of, the name of its own cell in `otherwise`.
    """
    notebook = page.get("metadata", {}).get("planbook", {}).get("notebook", "")
    cells = page.get("cells", ())
    if not 0 <= index < len(cells):
        return notebook or otherwise
    of_source = _NUMBER.fullmatch(str(cells[index].get("id", "")))
    if notebook and of_source:
        return cell_name(notebook, int(of_source[1]), line)
    return notebook or cell_name(otherwise, index + 1, line)
