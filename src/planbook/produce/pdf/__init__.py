"""Executed notebooks into PDF: Markdown and outputs become Typst, Typst becomes a tagged PDF."""

from planbook.produce.pdf.setting.document import (
    Cover,
    Document,
    Part,
    Running,
    Typeset,
    written_part,
)
from planbook.produce.pdf.typesetting import typeset

__all__ = ["Cover", "Document", "Part", "Running", "Typeset", "typeset", "written_part"]
