"""The brief of an edition as a Word file that staff edit before it goes out.

Headings are headings, tables are tables, the drawing is a picture with its text: all by styles.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import typst
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from planbook.present.charts.expected_strip import Strip
from planbook.present.pages.brief import Brief, Briefed, Points
from planbook.present.prose import Heading, Prose
from planbook.present.tables.table import Columns
from planbook.produce.word.issued import Issued
from planbook.produce.word.official_style import (
    HEAD_FONT,
    ONE_PAGE,
    add_row,
    add_table,
    all_parts,
    blank_document,
)
from planbook.produce.word.same_bytes import saved

_NUMBERS = "一二三四五六七八九十"
_WIDE = 420.0  # of the drawing, in points
_SHARP = 300.0  # dots per inch


def brief_docx(brief: Brief, issued: Issued, *, page_numbers: bool = False) -> bytes:
    """Return the brief as a Word file: the same bytes for the same brief."""
    document = blank_document(ONE_PAGE, page_numbers=page_numbers)
    document.add_paragraph(brief.title, style="Title")
    document.add_paragraph(brief.dateline, style="Dateline")
    headings, under = 0, brief.title
    for item in brief.content:
        if isinstance(item, Heading):
            under = item.text
            document.add_paragraph(f"{_NUMBERS[headings]}、{under}", style="Heading 1")
            headings += 1
        else:
            _add(document, item, under)
    section = document.sections[0]
    if page_numbers:  # which have the feet: where it comes from stands under the text
        document.add_paragraph(issued.foot, style="Table Text")
    else:
        section.footer.paragraphs[0].add_run(issued.foot)
    about = {"title": brief.title, "author": issued.author}
    return saved(document, day=issued.as_of, parts=all_parts(), **about)


def _add(document: Document, item: Briefed, under: str) -> None:
    match item:
        case Prose():
            document.add_paragraph(repr(item), style="Body Text")
        case Points(items):
            for lead, said in items:
                paragraph = document.add_paragraph(style="List Bullet")
                run = paragraph.add_run(lead)
                run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEAD_FONT)
                paragraph.add_run(f"：{said}")
        case Columns(table, widths):
            heads = [column.head for column in table.columns]
            about = (under, f"{under}，列为：{'、'.join(heads)}")
            made = add_table(document, heads, list(widths), about)
            for group in table.groups:
                for row in group.rows:
                    add_row(made, [cell.said for cell in row])
            if table.note:
                document.add_paragraph(table.note, style="Table Text")
        case Strip():
            _picture(document, item)


def _picture(document: Document, strip: Strip) -> None:
    """Add the drawing as PNG, which every version of Word and WPS shows, with its text."""
    paragraph = document.add_paragraph(style="Picture")
    inline = paragraph.add_run().add_picture(io.BytesIO(_png(strip.svg)), Pt(_WIDE))._inline
    inline.docPr.set("descr", strip.alt)
    inline.docPr.set("name", "达标前景")
    lock = OxmlElement("a:graphicFrameLocks")
    lock.set("noChangeAspect", "1")
    inline.find(qn("wp:cNvGraphicFramePr")).append(lock)


def _png(svg: str) -> bytes:
    """Return a drawing without letters as PNG."""
    source = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#image("drawing.svg", width: {_WIDE}pt)\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "drawing.svg").write_text(svg, encoding="utf-8", newline="\n")
        (Path(folder) / "page.typ").write_text(source, encoding="utf-8", newline="\n")
        page = str(Path(folder) / "page.typ")
        made = typst.Compiler(page, root=folder).compile(format="png", ppi=_SHARP)
    assert isinstance(made, bytes)
    return made
