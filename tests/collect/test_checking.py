from __future__ import annotations

import os
from dataclasses import replace

import pytest
from office import DATASET, PLAN, Q2, Q3, filled, read

from planbook.collect import SignOff, workbook_bytes
from planbook.collect.checking import Wanted, check_file, check_workbook
from planbook.collect.history import History
from planbook.collect.package import LARGEST_FILE
from planbook.periods import Edition

DATASETS = {"demo": DATASET}


def check(form, **wanted):
    return check_workbook(
        workbook_bytes(form), PLAN, DATASETS, file="报表.xlsx", wanted=Wanted(**wanted)
    )


def rules(checked):
    return [(finding.rule, finding.sheet, finding.cell) for finding in checked.findings]


def test_a_workbook_says_itself_whose_it_is_whatever_it_is_called(tmp_path):
    path = tmp_path / "新建 Microsoft Excel 工作表 (3).xlsx"
    path.write_bytes(workbook_bytes(filled(Q2)))
    checked = check_file(path, PLAN, DATASETS)
    assert checked.is_acceptable
    assert (checked.dataset, checked.submission.edition) == ("demo", Q2)
    assert checked.submission.unit_id == "office"
    assert checked.file == path.name


def test_who_signed_is_read_but_only_there():
    signed = SignOff("甲负责", "乙审核", "丙填报", "023-1234", "2026-10-09")
    checked = check(replace(filled(), sign_off=signed))
    assert checked.signed_by == signed
    assert not any(name in str(checked.submission) for name in ("甲负责", "丙填报", "023-1234"))


@pytest.mark.parametrize(
    ("key", "rule", "cell"),
    [("dataset", "wrong-dataset", "B2"), ("unit_id", "wrong-unit", "B4")],
)
@pytest.mark.parametrize("name", ["../../x", "", "C:\\x", "demo/../demo", "\x1b[2J"])
def test_a_name_that_is_none_of_ours_is_a_finding_at_its_cell(key, rule, cell, name):
    checked = check(replace(filled(), **{key: name}))
    assert (rule, "_meta", cell) in rules(checked)
    assert checked.submission is None
    assert not checked.is_usable


@pytest.mark.parametrize("edition", [Edition(2025, 4), Edition(2027, 1), Edition(9999, 1)])
def test_an_edition_outside_the_datasets_is_a_finding(edition):
    checked = check(replace(filled(), edition=edition))
    assert rules(checked) == [("wrong-edition", "_meta", "B3")]
    assert checked.findings[0].expected == "2026-Q1 至 2026-Q4"


def test_the_next_edition_may_come_in_before_the_current_one_is_closed():
    assert check(filled(Edition(2026, 4))).submission.edition == Edition(2026, 4)


def test_the_caller_may_insist_on_edition_unit_and_dataset():
    assert check(filled(Q3), edition=Q3, unit_id="office", dataset="demo").is_acceptable
    assert rules(check(filled(Q2), edition=Q3)) == [("wrong-edition", "_meta", "B3")]
    assert rules(check(filled(Q3), unit_id="bureau")) == [("wrong-unit", "_meta", "B4")]


def test_all_that_is_unknown_is_said_at_once():
    checked = check(replace(filled(), dataset="x", unit_id="y", edition=Edition(2025, 4)))
    assert [rule for rule, *_ in rules(checked)] == ["wrong-dataset", "wrong-edition", "wrong-unit"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_workbook_is_a_finding(tmp_path, data):
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    checked = check_file(path, PLAN, DATASETS)
    assert [rule for rule, *_ in rules(checked)] == ["unreadable"]
    assert not checked.is_acceptable


def test_of_a_huge_file_no_more_is_read_than_a_workbook_may_have(tmp_path):
    path = tmp_path / "x.xlsx"
    with path.open("wb") as file:
        file.truncate(50 * LARGEST_FILE)
    checked = check_file(path, PLAN, DATASETS)
    assert [rule for rule, *_ in rules(checked)] == ["oversized"]
    assert len(checked.data) == LARGEST_FILE + 1


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path):
    checked = check_file(tmp_path / "gone.xlsx", PLAN, DATASETS)
    assert [rule for rule, *_ in rules(checked)] == ["unreadable"]
    assert os.strerror(2) in checked.findings[0].observed


def test_a_workbook_is_held_against_earlier_editions_of_its_own_dataset():
    earlier = read(filled(Q2, {"added": {"value": 20}}))
    asked = []

    def before(dataset, edition):
        asked.append((dataset.name, edition))
        return History.before(edition, PLAN, [earlier])

    def checked(form):
        data = workbook_bytes(form)
        return check_workbook(data, PLAN, DATASETS, file="x", wanted=Wanted(), before=before)

    fallen = checked(filled(Q3, {"added": {"value": 3}}))
    assert {finding.cell for finding in fallen.findings} == {"G6"}
    assert fallen.findings == fallen.submission.findings
    assert checked(filled(Q3, {"added": {"value": 21}})).findings == ()
    assert asked == [("demo", Q3), ("demo", Q3)]
    refused = checked(replace(filled(), template_version="0"))
    assert [finding.rule for finding in refused.findings] == ["wrong-template"]
    assert len(asked) == 2
