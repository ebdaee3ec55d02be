from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from pypdf.generic import DictionaryObject, IndirectObject

from planbook.errors import ProblemsFound
from planbook.present.prose import Heading, Prose
from planbook.present.tables.cells import link, words
from planbook.produce.pdf import Chart, Cover, Document, Part, Typeset, typeset
from planbook.produce.pdf.compiler import compiled
from planbook.produce.pdf.proof import proof_read
from tests.produce.printing import (
    RUNNING,
    SVG,
    figure,
    notebook,
    output,
    printed,
    reader,
    row,
    table,
    text,
    written,
)

CHAPTER = notebook(new_markdown_cell("## 软件信息\n\n正文93家。"), figure(), table(row("甲", "93")))


@pytest.fixture(scope="module")
def chapter() -> Typeset:
    return typeset(CHAPTER)


def elements(node: Any) -> Iterator[DictionaryObject]:
    """Walk the structure tree."""
    found = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(found, list):
        for one in found:
            yield from elements(one)
    elif isinstance(found, DictionaryObject):
        if "/S" in found:
            yield found
        yield from elements(found.get("/K", []))


def test_the_same_document_gives_the_same_bytes(chapter: Typeset) -> None:
    assert typeset(CHAPTER).pdf == chapter.pdf


def test_offsets_of_the_finished_file_are_right(chapter: Typeset) -> None:
    pdf = chapter.pdf
    start = int(pdf.rsplit(b"startxref", 1)[1].split()[0])
    lines = pdf[start:].split(b"trailer")[0].splitlines()[3:]
    offsets = [int(line[:10]) for line in lines]
    assert len(offsets) > 30
    assert [pdf[at:].split(b" ", 1)[0] for at in offsets] == [
        str(n).encode() for n in range(1, len(offsets) + 1)
    ]


def test_every_sheet_says_where_it_comes_from() -> None:
    made = typeset(notebook(table(*(row(f"甲{n}", str(n)) for n in range(90)))))
    pages = reader(made).pages
    assert len(pages) == made.pages > 1
    for number, page in enumerate(pages, start=1):
        said = "".join(page.extract_text().split())
        for wanted in ("数智服务", "进展报告", "2026年三季度", "示例数据", "数据指纹0123456789ab"):
            assert wanted in said
        assert f"第{number}页/共{made.pages}页" in said


def test_real_data_are_not_called_a_demonstration() -> None:
    real = replace(RUNNING, demonstration=False)
    assert "示例数据" not in text(typeset(written("# 章", running=real)))


