"""`jupyter nbconvert --to planbook-pdf NOTEBOOK`: one executed notebook as a PDF, by hand.

The notebook stands in ``book/chapters/``: what is on every page is taken from
``_fragments/book.json`` beside it, which the book's build writes there.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from planbook.errors import UsageError
from planbook.made_of import sha256
from planbook.periods import Edition
from planbook.produce.pdf.reading.included import shown_sha256
from planbook.produce.pdf.setting.document import Document, Part, Running
from planbook.produce.pdf.typesetting import typeset

_TITLE = re.compile(r"^#\s+(.+)$", re.MULTILINE)


class PlanbookPDFExporter(Exporter):
    """Sets an executed notebook of the book as a PDF."""

    export_from_notebook = "PDF（2027 报告版式）"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]  # nbconvert's own PDF exporter gives bytes too
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Return the notebook's PDF and nbconvert's resources."""
        done, resources = super().from_notebook_node(nb, resources, **kw)
        about = resources.get("metadata", {})
        folder = Path(about.get("path") or ".")
        name = str(about.get("name") or "notebook")
        title = _title(done) or name
        page = folder / f"{name}.ipynb"
        shown = shown_sha256(page) if page.is_file() else sha256(nbformat.writes(nb).encode())
        running, source = _of_book(folder, shown)
        part = Part(f"chapters/{name}", title, done, folder, source)
        made = typeset(Document(title, (part,), running))
        for warning in made.warnings:
            self.log.warning(warning)
        return made.pdf, resources


def _title(notebook: NotebookNode) -> str:
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return next((found[1].strip() for text in texts if (found := _TITLE.search(text))), "")


def _of_book(folder: Path, data_sha256: str) -> tuple[Running, str]:
    """Return what stands on every page, and where tables say that their values come from."""
    path = folder / "_fragments" / "book.json"
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        edition = Edition.parse(facts["edition"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path} 不存在或者读不出来：页眉、页脚取自这里。\n"
            "  处理：先运行 python -m planbook build 生成这一期的书，"
            "再转换 book/chapters/ 中的笔记本"
        ) from error
    running = Running(
        book=facts.get("book") or facts["plan_title"],
        edition=facts["edition_label"],
        data_hash=data_sha256[:12],
        demonstration=facts["demonstration"],
        confidential=facts.get("confidential", False),
        as_of=edition.end.last_day,
    )
    return running, facts.get("table_source", "")
