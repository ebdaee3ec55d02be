import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import get_exporter

from planbook.errors import UsageError
from planbook.produce.pdf.exporter import PlanbookPDFExporter
from tests.produce.printing import notebook, row, table

FACTS = {
    "book": "进展报告",
    "data": "ab" * 32,
    "plan_title": "方案",
    "edition": "2026-Q3",
    "edition_label": "2026年三季度",
    "demonstration": True,
}


exporter: Any = PlanbookPDFExporter  # the library it is of has no types


def page(folder: Path) -> Path:
    made = notebook(table(row("甲", "93"))).parts[0].content
    nbformat.write(made, folder / "digital.ipynb")
    return folder / "digital.ipynb"


def test_nbconvert_knows_the_exporter_by_name() -> None:
    assert get_exporter("planbook-pdf") is PlanbookPDFExporter


def test_a_notebook_becomes_a_pdf_that_says_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "_fragments").mkdir()
    facts = json.dumps(FACTS, ensure_ascii=False)
    (tmp_path / "_fragments" / "book.json").write_text(facts, encoding="utf-8")
    notebook = str(page(tmp_path))
    pdf, resources = exporter().from_filename(notebook)
    assert resources["output_extension"] == ".pdf"
    again, _ = exporter().from_filename(notebook)
    assert pdf == again
    assert bytes(pdf).startswith(b"%PDF")


def test_without_a_book_around_it_the_exporter_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"planbook build"):
        exporter().from_filename(str(page(tmp_path)))
