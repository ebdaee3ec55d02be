"""Sheet 督办事项: from decided actions to the form, from that to what its unit says."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planbook.assess.actions import assess_actions
from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.collect.decided.selections import Selection
from planbook.collect.feedback.marked_copy import feedback_workbook
from planbook.collect.form.blank import PriorKnowledge, blank_form
from planbook.collect.form.form import Form
from planbook.collect.form.form_style import DOUBTFUL, WRONG
from planbook.collect.form.instructions import instructions
from planbook.collect.inbox.submissions import read_submissions
from planbook.collect.layout import FEEDBACK_SHEET, LAYOUTS, REPLIES
from planbook.collect.read.copies import CopyState, copy_state
from planbook.collect.read.submission import Submission
from planbook.collect.read.workbook_reader import read_submission
from planbook.collect.rules import reply_rules
from planbook.collect.rules.rule import Rule
from planbook.collect.xlsx.raw_cells import read_workbook
from planbook.facts import Facts, build_facts
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.vocabulary import SelectionAction, Severity, Visibility
from planbook.watch_frames import ActionDecisionRow, ActionReplyRow, ActionStatus
from tests.assess.test_actions import decided, reply
from tests.office import (
    DATASET,
    PLAN,
    Q1,
    Q2,
    Q3,
    SIGNED,
    file,
    filled,
    read_bytes,
    rules_of,
    workbook_bytes,
)

SHEET = REPLIES.sheet
TWO = (decided("a-1", due="2026-12"), decided("a-2", due="2027-06", task="二期选址"))
ANSWERED = {"a-1": ("办理中", "正在查"), "a-2": ("未启动", "")}


def blank(
    actions: Iterable[ActionDecisionRow] = TWO,
    replies: Iterable[ActionReplyRow] = (),
    edition: Edition = Q3,
    unit: str = "office",
) -> Form:
    prior = PriorKnowledge(action_decisions=tuple(actions), action_replies=tuple(replies))
    return blank_form(PLAN, unit, edition, DATASET, prior)


def answered(
    answers: dict[str, tuple[str, str]] | None = None,
    actions: Iterable[ActionDecisionRow] = TWO,
    edition: Edition = Q3,
) -> Form:
    """Return a sound workbook in which these actions are answered, by id: status and words."""
    answers = ANSWERED if answers is None else answers
    lines = []
    for line in blank(actions, edition=edition).replies:
        status, text = answers.get(line.action_id, ("", ""))
        lines.append(replace(line, status=status, text=text))
    return replace(filled(edition), replies=tuple(lines))


def compared(
    form: Form | bytes, actions: Iterable[ActionDecisionRow] = TWO, edition: Edition = Q3
) -> Submission:
    data = form if isinstance(form, bytes) else workbook_bytes(form)
    read = read_bytes(data, edition=edition)
    return compare(read, History(PLAN, actions=tuple(actions)))


def changed(cells: dict[str, Any]) -> bytes:
    """Return the answered workbook after someone typed into these cells of the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(answered())))
    for cell, value in cells.items():
        book[SHEET][cell].value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def said(submission: Submission) -> list[tuple[str, ActionStatus | None, str]]:
    return [(reply.action_id, reply.status, reply.text) for reply in submission.replies]


def test_a_form_lists_the_open_actions_of_its_unit_the_first_due_first() -> None:
    actions = (
        *TWO,
        decided("a-3", due="2026-06"),
        decided("a-4"),
        decided("a-4", since=Q2, closure="办结"),
        decided("a-5", submitting_unit="bureau"),
        decided("a-6", since=Edition.parse("2026-Q4")),
    )
    lines = blank(actions).replies
    assert [(line.action_id, line.due) for line in lines] == [
        ("a-3", "2026年6月\n（已逾期）"),
        ("a-1", "2026年12月"),
        ("a-2", "2027年6月"),
    ]
    assert [line.action_id for line in blank(actions, unit="bureau").replies] == ["a-5"]


def test_a_form_shows_what_was_replied_before_it() -> None:
    known = (
        reply(Q1, ActionStatus.UNDER_WAY, "在查"),
        reply(Q2, ActionStatus.BLOCKED, "缺少台账"),
        reply(Q3, ActionStatus.DONE, "已查明"),
    )
    first, second = blank(replies=known).replies
    assert first.previous == "受阻：缺少台账\n（2026年二季度）"
    assert second.previous == ""


