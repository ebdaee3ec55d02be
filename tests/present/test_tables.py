import json
from itertools import cycle
from typing import Any, get_args

import nbformat
import pytest
from bs4 import BeautifulSoup

from planbook.errors import UsageError
from planbook.present.tables.cells import (
    Align,
    Cell,
    Column,
    Rows,
    Shown,
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
from planbook.vocabulary import Rating, SubmissionState

ALIGNS = get_args(Align)
COLUMNS = (Column("名|称"), Column("数值", "number"))


def soup(table: Table) -> BeautifulSoup:
    return BeautifulSoup(table.html(), "html.parser")


def test_hostile_text_appears_literally() -> None:
    text = "<script>alert(1)</script>{{x}}$(y) :::{raw} [x](javascript:z)"
    table = plain("t", text, COLUMNS, [(words(text), figure(text, mark=text))], note=text)
    page = soup(table)
    assert page.script is None
    assert page.caption is not None
    assert page.caption.text == text
    assert page.th is not None
    assert page.find("th", scope="row").text == text


def test_a_link_cannot_leave_its_attribute() -> None:
    cell = link("名", '"><img src=x onerror=y>')
    assert BeautifulSoup(cell_html(cell), "html.parser").img is None


def test_a_table_says_what_its_heads_belong_to() -> None:
    page = soup(plain("t", "表", COLUMNS, [(words("甲"), figure("1", 1.0))]))
    assert [cell["scope"] for cell in page.find_all("th")] == ["col", "col", "row"]
    assert page.td is not None
    assert page.td["data-sort"] == "1.0"
    assert page.div is not None
    assert page.div["tabindex"] == "0"  # a box that scrolls can be reached by keyboard


def test_html_has_no_blank_line_that_would_end_it_in_a_markdown_page() -> None:
    table = plain("t", "表", COLUMNS, [(words("甲\n\n乙"), figure("1"))], note="注\n\n注")
    assert "\n\n" not in table.html()


def test_groups_have_headings_and_sub_items_are_set_in() -> None:
    rows = Rows(((words("甲"), figure("1")), (words("乙"), figure("2"))), "组", (0, 1))
    page = soup(Table("t", "表", COLUMNS, (rows,)))
    assert page.find("th", scope="rowgroup").text == "组"
    assert [th.get("class") for th in page.find_all("th", scope="row")] == [None, ["pb-sub"]]


def test_a_unit_stays_with_its_number_and_the_period_below_breaks_at_its_dash() -> None:
    cell = measured("899.20", "亿元", 899.2, below="2025年1月—2026年9月", mark="快报")
    assert cell_html(cell).startswith(
        '<span class="pb-value">899.20<small class="pb-unit">亿元</small></span>'
    )
    assert '2025年1月—</span><wbr><span class="pb-kept">2026年9月' in cell_html(cell)
    assert cell_html(period("2026年1—9月")) == '<span class="pb-kept">2026年1—9月</span>'
    assert cell_html(period("")) == "—"


def test_rows_carry_what_a_script_filters_by() -> None:
    rows = Rows(((words("甲"), figure("—")),), data=({"unit": 'a"b'},))
    page = soup(Table("t", "表", COLUMNS, (rows,), sortable=True))
    row = page.select_one("tbody tr")
    assert row is not None
    assert row["data-unit"] == 'a"b'
    assert page.table is not None
    assert "sortable" in page.table["class"]


def test_an_empty_table_says_so() -> None:
    assert "没有问题。" in plain("t", "表", COLUMNS, [], empty="没有问题。").html()


@pytest.mark.parametrize(
    ("latex", "shown"),
    [("T^{*}", "T<sup>*</sup>"), ("t_E-t_0", "t<sub>E</sub> − t<sub>0</sub>"), ("b,\\ T", "b、T")],
)
def test_a_symbol_has_the_indices_of_its_formula(latex: str, shown: str) -> None:
    assert cell_html(Cell(latex, "symbol")) == shown


def test_a_row_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        plain("t", "表", COLUMNS, [(words("甲"),)])


@pytest.mark.parametrize("value", Rating)
def test_a_rating_has_symbol_word_and_colour(value: Rating) -> None:
    cell = rating(value, "基数待补")
    assert value.symbol in cell_html(cell)
    assert str(value) in cell_html(cell)
    assert 'class="pb-rating pb-' in cell_html(cell)
    assert "基数待补" in cell_html(cell)


def test_a_measure_never_reported_is_not_shown_as_not_started() -> None:
    assert "未报送" in cell_html(status(""))
    assert "沿用" in cell_html(status("推进中", stale=True))


def test_a_column_of_sentences_is_given_room_and_one_of_words_is_not() -> None:
    columns = (Column("名称"), Column("口径"), Column("原因"))
    rows = [
        (words("a"), words("未注明"), words(why))
        for why in ("核实", "年度数据核实，快报改为初核。")
    ]
    classes = [cell["class"] for cell in soup(plain("t", "表", columns, rows)).select("td")]
    assert classes == [["pb-text"], ["pb-text", "pb-prose"]] * 2


CELLS = (
    words("甲", sort="1", mark="备注"),
    figure("1.5", 1.5, "快报", lead="年均"),
    figure("9", 9),
    measured(
        "9", "家", 9.0, below="2025年1月—2026年9月", notes=("推算|12家", "5—9家"), mark="年报"
    ),
    period("2025年1月—2026年9月", sort="2026-09"),
    period(""),
    link("名", "../goals/x.html", "备注"),
    rating(Rating.MET_UNSTEADY, "初步"),
    status("推进中", stale=True),
    status(""),
    state(SubmissionState.RETURNED),
    Cell("ab12", "code"),
    Cell("t_E", "symbol"),
)


def whole(*cells: Cell) -> Table:
    """Return a table that uses everything that a table can say."""
    columns = tuple(Column(f"列|{n}", align) for n, align in zip(range(len(cells)), cycle(ALIGNS)))
    sub = tuple(words("—") for _ in cells)
    rows = Rows((cells, sub), "组", (0, 1), ({"unit": "a"}, {"unit": "b"}))
    return Table("t", "表", columns, (rows,), "注", "没有。", sortable=True)


@pytest.mark.parametrize("cell", CELLS)
def test_a_table_comes_back_from_its_json_as_it_was(cell: Cell) -> None:
    table = whole(cell, *CELLS)
    stored = json.loads(json.dumps(table.to_json()))
    again = Table.from_json(stored)
    assert again == table
    assert again.html() == table.html(), "a whole number stays one"
    assert again.to_json() == table.to_json()


def test_what_a_notebook_keeps_is_the_table_beside_its_html() -> None:
    table = whole(*CELLS)
    data, metadata = table._repr_mimebundle_()
    assert set(data) == {MIME, "text/html", "text/plain"}
    assert metadata == {}
    assert type(data["text/html"]) is str
    shown = nbformat.v4.new_output("execute_result", data, metadata=metadata)
    cell = nbformat.v4.new_code_cell("x", outputs=[shown])
    stored = nbformat.reads(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])), 4)
    nbformat.validate(stored)
    assert Table.from_json(stored.cells[0].outputs[0].data[MIME]) == table


