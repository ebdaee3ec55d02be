"""Every version of the template is written and read by its own layout."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from planbook.collect.layout import LAYOUTS, MEASURES, NEWEST, REVISIONS, TEMPLATE_VERSION, VALUES
from planbook.collect.xlsx.raw_cells import read_workbook
from tests.office import Q3, RevisionLine, filled, read_bytes, rules_of, workbook_bytes


@pytest.mark.parametrize("version", LAYOUTS)
def test_a_workbook_is_read_by_the_layout_of_its_own_version(version: Any) -> None:
    line = RevisionLine("企业数量", "2026年6月末", 80, 81, "年报核定")
    form = replace(filled(Q3, revisions=(line,)), template_version=version)
    data = workbook_bytes(form)
    submission = read_bytes(data)
    assert submission.findings == ()
    assert [value.value for value in submission.values] == [321.5, 88, 12]
    assert [revision.new_value for revision in submission.revisions] == [81]
    sheet = read_workbook(data, ("填报表",)).sheets["填报表"]
    assert [cell for cell in sheet.rows[2] if cell][-1] == "年度目标"
    assert len(sheet.rows[2]) == len(LAYOUTS[version].values.columns)


def test_the_newest_layout_is_the_one_that_the_tables_name() -> None:
    assert (NEWEST.version, NEWEST.tables) == (TEMPLATE_VERSION, (VALUES, MEASURES, REVISIONS))
    assert NEWEST.explains == "confirmed"


def test_version_1_has_no_column_for_an_explanation_and_keeps_its_widths() -> None:
    old = LAYOUTS["1"]
    assert not any(table.has("confirmed") for table in old.tables)
    assert old.explains == "remark"
    assert sum(column.width for column in old.values.columns) == 204
    assert sum(column.width for column in VALUES.columns) == 204  # as wide on paper


def test_a_version_that_never_was_is_refused_and_those_known_are_named() -> None:
    refused = read_bytes(workbook_bytes(replace(filled(), template_version="9")))
    assert rules_of(refused) == [("wrong-template", "B1")]
    assert refused.findings[0].expected == "1、2、3、4、5、6、7"


def test_a_column_of_one_version_is_missed_in_it_and_not_in_the_other() -> None:
    form = filled()
    newer = replace(form, template_version="1")
    data = workbook_bytes(newer)
    assert read_bytes(data).usable
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["_meta"]["B1"].value = "2"
    buffer = io.BytesIO()
    book.save(buffer)
    assert ("moved-column", "M3") in rules_of(read_bytes(buffer.getvalue()))