def test_a_form_says_which_replies_the_public_book_prints() -> None:
    actions = (decided("a-1"), decided("a-2", visibility=Visibility.PUBLIC))
    internal, public = blank(actions).replies
    assert "公开" not in internal.decided_in
    assert public.decided_in.endswith("\n（公开，所填内容随公开版刊出）")
    assert any("所填内容随公开版刊出" in how for _, how, _ in instructions(blank(actions)))


def test_only_a_unit_with_open_actions_has_the_sheet() -> None:
    def sheets(form: Form) -> list[str]:
        return openpyxl.load_workbook(io.BytesIO(workbook_bytes(form))).sheetnames

    assert sheets(blank()) == [
        "填报表",
        "举措",
        "年度任务",
        "重点项目",
        SHEET,
        "修订",
        "说明",
        "_meta",
    ]
    assert SHEET not in sheets(blank(()))
    assert SHEET not in sheets(blank((decided(), decided(since=Q2, closure="办结"))))


def test_the_sheet_is_locked_but_for_status_and_reply_and_its_ids_are_hidden() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(blank())))
    sheet = book[SHEET]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    open_cells = [
        cell.coordinate for row in sheet["A4:G5"] for cell in row if not cell.protection.locked
    ]
    assert open_cells == ["F4", "G4", "F5", "G5"]
    offered = {
        str(rule.sqref): rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert set(offered.values()) == {'"未启动,办理中,已办结,受阻"'}
    assert set(offered) == {"F4", "F5"}


def test_the_instructions_mention_the_sheet_where_it_is_there() -> None:
    assert SHEET in [subject for subject, _, _ in instructions(blank())]
    assert not any(SHEET in "".join(row) for row in instructions(blank(())))
    older = replace(blank(), template_version="3")
    assert not any(SHEET in "".join(row) for row in instructions(older))


def test_a_unit_that_owes_nothing_else_has_a_form_for_its_actions() -> None:
    content = PLAN.model_dump()
    yearly = {"frequency": "annual", "accumulation": "year", "reported_in": (1,)}
    content["chapters"][0]["fields"][1]["indicators"][0].update(yearly)
    plan = Plan.model_validate(content)
    prior = PriorKnowledge(action_decisions=(decided("b-1", submitting_unit="bureau"),))
    form = blank_form(plan, "bureau", Q3, DATASET, prior)
    assert (form.values, form.measures, form.asks_for_something) == ((), (), True)
    assert form.subtitle.endswith("本期无应报指标，请填「督办事项」表并签署")
    assert not blank_form(plan, "bureau", Q3, DATASET).asks_for_something
    (line,) = form.replies
    sent = replace(form, replies=(replace(line, status="未启动"),), sign_off=SIGNED)
    submission = read_submission(
        workbook_bytes(sent), plan, file="b.xlsx", dataset="demo", edition=Q3, unit_id="bureau"
    )
    assert (submission.findings, said(submission)) == ((), [("b-1", ActionStatus.NOT_STARTED, "")])


def test_what_a_unit_replies_is_read_as_it_was_typed() -> None:
    submission = compared(answered())
    assert submission.findings == ()
    assert said(submission) == [
        ("a-1", ActionStatus.UNDER_WAY, "正在查"),
        ("a-2", ActionStatus.NOT_STARTED, ""),
    ]
    assert [each.cell for each in submission.replies] == ["F4", "F5"]


SOUND: dict[str, dict[str, Any]] = {  # for each rule what comes near to breaking it
    "unknown-action": {},
    "other-units-action": {},
    "unknown-action-status": {"F4": "正在办理"},
    "reply-unexplained": {"F4": "已办结", "G4": "原因已查明"},
    "status-not-given": {"F5": "未启动", "G5": None},
    "missing-reply": {"F5": "未启动"},
}
BROKEN: dict[str, tuple[dict[str, Any], str, str]] = {  # cells, where it is found, what it says
    "unknown-action": (
        {"A5": "a-9"},
        "A5",
        "没有编号为「a-9」的督办事项，这一行未采用。",
    ),
    "other-units-action": ({"A5": "b-1"}, "A5", "督办事项「b-1」由某局办理，这一行未采用。"),
    "unknown-action-status": (
        {"F4": "基本办结"},
        "F4",
        "「基本办结」不是办理状态（应为未启动、办理中、已办结、受阻），这一行未采用。",
    ),
    "reply-unexplained": (
        {"F4": "受阻", "G4": None},
        "G4",
        "办理状态为「受阻」，「办理情况」没有写。",
    ),
    "status-not-given": (
        {"F4": None},
        "F4",
        "写了办理情况，没有选办理状态。",
    ),
    "missing-reply": (
        {"F5": None},
        "F5",
        "督办事项「二期选址」（期限2027年6月）没有反馈。",
    ),
}
ACTIONS = (*TWO, decided("b-1", submitting_unit="bureau"))


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_is_broken_at_its_cell_and_kept_by_what_comes_near(rule: str) -> None:
    cells, place, message = BROKEN[rule]
    (found,) = [f for f in compared(changed(cells), ACTIONS).findings if f.rule == rule]
    assert (found.sheet, found.cell, found.message) == (SHEET, place, message)
    assert "{" not in found.remedy
    near = compared(changed(SOUND[rule]), ACTIONS)
    assert rule not in [finding.rule for finding in near.findings]


def test_every_rule_on_replies_has_a_case_that_breaks_it_and_one_that_does_not() -> None:
    rules = {rule.id for rule in vars(reply_rules).values() if isinstance(rule, Rule)}
    assert set(BROKEN) == set(SOUND) == rules


def test_a_refused_status_takes_the_words_with_it_and_is_not_called_missing_too() -> None:
    submission = compared(changed({"F4": "基本办结"}))
    assert rules_of(submission) == [("unknown-action-status", "F4")]
    assert said(submission)[0] == ("a-1", None, "")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("#N/A", "#N/A"), ('="办理" & "中"', "没有结果的公式")],
)
def test_an_error_or_a_formula_without_a_result_is_no_status(typed: str, shown: str) -> None:
    submission = compared(changed({"F4": typed}))
    (found,) = submission.findings
    assert (found.rule, found.cell, found.observed) == ("unknown-action-status", "F4", shown)
    assert said(submission)[0] == ("a-1", None, "")


