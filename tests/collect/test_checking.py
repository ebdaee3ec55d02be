from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planbook.collect.compare.earlier_reports import History
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import SignOff
from planbook.collect.inbox.checking import Wanted, check_file, check_workbook
from planbook.collect.xlsx.package import LARGEST_FILE
from planbook.periods import Edition
from tests.office import DATASET, PLAN, Q2, Q3, SIGNED, filled, read, workbook_bytes

pipe = getattr(os, "mkfifo", None)  # not on Windows
DATASETS = {"demo": DATASET}


def check(form: Any, **wanted: Any) -> Any:
    return check_workbook(
        workbook_bytes(form), PLAN, DATASETS, file="报表.xlsx", wanted=Wanted(**wanted)
    )


def rules(checked: Any) -> Any:
    return [(finding.rule, finding.sheet, finding.cell) for finding in checked.findings]


def test_a_workbook_says_itself_whose_it_is_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "新建 Microsoft Excel 工作表 (3).xlsx"
    path.write_bytes(workbook_bytes(filled(Q2)))
    checked = check_file(path, PLAN, DATASETS)
    assert checked.is_acceptable
    assert (checked.dataset, checked.submission.edition) == ("demo", Q2)
    assert checked.submission.unit_id == "office"
    assert checked.file == path.name


def test_who_signed_is_read_but_only_there() -> None:
    signed = SignOff("甲负责", "乙审核", "丙填报", "023-1234", "2026-10-09")
    checked = check(replace(filled(), sign_off=signed))
    assert checked.signed_by == signed
    assert not any(name in str(checked.submission) for name in ("甲负责", "丙填报", "023-1234"))


@pytest.mark.parametrize(
    ("key", "rule", "cell"),
    [("dataset", "wrong-dataset", "B2"), ("unit_id", "wrong-unit", "B4")],
)
@pytest.mark.parametrize("name", ["../../x", "", "C:\\x", "demo/../demo", "\x1b[2J"])
def test_a_name_that_is_none_of_ours_is_a_finding_at_its_cell(
    key: str, rule: str, cell: str, name: str
) -> None:
    changed: dict[str, Any] = {key: name}
    checked = check(replace(filled(), **changed))
    assert (rule, "_meta", cell) in rules(checked)
    assert checked.submission is None
    assert not checked.is_usable


@pytest.mark.parametrize("id", ["2025-Q4", "2027-Q1", "9999-Q1"])
def test_an_edition_outside_the_datasets_is_a_finding(id: str) -> None:
    checked = check(replace(filled(), edition=Edition.parse(id)))
    assert rules(checked) == [("wrong-edition", "_meta", "B3")]
    assert checked.findings[0].expected == "2026-Q1 至 2026-Q4"


def test_the_next_edition_may_come_in_before_the_current_one_is_closed() -> None:
    assert check(filled(Edition.parse("2026-Q4"))).submission.edition == Edition.parse("2026-Q4")


def test_the_caller_may_insist_on_edition_unit_and_dataset() -> None:
    assert check(filled(Q3), edition=Q3, unit_id="office", dataset="demo").is_acceptable
    assert rules(check(filled(Q2), edition=Q3)) == [("wrong-edition", "_meta", "B3")]
    assert rules(check(filled(Q3), unit_id="bureau")) == [("wrong-unit", "_meta", "B4")]


