from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from planbook.present.numbers import NUMBER_WITH_UNIT, in_a_row, quantity
from planbook.present.tables.cells import Column, measured, words
from planbook.present.tables.table import plain
from planbook.present.tables.table_html import cell_html
from planbook.written_units import behind_number


@pytest.mark.parametrize(
    ("unit", "printed"),
    [
        ("家", "12家"),
        ("%", "12%"),
        ("℃", "12℃"),
        ("㎡", "12㎡"),
        ("万㎡", "12万㎡"),
        ("m²", "12 m²"),
        ("% of GDP", "12% of GDP"),
        ("persons", "12 persons"),
        ("tonnes of CO2 equivalent", "12 tonnes of CO2 equivalent"),
        ("per 1,000 live births", "12 per 1,000 live births"),
        ("US$ billion", "12 US$ billion"),
        ("€ million", "12 € million"),
        ("µg/m³", "12 µg/m³"),
        ("1,000 tonnes", "12 × 1,000 tonnes"),
        ("tonnes (net)", "12 tonnes"),
        ("", "12"),
    ],
)
def test_a_unit_that_is_a_word_stands_apart_from_its_number(unit: str, printed: str) -> None:
    assert quantity(12, unit) == printed


def test_what_stands_behind_a_number_says_the_unit_and_nothing_else() -> None:
    for unit in ("亿元", "persons", "1,000 t", "$"):
        assert behind_number(unit).strip(" ×") == unit


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("达到60 tonnes of CO2 equivalent，", ["60 tonnes"]),
        ("5.2 per 1,000 live births", ["5.2 per", "1,000 live"]),
        ("US$ 5bn, US$5bn and €3.5m", ["US$ 5bn,", "US$5bn", "€3.5m"]),
        ("12 × 1,000 t", ["12 × 1,000 t"]),
        ("at least 5 percent", ["5 percent"]),
        ("推进中34项、8个百分点", ["推进中34项", "8个百分点"]),
        ("3 internationalisations", []),  # a long word may stand on a line of its own
        ("CO2 emissions", []),
    ],
)
def test_a_number_is_held_to_the_first_word_of_its_unit(text: str, kept: list[str]) -> None:
    assert re.findall(NUMBER_WITH_UNIT, text) == kept


def test_names_in_letters_do_not_run_into_years() -> None:
    assert in_a_row("Ministry of Transport", "2026年三季度") == "Ministry of Transport 2026年三季度"
    assert in_a_row("港务所", "2026年三季度") == "港务所2026年三季度"
    assert in_a_row("GDP", "增长") == "GDP增长"  # what is printed adds the room between the two


def test_a_cell_keeps_a_number_and_the_first_word_of_its_unit() -> None:
    cell = measured("12.5", "tonnes of CO2 equivalent", 12.5)
    assert cell.said == "12.5 tonnes of CO2 equivalent"
    shown = BeautifulSoup(cell_html(cell), "html.parser")
    assert shown.get_text() == "12.5 tonnes of CO2 equivalent"
    assert [kept.get_text() for kept in shown.select(".pb-value")] == ["12.5 tonnes"]
    assert BeautifulSoup(cell_html(measured("3", "家", 3)), "html.parser").get_text() == "3家"


@pytest.mark.parametrize(
    ("name", "wide"),
    [("Electrification of quays", True), ("Growth of trade", False), ("x" * 60, False)],
)
def test_a_long_word_has_its_room_and_an_endless_one_is_broken(name: str, wide: bool) -> None:
    table = plain("names", "名称", [Column("名称")], [(words(name),)])
    assert ('class="pb-wide"' in table.html()) is wide
