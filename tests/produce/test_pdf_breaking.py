"""What a department may type, and what may be missing, without the paper suffering."""

import pypdfium2
import pytest
from nbformat.v4 import new_markdown_cell

from planbook.present.tables.cells import Column, status, words
from planbook.produce.pdf import typeset
from tests.produce.printing import figure, notebook, output, printed, row, table, text

WORD = "a1B2" * 100


def test_a_rare_character_of_a_department_is_printed_as_its_number_and_told() -> None:
    made = typeset(
        notebook(table(row("吉字头𠮷野家🦀", "5")), output({"text/markdown": "备注❤️🦀"}))
    )
    said = text(made)
    assert "吉字头〔U+20BB7〕野家〔U+1F980〕" in said
    assert "备注❤〔U+1F980〕" in said
    assert len(made.warnings) == 3
    assert "chapters/digital，第2个单元格" in made.warnings[0]
    assert "〔U+20BB7〕" in made.warnings[0]


def test_a_rare_character_in_a_heading_or_in_the_documents_title_stops_nothing() -> None:
    made = typeset(notebook(title="𠮷野川"))
    assert "〔U+20BB7〕野川" in text(made)
    assert {warning.partition("：")[2] for warning in made.warnings} == {
        "字体没有字符「𠮷」，印作〔U+20BB7〕"
    }


@pytest.mark.parametrize("said", ["CO₂排放", "Łódź与Šumava", "Ω、μ、10⁻³", "未达成✗"])
def test_latin_greek_sub_and_superscripts_are_printed_in_another_font(said: str) -> None:
    made = typeset(notebook(new_markdown_cell(said), table(row(said, "5")), figure(said)))
    assert text(made).count(said) == 3
    assert not made.warnings


def test_a_rare_character_in_a_drawing_is_printed_as_its_number() -> None:
    made = typeset(notebook(figure("𠮷野川CO₂")))
    assert "〔U+20BB7〕野川CO₂" in text(made)
    assert "图「" in made.warnings[0]


@pytest.mark.parametrize("word", [WORD, "长" * 400, "！" * 400, "https://a.cn/" + "x" * 387])
def test_a_remark_of_400_characters_without_a_space_stays_on_the_page(word: str) -> None:
    rows = [(words(name), status("推进中"), words(word)) for name in ("甲", "乙")]
    columns = (Column("举措"), Column("状态", "mark"), Column("进展"))
    made = typeset(notebook(table(*rows, columns=columns), output({"text/markdown": word})))
    assert text(made).count(word) >= 2  # broken, with nothing put in between


def test_a_long_word_copies_without_anything_in_between() -> None:
    pages = pypdfium2.PdfDocument(printed(WORD).pdf)
    said = "".join(pages[0].get_textpage().get_text_range().split())
    assert WORD in said


def test_empty_cells_and_texts_leave_their_place_empty() -> None:
    made = typeset(
        notebook(
            table(row("", ""), row("甲", "—"), row("乙", "0")),
            output({"text/markdown": ""}, kind="text"),
            table(caption="目标"),
            new_markdown_cell(""),
        )
    )
    assert "目标：没有记录。" in text(made)


def test_a_goal_without_data_has_a_chart_all_the_same() -> None:
    bare = figure(units="", source="", title="")
    assert typeset(notebook(bare)).pages == 1


def test_typst_reads_nothing_of_what_a_department_typed() -> None:
    typed = '#eval("1") $x$ *粗* _斜_ @引用 <标签> \\ "引号" // 注释 /* */ `码` = 标题 {#}'
    assert "".join(typed.split()) in text(typeset(notebook(table(row(typed, "1")))))


@pytest.mark.parametrize("lead", range(30, 44))
def test_a_range_of_numbers_is_never_broken_across_lines(lead: int) -> None:
    made = typeset(notebook(new_markdown_cell("推" * lead + "在69.17—70.32亿元之间，" * 4)))
    document = pypdfium2.PdfDocument(made.pdf)
    lines = "".join(page.get_textpage().get_text_range() for page in document).splitlines()
    assert sum(line.count("69.17—70.32") for line in lines) == 4
