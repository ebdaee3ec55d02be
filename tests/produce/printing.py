"""Small documents to print, and what another library than ours reads in the PDFs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from planbook.present.tables.cells import Cell, Column, words
from planbook.present.tables.cells import figure as figured
from planbook.present.tables.table import Table, plain
from planbook.produce.pdf import Document, Part, Running, Typeset, typeset, written_part

RUNNING = Running("进展报告", "2026年三季度", "0123456789ab", True, date(2026, 9, 30))
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="620pt" height="200pt" viewBox="0 0 620 200" '
    'font-family="\'Noto Sans SC\'" font-size="13"><rect x="40" y="60" width="300" '
    'height="30" fill="#334e68"/><text x="350" y="80">软件园93家</text></svg>'
)


def written(*texts: str, running: Running = RUNNING, folder: Path | None = None) -> Document:
    """Return a document of written pages: page1, page2 …"""
    parts = (written_part(f"page{n}", f"第{n}章", t, folder) for n, t in enumerate(texts, start=1))
    return Document("测试", tuple(parts), running)


def printed(*texts: str, folder: Path | None = None) -> Typeset:
    return typeset(written(*texts, folder=folder))


def output(data: dict[str, Any], **about: Any) -> NotebookNode:
    """Return a code cell with one output, its code hidden."""
    metadata = {"planbook": about} if about else {}
    shown = new_output("execute_result", data, metadata=metadata, execution_count=None)
    return new_code_cell("x", metadata={"tags": ["remove-input"]}, outputs=[shown])


def figure(words: str = "软件园93家", **changes: str) -> NotebookNode:
    """Return a chart in which `words` are written."""
    about = {
        "kind": "figure",
        "id": "parks",
        "title": "软件园93家，达序时●",
        "units": "单位：家；截至2026年9月末",
        "alt": "柱形图。软件园93家。",
        "source": "资料来源：软件信息部门报送，2026年三季度版。",
    }
    drawing = SVG.replace("软件园93家", words)
    return output({"image/svg+xml": drawing, "text/plain": ""}, **(about | changes))


COLUMNS = (Column("名称"), Column("数值", "number"))


def table(
    *rows: tuple[Cell, ...],
    columns: Sequence[Column] = COLUMNS,
    id: str = "t",
    caption: str = "目标进展",
) -> NotebookNode:
    """Return a cell that shows a table of ours."""
    return shown(plain(id, caption, columns, rows))


def shown(made: Table) -> NotebookNode:
    """Return a cell that shows a table, as an executed notebook holds it."""
    data, about = made._repr_mimebundle_()
    return output(data, **about)


def row(name: str, value: str) -> tuple[Cell, ...]:
    return words(name), figured(value)


def notebook(
    *cells: NotebookNode, title: str = "数智服务", id: str = "chapters/digital"
) -> Document:
    """Return a document of one notebook that begins with its heading."""
    made = new_notebook(cells=[new_markdown_cell(f"# {title}"), *cells])
    return Document(title, (Part(id, title, made),), RUNNING)


def reader(made: Typeset) -> PdfReader:
    return PdfReader(io.BytesIO(made.pdf))


def text(made: Typeset) -> str:
    """Return all words of a PDF without white space."""
    return "".join("".join(page.extract_text() for page in reader(made).pages).split())
