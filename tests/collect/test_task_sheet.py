"""Sheet 年度任务: from agreed tasks to the form, from that to what its unit says and proposes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.collect.form.blank import PriorKnowledge, blank_form
from planbook.collect.form.form import Form, TaskLine
from planbook.collect.form.instructions import instructions
from planbook.collect.form.template import workbook_bytes
from planbook.collect.layout import LAYOUTS, TASK_ROWS, TASKS
from planbook.collect.owed import task_subjects, tasks_asked_for
from planbook.collect.read.submission import ProposedTask, Submission
from planbook.collect.rules import task_rules
from planbook.collect.rules.rule import Rule
from planbook.periods import Edition, TimePeriod
from planbook.task_frames import TaskDecisionRow, TaskReportRow
from planbook.vocabulary import MeasureStatus, Severity, Visibility
from tests.assess.test_yearly_tasks import agreed, report
from tests.office import DATASET, PLAN, Q1, Q2, Q3, filled, read_bytes, rules_of

SHEET = TASKS.sheet
Q4 = Edition.parse("2026-Q4")
MEASURE = "举措：建设平台"
TWO = (agreed("t-1"), agreed("t-2", due="2026-12", measure_id="keep", task="办四场活动"))
REPORTED = {"t-1": ("推进中", "主体封顶", ""), "t-2": ("未启动", "", "")}
PROPOSED = TaskLine(about=MEASURE, task="引进三家机构", deliverable="入驻协议", due="2026-12")


def blank(
    tasks: Iterable[TaskDecisionRow] = TWO,
    reports: Iterable[TaskReportRow] = (),
    edition: Edition = Q3,
    unit: str = "office",
) -> Form:
    prior = PriorKnowledge(task_decisions=tuple(tasks), task_reports=tuple(reports))
    return blank_form(PLAN, unit, edition, DATASET, prior)


def reported(
    said: Mapping[str, tuple[str, str, str]] | None = None,
    tasks: Iterable[TaskDecisionRow] = TWO,
    proposed: tuple[TaskLine, ...] = (),
    edition: Edition = Q3,
    **statuses: str,
) -> Form:
    """Return a sound workbook that says this of tasks, by id, and of measures."""
    lines = []
    for line in blank(tasks, edition=edition).tasks:
        status, progress, asked = (REPORTED if said is None else said).get(
            line.task_id, ("", "", "")
        )
        lines.append(replace(line, status=status, progress=progress, asked=asked))
    form = filled(edition, statuses={id: {"status": status} for id, status in statuses.items()})
    return replace(form, tasks=tuple(lines), proposed=proposed)


def compared(
    form: Form | bytes, tasks: Iterable[TaskDecisionRow] = TWO, edition: Edition = Q3, **known: Any
) -> Submission:
    data = form if isinstance(form, bytes) else workbook_bytes(form)
    read = read_bytes(data, edition=edition)
    return compare(read, History(PLAN, tasks=tuple(tasks), **known))


def changed(cells: Mapping[str, Any], form: Form | None = None) -> bytes:
    """Return a workbook after someone typed into these cells of the sheet; 举措!C4 of another."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(form or reported())))
    for place, value in cells.items():
        sheet, _, cell = place.rpartition("!")
        book[sheet or SHEET][cell].value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def said(submission: Submission) -> list[tuple[str, MeasureStatus | None, str]]:
    return [(task.task_id, task.status, task.progress) for task in submission.tasks]


def test_a_form_lists_the_open_tasks_of_its_unit_the_first_due_first_then_blank_rows() -> None:
    tasks = (
        agreed("t-3", due="2027-06"),
        *TWO,
        agreed("t-4"),
        agreed("t-4", since=Q2, dropped="并入另一项"),
        agreed("t-5", unit="bureau", measure_id="", goal_id="other"),
        agreed("t-6", since=Q4),
    )
    form = blank(tasks)
    assert [(line.task_id, line.due) for line in form.tasks] == [
        ("t-1", "2026年6月\n（已逾期）"),
        ("t-2", "2026年12月"),
        ("t-3", "2027年6月"),
    ]
    assert form.tasks[0].about == MEASURE
    assert form.task_rows == TASK_ROWS[0]
    assert [line.task_id for line in blank(tasks, unit="bureau").tasks] == ["t-5"]


