from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from planbook.collect.feedback.findings_report import (
    check_json,
    check_text,
    finding_text,
    printable,
    summary,
)
from planbook.collect.form.form import SignOff
from planbook.collect.inbox.checking import Wanted, check_workbook
from planbook.errors import Finding
from planbook.vocabulary import Severity
from tests.office import DATASET, PLAN, Q3, filled, workbook_bytes

FINDING = Finding(
    "not-a-number",
    Severity.ERROR,
    "「1O4」不是数字。",
    edition="2026-Q3",
    submitting_unit="office",
    file="报表.xlsx",
    sheet="填报表",
    cell="G5",
    indicator_id="firms",
    observed="1O4",
    expected="数值",
    remedy="改为数字",
)


def check(rows: Any = None, **changes: Any) -> Any:
    form = replace(filled(Q3, rows), **changes)
    data = workbook_bytes(form)
    return check_workbook(data, PLAN, {"demo": DATASET}, file="报表.xlsx", wanted=Wanted())


def test_a_finding_says_rule_severity_file_sheet_cell_observed_expected_and_remedy() -> None:
    assert finding_text(FINDING).splitlines() == [
        "[错误] 不是数字（not-a-number）",
        "  「1O4」不是数字。",
        "  位置：报表.xlsx，工作表「填报表」G5，firms",
        "  实际：1O4",
        "  应为：数值",
        "  处理：改为数字",
    ]


def test_what_a_figure_is_held_against_is_not_said_to_be_what_it_should_be() -> None:
    doubted = finding_text(replace(FINDING, rule="scale", observed="931", expected="93"))
    assert "  对照：93" in doubted
    assert "应为" not in doubted
    blank = finding_text(replace(FINDING, rule="blank-status", observed="空白", expected="C5、C7"))
    assert "  单元格：C5、C7" in blank


def test_what_does_not_apply_is_left_out() -> None:
    bare = Finding("unreadable", Severity.ERROR, "无法读取。", file="x", remedy="另存后重报")
    text = finding_text(bare)
    assert "工作表" not in text
    assert "实际" not in text
    assert "应为" not in text


def test_errors_come_before_warnings() -> None:
    checked = check({"revenue": {"value": None}, "firms": {"value": "1O4"}})
    lines = [line for line in check_text(checked, PLAN).splitlines() if line.startswith("[")]
    severities = [line[1:3] for line in lines]
    assert severities == sorted(severities, key=["错误", "提示"].index)
    assert {"错误", "提示"} == set(severities)


def test_the_summary_names_unit_and_edition_and_counts() -> None:
    text = summary(check({"firms": {"value": "1O4"}}), PLAN)
    assert text.startswith("报表.xlsx：某办公室，2026-Q3。错误 1 处")
    assert "未能识别填报单位" in summary(check(unit_id="x"), PLAN)


def test_a_cells_text_cannot_steer_the_console() -> None:
    assert printable("a\x1b[2Jb\r\nc\u202ed\x00") == "a�[2Jb  c�d�"
    assert len(finding_text(replace(FINDING, observed="长" * 5000))) < 500


def test_the_json_document_keeps_its_keys() -> None:
    document = json.loads(check_json([check({"firms": {"value": "1O4"}})]))
    assert list(document) == ["format", "files", "errors", "warnings", "not_looked_at"]
    assert document["format"] == "planbook-check/1"
    (file,) = document["files"]
    assert list(file) == [
        "file",
        "sha256",
        "dataset",
        "edition",
        "submitting_unit",
        "passed_over",
        "usable",
        "acceptable",
        "errors",
        "warnings",
        "findings",
    ]
    finding = next(f for f in file["findings"] if f["severity"] == "error")
    assert list(finding) == [
        "rule",
        "severity",
        "message",
        "edition",
        "submitting_unit",
        "file",
        "sheet",
        "cell",
        "indicator_id",
        "observed",
        "expected",
        "remedy",
        "title",
    ]
    assert (finding["rule"], finding["cell"], finding["observed"]) == ("not-a-number", "G5", "1O4")
    assert (file["usable"], file["acceptable"], document["errors"]) == (True, False, 1)


def test_the_json_document_is_the_same_every_time_and_names_nobody() -> None:
    signed = SignOff("甲负责", "乙审核", "丙填报", "023-12345678", "2026-10-09")
    once, twice = check_json([check(sign_off=signed)]), check_json([check(sign_off=signed)])
    assert once == twice
    assert not any(word in once.decode() for word in ("甲负责", "丙填报", "12345678"))
