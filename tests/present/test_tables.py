import pytest
from bs4 import BeautifulSoup

from planbook.present.tables.table import (
    Column,
    Rows,
    Table,
    figure,
    link,
    measured,
    period,
    plain,
    rating,
    status,
    words,
)
from planbook.vocabulary import Rating

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
    assert BeautifulSoup(cell.content, "html.parser").img is None


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
    assert cell.content.startswith(
        '<span class="pb-value">899.20<small class="pb-unit">亿元</small></span>'
    )
    assert '2025年1月—</span><wbr><span class="pb-kept">2026年9月' in cell.content
    assert period("2026年1—9月").content == '<span class="pb-kept">2026年1—9月</span>'
    assert period("").content == "—"


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


def test_a_row_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        plain("t", "表", COLUMNS, [(words("甲"),)])


@pytest.mark.parametrize("value", Rating)
def test_a_rating_has_symbol_word_and_colour(value: Rating) -> None:
    cell = rating(value, "基数待补")
    assert value.symbol in cell.content
    assert str(value) in cell.content
    assert 'class="pb-rating pb-' in cell.content
    assert "基数待补" in cell.content


def test_a_measure_never_reported_is_not_shown_as_not_started() -> None:
    assert "未报送" in status("").content
    assert "沿用" in status("推进中", stale=True).content


def test_a_column_of_sentences_is_given_room_and_one_of_words_is_not() -> None:
    columns = (Column("名称"), Column("口径"), Column("原因"))
    rows = [
        (words("a"), words("未注明"), words(why))
        for why in ("核实", "年度数据核实，快报改为初核。")
    ]
    classes = [cell["class"] for cell in soup(plain("t", "表", columns, rows)).select("td")]
    assert classes == [["pb-text"], ["pb-text", "pb-prose"]] * 2
