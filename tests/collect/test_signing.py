from __future__ import annotations

import io
from dataclasses import astuple, replace
from typing import Any

import openpyxl
import pytest

from planbook.collect.form.form import SignOff
from planbook.collect.personal import LEFT_OUT
from planbook.collect.read.signing import signed_by
from planbook.collect.xlsx.raw_cells import read_workbook
from tests.office import SIGNED, RevisionLine, filled, read, read_bytes, rules_of, workbook_bytes


def signed(**changes: Any) -> Any:
    return replace(filled(), sign_off=replace(SIGNED, **changes))


def everything_in(submission: Any) -> str:
    return repr(submission)


def test_who_signed_is_read_for_the_receipt() -> None:
    book = read_workbook(workbook_bytes(filled()), ("填报表", "举措"))
    assert signed_by(book.sheets["填报表"]) == SIGNED
    assert signed_by(book.sheets["举措"]) == SignOff()


def test_no_name_and_no_number_of_the_sign_off_is_in_what_was_read() -> None:
    text = everything_in(read(filled()))
    assert not [word for word in astuple(SIGNED)[:4] if word in text]


@pytest.mark.parametrize(
    ("field", "label", "cell"),
    [
        ("head", "单位负责人", "C9"),
        ("reviewer", "审核人", "E9"),
        ("compiler", "填报人", "G9"),
        ("date", "日期", "L9"),
    ],
)
def test_a_missing_signature_is_named(field: str, label: str, cell: str) -> None:
    submission = read(signed(**{field: ""}))
    (finding,) = submission.findings
    assert (finding.rule, finding.observed, finding.cell) == ("unsigned", f"缺少{label}", cell)
    assert submission.usable


def test_all_missing_signatures_are_one_finding() -> None:
    (finding,) = read(replace(filled(), sign_off=SignOff())).findings
    assert finding.observed == "都没有填写"
    assert finding.expected == "单位负责人、审核人、填报人、日期"


def test_the_telephone_number_may_be_left_out() -> None:
    assert read(signed(phone="")).findings == ()


def test_names_and_numbers_typed_into_published_texts_are_left_out() -> None:
    form = filled(
        rows={"firms": {"remark": "详情问甲某某，023-00000000"}},
        statuses={"keep": {"progress": "丙某某已到位，电话13812345678，覆盖2026家企业"}},
        revisions=(RevisionLine("企业数量", "2026年6月末", 80, 81, "乙某某核实"),),
    )
    submission = read(form)
    assert submission.values[1].remark == f"详情问{LEFT_OUT}，{LEFT_OUT}"
    progress = next(s.progress for s in submission.statuses if s.measure_id == "keep")
    assert progress == f"{LEFT_OUT}已到位，电话{LEFT_OUT}，覆盖2026家企业"
    assert submission.revisions[0].reason == f"{LEFT_OUT}核实"
    assert rules_of(submission) == [
        ("personal-data", "L5"),
        ("personal-data", "D7"),
        ("personal-data", "E4"),
    ]


@pytest.mark.parametrize("cell", ["G5", "E5", "F5", "J5", "K5", "A5", "C5", "D5"])
def test_a_name_typed_into_any_cell_is_in_no_finding(cell: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(filled())))
    book["填报表"][cell].value = "甲某某"
    buffer = io.BytesIO()
    book.save(buffer)
    submission = read_bytes(buffer.getvalue())
    assert submission.findings
    assert "甲某某" not in everything_in(submission)


@pytest.mark.parametrize("removed", ["labels", "table"])
def test_a_sign_off_that_lost_its_labels_is_not_published_as_a_row(removed: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(filled())))
    sheet = book["填报表"]
    if removed == "labels":
        sheet.delete_rows(8)
    else:
        sheet["C8"].value = "负责人"
    buffer = io.BytesIO()
    book.save(buffer)
    submission = read_bytes(buffer.getvalue())
    assert ("unsigned", "") in rules_of(submission)
    assert not [word for word in astuple(SIGNED)[:4] if word in everything_in(submission)]


def test_ordinary_texts_are_left_alone() -> None:
    text = "服务企业2026家，收入1,380.5亿元，代码500112000000001，编号2026-10-10"
    submission = read(filled(statuses={"keep": {"progress": text}}))
    assert submission.findings == ()
    assert next(s.progress for s in submission.statuses if s.measure_id == "keep") == text
