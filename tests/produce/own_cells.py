"""Pages that analysts write themselves, made on the spot and built in a small book."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from PIL import Image

from planbook.produce.not_made import KERNEL
from tests.books import copy_second_plan

SET_UP = "import pandas as pd\nfrom IPython.display import HTML, Markdown, display"


def text(source: str, *tags: str, **about: Any) -> NotebookNode:
    return new_markdown_cell(source, metadata={"tags": list(tags)} | about)


def code(source: str, *tags: str, **about: Any) -> NotebookNode:
    return new_code_cell(source, metadata={"tags": list(tags)} | about)


def raw(source: str, *tags: str, **about: Any) -> NotebookNode:
    return new_raw_cell(source, metadata={"tags": list(tags)} | about)


def pasted(source: str, name: str, colour: str) -> NotebookNode:
    """Return a text with a picture pasted into it."""
    cell = new_markdown_cell(source)
    cell["attachments"] = {name: {"image/png": base64.b64encode(png(colour)).decode()}}
    return cell


def png(colour: str) -> bytes:
    """Return a picture of one colour, 60 by 40 pixels."""
    made = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(made, "PNG")
    return made.getvalue()


def notebook(cells: Sequence[NotebookNode], title: str = "自写一页") -> NotebookNode:
    """Return a notebook of a heading, its parameters, what it imports, and these cells."""
    parameters = 'edition = None\ndataset = "test"'
    first = [text(f"# {title}"), code(parameters, "parameters"), code(SET_UP)]
    return new_notebook(cells=[*first, *cells], metadata={"kernelspec": KERNEL})


def project(root: Path, cells: Sequence[NotebookNode]) -> Path:
    """Write a small project whose last page is a notebook of these cells; return its root."""
    copy_second_plan(root)
    plan = root / "data" / "plan" / "plan.yaml"
    page = "  - id: own\n    title: 自写一页\n    notebook: own\n"
    plan.write_text(plan.read_text(encoding="utf-8").rstrip() + "\n" + page, encoding="utf-8")
    write(root, cells)
    return root


def write(root: Path, cells: Sequence[NotebookNode]) -> None:
    """Write the project's own notebook anew."""
    nbformat.write(notebook(cells), root / "notebooks" / "own.ipynb")
