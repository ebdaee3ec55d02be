"""The look of official documents in Word, by GB/T 9704—2012: sheet, fonts, sizes, page numbers.

`blank_document` returns a document that has it all as styles, so that whoever edits it restyles it
in one place. Fonts are named and not embedded: an office's computers have 方正小标宋 and 仿宋, and
for others the table of fonts (`FONT_TABLE`) names what may stand for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Emu, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph

TITLE_FONT, BODY_FONT, HEAD_FONT, SUBHEAD_FONT = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
)
NUMBER_FONT = "宋体"  # of page numbers
LATIN_FONT = "Times New Roman"
FONT_TABLE = "word/fontTable.xml"  # the part that `font_table` is the content of
_STANDS_FOR = {  # what a computer without the font may take
    TITLE_FONT: ("华文中宋", "roman"),
    BODY_FONT: ("仿宋", "modern"),
    HEAD_FONT: ("SimHei", "modern"),
    SUBHEAD_FONT: ("楷体", "modern"),
    NUMBER_FONT: ("SimSun", "roman"),
}
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Sizes:
    """Sizes in points, margins in millimetres; lines are of fixed height."""

    title: float
    title_line: float
    text: float
    line: float
    table: float
    table_line: float
    heading_gap: float  # above it
    margins: tuple[float, float, float, float]  # above, right, below, left


# Type area of 156 × 225 mm; title of size 2, text of size 3, 22 lines of 28 characters.
LETTER = Sizes(22, 36, 16, 28, 12, 18, 0, (37, 26, 35, 28))
# What a meeting reads on one page: the same fonts and order, the same width of 156 mm, smaller.
ONE_PAGE = Sizes(16, 24, 10, 15, 9, 12, 5, (18, 26, 16, 28))


def blank_document(sizes: Sizes, *, page_numbers: bool = True) -> WordDocument:
    """Return a document without content: sheet, styles and, where asked for, page numbers."""
    document = Document()
    document.settings.odd_and_even_pages_header_footer = page_numbers
    _sheet(document.sections[0], sizes)
    _styles(document, sizes)
    if not page_numbers:
        return document
    for footer, place in (
        (document.sections[0].footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (document.sections[0].even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _page_number(footer.paragraphs[0], place)
    return document


def font_table() -> bytes:
    """Return the part that says which font may stand for each."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(other)}/>"
        f'<w:charset w:val="86"/><w:family w:val="{family}"/></w:font>'
        for name, (other, family) in _STANDS_FOR.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{_WORDS}">{fonts}</w:fonts>'.encode()


def _sheet(section: Section, sizes: Sizes) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    above, right, below, left = sizes.margins
    section.top_margin, section.right_margin = Mm(above), Mm(right)
    section.bottom_margin, section.left_margin = Mm(below), Mm(left)
    section.header_distance, section.footer_distance = Mm(15), Mm(max(below - 10, 8))


def _styles(document: WordDocument, sizes: Sizes) -> None:
    text = _style(document, "Normal", BODY_FONT, sizes.text, sizes.line)
    text.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _language(document)
    title = _style(document, "Title", TITLE_FONT, sizes.title, sizes.title_line)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(sizes.line / 2)
    for level, font in ((1, HEAD_FONT), (2, SUBHEAD_FONT)):
        style = _style(document, f"Heading {level}", font, sizes.text, sizes.line)
        _indented(style.paragraph_format._element, sizes.text)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(sizes.heading_gap)
    body = _style(document, "Body Text", BODY_FONT, sizes.text, sizes.line)
    _indented(body.paragraph_format._element, sizes.text)
    _style(document, "Salutation", BODY_FONT, sizes.text, sizes.line, new=True)
    closing = _style(document, "Signature", BODY_FONT, sizes.text, sizes.line, new=True)
    closing.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    closing.paragraph_format.right_indent = Pt(2 * sizes.text)
    line = _style(document, "Dateline", SUBHEAD_FONT, sizes.table, sizes.table_line, new=True)
    line.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    points = _style(document, "List Bullet", BODY_FONT, sizes.text, sizes.line)
    points.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    cell = _style(document, "Table Text", BODY_FONT, sizes.table, sizes.table_line, new=True)
    cell.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    head = _style(document, "Table Head", HEAD_FONT, sizes.table, sizes.table_line, new=True)
    head.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption = _style(document, "Caption", HEAD_FONT, sizes.table, sizes.table_line)
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    picture = _style(document, "Picture", BODY_FONT, sizes.text, None, new=True)
    picture.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture.paragraph_format.space_before = Pt(sizes.heading_gap)
    _style(document, "Footer", NUMBER_FONT, min(14, sizes.text), None)