def test_a_task_reported_as_done_leaves_the_form_and_one_that_is_not_says_what_was_said() -> None:
    known = (
        report(Q1, MeasureStatus.DONE, "已验收"),
        report(Q2, MeasureStatus.UNDER_WAY, "验收有遗留问题"),
        report(Q3, MeasureStatus.DONE, "整改完成"),
    )
    first, _ = blank(reports=known).tasks
    assert first.previous == "推进中：验收有遗留问题\n（2026年二季度）"
    assert [line.task_id for line in blank(reports=known, edition=Q4).tasks] == ["t-2"]


def test_the_last_form_of_a_year_asks_for_the_next_and_begins_with_what_is_still_open() -> None:
    form = blank(edition=Q4)
    assert [line.task_id for line in form.tasks] == ["t-1", "t-2"]
    assert (form.task_year, form.task_rows) == ("2027年", TASK_ROWS[1])
    assert "2027年的新任务" in "".join("".join(row) for row in instructions(form))
    assert blank(edition=Q3).task_year == "2026年"


def test_no_task_is_asked_for_beyond_the_plan() -> None:
    last = Edition.parse("2027-Q4")
    assert tasks_asked_for(PLAN, Edition.parse("2027-Q3")) == 2027
    assert tasks_asked_for(PLAN, last) is None
    assert blank(edition=last).task_rows == 0
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(blank((), edition=last))))
    assert SHEET not in book.sheetnames


