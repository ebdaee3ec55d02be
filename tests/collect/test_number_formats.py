from __future__ import annotations

import pytest

from planbook.collect.number_formats import shown_as


@pytest.mark.parametrize(
    "code",
    [
        "",
        "General",
        "@",
        "#,##0.00",
        "0.0;-0.0",
        '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        "[$¥-804]#,##0.00",
        '"¥"#,##0.00;[Red]"¥"-#,##0.00',
        "0.00E+00",
        "#,##0.00_);(#,##0.00)",
    ],
)
def test_an_ordinary_format_adds_nothing_to_the_number(code):
    assert not shown_as(code).is_telling


@pytest.mark.parametrize("code", ["0%", "0.00%", "[Red]0.0%;-0.0%"])
def test_a_percent_format_is_told(code):
    assert shown_as(code).is_percent


def test_a_percent_sign_in_quotes_is_a_word():
    assert (shown_as('0.0"%"').is_percent, shown_as('0.0"%"').words) == (False, "%")


@pytest.mark.parametrize("code", ["#,##0,", "0.0,,", "0\\.0,", "0!.0,", "#,##0,;-#,##0,"])
def test_a_format_that_divides_by_thousands_is_told(code):
    assert shown_as(code).shrinks
    assert not shown_as(code).is_plain_in("亿元")


@pytest.mark.parametrize("code", ['0.00"万元"', "0.00万元", "#,##0\\万\\元"])
def test_words_of_a_format_are_told_however_they_are_written(code):
    assert shown_as(code).words == "万元"
    assert shown_as(code).is_plain_in("万元")
    assert not shown_as(code).is_plain_in("亿元")
