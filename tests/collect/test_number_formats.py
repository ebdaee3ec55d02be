from __future__ import annotations

import pytest

from planbook.collect.xlsx.number_formats import is_percent, shows, shows_text


@pytest.mark.parametrize(
    "code",
    [
        "",
        "General",
        "@",
        "0",
        "#,##0.00",
        "#,##0.0###",
        "0.0;-0.0",
        '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        "[$¥-804]#,##0.00",
        '"¥"#,##0.00;[Red]"¥"-#,##0.00',
        "0.00E+00",
        "#,##0.00_);(#,##0.00)",
        "[红色]0.0;[Blue]-0.0",
        '0.0"亿元"',
        "0.00亿元",
    ],
)
def test_an_ordinary_format_shows_the_number(code: str) -> None:
    assert shows(code, 321.5, "亿元")
    assert shows(code, -321.5, "亿元")


@pytest.mark.parametrize(
    "code",
    [
        '0.00"万元"',
        "0.00[$万元]",
        "[$US$-409]0.00",
        "$#,##0.00",
        "(0.00)",
        "-0.00",
        '0.00"-"',
        ";;;",
        "0.0,,",
        "#,##0,",
        "#,##0,;-#,##0,",
        "0\\.0,",
        "0!.0,",
        "aaaa",
        "yyyy-mm-dd",
        "# ?/?",
        "[DBNum1]General",
        "*10.0",
        "000-0000",
        '0"0"',
        "[White]0.0",
        "[白色]0.0",
        "0%%",
        "0.0.0",
        "0..00",
    ],
)
def test_a_format_that_shows_something_else_is_seen_through(code: str) -> None:
    assert not shows(code, 321.5, "亿元")


def test_each_number_is_held_against_the_section_that_shows_it() -> None:
    assert shows("0.0;;", 321.5, "亿元")
    assert not shows("0.0;;", -321.5, "亿元")
    assert not shows("0.0;;", 0, "亿元")
    assert not shows("0.0;0.0", -321.5, "亿元")
    assert not shows('0.0;-0.0;"—"', 0, "亿元")
    assert not shows('[>100]0.0"万";0.00', 321.5, "亿元")
    assert shows('[>100]0.0"万";0.00', 99, "亿元")
    assert shows("[>100]0.0;0.00", 321.5, "亿元")
    assert not shows("#", 0, "家")


def test_under_conditions_programs_disagree_about_a_minus_sign_so_none_is_trusted() -> None:
    assert not shows("[>100]0.0;0.00", -321.5, "亿元")
    assert not shows('[>=10000]0!.0,"万";0', -88, "亿元")
    assert shows("[>-500]0.0", -321.5, "亿元")


@pytest.mark.parametrize(
    ("value", "ok"), [(44.73, True), (0.37, False), (5.5, False), (88.5, True)]
)
def test_a_format_may_round_by_one_percent(value: float, ok: bool) -> None:
    assert shows("0", value, "亿元") is ok


def test_the_templates_own_format_shows_what_is_typed_by_its_condition() -> None:
    assert shows("#,##0", 5.5, "家")


@pytest.mark.parametrize("code", ["0%", "0.00%", "[Red]0.0%;-0.0%"])
def test_a_percent_format_is_told(code: str) -> None:
    assert is_percent(code, 0.5)
    assert not is_percent(code.replace("%", '"%"'), 0.5)


def test_a_money_sign_belongs_to_amounts_of_money() -> None:
    assert shows('"¥"0', 88, "万元")
    assert not shows('"¥"0', 88, "家")


@pytest.mark.parametrize(
    ("code", "seen"),
    [("General", True), ("@", True), ("0;-0;0;@", True), (";;;", False), ('0;-0;0;"已核"', False)],
)
def test_a_format_may_hide_a_text_too(code: str, seen: bool) -> None:
    assert shows_text(code) is seen
