from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.collect.read.number_cells import accepted_text, read_number, shown
from planbook.collect.xlsx.marks import Marks
from planbook.collect.xlsx.raw_cells import Sheet
from planbook.vocabulary import ObsStatus


def cell(raw: Any, unit: str = "亿元", **marks: Any) -> Any:
    return read_number(Sheet("表", [[raw]], Marks(**marks)), 0, 0, unit)


def growth(text: Any) -> Any:
    return read_number(Sheet("表", [[text]], Marks()), 0, 0, "%", is_growth=True)


def test_a_numeric_cell_is_taken_as_it_is() -> None:
    read = cell(-5.25)
    assert (read.status, read.value, read.rule) == (ObsStatus.NORMAL, -5.25, None)


def test_zero_blank_and_not_applicable_are_three_things() -> None:
    assert (cell(0.0).status, cell(0.0).value) == (ObsStatus.NORMAL, 0.0)
    assert (cell("").status, cell("").value) == (ObsStatus.NOT_SENT, None)
    assert (cell("—").status, cell("—").value) == (ObsStatus.NOT_APPLICABLE, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("104.2", 104.2),
        (" 104.2\u3000", 104.2),
        ("１０４．２", 104.2),
        ("\u22125.1", -5.1),
        ("－5.1", -5.1),
        ("–5.1", -5.1),
        ("+5", 5.0),
        ("1,800.5", 1800.5),
        ("1，800", 1800.0),
        ("0.5", 0.5),
    ],
)
def test_a_text_that_means_one_number_is_read_with_a_warning(text: str, number: float) -> None:
    read = cell(text)
    assert (read.value, read.rule.id, read.expected) == (number, "text-number", shown(number))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1O4.2", "not-a-number"),
        ("(1,200.0)", "brackets"),
        ("（3.2）", "brackets"),
        ("1E5", "scientific-notation"),
        ("1.2e-3", "scientific-notation"),
        ("007", "not-a-number"),
        ("1,80", "not-a-number"),
        ("1,8000", "not-a-number"),
        (".5", "not-a-number"),
        ("5.", "not-a-number"),
        ("1 800", "not-a-number"),
        ("--5", "not-a-number"),
        ("1.2.3", "not-a-number"),
        ("约100", "note-in-cell"),
        ("100左右", "note-in-cell"),
        ("100余家", "unit-in-cell"),
        ("12（预计）", "note-in-cell"),
        ("同比增长12", "note-in-cell"),
        ("nan", "not-a-number"),
        ("inf", "not-a-number"),
        ("无", "not-a-number"),
        ("12万美元", "unit-in-cell"),
        ("12万", "unit-in-cell"),
        ("12亿", "unit-in-cell"),
        ("1,80万元", "unit-in-cell"),
        ("12家", "unit-in-cell"),
        ("3.2%", "unit-in-cell"),
        ("9" * 400, "not-a-number"),
    ],
)
def test_a_text_that_could_mean_something_else_is_refused(text: str, rule: str) -> None:
    read = cell(text)
    assert (read.status, read.value, read.rule.id) == (ObsStatus.REFUSED, None, rule)


def test_a_letter_that_looks_like_a_digit_is_named() -> None:
    assert cell("1O4.2").remedy.startswith("把字母 O 改为数字 0 后重新报送")


def test_a_unit_that_does_not_convert_is_refused_with_the_unit_that_is_wanted() -> None:
    assert cell("12万美元").expected == "亿元"


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("1,800.5亿元", "亿元", 1800.5),
        ("12万元", "亿元", 0.0012),
        ("１２ 万元", "亿元", 0.0012),
        ("－3.5百万元", "万元", -350.0),
        ("1.2万亿元", "亿元", 12000.0),
        ("3万人次", "万人次", 3.0),
        ("88家", "家", 88.0),
    ],
)
def test_a_unit_of_the_same_base_is_converted_with_a_warning(
    text: str, unit: str, number: float
) -> None:
    read = cell(text, unit)
    assert (read.value, read.rule.id) == (number, "unit-converted")
    assert read.expected == f"{shown(number)} {unit}"


@pytest.mark.parametrize("code", ['0.00"万元"', "#,##0,", "0\\.0,", "(0.0)", ";;;", "aaaa"])
def test_a_format_that_shows_another_number_is_refused(code: str) -> None:
    read = cell(12.0, formats={"A1": code})
    assert (read.value, read.rule.id, read.expected) == (None, "scaled-format", code)


def test_a_format_that_shows_the_columns_own_unit_is_harmless() -> None:
    read = cell(12.0, formats={"A1": '0.00"亿元"'})
    assert (read.value, read.rule) == (12.0, None)


@pytest.mark.parametrize("text", ["3.2%", "３．２％", " 3.2 %".replace(" %", "%")])
def test_a_percent_sign_is_read_where_percent_is_the_unit(text: Any) -> None:
    assert cell(text, "%").value == 3.2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(
            ("增长7.2%", 7.2),
            ("增长 7.2", 7.2),
            ("同比增长７．２％", 7.2),
            ("较上年同期上升1,200%", 1200),
        ),
        *(("下降3.2%", -3.2), ("同比减少了3.2%", -3.2), ("负增长3.2%", -3.2), ("↓3.2%", -3.2)),
        *(("持平", 0), ("与上年同期持平", 0), ("同比持平。", 0), ("下降0%", 0)),
    ],
)
def test_a_growth_in_words_is_read_with_a_warning_that_shows_it(text: Any, number: Any) -> None:
    read = growth(text)
    assert (read.value, read.rule.id, read.expected) == (number, "growth-read", shown(number))
    assert cell(text, "%").value is None  # a share has no direction