def test_a_formula_without_a_result_explains_nothing() -> None:
    submission = compared(changed({"F4": "受阻", "G4": "=A1&B1"}))
    assert rules_of(submission) == [("reply-unexplained", "G4")]


def test_an_action_given_twice_is_refused_twice() -> None:
    submission = compared(changed({"A5": "a-1", "F5": "已办结", "G5": "好了"}), TWO[:1])
    assert rules_of(submission) == [("duplicate-row", "A5")]
    assert said(submission) == [("a-1", None, "")]


def test_a_row_that_was_deleted_is_a_missing_reply() -> None:
    empty = dict.fromkeys(("A5", "B5", "C5", "D5", "F5", "G5"))
    assert rules_of(compared(changed(empty))) == [("missing-reply", "")]


def test_a_form_without_the_sheet_is_asked_for_what_was_decided_since() -> None:
    (found,) = compared(filled()).findings[:1]
    assert (found.rule, found.severity) == ("missing-reply", Severity.WARNING)
    assert compared(filled(), ()).findings == ()


@pytest.mark.parametrize("version", [version for version in LAYOUTS if version < "4"])
def test_a_workbook_of_an_older_version_is_asked_for_no_reply(version: str) -> None:
    form = replace(answered(), template_version=version)
    submission = compared(form)
    assert (submission.findings, submission.replies) == ((), ())
    assert SHEET not in openpyxl.load_workbook(io.BytesIO(workbook_bytes(form))).sheetnames


def test_a_closed_action_is_not_asked_for_and_may_be_answered() -> None:
    closed = (*TWO, decided("a-2", since=Q3, closure="已选定", due="2027-06"))
    assert compared(changed({"F5": None}), closed).findings == ()
    assert compared(answered(), closed).findings == ()


def test_a_workbook_for_a_correction_edition_owes_no_replies() -> None:
    correction = Edition.parse("2026-Q3.1")
    form = replace(answered({}), edition=correction)
    assert "missing-reply" not in [f.rule for f in compared(form, edition=correction).findings]


def test_a_workbook_with_nothing_but_replies_is_one() -> None:
    lines = tuple(replace(line, status="办理中") for line in blank().replies)
    assert read_bytes(workbook_bytes(replace(blank(), replies=lines))).usable


def test_people_and_telephones_are_taken_out_of_replies() -> None:
    submission = compared(
        answered({"a-1": ("办理中", "甲某某在查，13800001234"), "a-2": ("未启动", "")})
    )
    assert said(submission)[0][2] == "〔略〕在查，〔略〕"
    assert rules_of(submission) == [("personal-data", "G4")]