def test_all_that_is_unknown_is_said_at_once() -> None:
    checked = check(replace(filled(), dataset="x", unit_id="y", edition=Edition.parse("2025-Q4")))
    assert [rule for rule, *_ in rules(checked)] == ["wrong-dataset", "wrong-edition", "wrong-unit"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_workbook_is_a_finding(tmp_path: Path, data: Any) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    checked = check_file(path, PLAN, DATASETS)
    assert [rule for rule, *_ in rules(checked)] == ["unreadable"]
    assert not checked.is_acceptable


def test_of_a_huge_file_no_more_is_read_than_a_workbook_may_have(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with path.open("wb") as file:
        file.truncate(50 * LARGEST_FILE)
    checked = check_file(path, PLAN, DATASETS)
    assert [rule for rule, *_ in rules(checked)] == ["oversized"]
    assert len(checked.data) == LARGEST_FILE + 1


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    checked = check_file(tmp_path / "gone.xlsx", PLAN, DATASETS)
    assert [rule for rule, *_ in rules(checked)] == ["unreadable"]
    assert checked.findings[0].observed == "不是普通文件"


def test_a_workbook_is_held_against_earlier_editions_of_its_own_dataset() -> None:
    earlier = read(filled(Q2, {"added": {"value": 20}}))
    asked = []

    def before(dataset: Any, edition: Any) -> Any:
        asked.append((dataset.name, edition))
        return History.before(edition, PLAN, [earlier])

    def checked(form: Any) -> Any:
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


def flipped(at: Any) -> Any:
    """Return a good workbook with one byte changed."""
    data = bytearray(workbook_bytes(filled()))
    data[at] ^= 0xFF
    return bytes(data)


def packed_by(method: Any) -> Any:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook_bytes(filled()))) as source,
        zipfile.ZipFile(buffer, "w", method) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return buffer.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("damaged", [True, False])
def test_parts_packed_as_no_spreadsheet_program_does_are_not_unpacked(
    tmp_path: Path, method: Any, damaged: bool
) -> None:
    data = bytearray(packed_by(method))
    for at in range(200, len(data) - 400, 97) if damaged else ():
        data[at] ^= 0xFF
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert [rule for rule, *_ in rules(check_file(path, PLAN, DATASETS))] == ["unreadable"]


def test_parts_that_are_not_packed_are_read() -> None:
    checked = check_workbook(
        packed_by(zipfile.ZIP_STORED), PLAN, DATASETS, file="x", wanted=Wanted()
    )
    assert checked.is_acceptable


@pytest.mark.parametrize("step", [601, pytest.param(61, marks=pytest.mark.long)])
def test_a_byte_changed_anywhere_never_raises(step: int) -> None:
    size = len(workbook_bytes(filled()))
    for at in range(0, size, step):
        checked = check_workbook(flipped(at), PLAN, DATASETS, file="x", wanted=Wanted())
        assert checked.file == "x"


def test_where_the_directory_of_the_archive_points_outside_it_is_a_finding() -> None:
    data = bytearray(workbook_bytes(filled()))
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = b"\xff\xff\xff\x7f"  # where the directory is said to begin
    checked = check_workbook(bytes(data), PLAN, DATASETS, file="x", wanted=Wanted())
    assert [rule for rule, *_ in rules(checked)] == ["unreadable"]


class Panic(BaseException):
    """As a library in another language may raise: no Exception."""


@pytest.mark.parametrize("error", [ValueError("x"), OSError(28, "x"), RecursionError(), Panic()])
def test_whatever_reading_a_file_raises_is_a_finding_on_it(
    monkeypatch: pytest.MonkeyPatch, error: Any
) -> None:
    def broken(*_: Any) -> None:
        raise error

    monkeypatch.setattr("planbook.collect.inbox.checking.read_workbook", broken)
    checked = check(filled())
    assert [rule for rule, *_ in rules(checked)] == ["unreadable"]
    assert "含有无法解读的内容" in checked.findings[0].observed


@pytest.mark.parametrize("error", [MemoryError, KeyboardInterrupt])
def test_no_memory_and_an_interruption_end_the_command(
    monkeypatch: pytest.MonkeyPatch, error: Any
) -> None:
    def broken(*_: Any) -> None:
        raise error

    monkeypatch.setattr("planbook.collect.inbox.checking.read_workbook", broken)
    with pytest.raises(error):
        check(filled())


@pytest.mark.skipif(pipe is None, reason="needs named pipes and links")
def test_a_pipe_a_folder_and_a_device_are_findings_and_nothing_hangs(tmp_path: Path) -> None:
    assert pipe is not None
    pipe(tmp_path / "pipe.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "device.xlsx").symlink_to("/dev/zero")
    (tmp_path / "gone.xlsx").symlink_to(tmp_path / "nowhere")
    for path in tmp_path.iterdir():
        checked = check_file(path, PLAN, DATASETS)
        assert [f.observed for f in checked.findings] == ["不是普通文件"]


def test_what_the_system_refuses_is_said_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"x")

    def refused(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refused)
    assert check_file(path, PLAN, DATASETS).findings[0].observed == "没有权限"


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
def test_a_file_name_in_any_coding_can_be_printed_and_saved(tmp_path: Path, coding: str) -> None:
    path = tmp_path / os.fsdecode("软件报表.xlsx".encode(coding))
    path.write_bytes(workbook_bytes(filled()))
    checked = check_file(path, PLAN, DATASETS)
    assert (checked.file, checked.is_acceptable) == ("软件报表.xlsx", True)


