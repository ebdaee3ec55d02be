from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planbook.collect.form.form import SignOff
from planbook.collect.inbox.checking import Wanted, check_workbook
from planbook.collect.inbox.receipts import Receipt, read_receipt
from planbook.collect.inbox.receive import (
    ClockSetBack,
    NameTaken,
    Outcome,
    Shelves,
    receive,
    sweep,
)
from planbook.collect.inbox.submissions import read_submissions
from planbook.periods import Edition
from planbook.put_in_place import put
from planbook.vocabulary import ObsStatus, SubmissionState
from tests.office import DATASET, PLAN, Q2, Q3, file, filled, workbook_bytes

DAY = dt.date(2026, 10, 12)
NOON = dt.datetime(2026, 10, 12, 12, tzinfo=dt.UTC)
SIGNED = SignOff("甲负责", "乙审核", "丙填报", "023-1234", "2026-10-09")


def check(form: Any, edition: Any = Q3) -> Any:
    data = form if isinstance(form, bytes) else workbook_bytes(form)
    wanted = Wanted(edition=edition)
    return check_workbook(data, PLAN, {"demo": DATASET}, file="我的报表.xlsx", wanted=wanted)


def hand_in(folder: Any, form: Any, day: Any = DAY, now: Any = NOON, **options: Any) -> Any:
    return receive(check(form), folder, received=day, now=now, **options)


def with_firms(value: Any) -> Any:
    return filled(Q3, {"firms": {"value": value}})


