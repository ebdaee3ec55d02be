"""Sheet 重点项目: from what was reported to the form, from that to what its unit says."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.collect.form.blank import PriorKnowledge, blank_form
from planbook.collect.form.form import Form, ProjectLine
from planbook.collect.form.instructions import instructions
from planbook.collect.form.template import workbook_bytes
from planbook.collect.inbox.received import Submissions
from planbook.collect.layout import LAYOUTS, PROJECT_ROWS, PROJECTS
from planbook.collect.read.submission import ReportedProject, Submission
from planbook.collect.rules import project_rules
from planbook.collect.rules.rule import Rule
from planbook.facts import Facts, build_facts
from planbook.periods import Edition, TimePeriod
from planbook.project_frames import ProjectReportRow, ProjectStage
from planbook.vocabulary import Severity, Visibility
from tests.office import DATASET, PLAN, Q2, Q3, filled, read_bytes, rules_of

SHEET = PROJECTS.sheet
Q4, NEXT = Edition.parse("2026-Q4"), Edition.parse("2027-Q1")
PARK = ProjectLine(
    project="示例园区一期",
    about="举措：建设平台",
    stage="前期",
    total_investment=3.5,
    year_investment=1.0,
    invested=0.2,
    next_node="取得施工许可",
    next_month="2026-08",
)
HALL = replace(PARK, project="示例展厅", about="目标：企业数量", stage="储备", next_month="2027-02")


def workbook(
    edition: Edition = Q2,
    *new: ProjectLine,
    known: Iterable[ProjectReportRow] = (),
    unit: str = "office",
    said: Mapping[str, Mapping[str, Any]] | None = None,
) -> Form:
    """Return a sound workbook: known projects as printed or as `said` of them by name, new ones."""
    prior = PriorKnowledge(project_reports=tuple(known))
    lines = blank_form(PLAN, unit, edition, DATASET, prior).projects
    told = tuple(replace(line, **(said or {}).get(line.project, {})) for line in lines)
    form = filled(edition) if unit == "office" else blank_form(PLAN, unit, edition, DATASET)
    return replace(form, projects=told, new_projects=new)


def taken(history: History, form: Form | bytes, edition: Edition = Q2) -> Submission:
    """Return a workbook as held against what was known; what it says is known from then on."""
    data = form if isinstance(form, bytes) else workbook_bytes(form)
    submission = compare(read_bytes(data, edition=edition), history)
    history.take(submission)
    return submission


def changed(cells: Mapping[str, Any], form: Form | bytes) -> bytes:
    """Return a workbook after someone typed into these cells of the sheet."""
    data = form if isinstance(form, bytes) else workbook_bytes(form)
    if not cells:
        return data
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell, value in cells.items():
        sheet, _, place = cell.rpartition("!")
        book[sheet or SHEET][place].value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def facts(*submissions: Submission, upto: Edition = Q3) -> Facts:
    return build_facts(PLAN, Submissions(upto, submissions, (), (), ()))


def reports(*submissions: Submission, upto: Edition = Q3) -> tuple[ProjectReportRow, ...]:
    return facts(*submissions, upto=upto).project_reports


def first(*new: ProjectLine, edition: Edition = Q2) -> tuple[History, Submission]:
    history = History(PLAN)
    return history, taken(history, workbook(edition, *(new or (PARK, HALL))), edition)


def test_a_new_project_has_an_id_that_neither_order_nor_sending_again_changes() -> None:
    _, once = first(PARK, HALL)
    _, again = first(HALL, replace(PARK, stage="开工", project=" 示例园区一期 "))
    ids = {told.project: told.project_id for told in once.projects}
    assert ids == {told.project: told.project_id for told in again.projects}
    assert all(id.startswith("p2026-office-") for id in ids.values())
    _, later = first(PARK, HALL, edition=Q3)
    assert not set(ids.values()) & {told.project_id for told in later.projects}


def test_what_is_said_of_a_project_is_kept_with_its_field_and_nobody_typed_that() -> None:
    _, submission = first(replace(PARK, visibility="公开", problem="缺地", need="请协调用地"))
    assert submission.findings == ()
    (row,) = reports(submission)
    assert (row.project, row.measure_id, row.goal_id) == ("示例园区一期", "build", "")
    assert row.field == PLAN.field_of(PLAN.measure("build")).id
    assert (row.total_investment, row.year_investment, row.invested) == (3.5, 1.0, 0.2)
    assert (row.next_node, row.next_month) == ("取得施工许可", TimePeriod(2026, 8))
    assert (row.problem, row.need) == ("缺地", "请协调用地")
    assert row.visibility is Visibility.PUBLIC
    assert (row.source_sheet, row.source_cell, row.vintage) == (SHEET, "D4", Q2)
    (hall,) = reports(first(HALL)[1])
    assert (hall.goal_id, hall.measure_id, hall.visibility) == ("firms", "", Visibility.INTERNAL)


def test_the_next_form_has_what_was_said_and_unchanged_it_says_the_same() -> None:
    history, submission = first()
    known = reports(submission)
    form = workbook(Q3, known=known)
    park, hall = sorted(form.projects, key=lambda line: line.next_month)
    assert replace(park, project_id="") == PARK
    assert replace(hall, project_id="") == HALL
    assert form.project_rows == PROJECT_ROWS
    assert (
        blank_form(PLAN, "bureau", Q3, DATASET, PriorKnowledge(project_reports=known)).projects
        == ()
    )
    again = taken(history, form, Q3)
    assert [f.message for f in again.findings if f.sheet == SHEET] == [
        "节点「取得施工许可」时限为2026年8月，已过，本期没有更新。"
    ]
    assert [row.vintage for row in reports(submission, again)] == [Q2, Q3, Q2, Q3]


def test_a_project_that_left_is_asked_for_no_more_and_one_that_produces_within_its_year() -> None:
    _, submission = first(
        replace(PARK, stage="投产", next_node="", next_month=""),
        replace(HALL, stage="退库", left_reason="并入另一个项目"),
    )
    known = reports(submission)
    assert [line.project for line in workbook(Q3, known=known).projects] == ["示例园区一期"]
    assert workbook(NEXT, known=known).projects == ()
    history = History(PLAN)
    history.take(submission)
    assert taken(history, workbook(NEXT), NEXT).findings == ()


def test_the_plan_of_a_year_is_asked_anew_in_the_next_one() -> None:
    _, submission = first(PARK)
    (line,) = workbook(NEXT, known=reports(submission)).projects
    assert (line.year_investment, line.total_investment, line.invested) == (None, 3.5, 0.2)
    history = History(PLAN)
    history.take(submission)
    later = taken(history, workbook(NEXT, known=reports(submission)), NEXT)
    assert reports(submission, later, upto=NEXT)[1].year_investment is None


def test_an_amount_that_is_left_blank_or_refused_is_the_one_before() -> None:
    history, submission = first(PARK)
    known = reports(submission)
    said = {PARK.project: {"total_investment": None, "year_investment": None, "invested": 0.1}}
    again = taken(history, workbook(Q3, known=known, said=said), Q3)
    assert "invested-fell" in [f.rule for f in again.findings]
    newest = reports(submission, again)[1]
    assert (newest.total_investment, newest.year_investment, newest.invested) == (3.5, 1.0, 0.2)


def test_a_project_of_nobody_or_of_another_unit_does_not_come_into_the_facts() -> None:
    _, submission = first(PARK)
    (told,) = submission.projects
    stranger = replace(submission, unit_id="bureau", edition=Q3)
    stranger = replace(stranger, projects=(replace(told, is_new=False), replace(told)))
    assert len(reports(submission, stranger)) == 1
    unknown = replace(told, project_id="p2026-office-0", is_new=False)
    assert reports(replace(submission, projects=(unknown,))) == ()


KEPT: dict[str, dict[str, Any]] = {  # for each rule what comes near to breaking it
    "unknown-project": {},
    "other-units-project": {},
    "project-incomplete": {"B6": "示例新项目", "C6": PARK.about, "D6": "谋划"},
    "unknown-project-subject": {"C4": "目标：企业数量"},
    "unknown-stage": {"D4": "开工"},
    "unknown-project-visibility": {"N4": "公开"},
    "same-project": {"B6": "示例园区二期", "C6": PARK.about, "D6": "谋划"},
    "project-elsewhere": {},
    "missing-project": {"D5": "退库", "L5": "并入一期"},
    "stage-went-back": {"D4": "储备", "J4": "用地指标未落实"},
    "left-unexplained": {"D4": "退库", "L4": "并入另一个项目"},
    "reason-without-leaving": {"D4": "退库", "L4": "并入另一个项目"},
    "node-missing": {"D4": "投产", "H4": None, "I4": None},
    "bad-node-month": {"I4": "2026年12月"},
    "node-month-past": {"I4": "2026-09"},
    "node-overdue": {"H4": "主体开工", "I4": "2026-12"},
    "negative-investment": {"G4": 0.2},
    "invested-over-total": {"G4": 3.5},
    "year-over-total": {"F4": 3.5},
    "invested-fell": {"G4": 0.2},
    "investment-leapt": {"E4": 34},
    "huge-investment": {"B6": "示例新项目", "C6": PARK.about, "D6": "谋划", "E6": 999},
    "measure-ahead-of-projects": {"举措!C4": "已完成", "D4": "投产"},
    "measure-behind-projects": {"举措!C4": "未启动"},
}
NEW = {"B6": "示例新项目", "C6": PARK.about, "D6": "谋划", "H6": "编制建议书", "I6": "2026-12"}
BROKEN: dict[str, tuple[dict[str, Any], str, str]] = {  # cells, where it is found, what it says
    "unknown-project": ({"A5": "p-9"}, "A5", "没有编号为「p-9」的重点项目，这一行未采用。"),
    "other-units-project": (
        {"A5": "p-b"},
        "A5",
        "重点项目「p-b」由某局填报，这一行未采用。",
    ),
    "project-incomplete": (
        {"B6": "示例新项目"},
        "C6",
        "重点项目缺少「举措或目标」、「阶段」，这一行未采用。",
    ),
    "unknown-project-subject": (
        {"C4": "建设平台"},
        "C4",
        "「建设平台」不是下拉列表中本单位的举措或目标，这一行未采用。",
    ),
    "unknown-stage": (
        {"D4": "施工"},
        "D4",
        "「施工」不是阶段（应为谋划、储备、前期、开工、在建、投产、退库），这一行未采用。",
    ),
    "unknown-project-visibility": (
        {"N4": "对上公开"},
        "N4",
        "「对上公开」不是公开范围（应为公开、内部），按「内部」处理。",
    ),
    "same-project": (
        NEW | {"B6": "示例 园区一期"},
        "B6",
        "本单位已有重点项目「示例 园区一期」，这一行未采用。",
    ),
    "project-elsewhere": (
        {"B4": "示例码头"},
        "B4",
        "某局已填报重点项目「示例码头」。",
    ),
    "missing-project": (
        dict.fromkeys(f"{column}5" for column in "BCDEFGHIJKLMN"),
        "D5",
        "重点项目「示例展厅」（储备）本期没有填报。",
    ),
    "stage-went-back": ({"D4": "储备"}, "D4", "项目由「前期」退回「储备」，「存在问题」没有写。"),
    "left-unexplained": ({"D4": "退库"}, "L4", "项目阶段为「退库」，「退库原因」没有写。"),
    "reason-without-leaving": (
        {"L4": "并入另一个项目"},
        "L4",
        "写了退库原因，项目阶段却为「前期」。",
    ),
    "node-missing": (
        {"H4": None, "I4": None},
        "H4",
        "项目阶段为「前期」，「下一节点」、「节点时限」没有写。",
    ),
    "bad-node-month": (
        {"I4": "年底"},
        "I4",
        "节点时限「年底」不能用（应为 2024-12 至 2037-12 之间的年月），这一格未采用。",
    ),
    "node-month-past": (
        {"H4": "主体开工"},
        "I4",
        "新填的节点时限「2026-08」已过（应不早于 2026-09），这一格未采用。",
    ),
    "node-overdue": ({}, "I4", "节点「取得施工许可」时限为2026年8月，已过，本期没有更新。"),
    "negative-investment": (
        {"G4": -0.2},
        "G4",
        "累计完成投资（亿元）为 -0.2，投资额不能为负，这一格未采用。",
    ),
    "invested-over-total": (
        {"G4": 3.6},
        "G4",
        "累计完成投资 3.6 亿元，大于总投资 3.5 亿元，改动的一格未采用。",
    ),
    "year-over-total": (
        {"F4": 3.6},
        "F4",
        "本年计划投资 3.6 亿元，大于总投资 3.5 亿元，改动的一格未采用。",
    ),
    "invested-fell": (
        {"G4": 0.1},
        "G4",
        "累计完成投资由 0.2 亿元减少为 0.1 亿元，这一格未采用。",
    ),
    "investment-leapt": (
        {"E4": 35},
        "E4",
        "总投资由 3.5 亿元变为 35 亿元，相差十倍以上，这一格未采用。",
    ),
    "huge-investment": (
        NEW | {"E6": 35000},
        "E6",
        "总投资为 35000 亿元，单个项目通常不到 1000 亿元，这一格未采用。",
    ),
    "measure-ahead-of-projects": (
        {"举措!C4": "已完成"},
        "举措!C4",
        "举措报「已完成」，其重点项目却没有投产：「示例园区一期」前期。",
    ),
    "measure-behind-projects": (
        {"举措!C4": "未启动", "D4": "开工"},
        "举措!C4",
        "举措报「未启动」，其重点项目却已开工：「示例园区一期」开工。",
    ),
}


@cache
def reported() -> tuple[Submission, bytes]:
    """Return what the office reported of two projects, and its next workbook, unchanged."""
    _, submission = first()
    form = workbook(Q3, known=reports(submission))
    lines = sorted(form.projects, key=lambda line: line.project != PARK.project)
    return submission, workbook_bytes(replace(form, projects=tuple(lines)))


def checked(cells: Mapping[str, Any]) -> Submission:
    """Return that workbook with these cells, held against what both units had reported."""
    submission, sound = reported()
    other = replace(submission.projects[0], project_id="p-b", project="示例码头")
    history = History(PLAN)
    history.take(submission)
    history.take(replace(submission, unit_id="bureau", projects=(other,)))
    return taken(history, changed(cells, sound), Q3)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_is_broken_at_its_cell_and_kept_by_what_comes_near(rule: str) -> None:
    cells, place, message = BROKEN[rule]
    (found,) = [f for f in checked(cells).findings if f.rule == rule]
    sheet, _, cell = place.rpartition("!")
    assert (found.sheet, found.cell, found.message) == (sheet or SHEET, cell, message)
    assert "{" not in found.remedy
    assert rule not in [finding.rule for finding in checked(KEPT[rule]).findings]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"举措!C4": "已完成", "D4": "退库", "L4": "并入"}, False),  # it is none any more
        ({"举措!C4": "已完成", "C4": "目标：企业数量"}, False),  # it serves another
        ({"举措!C4": "推进中"}, False),
        ({"举措!C4": "已完成", **dict.fromkeys(f"{c}4" for c in "BCDEFGHIJKLMN")}, True),
    ],
)
def test_what_was_last_said_of_a_project_is_held_against_its_measure(
    cells: dict[str, Any], *, found: bool
) -> None:
    rules = {finding.rule for finding in checked(cells).findings}
    assert ("measure-ahead-of-projects" in rules) == found


def test_every_rule_on_projects_has_a_case_that_breaks_it_and_one_that_does_not() -> None:
    rules = {rule.id for rule in vars(project_rules).values() if isinstance(rule, Rule)}
    assert set(BROKEN) == set(KEPT) == rules


@pytest.mark.parametrize("rule", [rule for rule, told in BROKEN.items() if "未采用" in told[2]])
def test_what_an_error_is_about_does_not_count_and_what_was_known_does(rule: str) -> None:
    cells, place, _ = BROKEN[rule]
    sound = {told.project_id: told for told in checked({}).projects}
    for told in checked(cells).projects:
        before = sound.get(told.project_id)
        if before is None or place[0] in "ABCD":
            assert told.project_id in sound or told.total_investment is None
            continue
        whole = told.after(before, same_year=True)
        assert whole.total_investment == before.total_investment
        assert (whole.year_investment, whole.invested) == (1.0, 0.2)
        assert told.next_month in (None, before.next_month)


@pytest.mark.parametrize(
    "rule", ["invested-over-total", "year-over-total", "invested-fell", "investment-leapt"]
)
def test_a_doubt_that_the_unit_explains_lets_the_figure_through_and_is_not_asked_again(
    rule: str,
) -> None:
    cells, _, _ = BROKEN[rule]
    explained = checked(cells | {"M4": "概算已按批复调整，数值无误"})
    (found,) = [f for f in explained.findings if f.rule == rule]
    assert found.severity is Severity.WARNING
    (cell, value), *_ = cells.items()
    (told, _) = explained.projects
    assert getattr(told, PROJECTS.columns[ord(cell[0]) - ord("A")].key) == value
    before = replace(
        explained, projects=tuple(replace(told, is_new=True) for told in explained.projects)
    )
    history = History(PLAN)
    history.take(before)
    again = taken(history, workbook(Q4, known=reports(before)), Q4)
    assert rule not in [finding.rule for finding in again.findings]


def test_two_rows_on_one_project_or_of_one_name_are_refused_both() -> None:
    history, submission = first(PARK, replace(PARK, stage="开工"))
    assert rules_of(submission) == [("duplicate-row", "B5")]
    assert submission.projects == ()
    history, submission = first()
    form = workbook(Q3, known=reports(submission))
    twice = changed({"A5": form.projects[0].project_id}, form)
    again = taken(history, twice, Q3)
    assert ("duplicate-row", "A5") in rules_of(again)
    assert again.projects == ()


def test_who_is_named_in_a_text_on_a_project_is_left_out() -> None:
    told = replace(PARK, problem="甲某某在办，13800001234", need="请乙某某协调")
    _, submission = first(told)
    (said,) = submission.projects
    assert (said.problem, said.need) == ("〔略〕在办，〔略〕", "请〔略〕协调")
    assert {rule for rule, _ in rules_of(submission)} == {"personal-data"}


def test_what_begins_like_a_formula_stays_a_text_in_the_next_form() -> None:
    _, submission = first(replace(PARK, problem="=1+1", next_node="@招标"))
    form = workbook(Q3, known=reports(submission))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes(form)))[SHEET]
    assert (sheet["J4"].value, sheet["J4"].data_type) == ("=1+1", "s")
    assert (sheet["H4"].value, sheet["H4"].data_type) == ("@招标", "s")


@pytest.mark.parametrize("version", [version for version in LAYOUTS if version < "6"])
def test_a_workbook_of_an_older_version_is_asked_for_no_project(version: str) -> None:
    history, _ = first()
    form = replace(workbook(Q3, PARK), template_version=version)
    submission = taken(history, form, Q3)
    assert not [f for f in submission.findings if f.sheet == SHEET]
    assert submission.projects == ()
    assert SHEET not in openpyxl.load_workbook(io.BytesIO(workbook_bytes(form))).sheetnames
    assert not any(SHEET in "".join(row) for row in instructions(form))


def test_a_workbook_for_a_correction_edition_owes_no_report_on_projects() -> None:
    history, submission = first()
    correction = Edition.parse("2026-Q2.1")
    form = replace(workbook(correction, known=reports(submission)), projects=())
    assert [f.rule for f in taken(history, form, correction).findings] == ["nothing-changed"]


def test_no_new_project_is_asked_for_after_the_plan() -> None:
    beyond = Edition.parse("2028-Q1")
    form = blank_form(PLAN, "office", beyond, DATASET)
    assert form.project_rows == 0
    assert SHEET not in openpyxl.load_workbook(io.BytesIO(workbook_bytes(form))).sheetnames


def test_what_is_printed_in_a_form_is_nothing_that_was_filled_in() -> None:
    _, submission = first()
    blank = blank_form(
        PLAN, "office", Q3, DATASET, PriorKnowledge(project_reports=reports(submission))
    )
    assert rules_of(read_bytes(workbook_bytes(blank))) == [("nothing-filled", "")]
    assert read_bytes(workbook_bytes(replace(blank, new_projects=(PARK,)))).usable


@pytest.mark.parametrize(
    "damage",
    [
        {"D4": "#N/A"},
        {"D4": '="在" & "建"'},
        {"E4": "三亿五"},
        {"E4": "#DIV/0!"},
        {"G4": "2026-08-01"},
        {"I4": 2027},
        {"B6": "=A1", "C6": PARK.about, "D6": "谋划"},
        {"B6": "示例新项目", "C6": "=A1", "D6": "谋划"},
        {"A4": "p2026-office-0"},
        dict.fromkeys(f"{column}4" for column in "ABCDEFGHIJKLMN"),
        {"E2": "别的表头", "B3": "项目"},
    ],
)
def test_no_damage_becomes_a_stage_an_amount_or_a_project_that_nobody_typed(damage: Any) -> None:
    sound = {told.project_id: told for told in checked({}).projects}
    submission = checked(damage)
    assert submission.findings
    for told in submission.projects:
        before: ReportedProject = sound[told.project_id]
        assert told.stage is before.stage
        assert told.total_investment in (None, before.total_investment)
        assert told.invested in (None, before.invested)
        assert told.next_month in (None, before.next_month)


def test_the_stages_are_offered_in_their_order_and_go_on_or_back_by_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(workbook(Q2))))
    offered = {
        str(rule.sqref): rule.formula1
        for rule in book[SHEET].data_validations.dataValidation
        if rule.type == "list"
    }
    assert offered["D4"] == '"谋划,储备,前期,开工,在建,投产,退库"'
    assert offered["C4"] == "task_subjects"
    assert [stage.order for stage in ProjectStage] == list(range(7))
    assert [stage for stage in ProjectStage if not stage.is_open] == [
        ProjectStage.PRODUCING,
        ProjectStage.LEFT,
    ]
