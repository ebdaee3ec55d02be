"""Notebooks and packs into PDF: Markdown, tables and charts become Typst, that a tagged PDF."""

from planbook.produce.pdf.reading.outputs import chart_of
from planbook.produce.pdf.setting.document import (
    Chart,
    Cover,
    Document,
    Part,
    Running,
    Typeset,
    written_part,
)
from planbook.produce.pdf.typesetting import typeset

__all__ = [
    "Chart",
    "Cover",
    "Document",
    "Part",
    "Running",
    "Typeset",
    "chart_of",
    "typeset",
    "written_part",
]
