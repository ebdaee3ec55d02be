from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell as SheetCell

from planbook.collect.read.number_cells import read_number
from planbook.collect.rules import (
    RULES,
    Rule,
    history_rules,
    project_rules,
    reply_rules,
    size_rules,
    task_rules,
)
from planbook.collect.xlsx.raw_cells import Cell
from planbook.vocabulary import Severity
from tests.collect.damages import (
    MEASURES,
    REVISIONS,
    VALUES,
    changed,
    damages,
    good,
    meaning,
    misread,
)
from tests.office import read_bytes

DAMAGES = tuple(damages())
NOT_OF_ONE_WORKBOOK = {
    "foreign-file",
    "changed-file",
    "same-day",
    "marked-copy",
    "withdrawn-file",
    "chosen-file",
    "future-period",
    "revision-mismatch",
    "revision-unknown",
    "revision-unchanged",
    *(
        rule.id
        for module in (history_rules, size_rules, reply_rules, task_rules, project_rules)
        for rule in vars(module).values()
        if isinstance(rule, Rule)
    ),
}


def values(submission: Any) -> Any:
    return {value.indicator_id: value.value for value in submission.values}


UNTOUCHED = values(read_bytes(good()))


def test_there_are_enough_damages_and_each_has_its_own_name() -> None:
    assert len(DAMAGES) >= 60
    assert max(Counter(damage.name for damage in DAMAGES).values()) == 1


def test_every_rule_of_a_single_workbook_has_a_damage() -> None:
    assert {damage.rule for damage in DAMAGES} - {""} == (
        {rule.id for rule in RULES} - NOT_OF_ONE_WORKBOOK
    )


ONE_A_RULE = {damage.rule: damage for damage in reversed(DAMAGES)}.values()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(
            damage,
            id=damage.name,
            marks=[] if damage in ONE_A_RULE else [pytest.mark.long],
        )
        for damage in DAMAGES
    ],
)
def test_a_damage_is_refused_at_its_cell_or_read_to_the_right_number(damage: Any) -> None:
    data = damage.data()
    submission = read_bytes(data)
    found = [(finding.rule, finding.cell) for finding in submission.findings]
    if damage.rule:
        assert (damage.rule, damage.cell) in found
    else:
        assert found == []
    assert values(submission).get(damage.about) == damage.reads
    if submission.usable:
        assert misread(submission, data) == []
        others = {
            id: value
            for id, value in values(submission).items()
            if id != damage.about and value is not None
        }
        assert others.items() <= UNTOUCHED.items()


def test_a_refusal_is_an_error_and_a_reading_at_most_a_warning() -> None:
    severity = {rule.id: rule.severity for rule in RULES}
    for damage in DAMAGES:
        if damage.rule and damage.reads is None and damage.about == "revenue":
            withheld = severity[damage.rule] is Severity.ERROR
            blank = ("blank-value", "odd-dash", "word-for-blank", "missing-row")
            assert withheld or damage.rule in blank, damage.name


MARKS = "0123456789.,-+%() eEOlI万亿元家约—－０１９．，（）\u2212\u2013\u3000\t"


def read_as(text: Any) -> Any:
    """Return the number that a cell under 亿元 is read as."""
    return read_number(Cell(raw=text), "亿元").value


@given(st.text(alphabet=MARKS, max_size=9))
def test_typed_at_random_it_means_what_a_person_sees_or_nothing(text: str) -> None:
    assert read_as(text) in (None, meaning(text, "亿元"))


@given(
    number=st.decimals(min_value=-(10**7), max_value=10**7, places=2).map(str),
    at=st.integers(min_value=0, max_value=12),
    mark=st.sampled_from(MARKS),
    action=st.sampled_from(["insert", "replace", "remove"]),
)
def test_a_number_with_one_slip_is_never_another_number_than_the_one_seen(
    number: str, at: int, mark: Any, action: Any
) -> None:
    at = min(at, len(number) - 1)
    text = number[:at] + (mark if action != "remove" else "") + number[at + (action != "insert") :]
    assert read_as(text) in (None, meaning(text, "亿元"))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(10**9), max_value=10**9),
    st.floats(min_value=-1e9, max_value=1e9, allow_nan=False),
    st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2030, 1, 1)),
    st.sampled_from(
        [
            "revenue",
            "firms",
            "share",
            "营业收入",
            "企业数量",
            "亿元",
            "家",
            "直管区",
            "2026年1—8月",
            "2026年9月末",
            "—",
            "12万元",
            "#N/A",
            "=1+1",
            "推进中",
            "单位负责人",
            "{0}",
            "<b>",
        ]
    ),
    st.text(alphabet=MARKS, max_size=6),
)
CELLS = st.builds(
    lambda column, row: f"{'ABCDEFGHIJKL'[column]}{row}",
    st.integers(min_value=0, max_value=11),
    st.integers(min_value=1, max_value=10),
)


@settings(max_examples=settings().max_examples // 5)  # whole workbooks
@given(
    st.lists(
        st.tuples(st.sampled_from([VALUES, VALUES, MEASURES, REVISIONS]), CELLS, JUNK),
        min_size=1,
        max_size=4,
    )
)
def test_cells_overwritten_at_random_give_no_wrong_number_and_no_traceback(
    overwritten: Any,
) -> None:
    def overwrite(book: Any) -> None:
        for sheet, cell, junk in overwritten:
            book[sheet][cell].value = junk

    data = changed(overwrite)
    assert misread(read_bytes(data), data) == []


def do(book: Any, action: Any, first: Any, last: Any) -> None:
    sheet = book[VALUES]
    match action:
        case "insert rows":
            sheet.insert_rows(first)
        case "delete rows":
            sheet.delete_rows(first)
        case "insert columns":
            sheet.insert_cols(first)
        case "delete columns":
            sheet.delete_cols(first)
        case "move":
            sheet.move_range(f"C{first}:H{first}", rows=last - first)
        case "copy":
            for column in range(1, 20):
                onto = sheet.cell(last, column)
                if isinstance(onto, SheetCell):  # not where it is merged away
                    onto.value = sheet.cell(first, column).value
        case "merge":
            left, right = sorted((first, last))
            sheet.merge_cells(start_row=left, end_row=right, start_column=7, end_column=7)
        case "hide":
            sheet.row_dimensions[first].hidden = True


PLACES = st.integers(min_value=1, max_value=9)
ACTIONS = ["insert rows", "delete rows", "insert columns", "delete columns", "move", "copy"]


@settings(max_examples=settings().max_examples // 5)  # whole workbooks
@given(
    st.lists(
        st.tuples(st.sampled_from([*ACTIONS, "merge", "hide"]), PLACES, PLACES),
        min_size=1,
        max_size=3,
    )
)
def test_rows_and_columns_moved_at_random_give_no_wrong_number_and_no_traceback(
    actions: Any,
) -> None:
    def move(book: Any) -> None:
        for action, first, last in actions:
            do(book, action, first, last)

    data = changed(move)
    assert misread(read_bytes(data), data) == []
