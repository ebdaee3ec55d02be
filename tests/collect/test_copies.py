"""Copies that go back to a department: known again by what is in them, never taken for a report."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planbook.collect.feedback.marked_copy import feedback_workbook
from planbook.collect.inbox.checking import Wanted, check_workbook
from planbook.collect.inbox.receive import Outcome, receive
from planbook.collect.layout import FEEDBACK_SHEET, META_SHEET, VALUES
from tests.office import DATASET, PLAN, Q3, filled, read_bytes, workbook_bytes

BAD = filled(Q3, {"firms": {"value": "1O4"}, "added": {"value": None}})
NOON = dt.datetime(2026, 10, 12, 12, tzinfo=dt.UTC)


def check(data: Any, file: str = "随便什么名字.xlsx") -> Any:
    return check_workbook(data, PLAN, {"demo": DATASET}, file=file, wanted=Wanted(edition=Q3))


def copy_of(form: Any) -> Any:
    data = form if isinstance(form, bytes) else workbook_bytes(form)
    return feedback_workbook(data, check(data).findings)


def saved_again(data: Any, change: Any = lambda book: None) -> Any:
    """Return what a spreadsheet program writes after someone opened the workbook and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(cell: Any, value: Any) -> Any:
    return lambda book: setattr(book[VALUES.sheet][cell], "value", value)


def without_list(book: Any) -> None:
    book.remove(book[FEEDBACK_SHEET])


def corrected(book: Any) -> None:
    put("G5", 104)(book)


def corrected_and_list_deleted(book: Any) -> None:
    corrected(book)
    without_list(book)


def retyped_and_list_deleted(book: Any) -> None:
    put("G5", "1O5")(book)
    without_list(book)


def hand_in(folder: Any, data: Any, hour: Any = 0) -> Any:
    now = NOON + dt.timedelta(hours=hour)
    return receive(check(data), folder, received=now.date(), now=now)


def filed(folder: Any) -> Any:
    return sorted(path.name for path in folder.rglob("*.xlsx"))


def with_formula(book: Any) -> None:
    put("G5", "=80+8")(book)


@pytest.mark.parametrize(
    "source",
    [BAD, filled(), saved_again(workbook_bytes(filled()), with_formula)],
    ids=["with errors", "without findings", "with a formula"],
)
@pytest.mark.parametrize(
    "change",
    [None, lambda book: None, without_list, lambda book: book.create_sheet("附")],
    ids=["as made", "saved again", "its list deleted", "a sheet added"],
)
def test_a_copy_that_says_nothing_new_is_passed_over_and_never_filed(
    tmp_path: Path, source: Any, change: Any
) -> None:
    copy = copy_of(source)
    data = copy if change is None else saved_again(copy, change)
    done = hand_in(tmp_path, data)
    assert (done.outcome, done.checked.findings) == (Outcome.SKIPPED, ())
    assert "核对意见的副本" in done.checked.passed_over
    assert list(tmp_path.iterdir()) == []


def test_a_copy_never_takes_the_place_of_the_departments_correction(tmp_path: Path) -> None:
    hand_in(tmp_path, workbook_bytes(BAD))
    good = hand_in(tmp_path, workbook_bytes(filled()), hour=1)
    assert hand_in(tmp_path, copy_of(BAD), hour=2).outcome is Outcome.SKIPPED
    assert filed(tmp_path) == [good.file]


def test_a_copy_filled_in_is_refused_with_words_how_to_send_it(tmp_path: Path) -> None:
    done = hand_in(tmp_path, saved_again(copy_of(BAD), corrected))
    assert done.outcome is Outcome.REFUSED
    first, *others = done.checked.findings
    assert first.rule == "marked-copy"
    assert "删去工作表「核对意见」" in first.remedy
    assert {finding.rule for finding in others} == {"blank-value"}  # all else is told at once
    assert done.refusal.submitting_unit == "office"
    assert filed(tmp_path) == []


def test_not_even_by_accepting_errors_is_a_copy_filed(tmp_path: Path) -> None:
    checked = check(saved_again(copy_of(BAD), corrected))
    done = receive(checked, tmp_path, received=NOON.date(), now=NOON, accept_errors=True)
    assert done.outcome is Outcome.REFUSED


def test_a_copy_filled_in_whose_list_was_deleted_is_a_report_like_any_other(tmp_path: Path) -> None:
    done = hand_in(tmp_path, saved_again(copy_of(BAD), corrected_and_list_deleted))
    assert done.outcome is Outcome.FILED
    assert {f.rule for f in done.checked.findings} == {"blank-value"}


def test_feedback_on_what_was_a_copy_makes_a_copy_again(tmp_path: Path) -> None:
    report = saved_again(copy_of(BAD), retyped_and_list_deleted)
    again = copy_of(report)
    assert hand_in(tmp_path, again).outcome is Outcome.SKIPPED
    book = openpyxl.load_workbook(io.BytesIO(again))
    keys = [cell.value for cell in book[META_SHEET]["A"]]
    assert keys.count("feedback_copy") == 1


def test_a_correction_that_came_back_with_its_list_twice_is_filed_once_the_list_is_deleted(
    tmp_path: Path,
) -> None:
    with_list = saved_again(copy_of(BAD), corrected)
    again = feedback_workbook(with_list, check(with_list).findings)
    assert hand_in(tmp_path, again).outcome is Outcome.REFUSED
    sent = hand_in(tmp_path, saved_again(again, without_list), hour=1)
    assert sent.outcome is Outcome.FILED


def test_a_list_alone_is_passed_over(tmp_path: Path) -> None:
    unreadable = check(b"rubbish")
    data = feedback_workbook(b"rubbish", unreadable.findings)
    assert hand_in(tmp_path, data).outcome is Outcome.SKIPPED


def test_a_sheet_of_feedback_without_a_mark_is_refused(tmp_path: Path) -> None:
    def older(book: Any) -> None:
        book[META_SHEET].delete_rows(5, 2)

    done = hand_in(tmp_path, saved_again(copy_of(BAD), older))
    assert done.outcome is Outcome.REFUSED
    assert done.checked.findings[0].rule == "marked-copy"


def test_a_filed_workbook_that_was_a_copy_is_read_as_ever() -> None:
    assert read_bytes(copy_of(filled())).values == read_bytes(workbook_bytes(filled())).values


@pytest.mark.parametrize("text", ["坏\x01字", "坏\x0b字", "坏\ud800字", "坏\uffff字"])
def test_a_character_that_no_workbook_can_hold_does_not_spoil_the_copy(text: str) -> None:
    data = workbook_bytes(filled(Q3, {"firms": {"value": "1O4"}}))
    (finding,) = check(data).findings
    spoilt = replace(finding, message=text, observed=text, expected=text, file=text)
    book = openpyxl.load_workbook(io.BytesIO(feedback_workbook(data, [spoilt])))
    assert VALUES.sheet in book.sheetnames
    assert "坏�字" in book[VALUES.sheet]["G5"].comment.text