def test_agreed_tasks_are_locked_but_for_the_report_and_new_ones_but_for_what_they_are() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(blank())))
    sheet = book[SHEET]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    open_cells = [
        cell.coordinate for row in sheet["A5:I6"] for cell in row if not cell.protection.locked
    ]
    assert open_cells == ["G5", "H5", "I5", "B6", "C6", "D6", "E6"]
    offered = {
        str(rule.sqref): rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert offered["G4"] == '"未启动,推进中,已完成,受阻"'
    assert offered["B6"] == "task_subjects"
    listed = book.defined_names["task_subjects"].attr_text
    assert listed == f"_meta!$E$1:$E${len(task_subjects(PLAN, 'office'))}"


def test_two_things_of_one_name_are_told_apart_by_their_ids() -> None:
    content = PLAN.model_dump()
    content["chapters"][0]["fields"][0]["measures"][1]["title"] = "建设平台"
    names = list(task_subjects(type(PLAN).model_validate(content), "office"))
    assert names[:2] == ["举措：建设平台（build）", "专项：一期"]
    assert names[3] == "举措：建设平台（keep）"


def test_a_form_says_what_of_it_the_public_book_prints() -> None:
    internal, public = blank((TWO[0], replace(TWO[1], visibility=Visibility.PUBLIC))).tasks
    assert "公开" not in internal.task
    assert public.task.endswith("\n（公开，所填内容随公开版刊出）")


def test_what_is_reported_and_proposed_is_read_as_it_was_typed() -> None:
    said_of = {"t-1": ("受阻", "等批复", "2026-11"), "t-2": ("已完成", "办了四场", "")}
    submission = compared(reported(said_of, proposed=(PROPOSED,), build="受阻"))
    assert [f.rule for f in submission.findings] == ["blocked-unexplained"]
    assert said(submission) == [
        ("t-1", MeasureStatus.BLOCKED, "等批复"),
        ("t-2", MeasureStatus.DONE, "办了四场"),
    ]
    assert [task.asked_month for task in submission.tasks] == [TimePeriod(2026, 11), None]
    assert submission.proposals == (
        ProposedTask("", "build", "引进三家机构", "入驻协议", TimePeriod(2026, 12), "C6"),
    )


SOUND: dict[str, dict[str, Any]] = {  # for each rule what comes near to breaking it
    "unknown-task": {},
    "other-units-task": {},
    "unknown-task-status": {"G4": "进行中"},
    "task-unexplained": {"G4": "已完成", "H4": "验收文件〔2026〕5号"},
    "task-status-not-given": {"G5": None, "H5": None},
    "missing-task": {"G5": "受阻", "H5": "等批复"},
    "task-reopened": {"G5": "已完成", "H5": "办了四场"},
    "unknown-task-subject": {"B6": "目标：企业数量"},
    "task-incomplete": dict.fromkeys(("B6", "C6", "D6", "E6")),
    "bad-task-month": {"E6": "2027年6月"},
    "task-not-agreed": {},
    "measure-ahead-of-tasks": {"举措!C4": "已完成", "G4": "已完成"},
    "measure-behind-tasks": {"举措!C4": "未启动", "G4": "未启动"},
    "measure-hides-blocked": {"举措!C4": "受阻", "举措!D4": "等批复", "G4": "受阻"},
}
BROKEN: dict[str, tuple[dict[str, Any], str, str]] = {  # cells, where it is found, what it says
    "unknown-task": ({"A5": "t-9"}, "A5", "没有编号为「t-9」的年度任务，这一行未采用。"),
    "other-units-task": ({"A5": "b-1"}, "A5", "年度任务「b-1」由某局承担，这一行未采用。"),
    "unknown-task-status": (
        {"G4": "基本完成"},
        "G4",
        "「基本完成」不是状态（应为未启动、推进中、已完成、受阻），这一行未采用。",
    ),
    "task-unexplained": (
        {"G5": "已完成"},
        "H5",
        "任务状态为「已完成」，「进展与佐证」没有写。",
    ),
    "task-status-not-given": ({"G4": None}, "G4", "写了进展或拟调整时限，没有选任务状态。"),
    "missing-task": ({"G5": None}, "G5", "年度任务「办四场活动」（时限2026年12月）没有填报进展。"),
    "task-reopened": (
        {"G5": "推进中"},
        "G5",
        "任务「办四场活动」此前报「已完成」，本期报「推进中」。",
    ),
    "unknown-task-subject": (
        {"B6": "举措：别处的"},
        "B6",
        "「举措：别处的」不是下拉列表中本单位的举措或目标，这条新任务未采用。",
    ),
    "task-incomplete": (
        {"D6": None, "E6": None},
        "D6",
        "新任务缺少「成果形式」、「完成时限」，未采用。",
    ),
    "bad-task-month": (
        {"E6": "2028-01"},
        "E6",
        "完成时限「2028-01」不能用（应为 2026-07 至 2027-12 之间的年月），这一格未采用。",
    ),
    "task-not-agreed": (
        {"G6": "推进中"},
        "G6",
        "新提出的任务要核定后才跟踪，所填状态、进展未采用。",
    ),
    "measure-ahead-of-tasks": (
        {"举措!C4": "已完成"},
        "举措!C4",
        "举措报「已完成」，其任务却没有完成：「建成一期」推进中。",
    ),
    "measure-behind-tasks": (
        {"举措!C4": "未启动"},
        "举措!C4",
        "举措报「未启动」，其任务却已推进：「建成一期」推进中。",
    ),
    "measure-hides-blocked": (
        {"G4": "受阻"},
        "举措!C4",
        "举措报「推进中」，其未完成的任务却全部受阻：「建成一期」受阻。",
    ),
}
KNOWN = (*TWO, agreed("b-1", unit="bureau", measure_id="", goal_id="other"))


def checked(cells: Mapping[str, Any], rule: str) -> Submission:
    data = changed(cells, reported(proposed=(PROPOSED,)))
    before = {"t-2": MeasureStatus.DONE} if rule == "task-reopened" else {}
    return compared(data, KNOWN, tasks_so_far=before)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_is_broken_at_its_cell_and_kept_by_what_comes_near(rule: str) -> None:
    cells, place, message = BROKEN[rule]
    (found,) = [f for f in checked(cells, rule).findings if f.rule == rule]
    sheet, _, cell = place.rpartition("!")
    assert (found.sheet, found.cell, found.message) == (sheet or SHEET, cell, message)
    assert "{" not in found.remedy
    near = checked(SOUND[rule], rule)
    assert rule not in [finding.rule for finding in near.findings]


def test_a_subject_typed_without_its_kind_is_answered_with_what_to_choose() -> None:
    listed = "目标：企业数量"
    (found,) = [
        f
        for f in checked({"B6": listed.partition("：")[2]}, "").findings
        if f.rule == "unknown-task-subject"
    ]
    assert found.remedy.startswith(f"在「举措或目标」的下拉列表中选择「{listed}」")


def test_measures_that_nobody_broke_into_tasks_of_the_next_year_are_named_once() -> None:
    (found,) = compared(reported(edition=Q4), edition=Q4).findings
    assert found.rule == "no-tasks-for-measure"
    assert found.message == "有2项举措没有2027年任务：「建设平台」、「持续服务」。"
    new = (
        replace(PROPOSED, about="专项：二期", due="2027-06"),
        replace(PROPOSED, about="举措：持续服务", due="2027-06"),
    )
    assert compared(reported(proposed=new, edition=Q4), edition=Q4).findings == ()
    put_off = REPORTED | {"t-1": ("推进中", "", "2027-03"), "t-2": ("推进中", "", "2027-03")}
    assert compared(reported(put_off, edition=Q4), edition=Q4).findings == ()
    assert "no-tasks-for-measure" not in [f.rule for f in compared(reported()).findings]


def test_every_rule_on_tasks_has_a_case_that_breaks_it_and_one_that_does_not() -> None:
    rules = {rule.id for rule in vars(task_rules).values() if isinstance(rule, Rule)}
    assert set(BROKEN) == set(SOUND) == rules - {"no-tasks-for-measure"}


def test_a_measure_of_parts_is_held_against_the_tasks_of_its_parts() -> None:
    parts = (agreed("t-1", measure_id="build-s1"),)
    submission = compared(reported({"t-1": ("推进中", "", "")}, parts, build="已完成"), parts)
    assert rules_of(submission) == [("measure-ahead-of-tasks", "C4")]


def test_what_was_reported_before_holds_where_a_workbook_says_nothing_of_a_task() -> None:
    data = workbook_bytes(replace(reported(build="已完成"), tasks=()))
    done = compared(data, tasks_so_far={"t-1": MeasureStatus.DONE, "t-2": MeasureStatus.DONE})
    assert done.findings == ()
    rules = [finding.rule for finding in compared(data).findings]
    assert rules == ["measure-ahead-of-tasks", "missing-task", "missing-task"]


def test_a_task_is_asked_of_from_the_edition_after_the_one_that_agreed_it() -> None:
    new = (agreed("t-1", since=Q3),)
    assert compared(filled(), new).findings == ()
    (found,) = compared(filled(Q4), new, Q4).findings[:1]
    assert (found.rule, found.severity) == ("missing-task", Severity.WARNING)
    dropped = (*new, agreed("t-1", since=Q4, dropped="并入另一项"))
    assert "missing-task" not in [f.rule for f in compared(filled(Q4), dropped, Q4).findings]


@pytest.mark.parametrize("version", [version for version in LAYOUTS if version < "5"])
def test_a_workbook_of_an_older_version_is_asked_for_no_task(version: str) -> None:
    form = replace(reported(build="已完成"), template_version=version)
    submission = compared(form)
    assert (submission.findings, submission.tasks, submission.proposals) == ((), (), ())
    assert SHEET not in openpyxl.load_workbook(io.BytesIO(workbook_bytes(form))).sheetnames
    assert not any(SHEET in "".join(row) for row in instructions(form))


def test_a_workbook_for_a_correction_edition_owes_no_report_on_tasks() -> None:
    correction = Edition.parse("2026-Q3.1")
    form = replace(reported({}), edition=correction)
    assert "missing-task" not in [f.rule for f in compared(form, edition=correction).findings]


def test_a_workbook_with_nothing_but_tasks_is_one_and_what_is_printed_in_it_is_nothing() -> None:
    lines = tuple(replace(line, status="推进中") for line in blank().tasks)
    assert read_bytes(workbook_bytes(replace(blank(), tasks=lines))).usable
    assert read_bytes(workbook_bytes(replace(blank(), proposed=(PROPOSED,)))).usable
    assert rules_of(read_bytes(workbook_bytes(blank()))) == [("nothing-filled", "")]


def test_a_task_given_twice_is_refused_twice() -> None:
    submission = compared(changed({"A5": "t-1", "G5": "已完成", "H5": "好了"}), TWO[:1])
    assert rules_of(submission) == [("duplicate-row", "A5")]
    assert said(submission) == [("t-1", None, "")]


def test_one_proposed_twice_is_proposed_once() -> None:
    assert len(compared(reported(proposed=(PROPOSED, PROPOSED))).proposals) == 1


def test_people_and_telephones_are_taken_out_of_reports_and_proposals() -> None:
    told = REPORTED | {"t-1": ("推进中", "甲某某在办，13800001234", "")}
    who = replace(PROPOSED, task="请乙某某牵头引进")
    submission = compared(reported(told, proposed=(who,)))
    assert said(submission)[0][2] == "〔略〕在办，〔略〕"
    assert submission.proposals[0].task == "请〔略〕牵头引进"
    assert rules_of(submission) == [("personal-data", "H4"), ("personal-data", "C6")]


def test_a_measure_without_words_has_those_of_its_public_tasks() -> None:
    public = tuple(replace(row, visibility=Visibility.PUBLIC) for row in TWO)
    told = {"t-1": ("推进中", "主体封顶。", ""), "t-2": ("推进中", "办了两场", "")}

    def progress(tasks: Iterable[TaskDecisionRow], **own: str) -> dict[str, str]:
        form = reported(told)
        lines = tuple(replace(m, progress=own.get(m.measure_id, "")) for m in form.measures)
        found = compared(replace(form, measures=lines), tasks).statuses
        return {status.measure_id: status.progress for status in found if status.progress}

    assert progress(public) == {"build": "主体封顶。", "keep": "办了两场。"}
    assert progress(public, build="另有说法") == {"build": "另有说法", "keep": "办了两场。"}
    assert progress(TWO) == {}


@pytest.mark.parametrize(
    "damage",
    [
        {"G4": "#N/A"},
        {"G4": '="已" & "完成"'},
        {"I4": "明年"},
        {"I4": 2027},
        {"E6": "年底", "B6": MEASURE, "C6": "引进机构", "D6": "协议"},
        {"B6": "=A1", "C6": "引进机构", "D6": "协议", "E6": "2026-12"},
        dict.fromkeys(("A4", "B4", "C4", "D4", "E4", "G4", "H4", "I4")),
        {"E2": "别的表头", "B3": "举措"},
    ],
)
def test_no_damage_becomes_a_status_a_month_or_a_task_that_nobody_typed(damage: Any) -> None:
    untouched, submission = compared(reported()), compared(changed(damage))
    assert submission.findings
    assert submission.proposals == ()
    assert all(task.asked_month is None for task in submission.tasks)
    known = {task.task_id: task.status for task in untouched.tasks}
    for task in submission.tasks:
        assert task.status in (None, known[task.task_id])