def _style(
    document: WordDocument,
    name: str,
    font: str,
    size: float,
    line: float | None,
    *,
    new: bool = False,
) -> ParagraphStyle:
    """Return a style with a font; `line` is the fixed height of its lines, ``None``: single."""
    if new:
        document.styles.add_style(name, 1).base_style = document.styles["Normal"]
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    written = style.font
    written.name, written.size = LATIN_FONT, Pt(size)
    written.bold = written.italic = False
    written.color.rgb = None
    own = style.element.get_or_add_rPr()
    for theme in own.findall(qn("w:color")):
        own.remove(theme)
    fonts = own.get_or_add_rFonts()
    for attribute in [name for name in fonts.attrib if "heme" in name]:
        del fonts.attrib[attribute]  # a theme's font goes before a named one
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:cs"), LATIN_FONT)
    for spaced in own.findall(qn("w:spacing")) + own.findall(qn("w:kern")):
        own.remove(spaced)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = 1.0 if line is None else Pt(line)
    if line is not None:
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    return style


def _indented(style: BaseOxmlElement, size: float) -> None:
    """Indent a style's first lines by two characters, whatever size they are set in later."""
    indent = style.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(round(2 * size * 20)))


def _language(document: WordDocument) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-US")  # of Latin letters and digits, which stay together
        language.set(qn("w:eastAsia"), "zh-CN")


def _page_number(paragraph: Paragraph, place: WD_ALIGN_PARAGRAPH) -> None:
    """Write 「— 1 —」, a character from the edge of the page."""
    paragraph.alignment = place
    outer = paragraph.paragraph_format
    outer.left_indent = outer.right_indent = Pt(14)
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" —")


def add_table(
    document: WordDocument, heads: list[str], widths: list[float], said: tuple[str, str]
) -> WordTable:
    """Add a table of lines with its head, which is repeated on each page.

    Parameters
    ----------
    widths
        Of the columns, in proportion.
    said
        Caption and description, for who cannot see it.
    """
    table: WordTable = document.add_table(1, len(heads), "Table Grid")
    table.autofit = False
    section = document.sections[0]
    whole = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(round(whole * width / sum(widths)))
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].style = "Table Head"
        cell.paragraphs[0].add_run(text)
    sized(table, table.rows[0])
    _marked(table.rows[0], "w:tblHeader")
    for tag, text in zip(("w:tblCaption", "w:tblDescription"), said, strict=True):
        element = OxmlElement(tag)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)
    return table


def add_row(table: WordTable, cells: list[str]) -> None:
    """Add a row of texts to a table, which no page break divides."""
    row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, text in zip(row.cells, cells, strict=True):
        cell.paragraphs[0].style = "Table Text"
        cell.paragraphs[0].add_run(text)
    sized(table, row)
    _marked(row, "w:cantSplit")


def sized(table: WordTable, row: _Row) -> None:
    """Give a row's cells the widths of their columns, which LibreOffice goes by."""
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width


def _marked(row: _Row, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))


def all_parts() -> Mapping[str, bytes]:
    """Return the parts of a document of this look that the library leaves as they are."""
    return {FONT_TABLE: font_table()}