def test_the_marked_copy_shows_what_is_wrong_on_the_sheet() -> None:
    data = changed({"A5": "a-9", "F4": "已办结", "G4": None})
    findings = compared(data).findings
    copy = feedback_workbook(data, findings)
    book = openpyxl.load_workbook(io.BytesIO(copy))
    sheet = book[SHEET]
    colours = {cell: f"#{str(sheet[cell].fill.fgColor.rgb)[2:]}" for cell in ("B5", "G4")}
    assert colours == {"B5": WRONG, "G4": DOUBTFUL}
    assert sheet["B5"].comment is not None
    rows = [[cell.value for cell in row][1:6] for row in book[FEEDBACK_SHEET].iter_rows(min_row=5)]
    assert rows[0] == [
        "错误",
        SHEET,
        "A5",
        "二期选址",
        "没有编号为「a-9」的督办事项，这一行未采用。",
    ]
    names = (SHEET, "填报表", "举措", "年度任务", "重点项目", "修订", "_meta")
    assert copy_state(read_workbook(copy, names)) is CopyState.AS_SENT
    book[SHEET]["G4"].value = "已查明"
    buffer = io.BytesIO()
    book.save(buffer)
    again = read_workbook(buffer.getvalue(), names)
    assert copy_state(again) is CopyState.FILLED_IN


def facts(
    folder: Path, upto: Edition = Q3, actions: Iterable[ActionDecisionRow] = TWO, **more: Any
) -> Facts:
    submissions = read_submissions(
        folder, PLAN, dataset=DATASET, upto=upto, actions=tuple(actions), **more
    )
    return build_facts(PLAN, submissions, action_decisions=actions)


def test_a_reply_goes_from_the_form_through_the_archive_into_the_state_of_its_action(
    tmp_path: Path,
) -> None:
    name = file(tmp_path / "in", answered(edition=Q2), "2026-07-10").name
    file(tmp_path / "in", answered({"a-1": ("已办结", "已查明")}), "2026-10-10")
    kept: dict[str, Any] = {"cache": tmp_path / "cache"}
    found = facts(tmp_path / "in", **kept)
    assert found == facts(tmp_path / "in", **kept)  # once read, once from what was kept
    assert found.action_replies[0] == ActionReplyRow(
        action_id="a-1",
        vintage=Q2,
        action_status=ActionStatus.UNDER_WAY,
        reply="正在查",
        submitting_unit="office",
        source_file=name,
        source_sheet=SHEET,
        source_cell="F4",
    )
    first, second = assess_actions(PLAN, found, Q3, demonstration=True)
    assert (first.action_status, first.reply, first.replied_in) == (ActionStatus.DONE, "已查明", Q3)
    assert (second.action_status, second.replied_in) == (ActionStatus.NOT_STARTED, Q2)
    assert [f.rule for f in found.findings if f.sheet == SHEET] == ["missing-reply"]


def test_a_reply_of_another_unit_or_to_nothing_decided_is_on_no_record(tmp_path: Path) -> None:
    file(tmp_path, answered())
    others = (decided("a-1", submitting_unit="bureau"),)
    assert facts(tmp_path, actions=others).action_replies == ()
    later = (decided("a-1", since=Edition.parse("2026-Q4"), due="2026-12"),)
    assert facts(tmp_path, actions=later).action_replies == ()
    assert [row.action_id for row in facts(tmp_path, actions=TWO[:1]).action_replies] == ["a-1"]


def test_an_empty_row_is_no_reply(tmp_path: Path) -> None:
    file(tmp_path, answered({"a-1": ("办理中", "正在查")}))
    assert [row.action_id for row in facts(tmp_path).action_replies] == ["a-1"]


def withdrawn(name: str, since: Edition) -> Selection:
    return Selection(
        action=SelectionAction.WITHDRAW,
        edition=Q2,
        file=name,
        by="office",
        on=dt.date(2026, 10, 1),
        reason="错报",
        from_edition=since,
    )


def test_a_reply_in_a_withdrawn_workbook_was_never_given(tmp_path: Path) -> None:
    file(tmp_path, answered({"a-1": ("未启动", "")}, edition=Q1), "2026-04-10")
    name = file(tmp_path, answered({"a-1": ("已办结", "好了")}, edition=Q2), "2026-07-10").name

    def newest(**more: Any) -> ActionStatus | None:
        (shown, _) = assess_actions(PLAN, facts(tmp_path, **more), Q3, demonstration=True)
        return shown.action_status

    assert newest() is ActionStatus.DONE
    for since in (Q2, Q3):
        assert newest(selections=[withdrawn(name, since)]) is ActionStatus.NOT_STARTED