def test_the_file_says_what_it_is(chapter: Typeset) -> None:
    made = reader(chapter)
    assert made.metadata is not None
    assert made.metadata.title == "数智服务"
    assert str(made.metadata["/CreationDate"]).startswith("D:20260930")
    root: Any = made.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"] == {"/Marked": True}  # poppler calls a false /Suspects a mistake
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_readers_who_listen_get_headings_tables_and_alternative_texts(chapter: Typeset) -> None:
    tree: Any = reader(chapter).trailer["/Root"]
    found = list(elements(tree["/StructTreeRoot"]["/K"]))
    kinds = {str(element["/S"]) for element in found}
    assert {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Figure", "/Caption"} <= kinds
    alts = [str(element["/Alt"]) for element in found if element["/S"] == "/Figure"]
    assert "柱形图。软件园93家。" in alts


def test_a_formula_is_read_out() -> None:
    tree: Any = reader(printed("$$\n\\frac{v-b}{\\left|T-b\\right|}\n$$")).trailer["/Root"]
    found = elements(tree["/StructTreeRoot"]["/K"])
    assert [str(e["/Alt"]) for e in found if e["/S"] == "/Formula"] == ["(v−b)/|T−b|"]


def test_every_font_is_embedded_and_only_what_is_used_of_it(chapter: Typeset) -> None:
    fonts: dict[str, Any] = {}
    for page in reader(chapter).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            fonts[str(font["/BaseFont"])] = font["/DescendantFonts"][0]["/FontDescriptor"]
        for drawing in resources.get("/XObject", {}).values():
            for font in drawing.get("/Resources", {}).get("/Font", {}).values():
                fonts[str(font["/BaseFont"])] = font["/DescendantFonts"][0]["/FontDescriptor"]
    assert any("NotoSansSC" in name for name in fonts)
    assert any("NotoSerifSC" in name for name in fonts)
    for name, descriptor in fonts.items():
        assert name[7] == "+"
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
    assert len(chapter.pdf) < 200_000


def test_numbers_and_the_words_of_charts_copy_clean(chapter: Typeset) -> None:
    said = pypdfium2.PdfDocument(chapter.pdf)[0].get_textpage().get_text_range()
    assert "正文93家。" in said
    assert "软件园93家" in said.splitlines()  # in the drawing


def test_a_chart_has_number_finding_units_and_source(chapter: Typeset) -> None:
    said = text(chapter)
    for wanted in (
        "单位：家；截至2026年9月末",
        "图1软件园93家，达序时●",
        "资料来源：软件信息部门报送",
    ):
        assert wanted in said


def test_bookmarks_follow_the_headings() -> None:
    made = reader(printed("# 甲章\n\n## 一节\n\n### 小节\n\n## 二节", "# 乙章"))

    def titles(items: Any) -> list[Any]:
        return [titles(i) if isinstance(i, list) else i.title.split()[-1] for i in items]

    assert titles(made.outline) == ["甲章", ["一节", ["小节"], "二节"], "乙章"]


def links(made: Typeset) -> list[str]:
    found = []
    for page in reader(made).pages:
        for annotation in page.get("/Annots", []):
            action = annotation.get_object().get("/A", {})
            found.append(str(action.get("/URI", "inside")))
    return found


def test_links_between_pages_of_a_document_lead_there_and_others_are_text() -> None:
    first = "# 甲\n\n[乙](page2.md) [节](page2.ipynb#小节) [别处](goals/x.md) [网](https://a.cn/)"
    assert links(printed(first, "# 乙\n\n## 小节")) == ["inside", "inside", "https://a.cn/"]
    assert links(printed(first)) == ["https://a.cn/"]


def test_links_of_tables_are_resolved_from_their_page() -> None:
    addresses = ("../chapters/digital.html#t", "../goals/x.html")
    rows = ((link("名", address), words("1")) for address in addresses)
    assert links(typeset(notebook(table(*rows)))) == ["inside"]


def test_a_book_has_a_cover_and_contents_with_page_numbers() -> None:
    pages = written("# 甲章\n\n## 一节", "# 乙章")
    cover = Cover("进展报告", ("2026年三季度", "依据《方案（2025—2027年）》"), "综合部门")
    made = typeset(replace(pages, cover=cover, contents=True))
    said = ["".join(page.extract_text().split()) for page in reader(made).pages]
    assert "进展报告2026年三季度依据《方案（2025—2027年）》综合部门" in said[0]
    assert "0123456789ab" in said[0]
    assert "目录甲章" in said[1]
    assert "乙章" in said[1]
    assert "甲章" in said[2]


def test_code_is_printed_only_where_readers_see_it() -> None:
    shown = new_code_cell("x = 1  # 给读者看", outputs=[])
    hidden = new_code_cell("secret = 1", metadata={"tags": ["remove-cell"]})
    said = text(typeset(notebook(shown, hidden)))
    assert "x=1#给读者看" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        (figure(alt=""), "替代文字"),
        (output({"image/svg+xml": SVG}), "替代文字"),
        (output({"application/vnd.widget": "x"}), "application/vnd.widget"),
        (output({"text/plain": "x"}, kind="figure", alt="甲"), "SVG"),
        (new_code_cell("x", outputs=[new_output("stream", name="stderr", text="甲")]), "stderr"),
        (new_code_cell("x", outputs=[new_output("error", ename="KeyError")]), "KeyError"),
        (new_markdown_cell("{cite}`甲`"), "{cite}"),
    ],
)
def test_what_a_cell_cannot_print_names_notebook_and_cell(cell: Any, what: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        typeset(notebook(new_markdown_cell("正文"), cell))
    assert what in str(found.value)
    assert "chapters/digital，第3个单元格" in str(found.value)


def test_text_that_leaves_its_page_is_an_error() -> None:
    source = '#set document(title: "x")\n#set text(font: sans, lang: "zh")\n'
    source += "#box(width: 900pt)[#h(480pt) 出界]"
    pdf = compiled(source, {}, RUNNING.as_of)
    _, problems = proof_read(pdf, [])
    assert "出界" in problems[0].what
    assert problems[0].where == "PDF 第1页"


def test_a_number_of_a_table_that_is_not_in_the_pdf_is_an_error(chapter: Typeset) -> None:
    assert proof_read(chapter.pdf, ["93家"])[1] == []
    (problem,) = proof_read(chapter.pdf, ["93家", "1,234.5亿元"])[1]
    assert "1,234.5" in problem.what


def drawing(high: int) -> Chart:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {high}"><rect/></svg>'
    return Chart("a", svg, "柱形图。", finding="目标甲逆转", source="资料来源：甲。")


def filled(made: Typeset) -> list[float]:
    """Return which part of each page is above its lowest letter, without the foot."""
    foot = 80.0  # printer's points
    with pypdfium2.PdfDocument(made.pdf) as document:
        lowest = []
        for page in document:
            texts = page.get_textpage()
            boxes = (texts.get_rect(n) for n in range(texts.count_rects()))
            high = page.get_height()
            lowest.append(min((box[1] for box in boxes if box[1] > foot), default=high) / high)
    return [1 - low for low in lowest]


@pytest.mark.parametrize("high", [400, 820])
@pytest.mark.parametrize("lines", range(4, 40, 5))
def test_a_chart_leaves_no_page_half_empty_and_no_heading_alone(lines: int, high: int) -> None:
    filler = Prose("\n\n".join("上文。" for _ in range(lines)))
    said = Prose("目标甲的说明，" * 30)
    after = Prose("\n\n".join("下文。" for _ in range(40)))
    shown = (Heading(1, "章"), filler, Heading(2, "目标甲"), said, drawing(high), after)
    made = typeset(Document("章", (Part("pack/goals", "章", shown),), RUNNING))
    pages = ["".join(page.extract_text().split()) for page in reader(made).pages]
    assert min(filled(made)[:-1]) > 0.5
    (heading,) = (page for page in pages if "一、目标甲" in page)
    assert "目标甲的说明" in heading
    (chart,) = (page for page in pages if "目标甲逆转" in page)
    assert "资料来源" in chart