def contents(folder: Any) -> Any:
    """Return everything below a folder: name, bytes and when it was last changed."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def workbooks(folder: Any) -> Any:
    return [path.name for path in folder.rglob("*.xlsx")]


def refusals(folder: Any) -> Any:
    """Return what is written down of workbooks refused for the edition that was asked for."""
    return [path.relative_to(folder).as_posix() for path in folder.glob("2026-Q3/refusals/*.json")]


def read_all(folder: Any, **options: Any) -> Any:
    return read_submissions(folder, PLAN, dataset=DATASET, upto=Q3, **options)


def firms(submissions: Any) -> Any:
    (current,) = submissions.current
    return next(v.value for v in current.values if v.indicator_id == "firms")


def test_a_sound_workbook_is_filed_unchanged_with_a_receipt(tmp_path: Path) -> None:
    data = workbook_bytes(replace(filled(), sign_off=SIGNED))
    digest = hashlib.sha256(data).hexdigest()
    done = hand_in(tmp_path, data)
    name = f"office-2026-10-12-{digest[:8]}.xlsx"
    assert (done.outcome, done.file, done.counts) == (Outcome.FILED, name, name)
    assert set(contents(tmp_path)) == {
        f"2026-Q3/{name}",
        f"2026-Q3/receipts/{name.removesuffix('.xlsx')}.json",
    }
    assert (tmp_path / "2026-Q3" / name).read_bytes() == data
    receipt = read_receipt(tmp_path / "2026-Q3", name)
    assert (receipt.sha256, receipt.size, receipt.file) == (digest, len(data), name)
    assert (receipt.received_on, receipt.filed_at) == (DAY, NOON)
    assert (receipt.signed_by, receipt.original_name) == (SIGNED, "我的报表.xlsx")
    assert (receipt.dataset, receipt.edition, receipt.submitting_unit) == (
        "demo",
        "2026-Q3",
        "office",
    )
    assert receipt.tool.startswith("planbook ")


def test_the_keys_of_a_receipt_stay_what_they_are(tmp_path: Path) -> None:
    hand_in(tmp_path, filled())
    (receipt,) = (tmp_path / "2026-Q3" / "receipts").iterdir()
    assert list(json.loads(receipt.read_bytes())) == [
        "version",
        "file",
        "original_name",
        "sha256",
        "size",
        "dataset",
        "edition",
        "submitting_unit",
        "received_on",
        "filed_at",
        "number",
        "signed_by",
        "supersedes",
        "accepted_with_errors",
        "tool",
        "findings",
    ]


def test_warnings_are_accepted_and_written_down(tmp_path: Path) -> None:
    done = hand_in(tmp_path, filled(Q3, {"firms": {"value": None}}))
    assert done.outcome is Outcome.FILED
    receipt = read_receipt(tmp_path / "2026-Q3", done.file)
    assert [(f.rule, f.file) for f in receipt.findings] == [("blank-value", done.file)]
    assert not receipt.accepted_with_errors


def test_what_was_filed_is_read_like_any_other_and_its_receipt_is_no_stranger(
    tmp_path: Path,
) -> None:
    hand_in(tmp_path, replace(with_firms(7), sign_off=SIGNED))
    submissions = read_all(tmp_path)
    assert firms(submissions) == 7
    assert submissions.findings == ()
    assert not any(name in str(submissions) for name in ("甲负责", "丙填报", "023-1234"))


@pytest.mark.parametrize("later", [dt.timedelta(0), dt.timedelta(days=3)])
def test_the_same_bytes_twice_change_nothing(tmp_path: Path, later: Any) -> None:
    first = hand_in(tmp_path, filled())
    before = contents(tmp_path)
    again = hand_in(tmp_path, filled(), day=DAY + later, now=NOON + later)
    assert (again.outcome, again.file) == (Outcome.KNOWN, first.file)
    assert contents(tmp_path) == before


def test_a_workbook_filed_by_hand_is_known_too(tmp_path: Path) -> None:
    path = file(tmp_path, filled(), "2026-10-01")
    assert hand_in(tmp_path, filled()).file == path.name
    assert set(contents(tmp_path)) == {f"2026-Q3/{path.name}"}


def test_a_corrected_workbook_supersedes_the_earlier_one_and_keeps_it(tmp_path: Path) -> None:
    first = hand_in(tmp_path, with_firms(1))
    day = DAY + dt.timedelta(days=1)
    second = hand_in(tmp_path, with_firms(2), day=day, now=NOON + dt.timedelta(days=1))
    assert (second.superseded, second.counts) == ((first.file,), second.file)
    assert read_receipt(tmp_path / "2026-Q3", second.file).supersedes == (first.file,)
    submissions = read_all(tmp_path)
    assert firms(submissions) == 2
    assert [old.file for old in submissions.superseded] == [first.file]


def test_of_several_on_one_day_the_last_one_counts_whatever_their_checksums(tmp_path: Path) -> None:
    for hour, value in enumerate((5, 1, 4, 2, 3)):
        hand_in(tmp_path, with_firms(value), now=NOON + dt.timedelta(hours=hour))
        submissions = read_all(tmp_path)
        assert firms(submissions) == value
        assert submissions.current[0].findings == ()


def test_a_resent_older_workbook_is_said_not_to_count(tmp_path: Path) -> None:
    first = hand_in(tmp_path, with_firms(1))
    second = hand_in(tmp_path, with_firms(2), now=NOON + dt.timedelta(hours=1))
    again = hand_in(tmp_path, with_firms(1), now=NOON + dt.timedelta(hours=2))
    assert (again.outcome, again.file, again.counts) == (Outcome.KNOWN, first.file, second.file)


def test_a_workbook_with_an_earlier_date_is_filed_but_does_not_count(tmp_path: Path) -> None:
    first = hand_in(tmp_path, with_firms(1))
    late = hand_in(tmp_path, with_firms(2), day=DAY - dt.timedelta(days=1))
    assert (late.outcome, late.counts, late.superseded) == (Outcome.FILED, first.file, ())
    assert firms(read_all(tmp_path)) == 1


def test_errors_block_and_nothing_is_filed(tmp_path: Path) -> None:
    done = hand_in(tmp_path, filled(Q3, {"firms": {"value": "1O4"}}))
    assert (done.outcome, done.file) == (Outcome.REFUSED, "")
    assert workbooks(tmp_path) == []


def test_errors_in_cells_may_be_accepted_and_the_cells_stay_out(tmp_path: Path) -> None:
    done = hand_in(tmp_path, filled(Q3, {"firms": {"value": "1O4"}}), accept_errors=True)
    assert done.outcome is Outcome.FILED
    assert read_receipt(tmp_path / "2026-Q3", done.file).accepted_with_errors
    (current,) = read_all(tmp_path).current
    assert ObsStatus.REFUSED in {value.status for value in current.values}


@pytest.mark.parametrize(
    "form",
    [
        replace(filled(), template_version="0"),
        replace(filled(), unit_id="../../x"),
        replace(filled(), unit_id="..\\..\\x"),
        replace(filled(), unit_id="/tmp/x"),
        replace(filled(), dataset="../live"),
        replace(filled(), edition=Edition.parse("9999-Q1")),
        filled(Q2),
        b"PK\x03\x04",
    ],
)
def test_what_is_not_ours_is_never_filed_anywhere(tmp_path: Path, form: Any) -> None:
    inner = tmp_path / "data" / "demo" / "submissions"
    inner.mkdir(parents=True)
    done = hand_in(inner, form, accept_errors=True)
    assert done.outcome is Outcome.REFUSED
    assert workbooks(tmp_path) == []
    assert set(contents(tmp_path)) == {
        f"data/demo/submissions/{refusal}" for refusal in refusals(inner)
    }


def test_the_next_form_is_filed_below_its_own_edition(tmp_path: Path) -> None:
    checked = check(filled(Q2), edition=None)
    done = receive(checked, tmp_path, received=DAY, now=NOON)
    assert (tmp_path / "2026-Q2" / done.file).is_file()


def test_a_filed_workbook_that_somebody_changed_is_not_written_over(tmp_path: Path) -> None:
    done = hand_in(tmp_path, filled())
    path = tmp_path / "2026-Q3" / done.file
    path.write_bytes(b"changed")
    with pytest.raises(NameTaken, match="归档文件不得改动"):
        hand_in(tmp_path, filled())
    assert path.read_bytes() == b"changed"


@pytest.mark.parametrize("written", ["receipt", "workbook"])
def test_a_full_disk_files_nothing_and_leaves_nothing_unfinished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    syncs = iter(["receipt", "workbook"])

    def full(handle: Any) -> None:
        if next(syncs) == written:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("planbook.put_in_place.sync_folder", lambda folder: None)
    monkeypatch.setattr("planbook.collect.inbox.receive.sync_folder", lambda folder: None)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        hand_in(tmp_path, filled())
    assert not [path for path in tmp_path.rglob("*") if path.suffix in {".part", ".xlsx"}]
    monkeypatch.undo()
    assert hand_in(tmp_path, filled()).outcome is Outcome.FILED


def test_leftovers_are_passed_over_and_swept_once_they_are_old(tmp_path: Path) -> None:
    done = hand_in(tmp_path, with_firms(1))
    edition = tmp_path / "2026-Q3"
    kept = set(contents(tmp_path))
    left = [
        edition / ".office-2026-10-12-00000000.xlsx.77.part",
        edition / "receipts" / "office-2026-10-12-00000000.json",
        edition / "receipts" / ".office-2026-10-12-00000000.json.77.part",
    ]
    now = dt.datetime(2026, 10, 12, 14, tzinfo=dt.UTC)
    for path in left:
        path.write_bytes(b"half")
        os.utime(path, (now.timestamp(), now.timestamp()))
    assert read_all(tmp_path).findings == ()
    sweep(edition, now + dt.timedelta(minutes=30))
    assert all(path.exists() for path in left)  # perhaps somebody is at work
    sweep(edition, now + dt.timedelta(hours=2))
    assert set(contents(tmp_path)) == kept
    assert read_receipt(edition, done.file) is not None


@pytest.mark.parametrize("rubbish", [b"", b"{}", b"null", b"\xff"])
def test_a_damaged_receipt_hides_no_workbook(tmp_path: Path, rubbish: bytes) -> None:
    done = hand_in(tmp_path, with_firms(1))
    (receipt,) = (tmp_path / "2026-Q3" / "receipts").iterdir()
    receipt.write_bytes(rubbish)
    assert read_receipt(tmp_path / "2026-Q3", done.file) is None
    assert firms(read_all(tmp_path)) == 1
    assert hand_in(tmp_path, with_firms(2), now=NOON).counts


def test_of_two_on_one_day_the_later_counts_even_where_the_clock_was_set_back(
    tmp_path: Path,
) -> None:
    first = hand_in(tmp_path, with_firms(1))
    second = hand_in(tmp_path, with_firms(2), now=NOON - dt.timedelta(hours=3))
    assert (second.superseded, second.counts) == ((first.file,), second.file)
    assert firms(read_all(tmp_path)) == 2
    third = hand_in(tmp_path, with_firms(3), now=NOON - dt.timedelta(hours=5))
    assert (third.superseded, third.counts) == ((first.file, second.file), third.file)
    assert firms(read_all(tmp_path)) == 3


def test_with_the_clock_set_back_by_a_day_nothing_is_filed_and_it_is_said_why(
    tmp_path: Path,
) -> None:
    hand_in(tmp_path, with_firms(1))
    before = contents(tmp_path)
    yesterday = DAY - dt.timedelta(days=1)
    with pytest.raises(ClockSetBack, match="校准本机日期"):
        hand_in(tmp_path, with_firms(2), day=yesterday, now=NOON - dt.timedelta(days=1))
    assert contents(tmp_path) == before


def test_a_receipt_from_before_there_were_numbers_is_older_than_one_with_a_number(
    tmp_path: Path,
) -> None:
    old = hand_in(tmp_path, with_firms(1), now=NOON + dt.timedelta(hours=5))
    (path,) = (tmp_path / "2026-Q3" / "receipts").iterdir()
    content = json.loads(path.read_bytes())
    del content["number"]
    path.write_text(json.dumps(content), encoding="utf-8")
    new = hand_in(tmp_path, with_firms(2))
    assert (new.superseded, new.counts) == ((old.file,), new.file)


BAD = filled(Q3, {"firms": {"value": "1O4"}})


def test_a_refused_workbook_leaves_a_trace_once_and_not_the_workbook(tmp_path: Path) -> None:
    hand_in(tmp_path, BAD)
    before = contents(tmp_path)
    (name,) = before
    digest = hashlib.sha256(workbook_bytes(BAD)).hexdigest()[:8]
    assert name == f"2026-Q3/refusals/office-2026-10-12-{digest}.json"
    later = dt.timedelta(days=3)
    again = hand_in(tmp_path, BAD, day=DAY + later, now=NOON + later)
    assert again.outcome is Outcome.REFUSED
    assert again.refusal.received_on == DAY
    assert contents(tmp_path) == before


def test_a_unit_whose_workbook_was_refused_is_not_said_to_have_sent_nothing(tmp_path: Path) -> None:
    hand_in(tmp_path, BAD)
    for today in (DAY, None):
        submissions = read_all(tmp_path, today=today)
        (row,) = (
            row for row in submissions.rows if (row.edition, row.submitting_unit) == (Q3, "office")
        )
        assert (row.state, row.received_on) == (SubmissionState.RETURNED, "2026-10-12")
        assert (row.errors, row.file) == (1, "")
        assert submissions.findings == ()


def test_once_a_good_one_came_the_refusal_is_history(tmp_path: Path) -> None:
    hand_in(tmp_path, BAD)
    good = hand_in(tmp_path, filled(), now=NOON + dt.timedelta(hours=1))
    submissions = read_all(tmp_path)
    assert submissions.returned == ()
    assert {row.state for row in submissions.rows if row.edition == Q3} == {
        SubmissionState.ON_TIME,
        SubmissionState.MISSING,
    }
    again = hand_in(tmp_path, BAD, now=NOON + dt.timedelta(hours=2))
    assert (again.outcome, again.counts) == (Outcome.SKIPPED, good.file)


def test_a_refusal_after_a_good_one_stays_open(tmp_path: Path) -> None:
    good = hand_in(tmp_path, filled())
    bad = hand_in(tmp_path, BAD, now=NOON + dt.timedelta(hours=1))
    assert (bad.outcome, bad.counts) == (Outcome.REFUSED, good.file)
    assert hand_in(tmp_path, BAD, now=NOON + dt.timedelta(hours=2)).outcome is Outcome.REFUSED
    (refusal,) = read_all(tmp_path).returned
    assert (refusal.submitting_unit, refusal.errors) == ("office", 1)


def test_a_form_of_last_quarter_is_a_refusal_of_this_one(tmp_path: Path) -> None:
    hand_in(tmp_path, filled(Q2))
    (refusal,) = read_all(tmp_path).returned
    assert (refusal.edition, refusal.submitting_unit) == ("2026-Q3", "office")


@pytest.mark.parametrize("rubbish", [b"", b"{}", b"\xff", b"[1]"])
def test_a_damaged_refusal_hides_nothing(tmp_path: Path, rubbish: bytes) -> None:
    hand_in(tmp_path, BAD)
    (path,) = (tmp_path / "2026-Q3" / "refusals").iterdir()
    path.write_bytes(rubbish)
    assert read_all(tmp_path).returned == ()
    assert hand_in(tmp_path, filled()).outcome is Outcome.FILED


def test_a_name_as_long_as_a_disk_allows_is_written(tmp_path: Path) -> None:
    name = "节" * 83 + ".xlsx"  # 254 bytes
    put(tmp_path / name, b"x")
    assert (tmp_path / name).read_bytes() == b"x"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_receipt_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    done = hand_in(tmp_path, replace(filled(Q3, {"firms": {"value": None}}), sign_off=SIGNED))
    receipt = read_receipt(tmp_path / "2026-Q3", done.file)
    assert Receipt.model_validate_json(receipt.to_json()) == receipt


def test_a_run_lists_a_folder_once_and_knows_what_it_filed_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(tmp_path, with_firms(90.0))
    listed, plain = [], Path.iterdir

    def counted(path: Path) -> Any:
        listed.append(path.name)
        return plain(path)

    monkeypatch.setattr(Path, "iterdir", counted)
    shelves = Shelves()
    forms = (filled(), filled(), with_firms(99.0))
    done = [hand_in(tmp_path, form, shelves=shelves) for form in forms]
    assert [d.outcome for d in done] == [Outcome.FILED, Outcome.KNOWN, Outcome.FILED]
    assert [len(d.superseded) for d in done] == [1, 0, 2]
    assert listed.count("2026-Q3") == 1