def test_json_of_a_newer_program_is_refused_and_of_an_older_one_read() -> None:
    stored = whole(*CELLS).to_json()
    with pytest.raises(UsageError, match=rf"第{VERSION + 1}版，本程序只认得第{VERSION}版"):
        Table.from_json(stored | {"version": VERSION + 1})
    assert Table.from_json(stored | {"version": VERSION}).count == 2


@pytest.mark.parametrize(
    "change",
    [
        {"version": None},
        {"version": "1"},
        {"columns": []},
        {"groups": [{"rows": [[{"text": "不是状态", "shown": "rating"}]]}]},
        {"groups": [{"rows": [[{"text": "甲", "shown": "<b>"}]]}]},
        {"caption": None},
        {"wrong": 1},
        {"columns": [], "groups": [{"rows": [[]]}]},
        {"groups": [{"rows": [[{"text": "不是状态", "shown": "status"}]]}]},
        {"groups": [{"rows": [[{"text": "甲"}], [{"text": "乙"}]], "levels": [1]}]},
        {"groups": [{"rows": [[{"text": "甲"}], [{"text": "乙"}]], "data": [{"a": "b"}]}]},
        {"groups": [{"rows": [[{"text": "甲"}]], "data": [{"x onload=alert(1) y": ""}]}]},
    ],
)
def test_json_that_is_no_table_is_refused(change: dict[str, Any]) -> None:
    stored = plain("t", "表", (Column("甲"),), [(words("乙"),)]).to_json()
    with pytest.raises(UsageError, match="表格"):
        Table.from_json(stored | change)