@pytest.mark.parametrize(("text", "number"), [("+7.2", 7.2), ("+7.2%", 7.2), ("-3.2%", -3.2)])
def test_a_growth_with_its_sign_is_a_number_written_as_text(text: str, number: float) -> None:
    assert (growth(text).value, growth(text).rule.id) == (number, "text-number")


@pytest.mark.parametrize(
    "text",
    [
        *("增长约7%", "7.2%—8%", "增长7.2%—8%", "增长7%左右", "基本持平", "略有增长", "增长"),
        *("增长-3.2%", "下降-3.2%", "回落3.2%", "提高7.2个百分点", "增长7.2%（现价）", "翻番"),
        *("增长7..2%", "增长1,2%", "不增长3%", "增长7.2%以上", "增长两成", "增长7.2倍"),
    ],
)
def test_a_growth_in_words_that_could_mean_another_number_is_refused(text: Any) -> None:
    read = growth(text)
    assert (read.status, read.value) == (ObsStatus.REFUSED, None)


def test_a_cell_formatted_as_percent_is_read_as_its_reader_sees_it() -> None:
    read = cell(0.032, "%", formats={"A1": "0.0%"})
    assert (read.value, read.rule.id, read.observed) == (3.2, "percent-format", "3.2%")


def test_a_percent_format_under_another_unit_is_refused() -> None:
    assert cell(0.032, formats={"A1": "0.0%"}).rule.id == "unit-in-cell"


@pytest.mark.parametrize("look", ["删除线", "上标", "白色字"])
def test_a_number_of_which_a_person_sees_another_part_is_refused(look: str) -> None:
    for raw in ("444.73", 44.73):
        read = cell(raw, looks={"A1": look})
        assert (read.value, read.rule.id, read.expected) == (None, "unclear-look", look)
    assert cell("", looks={"A1": look}).rule is None


@pytest.mark.parametrize("code", [";;;", '0.0,"万"', "0%", '"999"', "yyyy"])
def test_a_number_that_a_condition_may_show_as_another_is_refused(code: str) -> None:
    read = cell(44.73, conditional={"A1": [code]})
    assert (read.value, read.rule.id, read.expected) == (None, "unclear-look", "改变显示的条件格式")
    assert "条件格式" in read.remedy
    assert cell(44.73, conditional={"A1": ["#,##0.####", "0.0"]}).value == 44.73
    assert cell(1e-05, conditional={"A1": ["#,##0.####"]}).value == 1e-05  # the template's own
    assert cell("—", conditional={"A1": ["0;-0;0;"]}).rule.id == "unclear-look"


def test_a_text_that_its_format_hides_is_refused() -> None:
    assert cell("—", formats={"A1": ";;;"}).rule.id == "scaled-format"
    assert cell("—", formats={"A1": "0;-0"}).rule is None


@pytest.mark.parametrize(
    "text", ["44.73\u200b", "\ufeff44.73", "44\u2060.73", "44.73\u00ad", "\u202d44.73\u202c"]
)
def test_characters_that_nobody_sees_make_no_other_number(text: str) -> None:
    assert (cell(text).value, cell(text).rule.id) == (44.73, "text-number")


def test_characters_that_turn_the_writing_round_are_refused() -> None:
    assert cell("\u202e37.44\u202c").value is None


@pytest.mark.parametrize("text", ["暂无", "暂无数据", "暂缺"])
def test_words_for_no_figure_yet_are_read_as_a_blank_cell(text: str) -> None:
    read = cell(text)
    assert (read.status, read.rule.id) == (ObsStatus.NOT_SENT, "word-for-blank")


@pytest.mark.parametrize("dash", ["——", "-", "－", "–", "\u2212", "--", "/", "不适用", "N/A"])
def test_other_dashes_mean_not_applicable_with_a_warning(dash: str) -> None:
    read = cell(dash)
    assert (read.status, read.rule.id) == (ObsStatus.NOT_APPLICABLE, "odd-dash")


@pytest.mark.parametrize(
    "raw", [dt.date(2026, 3, 5), dt.datetime(2026, 3, 5, 1), dt.time(3), dt.timedelta(1)]
)
def test_a_date_is_no_number(raw: Any) -> None:
    assert cell(raw).rule.id == "date-in-cell"


def test_true_is_no_number() -> None:
    assert cell(True).rule.id == "not-a-number"


def test_an_error_cell_is_refused_by_its_error() -> None:
    read = cell("", errors={"A1": "#DIV/0!"})
    assert (read.rule.id, read.observed) == ("error-cell", "#DIV/0!")


def test_a_formula_that_was_never_calculated_is_not_blank() -> None:
    assert cell("", formulas={"A1"}).rule.id == "formula-without-value"


def test_a_formula_with_its_result_is_a_number() -> None:
    assert cell(7.0, formulas={"A1"}).value == 7.0


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_a_plain_decimal_comes_back_exactly(number: Any) -> None:
    assert accepted_text(f"{number:f}") == float(number)
    assert accepted_text(f"{number:,f}") == float(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_as_shown_reads_back_as_itself(number: float) -> None:
    assert accepted_text(shown(number)) == number


@given(st.text(max_size=8))
def test_any_text_is_a_number_or_refused_and_never_an_exception(text: str) -> None:
    read = cell(text)
    assert (read.value is None) == (read.status is not ObsStatus.NORMAL)
