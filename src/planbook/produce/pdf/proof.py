"""Reads a finished PDF back, with another library than made it, before anyone gets it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pypdfium2

from planbook.errors import Problem

# Printer's points: the margins of the template, as far as headers and footers reach.
SIDE = 26 / 25.4 * 72
TOP, BOTTOM = 12 / 25.4 * 72, 10 / 25.4 * 72
TOLERANCE = 1.5
_FAR = 1e5  # beyond every page
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def proof_read(pdf: bytes, shown: Iterable[str]) -> tuple[int, list[Problem]]:
    """Return how many pages a PDF has and what is wrong with it.

    Each number in `shown`, the text of every cell of its tables, must be in the PDF's text.
    """
    problems: list[Problem] = []
    found: set[str] = set()
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = len(document)
        for number, page in enumerate(document, start=1):
            width, height = page.get_size()
            words = page.get_textpage()
            text = words.get_text_range()
            found.update(_NUMBER.findall(text))
            found.update(_NUMBER.findall("".join(text.split())))  # broken at a line's end
            problems += _outside(words, width, height, number)
            words.close()
            page.close()
    finally:
        document.close()
    wanted = {number for text in shown for number in _NUMBER.findall(text)}
    missing = sorted(wanted - found)
    if missing:
        problems.append(
            Problem(
                f"表中的{len(missing)}个数没有出现在 PDF 的文字中：{'、'.join(missing[:10])}",
                "PDF 全文",
                "这是程序的问题，请报告",
            )
        )
    return pages, problems


def _outside(
    words: pypdfium2.PdfTextPage, width: float, height: float, number: int
) -> list[Problem]:
    """Return the first text that reaches into a margin; white space at a line's end may."""
    margins = (
        (-_FAR, -_FAR, SIDE - TOLERANCE, _FAR),
        (width - SIDE + TOLERANCE, -_FAR, _FAR, _FAR),
        (-_FAR, -_FAR, _FAR, BOTTOM - TOLERANCE),
        (-_FAR, height - TOP + TOLERANCE, _FAR, _FAR),
    )
    for margin in margins:
        said = words.get_text_bounded(*margin).strip()
        if said:
            where = f"PDF 第{number}页"
            return [Problem(f"文字「{said[:20]}」超出版心", where, "缩短文字，或者拆分表格")]
    return []
