import itertools
import json
import re
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from nbformat.v4 import new_markdown_cell

from planbook.errors import ProblemsFound
from planbook.present.prose import Heading
from planbook.present.tables.cells import (
    Cell,
    Column,
    Rows,
    figure,
    link,
    measured,
    period,
    rating,
    state,
    status,
    words,
)
from planbook.present.tables.table import MIME, VERSION, Table, plain
from planbook.present.tables.table_html import cell_html
from planbook.produce.pdf import Document, Part, Typeset, typeset
from planbook.produce.pdf.setting.grid import FEW, Box, Grid, Group, laid_out
from planbook.produce.pdf.setting.inline import Span
from planbook.produce.pdf.setting.table_grid import grid_of
from planbook.produce.pdf.setting.tabular import TURNED, UPRIGHT
from planbook.vocabulary import Rating, SubmissionState
from tests.produce.printing import (
    RUNNING,
    notebook,
    output,
    printed,
    reader,
    row,
    shown,
    table,
    text,
)


def grid(*columns: str, rows: int = 1) -> Grid:
    boxes = tuple(Box(((said,),)) for said in columns)
    return Grid(len(columns), (boxes,), (Group((), (boxes,) * rows),))


def right_edges(made: Typeset, wanted: str) -> list[float]:
    """Return where the first decimal point, or the end, of each number that matches stands."""
    page = pypdfium2.PdfDocument(made.pdf)[0].get_textpage()
    said = page.get_text_range()
    edges = []
    for match in re.finditer(wanted, said):
        at = match.start() + len(match[0].partition(".")[0]) - 1
        edges.append(page.get_charbox(at, loose=True)[2])
    return edges


def test_numbers_stand_with_their_decimal_points_below_each_other() -> None:
    values = ["8.25", "1,234.5", "93", "−12.75%", "0.5"]
    rows = (row(f"甲{n}", value) for n, value in zip("一二三四五", values, strict=True))
    edges = right_edges(typeset(notebook(table(*rows))), r"8\.25|1,234\.5|93|12\.75|0\.5")
    assert len(edges) == 5
    assert max(edges) - min(edges) < 0.6


def test_units_behind_numbers_do_not_move_their_decimal_points() -> None:
    rows = (
        (words("甲"), measured("899.20", "亿元", 899.2)),
        (words("乙"), measured("3,659", "家", 3659)),
    )
    edges = right_edges(typeset(notebook(table(*rows))), r"899\.20|3,659")
    assert len(edges) == 2
    assert abs(edges[0] - edges[1]) < 0.6


def test_a_head_that_begins_with_a_number_moves_none_of_its_column() -> None:
    edges = []
    for head in ("区间下限", "80%区间下限"):
        columns = (Column("名称"), Column(head, "number"))
        made = typeset(notebook(table(row("甲", "69"), columns=columns)))
        edges.append(right_edges(made, r"(?<!\d)69"))
    bare, dated = edges
    assert dated == pytest.approx(bare, abs=0.6)


def test_the_head_of_a_long_table_stands_on_every_page() -> None:
    made = typeset(notebook(table(*(row(f"第{n}行", f"{n}.5") for n in range(1, 61)))))
    assert made.pages > 1
    for page in reader(made).pages:
        assert "数值" in page.extract_text()
    assert all(f"{n}.5" in text(made) for n in range(1, 61))


def test_a_wide_table_is_turned_and_the_next_page_stands_upright_again() -> None:
    columns = [Column(f"{'很长的列名' * 2}{n}", "number") for n in range(14)]
    cells = tuple(figure(f"{n},234,567.89") for n in range(14))
    rows = [cells] * (FEW + 1)
    made = typeset(notebook(table(*rows, columns=columns), table(row("甲", "1"), id="u")))
    turned = [page.mediabox.width > page.mediabox.height for page in reader(made).pages]
    assert turned == [False, True, False]


def test_what_leads_to_a_table_stays_with_it_wherever_a_page_ends() -> None:
    lead = new_markdown_cell("## 清单\n\n按单位列出。")
    for lines in range(26, 40):
        before = new_markdown_cell("\n\n".join(f"第{n}段。" for n in range(lines)))
        made = typeset(notebook(before, lead, table(row("甲", "1"), row("乙", "2"))))
        pages = ["".join(page.extract_text().split()) for page in reader(made).pages]
        (found,) = [page for page in pages if "按单位列出" in page]
        assert "清单" in found
        assert "目标进展" in found, lines


def test_what_leads_to_a_turned_table_stands_on_its_page() -> None:
    columns = [Column(f"{'很长的列名' * 2}{n}", "number") for n in range(14)]
    rows = [tuple(figure(f"{n},234,567.89") for n in range(14))] * (FEW + 1)
    lead = new_markdown_cell("## 清单\n\n按单位列出。")
    made = typeset(notebook(new_markdown_cell("前文。"), lead, table(*rows, columns=columns)))
    first, second = ("".join(page.extract_text().split()) for page in reader(made).pages)
    assert "清单" not in first
    assert "清单按单位列出" in second.replace("一、", "")


def test_a_table_of_few_rows_is_not_turned_where_smaller_letters_do() -> None:
    columns = [Column(f"列名{n}", "number") for n in range(14)]

    def turned(rows: int) -> bool:
        cells = tuple(figure(f"{n},234,5") for n in range(14))
        layout = laid_out(
            grid_of(Table("t", "表", tuple(columns), (Rows((cells,) * rows),))), UPRIGHT, TURNED
        )
        assert layout is not None
        return layout.turned

    assert not turned(FEW)
    assert turned(FEW + 1)


def test_a_table_that_fits_no_page_is_an_error() -> None:
    cells = (figure("12,345,678.9"),) * 60
    with pytest.raises(ProblemsFound, match="60列"):
        typeset(notebook(table(cells, columns=[Column("列", "number")] * 60)))


