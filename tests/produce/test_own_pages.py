"""A page that an analyst wrote, in a whole small book: pages, paper and every other byte."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pypdfium2
import pytest
from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from planbook.produce.gate.file_texts import file_texts
from tests.books import ROOT, Built, build, built, once_a_run
from tests.produce.own_cells import code, pasted, png, project, raw, text, write

pytestmark = [pytest.mark.book, pytest.mark.takes(70)]

FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3]);"
CHINESE = """import seaborn as sns
sns.set_theme()
plt.rcParams["font.sans-serif"] = ["SimHei"]
plt.plot([1, 2, -3])
plt.title("营业收入");"""
RESTYLED = """import planbook
axes = pd.DataFrame({"甲": [1, 3], "乙": [2, 1]}, index=["一", "二"]).plot.bar()
axes.set_title("甲升乙降")
planbook.chart(axes, unit="户", source="某报表", alt="条形图：甲由1升到3，乙由2降到1", id="bars")"""
COMMENTARY = """---
unit: port-office
date: 2024-04-20
---

**注意：**点评。

1. 第一

说明

2. 第二

2026. 全年

| 项目 | 数值 |
|---|--:|
| **吞吐量（万吨）** | 12.5 |
"""
COMMENTED = 'import planbook; planbook.open("test", edition).chapter("harbour").commentary()'
REMOVED = [  # each says its word by code that does not hold it, so that results are found too
    code("print('QA' + 'CELL')", "remove-cell"),
    code("print('QA' + 'OUTPUT')", "remove-output"),
    code("print('QA' + 'OUTPUTSHOWN')", "remove-output", "show-input"),
    code("print('QA' + 'STDOUT'); '甲'", "remove-stdout"),
    code("import sys; print('QA' + 'STDERR', file=sys.stderr)", "remove-stderr"),
    code("print('QA' + 'METADATA')", mystnb={"remove_code_outputs": True}),
    code("QAINPUT = 1\nQAINPUT", "remove-input"),
    code("QADEFAULT = 1\nQADEFAULT"),
    code("QASHOWN = 1\nQASHOWN", "remove-input", "show-input"),
    code("QAFOLDED = 1\nQAFOLDED", "hide-input", "remove-input"),
    code("QASOURCE = 1\nQASOURCE", "show-input", mystnb={"remove_code_source": True}),
    code("raise ValueError('QA' + 'RAISED')", "remove-output", "raises-exception"),
    text("QATEXT", "remove-cell"),
    raw("QARAW <b>粗</b>"),
    raw("---\ntitle: QAFRONT\n---"),
]
WORDS: tuple[str, ...] = (
    "CELL",
    "OUTPUT",
    "OUTPUTSHOWN",
    "STDOUT",
    "STDERR",
    "METADATA",
    "INPUT",
    "DEFAULT",
)
WORDS += ("SHOWN", "FOLDED", "SOURCE", "RAISED", "TEXT", "RAW", "FRONT", "LOGGED")
HIDDEN = [
    code("HIDINPUT = 1; print('OPEN' + 'INPUT')", "hide-input"),
    code("print('HID' + 'OUTPUT')", "hide-output"),
    code("print('HID' + 'BELOW') # OPENBELOW", "hide-output", "show-input"),
    code("HIDCELL = 1; print('HID' + 'CELLOUT')", "hide-cell"),
]
SHOWN = [
    text("价$5至$7。增长[^a]。\n\n2. 其二\n3. 其三"),
    text("[^a]: 可比口径。"),
    pasted("![红图](attachment:image.png)", "image.png", "red"),
    pasted(":::{note}\n![蓝图](attachment:image.png)\n:::", "image.png", "blue"),
    text("![绿图](images/flow.png)\n\n<img src='images/flow.png' alt='小图' width='30'>"),
    code(
        FIGURE,
        mystnb={"image": {"alt": "升线", "width": "50%"}, "figure": {"caption": "**图：**注"}},
    ),
    code(FIGURE.replace("1, 2, 3", "3, 2"), mystnb={"image": {"alt": "降线"}}),
    code("display(Markdown('| 甲 | 乙 |\\n|---|--:|\\n| **“丙”**后 | 2 |'))"),
    code(COMMENTED),
    code("1 / 0", "raises-exception"),
    code("print('RAN' + 'SKIPPED') # CODESKIPPED", "skip-execution", "show-input"),
    code(CHINESE, mystnb={"image": {"alt": "中文图"}}),
    text("见[升降](#chart-own-bars)。"),
    code(RESTYLED),
    code("from tqdm.auto import tqdm\nfor i in tqdm(range(3)): pass\nprint('BARS' + 'DONE')"),
    code("import logging\nlogging.warning('QA' + 'LOGGED')"),
]


def handbook_cells() -> list[NotebookNode]:
    """Return the cells that the handbook prints, each as it says that it is written."""
    said = (ROOT / "book" / "handbook.md").read_text(encoding="utf-8")
    section = said.partition("### 单元格怎样刊出\n")[2].partition("提交笔记本前")[0]
    examples = re.findall(r"^```(markdown|python|json)\n(.*?)^```$", section, re.M | re.S)
    assert [kind for kind, _ in examples] == ["markdown"] * 6 + ["python"] * 2 + ["json"]
    plot = "plt.plot([1, 2, 3]);"
    return [
        text(source)
        if kind == "markdown"
        else code(source)
        if kind == "python"
        else code(plot, **json.loads(source))
        for kind, source in examples
    ]


def write_picture(root: Path, colour: str) -> None:
    folder = root / "notebooks" / "images"
    folder.mkdir(exist_ok=True)
    (folder / "flow.png").write_bytes(png(colour))


def _made(root: Path) -> Built:
    project(root, [*handbook_cells(), *REMOVED, *HIDDEN, *SHOWN])
    write_picture(root, "green")
    commentary = root / "data" / "test" / "commentary" / "2024-Q1" / "harbour.md"
    commentary.parent.mkdir(parents=True)
    commentary.write_text(COMMENTARY, encoding="utf-8")
    return built(root, "--dataset", "test", "--pdf")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return once_a_run(tmp_path_factory, "own-page", _made)


@pytest.fixture(scope="module")
def page(book: Built) -> Tag:
    whole = BeautifulSoup((book.html / "chapters" / "own.html").read_text("utf-8"), "html.parser")
    found = whole.find("article")
    assert isinstance(found, Tag)
    return found


@pytest.fixture(scope="module")
def pdf(book: Built) -> bytes:
    return (book.html / "pdf" / "2024-Q1-own.pdf").read_bytes()


@pytest.fixture(scope="module")
def paper(pdf: bytes) -> str:
    """The words of the PDF without white space."""
    pages = pypdfium2.PdfDocument(pdf)
    return "".join("".join(p.get_textpage().get_text_bounded() for p in pages).split())


def test_what_is_removed_is_in_no_byte_of_the_book(book: Built) -> None:
    files = [p for p in book.root.rglob("*") if p.is_file() and p.parent.name != "notebooks"]
    kept = [p for p in files if not {"cache", "scratch"} & set(p.parts)]  # which nobody is given
    told: dict[str, list[str]] = {}
    for path in kept:
        content = path.read_bytes()
        texts = [
            content.decode("utf-8", "replace"),
            *(s for _, s in file_texts(path.name, content)),
        ]
        told[path.name] = [word for word in WORDS if any(f"QA{word}" in said for said in texts)]
    assert {name: words for name, words in told.items() if words} == {}
    assert {"own.html", "own.ipynb", "searchindex.js", "2024-Q1-own.pdf", "progress.xlsx"} <= set(
        told
    )


def test_what_is_hidden_unfolds_on_the_page_and_is_not_printed(page: Tag, paper: str) -> None:
    folded = [fold.get_text() for fold in page.find_all("details")]
    for word in ("HIDINPUT", "HIDOUTPUT", "HIDBELOW", "HIDCELLOUT"):
        assert sum(word in said for said in folded) == 1, word
        assert word not in paper
    for word in ("OPENINPUT", "OPENBELOW"):
        assert word in paper
        assert word in page.get_text()
        assert not any(word in said for said in folded)


@pytest.mark.parametrize("words", ["“重点产业”", "注意：", "示意：", "“丙”"])
def test_bold_beside_chinese_marks_is_bold_on_page_and_paper(
    words: str, page: Tag, paper: str
) -> None:
    assert words in [bold.get_text() for bold in page.find_all("strong")]
    assert words in paper
    assert "*" not in page.get_text() + paper


def test_amounts_of_money_are_no_formulas(page: Tag, paper: str) -> None:
    for said in (page.get_text(), paper):
        assert "出口US$12亿、进口US$3亿。" in said
        assert "价$5至$7。" in said


def test_headings_that_authors_number_are_not_numbered_again(page: Tag, paper: str) -> None:
    titles = [title.get_text() for title in page.find_all(["h2", "h3"])]
    assert [title.rstrip("#") for title in titles] == ["一、总体情况", "（一）软件业"]
    assert paper.count("一、") == paper.count("（一）") == 1


def test_a_footnote_and_a_list_are_as_they_are_typed(page: Tag, paper: str) -> None:
    for said in (page.get_text(), paper):
        assert said.count("可比口径。") == 2  # one defined in another cell
    assert "2" in [found.get("start") for found in page.find_all("ol")]
    assert "2.其二3.其三" in paper


def test_commentary_has_its_numbers_its_table_and_its_bold(page: Tag, paper: str) -> None:
    quoted = page.find("blockquote")
    assert isinstance(quoted, Tag)
    assert [found.get("start", "1") for found in quoted.find_all("ol")] == ["1", "2", "2026"]
    assert [cell.get_text() for cell in quoted.find_all("td")] == ["吞吐量（万吨）", "12.5"]
    assert [bold.get_text() for bold in quoted.find_all("strong")][1:] == [
        "注意：",
        "吞吐量（万吨）",
    ]
    assert "1.第一说明2.第二2026.全年" in paper
    assert "吞吐量（万吨）12.5" in paper


def test_an_aligned_formula_has_its_lines(page: Tag, pdf: bytes) -> None:
    formula = page.find("math", display="block")
    assert isinstance(formula, Tag)
    assert len(formula.find_all("mtr")) == 2
    assert "begin" not in page.get_text()
    assert "g=(v/b)^(1/n)−1；=8%" in alternatives(pdf)


def test_pictures_have_their_words_on_page_and_paper(page: Tag, pdf: bytes, book: Built) -> None:
    line = "折线图：三个季度逐季上升"
    flow = "收数流程：部门填报，科室核对，退回更正"
    wanted = [flow, line, line, "红图", "蓝图", "绿图", "小图", "升线", "降线", "中文图"]
    images = page.find_all("img")
    assert [image["alt"] for image in images] == wanted
    assert [alt for alt in alternatives(pdf) if alt in wanted] == wanted
    shown = {str(image["alt"]): image for image in images}
    colours = {flow: "green", "红图": "red", "蓝图": "blue", "绿图": "green", "小图": "green"}
    for alt, colour in colours.items():
        file = book.html / "chapters" / str(shown[alt]["src"])
        assert file.read_bytes() == png(colour), alt
    assert [shown[alt]["style"] for alt in (flow, line, "升线")] == [
        f"width: {n}%;" for n in (50, 60, 50)
    ]


def alternatives(pdf: bytes) -> list[str]:
    """Return the alternative texts of a PDF in the order of its structure."""

    def below(node: object) -> list[str]:
        if isinstance(node, list):
            return [alt for part in node for alt in below(part.get_object())]
        if not isinstance(node, DictionaryObject):
            return []
        own = [str(node["/Alt"])] if "/Alt" in node else []
        return own + below(node["/K"].get_object()) if "/K" in node else own

    return below(PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"].get_object())


def test_an_expected_error_is_shown_and_a_skipped_cell_does_not_run(page: Tag, paper: str) -> None:
    for said in (page.get_text(), paper):
        assert "ZeroDivisionError" in said
        assert "CODESKIPPED" in said
        assert "RANSKIPPED" not in said


def test_charts_of_ones_own_look_like_those_of_the_book(page: Tag, paper: str, pdf: bytes) -> None:
    ours = page.find_all("figure", class_="pb-figure")
    titles = ["营业收入逐季上升", "甲升乙降"]
    assert [figure.find(class_="pb-finding").get_text() for figure in ours] == titles
    assert ours[1]["id"] == "chart-own-bars"
    assert page.find("a", string="升降")["href"] == "#chart-own-bars"
    alts = [str(figure.svg["aria-label"]) for figure in ours]
    assert alts[0].startswith("折线图。从2026年3月12.5亿元到2026年9月15.2亿元")
    assert [alt for alt in alternatives(pdf) if alt in alts] == alts
    assert [cell.get_text() for cell in ours[0].find_all("td")] == ["12.5", "14.0", "15.2"]
    for said in (page.get_text(), paper):
        assert all(words in said for words in (*titles, "资料来源：某报表。"))
    assert "BARSDONE" in page.get_text()
    assert "it/s" not in page.get_text() + paper


def test_messages_of_cells_are_told_to_whoever_builds(book: Built) -> None:
    assert "在错误输出（stderr）中写了「WARNING:root:QALOGGED」，书中不刊出" in book.said


def test_links_between_notebooks_lead_to_pages(page: Tag, pdf: bytes) -> None:
    leads = {link.get_text(): str(link["href"]) for link in page.find_all("a", href=True)}
    assert leads["总览"] == "overview.html"
    assert leads["方法"] == "../methodology.html"
    assert leads["上文"].startswith("#")
    assert page.find(id=leads["上文"].removeprefix("#")) is not None


def test_another_picture_of_the_same_name_is_a_new_page(book: Built, tmp_path: Path) -> None:
    again = book.copied_to(tmp_path)
    write_picture(again.root, "purple")
    built(again.root, "--dataset", "test")
    whole = (again.html / "chapters" / "own.html").read_text("utf-8")
    image = BeautifulSoup(whole, "html.parser").find("img", alt="绿图")
    assert isinstance(image, Tag)
    assert (again.html / "chapters" / str(image["src"])).read_bytes() == png("purple")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("[甲](#没有)", "没有"),
        ("$$\\unknowncommand$$", "unknowncommand"),
        ("增长**8%**2个", "**"),
    ],
)
def test_whatever_finds_a_mistake_names_the_cell_as_jupyterlab_counts(
    source: str, said: str, book: Built, tmp_path: Path
) -> None:
    again = book.copied_to(tmp_path)
    write(again.root, [code("1"), text(source)])
    done = build(again.root, "--dataset", "test", "--pdf")
    assert done.returncode == 1
    assert said in done.stderr
    assert "notebooks/own.ipynb，第5个单元格" in done.stderr
    assert "book/chapters" not in done.stderr