def test_a_file_name_that_is_no_text_at_all_is_readable_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff\xff.xlsx")
    path.write_bytes(b"")
    assert check_file(path, PLAN, DATASETS).findings[0].file.encode()


@pytest.mark.parametrize("size", [LARGEST_FILE + 1, 500 * 2**20])
def test_what_is_too_large_is_never_said_to_be_as_large_as_the_limit(
    tmp_path: Path, size: Any
) -> None:
    path = tmp_path / "x.xlsx"
    with path.open("wb") as file:
        file.truncate(size)
    said = check_file(path, PLAN, DATASETS).findings[0].message
    assert said.startswith(f"文件过大：{'10.1' if size < 2**24 else '500.0'} MB（上限 10.0 MB）")


def on_day(form: Any, day: Any) -> Any:
    return check_workbook(
        workbook_bytes(form),
        PLAN,
        DATASETS,
        file="x",
        wanted=Wanted(),
        received=dt.date.fromisoformat(day),
    )


def test_a_period_that_has_not_ended_on_the_day_of_receipt_is_refused() -> None:
    early = on_day(filled(Q3), "2026-09-29")
    assert ("future-period", "填报表", "E4") in rules(early)
    assert not early.is_acceptable
    assert "2026-09-29" in early.findings[0].message
    assert on_day(filled(Q3), "2026-09-30").is_acceptable
    assert check(filled(Q3)).is_acceptable  # without a day nothing follows from it


def test_a_period_that_has_ended_may_come_before_the_quarter_does() -> None:
    rows = {"revenue": {"period": "2026年1—8月"}, "firms": {"period": "2026年8月末"}}
    rows["added"] = {"period": "2025年1月—2026年8月"}
    assert on_day(filled(Q3, rows), "2026-09-10").is_acceptable


def test_a_blank_value_of_a_period_to_come_is_only_blank() -> None:
    found = rules(on_day(filled(Q3, {"firms": {"value": None}}), "2026-09-10"))
    assert ("future-period", "填报表", "E5") not in found
    assert ("blank-value", "填报表", "G5") in found


def test_a_form_as_it_was_sent_out_is_refused_and_so_is_one_that_is_only_signed() -> None:
    empty = blank_form(PLAN, "office", Q3, DATASET)
    for form in (empty, replace(empty, sign_off=SIGNED)):
        checked = check(form)
        assert [rule for rule, *_ in rules(checked)] == ["nothing-filled"]
        assert not checked.is_usable


def test_one_remark_or_one_status_makes_a_form_filled() -> None:
    empty = blank_form(PLAN, "office", Q3, DATASET)
    first, *others = empty.values
    remarked = replace(empty, values=(replace(first, remark="暂无数据"), *others))
    begun = replace(empty, measures=(replace(empty.measures[0], status="推进中"),))
    for form in (remarked, begun):
        assert "nothing-filled" not in {rule for rule, *_ in rules(check(form))}


def test_a_form_that_says_what_the_last_one_said_is_questioned() -> None:
    earlier = History.before(Q3, PLAN, [read(filled(Q2))])

    def found(form: Any) -> Any:
        data = workbook_bytes(form)
        before = lambda *_: earlier  # noqa: E731
        checked = check_workbook(data, PLAN, DATASETS, file="x", wanted=Wanted(), before=before)
        return [(rule, cell) for rule, _, cell in rules(checked)], checked.is_acceptable

    assert found(filled(Q3)) == ([("nothing-changed", "")], True)
    changed = filled(Q3, {"firms": {"value": 89}})
    told = filled(Q3, statuses={"keep": {"progress": "新增一家"}})
    assert found(changed) == found(told) == ([], True)
    withdrawn = filled(Q3, {"firms": {"value": "—", "remark": "本期无认定"}})
    assert found(withdrawn) == ([], True)
    assert found(filled(Q3, {"firms": {"value": 88, "stage": "终核"}})) == ([], True)
