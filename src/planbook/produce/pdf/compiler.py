"""Typst, kept for the life of the process: fonts are read once, and what is unchanged stays set."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from planbook.errors import Problem, ProblemsFound
from planbook.fonts import FALLBACK, SANS, font_file

# `Suspects` is false where it is not given. Readers based on poppler take a false one for a mistake
# and say so of every file. Blanks in its place keep all offsets of the file right.
_SUSPECTS = b"/Suspects false"
_MARKED = b"/MarkInfo<</Marked true%b>>"
_GLYPH = re.compile(r'the text `?"(.+?)"`? could not be displayed')


@cache
def template() -> str:
    """Return the functions that a document calls."""
    asset = files("planbook.produce") / "assets" / "typst" / "report.typ"
    return asset.read_text(encoding="utf-8")


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(font_file(family).parent) for family in (SANS, FALLBACK)],
    )
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


def compiled(source: str, pictures: Mapping[str, bytes], as_of: date) -> bytes:
    """Return the tagged PDF (PDF/UA-1) of a document with a fixed date.

    `source` is what follows the template, `pictures` are files by name.

    Raises
    ------
    ProblemsFound
        If the document cannot be set, or can be set only with a warning.
    """
    moment = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in pictures.items():
            (Path(folder) / name).write_bytes(data)
        try:
            pdf, warnings = _compiler().compile_with_warnings(
                input=(template() + source).encode("utf-8"),
                format="pdf",
                pdf_standards=["ua-1"],
                root=folder,
                timestamp=moment,
            )
        except typst.TypstError as error:
            raise ProblemsFound("PDF", [_problem(str(error))]) from error
    if warnings:
        raise ProblemsFound("PDF", [_problem(str(warning)) for warning in warnings])
    assert isinstance(pdf, bytes)
    return _without_suspects(pdf)


def _without_suspects(pdf: bytes) -> bytes:
    """Return the PDF without the entry ``Suspects`` of its catalogue, which stands at its end."""
    before, found, after = pdf.rpartition(_MARKED % _SUSPECTS)
    blanks = b" " * len(_SUSPECTS)
    return before + _MARKED % blanks + after if found else pdf


def _problem(message: str) -> Problem:
    glyph = _GLYPH.search(message)
    if glyph:
        return Problem(f"字体没有「{glyph[1]}」中的字符", "公式或程序代码", "换用字体中有的字符")
    return Problem(f"Typst：{message}", "排版", "这是程序的问题，请报告")