@pytest.mark.parametrize("data", ["表", [1], None, 3, [["version", 1]]])
def test_json_that_is_no_object_is_no_table(data: object) -> None:
    with pytest.raises(UsageError, match="读不出来"):
        Table.from_json(data)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " \x01JavaScript:x", "java\nscript:x", "data:x", "//host/x", "/\\host"],
)
def test_a_cell_leads_to_our_own_pages_alone(address: str) -> None:
    stored = plain("t", "表", (Column("甲"),), [(words("乙"),)]).to_json()
    stored["groups"][0]["rows"][0][0]["link"] = address
    with pytest.raises(UsageError, match=r"groups\.0\.rows\.0\.0"):
        Table.from_json(stored)


EVIL = "<script>alert(1)</script>\n\n\"'><img src=x>{0}&lt;|a"


@pytest.mark.parametrize("name", ["text", "unit", "lead", "link", "below", "mark", "sort"])
@pytest.mark.parametrize("shown", ["words", "quantity", "period", "code", "symbol"])
def test_hostile_text_in_any_place_of_a_cell_is_characters_on_a_page(
    name: str, shown: Shown
) -> None:
    given: dict[str, Any] = {"text": "甲", name: EVIL}
    cell = Cell(shown=shown, notes=(EVIL,), **given)
    page = soup(
        Table("t", EVIL, (Column(EVIL), Column("乙")), (Rows(((cell, cell),), EVIL),), EVIL)
    )
    assert {tag.name for tag in page.find_all(True)} <= {
        *("div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p"),
        *("a", "code", "small", "span", "sub", "sup", "wbr"),
    }
    assert "\n\n" not in str(page)
    assert all("<" not in str(tag.get("class", "")) for tag in page.find_all(True))


def test_the_html_of_a_table_is_this_to_the_letter() -> None:
    columns = (Column("名|称"), Column("数值", "number"), Column("状态", "mark"))
    row = (link("甲", "a.html"), measured("1.5", "家", 1.5, mark="年报"), rating(Rating.BEHIND))
    table = Table("t", "表", columns, (Rows((row,), "组", (1,)),), "注")
    assert table.html() == (
        '<div class="pb-scroll" role="region" tabindex="0" aria-label="表">\n'
        '<table class="pb-table" id="t">\n<caption>表</caption>\n'
        '<thead><tr><th scope="col" class="pb-text">名<wbr>称</th>'
        '<th scope="col" class="pb-number">数值</th><th scope="col" class="pb-mark">状态</th>'
        "</tr></thead>\n<tbody>\n"
        '<tr class="pb-group"><th scope="rowgroup" colspan="3">组</th></tr>\n'
        '<tr><th scope="row" class="pb-sub"><a href="a.html">甲</a></th>'
        '<td class="pb-number" data-sort="1.5"><span class="pb-value">1.5'
        '<small class="pb-unit">家</small></span> <small class="pb-tag">年报</small></td>'
        '<td class="pb-mark" data-sort="2"><span class="pb-rating pb-behind">'
        '<span aria-hidden="true">▲</span> 滞后</span></td></tr>\n'
        '</tbody>\n</table>\n</div>\n<p class="pb-note">注</p>'
    )
