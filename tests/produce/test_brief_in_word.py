"""The brief in Word, read back: styles, native tables, the picture's text; one page."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from planbook.present.charts.expected_strip import Strip
from planbook.present.pages import brief as briefs
from planbook.present.pages.brief import Brief, Points
from planbook.present.prose import Heading, Prose
from planbook.present.tables.cells import Column, words
from planbook.present.tables.table import Columns, plain
from planbook.produce.pdf import Running, typeset
from planbook.produce.pdf.brief_paper import brief_document
from planbook.produce.pdf.setting.tabular import UPRIGHT
from planbook.produce.word.brief_docx import brief_docx
from planbook.produce.word.issued import Issued

SQUARE = (
    '<svg viewBox="0 0 20 20" xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
)
TABLE = plain(
    "t",
    "",
    (Column("目标"), Column("差距")),
    [(words("企业数"), words("还差77家"))],
    note="另有2项。",
)
BRIEF = Brief(
    "2026年三季度进展：1项目标滞后",
    "方案进展 · 数据截至2026年9月末",
    (
        Heading(2, "达标前景"),
        Columns(TABLE, (2.0, 1.0)),
        Strip(SQUARE, "每格一项目标。"),
        Heading(2, "与上期相比"),
        Points((("营业收入", "达序时→滞后。"),)),
        Prose("没有到期的事项。"),
    ),
)
ISSUED = Issued("编制办公室", date(2026, 9, 30), "据进展报告2026年三季度版（数据指纹 0123）")
RUNNING = Running("进展报告", "2026年三季度", "0" * 12, False, date(2026, 9, 30))


@pytest.fixture(scope="module")
def written() -> bytes:
    return brief_docx(BRIEF, ISSUED)


@pytest.fixture(scope="module")
def document(written: bytes) -> Document:
    return docx.Document(io.BytesIO(written))


def test_the_same_brief_has_the_same_bytes(written: bytes) -> None:
    assert brief_docx(BRIEF, ISSUED) == written
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_headings_are_headings_by_style(document: Document) -> None:
    styled = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    assert styled[0] == ("Title", BRIEF.title)
    assert [text for name, text in styled if name == "Heading 1"] == [
        "一、达标前景",
        "二、与上期相比",
    ]


def test_a_table_is_one_with_a_head_that_is_repeated_and_words_for_who_cannot_see_it(
    document: Document,
) -> None:
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["目标", "差距"],
        ["企业数", "还差77家"],
    ]
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "达标前景"
    assert [round(c.width / table.columns[1].width) for c in table.columns] == [2, 1]


def test_the_picture_has_its_text(document: Document) -> None:
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr") == "每格一项目标。"


def test_fonts_are_those_of_official_documents_by_name_with_others_that_may_stand_for_them(
    written: bytes, document: Document
) -> None:
    fonts = document.styles["Title"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert not [name for name in fonts.attrib if "heme" in name]
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        table = archive.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in table


def test_the_sheet_is_a4_with_156_millimetres_of_text(document: Document) -> None:
    sheet = document.sections[0]
    sizes = [sheet.page_width, sheet.left_margin, sheet.right_margin]
    wide, left, right = (round(size.mm) for size in sizes if size is not None)
    assert (wide, wide - left - right) == (210, 156)


def test_its_foot_says_of_which_book_it_is(document: Document) -> None:
    assert document.sections[0].footer.paragraphs[0].text == ISSUED.foot
    assert document.core_properties.author == "编制办公室"


def test_print_and_word_say_the_same(document: Document) -> None:
    made = typeset(brief_document(BRIEF, RUNNING))
    pages = pypdfium2.PdfDocument(made.pdf)
    printed = "".join(pages[0].get_textpage().get_text_range().split())
    pages.close()
    assert made.pages == 1
    for paragraph in document.paragraphs:
        assert "".join(paragraph.text.split()) in printed
    for cell in document.tables[0]._cells:
        assert cell.text in printed


SAID = "进度比由0.98降到0.88，全部因为新的数据；2026年1—9月为6.41万人次，低于上年同期的7.6万人次"


def _full(brief: Brief) -> Brief:
    """Return a brief with as many lines as are still taken for one page."""
    while briefs._height(brief) <= briefs._HIGH:
        whole, brief = brief, Brief(brief.title, brief.dateline, (*brief.content, Prose("没有。")))
    return whole


LINES = _full(
    Brief("标题", "日期", (Heading(2, "好的进展"), Points((("营业收入", SAID + SAID),) * 9)))
)
WIDE_ROWS = [tuple(words(SAID[:n]) for n in (20, 48, 30, 12, 40))] * 9
TABLES = _full(
    Brief(
        "标题",
        "日期",
        (
            Heading(2, "需要决策的目标"),
            Columns(
                plain("t", "", tuple(map(Column, "甲乙丙丁戊")), WIDE_ROWS), (19, 22, 24, 13, 22)
            ),
        ),
    )
)


@pytest.mark.parametrize("brief", [LINES, TABLES], ids=["lines", "tables"])
def test_what_is_taken_for_one_page_is_one_in_print(brief: Brief) -> None:
    assert typeset(brief_document(brief, RUNNING)).pages == 1


def test_columns_of_print_are_as_wide_as_those_of_word() -> None:
    made = typeset(brief_document(BRIEF, RUNNING))
    sheet = pypdfium2.PdfDocument(made.pdf)
    texts = sheet[0].get_textpage()
    at = {w: texts.get_charbox(texts.search(w).get_next()[0])[0] for w in ("企业数", "还差77家")}
    assert at["还差77家"] - at["企业数"] == pytest.approx(UPRIGHT * 2 / 3, abs=1)
    sheet.close()


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("brief", [BRIEF, LINES, TABLES], ids=["short", "lines", "tables"])
def test_it_is_one_page_in_libreoffice(brief: Brief, tmp_path: Path) -> None:
    (tmp_path / "brief.docx").write_bytes(brief_docx(brief, ISSUED))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "brief.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    pages = pypdfium2.PdfDocument((tmp_path / "brief.pdf").read_bytes())
    assert len(pages) == 1
    pages.close()
