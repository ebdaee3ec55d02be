import itertools
import re

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from planbook.errors import ProblemsFound
from planbook.produce.pdf import Typeset, typeset
from planbook.produce.pdf.reading.html_rows import grid_of
from planbook.produce.pdf.setting.grid import Box, Grid, Group, laid_out
from planbook.produce.pdf.setting.inline import Inline
from planbook.produce.pdf.setting.tabular import TURNED, UPRIGHT
from tests.produce.printing import notebook, printed, reader, row, table, text


def grid(*columns: str, rows: int = 1) -> Grid:
    boxes = tuple(Box(((words,),)) for words in columns)
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
    cells = "".join(row(f"甲{n}", value) for n, value in zip("一二三四五", values, strict=True))
    edges = right_edges(typeset(notebook(table(cells))), r"8\.25|1,234\.5|93|12\.75|0\.5")
    assert len(edges) == 5
    assert max(edges) - min(edges) < 0.6


def test_units_behind_numbers_do_not_move_their_decimal_points() -> None:
    unit = '<span class="pb-value">{}<small class="pb-unit">{}</small></span>'
    cells = row("甲", unit.format("899.20", "亿元")) + row("乙", unit.format("3,659", "家"))
    edges = right_edges(typeset(notebook(table(cells))), r"899\.20|3,659")
    assert len(edges) == 2
    assert abs(edges[0] - edges[1]) < 0.6


def test_a_head_that_begins_with_a_number_moves_none_of_its_column() -> None:
    head = '<th scope="col" class="pb-text">名称</th><th class="pb-number">80%区间下限</th>'
    plain, dated = (
        right_edges(typeset(notebook(table(row("甲", "69"), head=words))), r"(?<!\d)69")
        for words in (head.replace("80%", ""), head)
    )
    assert dated == pytest.approx(plain, abs=0.6)


def test_the_head_of_a_long_table_stands_on_every_page() -> None:
    made = typeset(notebook(table("".join(row(f"第{n}行", f"{n}.5") for n in range(1, 61)))))
    assert made.pages > 1
    for page in reader(made).pages:
        assert "数值" in page.extract_text()
    assert all(f"{n}.5" in text(made) for n in range(1, 61))


def test_a_wide_table_is_turned_and_the_next_page_stands_upright_again() -> None:
    head = "".join(f"<th>{'很长的列名' * 2}{n}</th>" for n in range(14))
    cells = "".join(f'<td class="pb-number">{n},234,567.89</td>' for n in range(14))
    made = typeset(notebook(table(f"<tr>{cells}</tr>", head), table(row("甲", "1"), id="u")))
    turned = [page.mediabox.width > page.mediabox.height for page in reader(made).pages]
    assert turned == [False, True, False]


def test_a_table_that_fits_no_page_is_an_error() -> None:
    head = "".join("<th>列</th>" for _ in range(60))
    cells = "".join('<td class="pb-number">12,345,678.9</td>' for _ in range(60))
    with pytest.raises(ProblemsFound, match="60列"):
        typeset(notebook(table(f"<tr>{cells}</tr>", head)))


def test_columns_fill_the_page_and_are_never_wider() -> None:
    short, long = "数值", "很长的文字" * 30
    for columns in itertools.product([short, long, "3,659.25"], repeat=4):
        layout = laid_out(grid(*columns), UPRIGHT, TURNED)
        assert layout is not None
        room = (TURNED if layout.turned else UPRIGHT) / layout.size
        assert sum(layout.widths) == pytest.approx(room)


def test_groups_spans_and_remarks_of_a_page_survive() -> None:
    page = BeautifulSoup(
        '<table class="pb-table"><thead><tr><th rowspan="2">甲</th><th colspan="2">乙</th></tr>'
        "<tr><th>丙</th><th>丁</th></tr></thead><tbody>"
        '<tr><th scope="rowgroup" colspan="3">一组</th></tr>'
        '<tr><th class="pb-sub">子项</th><td class="pb-number">5 <small>推算</small></td>'
        "<td>末</td></tr></tbody></table>",
        "html.parser",
    ).table
    assert isinstance(page, Tag)

    def read(parts: object) -> list[Inline]:
        from planbook.produce.pdf.setting.inline import Span

        return [
            Span("small", (part.get_text(),)) if isinstance(part, Tag) else str(part)
            for part in parts  # type: ignore[attr-defined]
        ]

    made = grid_of(page, read)
    assert made.columns == 3
    assert [column for column, _ in made.boxes()] == [0, 1, 1, 2, 0, 1, 2]
    (group,) = made.groups
    assert group.heading == ("一组",)
    assert group.rows[0][0].indent
    assert len(group.rows[0][1].lines) == 2  # the remark stands below the number


def test_a_data_frame_of_an_analyst_is_a_table_with_aligned_numbers() -> None:
    from tests.produce.printing import output

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