def test_columns_fill_the_page_and_are_never_wider() -> None:
    short, long = "数值", "很长的文字" * 30
    for columns in itertools.product([short, long, "3,659.25"], repeat=4):
        layout = laid_out(grid(*columns), UPRIGHT, TURNED)
        assert layout is not None
        room = (TURNED if layout.turned else UPRIGHT) / layout.size
        assert sum(layout.widths) == pytest.approx(room)


def test_groups_indents_and_remarks_of_a_table_are_kept() -> None:
    columns = (Column("甲"), Column("一|二", "number"), Column("丁"))
    cells = (words("子项"), figure("5", 5.0, "推算"), words("末", mark="旧"))
    made = grid_of(Table("t", "表", columns, (Rows((cells,), "一组", (1,)),)))
    (group,) = made.groups
    (first, number, last) = group.rows[0]
    assert (made.columns, made.caption, made.id) == (3, ("表",), "t")
    assert group.heading == ("一组",)
    assert first.indent
    assert number.lines == (("5",), (Span("small", ("推算",)),)), "it stands below the number"
    assert last.lines == (("末 ", Span("small", ("旧",))),), "it stands behind the words"
    assert [box.align for box in made.head[0]] == ["left", "number", "left"]
    assert made.head[0][1].lines == ((Span("kept", ("一",)), Span("kept", ("二",))),)


CELLS = {
    "words": words("甲乙"),
    "figure": figure("1.5", 1.5, "快报", lead="年均"),
    "measured": measured("9", "家", 9.0, below="2025年1月—2026年9月", notes=("推算|12家",)),
    "period": period("2025年1月—2026年9月"),
    "link": link("甲", "../goals/x.html", "备注"),
    "rating": rating(Rating.BEHIND, "初步"),
    "status": status("推进中", stale=True),
    "state": state(SubmissionState.LATE),
    "code": Cell("ab12", "code"),
    "symbol": Cell("t_E", "symbol"),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_says_on_paper_what_it_says_on_a_page(name: str) -> None:
    cell = CELLS[name]
    made = typeset(notebook(table((words("名"), cell), columns=(Column("甲"), Column("乙")))))
    page = "".join(cell_html(cell).striptags().split())
    assert page in unicodedata.normalize("NFKC", text(made))  # letters of formulas


def test_a_table_may_be_handed_over_as_it_is_and_looks_as_in_a_notebook() -> None:
    made = plain("t", "表", (Column("甲"), Column("乙", "number")), [row("名", "1.5")], note="注")
    direct = Part("chapters/digital", "章", (Heading(1, "章"), made))
    stored = notebook(shown(made), title="章")
    assert typeset(Document("章", (direct,), RUNNING)).pdf == typeset(stored).pdf


def test_a_pack_says_itself_where_its_tables_come_from() -> None:
    made = plain("t", "表", (Column("甲"),), [(words("名"),)])
    part = Part("pack/data", "章", (Heading(1, "章"), made), source="资料来源：甲部门报送。")
    said = text(typeset(Document("章", (part,), RUNNING)))
    assert "资料来源：甲部门报送。" in said
    assert "各填报单位" not in said


def test_a_table_that_a_newer_program_stored_is_refused_and_named() -> None:
    cell = table(row("甲", "1"))
    cell.outputs[0].data[MIME]["version"] = VERSION + 1
    with pytest.raises(ProblemsFound) as found:
        typeset(notebook(cell))
    (problem,) = found.value.problems
    assert problem.what == "表格的存储格式是第2版，本程序只认得第1版及更早的"
    assert problem.where == "chapters/digital，第2个单元格"


def test_a_stored_table_that_is_none_is_refused_with_its_place() -> None:
    cell = table(row("甲", "1"))
    cell.outputs[0].data[MIME]["groups"][0]["rows"][0][1]["text"] = 5
    with pytest.raises(ProblemsFound, match=r"读不出来（groups\.0\.rows\.0\.1\.text）"):
        typeset(notebook(cell))


def test_a_fragment_is_printed_as_the_table_that_lies_beside_its_html(tmp_path: Path) -> None:
    made = plain("t", "表", (Column("甲"), Column("乙", "number")), [row("名", "1.5")])
    data, metadata = made._repr_mimebundle_()
    (tmp_path / "a.md").write_text("<p>网页</p>", encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"data": data, "metadata": metadata}), "utf-8")
    said = text(printed("```{include} a.md\n```", folder=tmp_path))
    assert "表1表甲乙名1.5" in said
    assert "网页" not in said
    assert "资料来源" not in said, "the page says it"


def test_a_data_frame_of_an_analyst_is_a_table_with_aligned_numbers() -> None:
    frame = (
        '<div><style scoped>.x {}</style><table class="dataframe"><thead><tr><th></th><th>pace</th>'
        "</tr></thead><tbody><tr><th>0</th><td>1.03</td></tr><tr><th>1</th><td>NaN</td></tr>"
        "</tbody></table></div>"
    )
    assert "pace01.031NaN" in text(typeset(notebook(output({"text/html": frame}))))


def test_every_table_says_where_its_values_come_from() -> None:
    said = text(typeset(notebook(table(row("甲", "1")))))
    assert "表1目标进展" in said
    assert "资料来源：据各填报单位报送的资料整理，2026年三季度版。示例数据，不是真实统计。" in said


def test_filters_and_bars_that_are_for_screens_are_left_out() -> None:
    page = (
        '<div class="pb-scoreboard"><form class="pb-filters" hidden><label>筛选<input></label>'
        '</form><p class="pb-lead">正文</p></div>'
    )
    said = text(printed(page))
    assert "正文" in said
    assert "筛选" not in said
