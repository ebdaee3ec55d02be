"""Yearly tasks proposed in a workbook, agreed by command, asked about in a form, moved, dropped."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planbook.assess.proposed_tasks import pending_tasks
from planbook.assess.yearly_tasks import assess_tasks
from planbook.collect.decided.task_decisions import read_task_decisions
from planbook.collect.feedback.findings_report import proposals_text
from planbook.collect.file_names import submission_name
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import TaskLine
from planbook.collect.form.template import workbook_bytes
from planbook.collect.layout import TASKS
from planbook.collect.read.workbook_reader import read_submission
from planbook.errors import Gathering
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.run.collect_commands import main
from planbook.run.command import run
from planbook.run.opening import open_workspace
from planbook.run.pipeline import next_templates, prior_knowledge, read_facts
from tests.registers import begin_at

DATA = Path(__file__).parents[2] / "data"
DATASET = """\
name: live
title: 数据
demonstration: false
first_edition: 2025-Q1
deadline_days: 20
"""
LIVE = ("--dataset", "live")
AGREE = ("task", "agree", *LIVE, "--decided-in", "任务分解会")
NEXT = ("--from-edition", "2026-Q4")
LINE = TaskLine(about="举措：配置用户侧储能", task="完成摸底", deliverable="报告", due="2026-12")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout with the plan and a dataset whose one workbook proposes two tasks."""
    root = tmp_path / "checkout"
    shutil.copytree(DATA / "plan", root / "data" / "plan")
    folder = root / "data" / "live"
    folder.mkdir()
    (folder / "dataset.yaml").write_text(DATASET, encoding="utf-8")
    begin_at(folder, "2026-Q3")
    monkeypatch.chdir(root)
    propose(root, LINE, replace(LINE, task="选定试点用户", due="2026-11"))
    return root


def propose(root: Path, *lines: TaskLine, day: int = 10) -> None:
    """File the energy unit's workbook of the third quarter with these proposals."""
    workspace, plan = open_workspace("live", root)
    edition = Edition.parse("2026-Q3")
    form = replace(blank_form(plan, "energy", edition, workspace.dataset), proposed=lines)
    data = workbook_bytes(form)
    name = submission_name("energy", edition.end.last_day.replace(month=10, day=day), data)
    path = workspace.submissions / str(edition) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture
def call(root: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs the command and gives exit code and all that it printed."""
    assert root.is_dir()

    def called(*arguments: Any) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            run(main, [str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, said.out + said.err

    return called


def rows(root: Path) -> list[tuple[str, str, str, str]]:
    """Return what the file holds: the task, due month, why it was dropped, from which edition."""
    read = read_task_decisions(root / "data/live/tasks.csv", load_plan(root / "data" / "plan"))
    return [(r.task, str(r.due_month), r.dropped, str(r.from_edition)) for r in read]


def ids(root: Path) -> list[str]:
    read = read_task_decisions(root / "data/live/tasks.csv", load_plan(root / "data" / "plan"))
    return [row.task_id for row in read]


def test_proposals_are_listed_until_they_are_agreed(call: Any) -> None:
    code, said = call("tasks", *LIVE)
    assert code == 0
    assert said.startswith("2026年三季度：未完成 0 项\n待核定的新任务 2 项")
    code, agreed = call(*AGREE)
    assert code == 0
    assert agreed.count("已核定：t2026-energy-") == 2
    code, said = call("tasks", *LIVE)
    assert said.startswith("2026年三季度：未完成 2 项\n")
    assert "待核定" not in said


def test_an_agreed_task_stands_in_the_next_form_of_its_unit(call: Any, root: Path) -> None:
    call(*AGREE)
    workspace, plan = open_workspace("live", root)
    made = next_templates(workspace, plan, Edition.parse("2026-Q3"))["energy"]
    book = openpyxl.load_workbook(io.BytesIO(made.task()().content))
    told = [row[2].value for row in book[TASKS.sheet].iter_rows(min_row=4, max_row=6)]
    assert told == ["选定试点用户", "完成摸底", None]


def test_some_are_agreed_by_name_or_by_unit(call: Any, root: Path) -> None:
    _, said = call("tasks", *LIVE)
    one = next(word for word in said.split() if word.startswith("t2026-energy-"))
    code, _ = call(*AGREE, one, "--visibility", "公开")
    assert (code, ids(root)) == (0, [one])
    code, said = call(*AGREE, "--unit", "port")
    assert (code, "没有待核定的任务" in said) == (2, True)
    code, said = call(*AGREE, "t-9")
    assert (code, "没有待核定的任务「t-9」" in said) == (2, True)
    assert call(*AGREE, "--unit", "energy")[0] == 0
    assert len(ids(root)) == 2


def test_a_workbook_sent_again_proposes_nothing_twice(call: Any, root: Path) -> None:
    call(*AGREE)
    propose(root, replace(LINE, due="2026-10"), replace(LINE, task="另一项"), day=12)
    _, said = call("tasks", *LIVE)
    assert "待核定的新任务 1 项" in said
    assert "另一项" in said


@pytest.mark.parametrize("task", ["@办公室验收", "-1+1项"])
def test_what_excel_could_run_is_guarded_in_the_file_only(call: Any, root: Path, task: str) -> None:
    propose(root, replace(LINE, task=task), day=12)
    assert call(*AGREE)[0] == 0
    text = (root / "data/live/tasks.csv").read_text(encoding="utf-8-sig")
    assert f",'{task}," in text
    assert [said for said, *_ in rows(root)] == [task]
    _, said = call("tasks", *LIVE)
    assert f" {task}" in said
    assert "待核定" not in said


def test_a_task_is_moved_and_dropped_each_by_a_row(call: Any, root: Path) -> None:
    call(*AGREE)
    _, task = ids(root)
    move = ("task", "move", task, *LIVE, "--decided-in", "调度会", *NEXT)
    code, said = call(*move)
    assert (code, "没有申请调整" in said) == (2, True)
    assert call(*move, "--due", "2027-02")[0] == 0
    assert rows(root)[-1] == ("完成摸底", "2027-02", "", "2026-Q4")
    drop = ("task", "drop", task, *LIVE, "--dropped", "并入另一项", "--from-edition", "2027-Q1")
    assert call(*drop)[0] == 0
    assert rows(root)[-1] == ("完成摸底", "2027-02", "并入另一项", "2027-Q1")
    code, said = call(*drop)
    assert (code, "已自 2027-Q1 起取消" in said) == (2, True)
    assert (call("task", "drop", "t-9", *LIVE, "--dropped", "并入")[0]) == 2


def test_what_is_wrong_is_not_written_and_nothing_is_half_written(call: Any, root: Path) -> None:
    code, said = call(*AGREE, "--visibility", "保密")
    assert code != 0
    assert "「保密」不是公开、内部" in said
    assert not (root / "data/live/tasks.csv").exists()
    call(*AGREE)
    path = root / "data/live/tasks.csv"
    before = path.read_bytes()
    task = ids(root)[0]
    code, said = call("task", "move", task, *LIVE, "--decided-in", "会", "--due", "2026.13", *NEXT)
    assert code != 0
    assert path.read_bytes() == before


def test_what_a_unit_asks_for_is_granted_without_typing_it(call: Any, root: Path) -> None:
    call(*AGREE)
    workspace, plan = open_workspace("live", root)
    edition = Edition.parse("2026-Q3")
    from planbook.run.pipeline import prior_knowledge

    prior = prior_knowledge(workspace, plan, edition)
    form = blank_form(plan, "energy", edition, workspace.dataset, prior)
    lines = tuple(replace(line, status="推进中", asked="2027-03") for line in form.tasks)
    data = workbook_bytes(replace(form, tasks=lines))
    name = submission_name("energy", edition.end.last_day.replace(month=10, day=15), data)
    (workspace.submissions / str(edition) / name).write_bytes(data)
    code, said = call("task", "move", ids(root)[0], *LIVE, "--decided-in", "调度会", *NEXT)
    assert (code, "时限改为 2027-03" in said) == (0, True)


def in_edition(root: Path, name: str, *lines: TaskLine) -> None:
    """File the energy unit's workbook of an edition, with these proposals."""
    workspace, plan = open_workspace("live", root)
    edition = Edition.parse(name)
    data = workbook_bytes(
        replace(blank_form(plan, "energy", edition, workspace.dataset), proposed=lines)
    )
    filed = submission_name("energy", edition.plus(1).end.last_day, data)
    path = workspace.submissions / name / filed
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def row_of(task: str, said: str) -> list[str]:
    """Return the cells of a listed proposal; its text stands in or below its row."""
    lines = said.splitlines()
    at = next(number for number, line in enumerate(lines) if task in line)
    return (lines[at - 1] if lines[at].startswith(" ") else lines[at]).split()


EARLY = replace(LINE, task="完成站址比选", due="2026-05")


def test_what_was_proposed_long_ago_is_pending_until_it_is_decided(call: Any, root: Path) -> None:
    in_edition(root, "2026-Q1", EARLY, replace(LINE, task="备案", due="2026-12"))
    _, said = call("tasks", *LIVE)
    assert "待核定的新任务 4 项" in said
    early = row_of("完成站址比选", said)
    assert early[2:4] == ["2026-Q1", "2026-05（已过）"]
    code, said = call(*AGREE, early[0])
    assert (code, "完成站址比选，时限 2026-05" in said, "--due" in said) == (2, True, True)
    code, said = call(*AGREE)
    assert (code, said.count("已核定"), "其余未核定。1 项" in said) == (0, 3, True)
    assert call(*AGREE, early[0], "--due", "2026-11")[0] == 0
    assert ("完成站址比选", "2026-11", "", "2026-Q3") in rows(root)
    assert "待核定" not in call("tasks", *LIVE)[1]


def test_a_proposal_is_declined_with_a_reason_and_is_listed_no_more(call: Any, root: Path) -> None:
    in_edition(root, "2026-Q1", EARLY)
    _, said = call("tasks", *LIVE)
    early = row_of("完成站址比选", said)[0]
    decline = ("task", "decline", early, *LIVE, "--decided-in", "任务分解会", "--dropped")
    assert call(*decline, " ")[0] == 2
    code, said = call(*decline, "与另一项重复")
    assert (code, "不予核定" in said) == (0, True)
    _, said = call("tasks", *LIVE)
    assert "完成站址比选" not in said
    assert "未完成 0 项" in said
    code, said = call("task", "drop", early, *LIVE, "--dropped", "不做")
    assert (code, "起取消" in said) == (2, True)


def test_a_book_knows_what_was_pending_in_its_edition(call: Any, root: Path) -> None:

    in_edition(root, "2026-Q1", EARLY, replace(LINE, task="备案", due="2026-12"))
    _, said = call("tasks", *LIVE)
    ids = {task: row_of(task, said)[0] for task in ("完成站址比选", "备案")}
    call("task", "decline", ids["完成站址比选"], *LIVE, "--decided-in", "会", "--dropped", "重复")
    call(*AGREE, ids["备案"])
    workspace, plan = open_workspace("live", root)

    def pending(name: str) -> list[tuple[str, str, str]]:
        edition = Edition.parse(name)
        facts = read_facts(workspace, plan, edition, Gathering())
        found = pending_tasks(plan, facts, edition, demonstration=False)
        assert not any(
            row.task == "完成站址比选"
            for row in assess_tasks(plan, facts, edition, demonstration=False)
        )
        return [(row.task, str(row.proposed_in), row.dropped) for row in found]

    first = [("完成站址比选", "2026-Q1", ""), ("备案", "2026-Q1", "")]
    assert pending("2025-Q4") == []
    assert pending("2026-Q1") == pending("2026-Q2") == first
    third = pending("2026-Q3")
    assert ("完成站址比选", "2026-Q1", "重复") in third
    assert {task for task, *_ in third} == {"选定试点用户", "完成摸底", "完成站址比选"}
    assert "完成站址比选" not in {task for task, *_ in pending("2026-Q4")}


def test_the_next_form_comes_with_what_is_pending_and_says_it_once(call: Any, root: Path) -> None:
    assert call("tasks", *LIVE)[0] == 0
    in_edition(root, "2026-Q1", EARLY, replace(LINE, task="备案", due="2026-12"))
    workspace, plan = open_workspace("live", root)
    edition = Edition.parse("2026-Q4")
    prior = prior_knowledge(workspace, plan, edition)
    form = blank_form(plan, "energy", edition, workspace.dataset, prior)
    assert [(line.task, line.due) for line in form.proposed] == [
        ("选定试点用户", "2026-11"),
        ("备案", "2026-12"),
        ("完成摸底", "2026-12"),
    ]
    assert form.proposed[1].previous == "待核定\n（2026年一季度提出）"
    empty = read_submission(
        workbook_bytes(form), plan, dataset="live", edition=edition, unit_id="energy", file="x.xlsx"
    )
    assert [finding.rule for finding in empty.findings] == ["nothing-filled"]
    in_edition(root, "2026-Q4", *form.proposed)
    _, told = call("tasks", *LIVE, "--edition", "2026-Q4")
    assert "待核定的新任务 4 项" in told
    assert call(*AGREE)[0] == 0
    prior = prior_knowledge(workspace, plan, edition)
    form = blank_form(plan, "energy", edition, workspace.dataset, prior)
    assert form.proposed == ()
    assert {line.task for line in form.tasks} >= {"选定试点用户", "备案", "完成摸底"}


def test_receive_says_how_many_tasks_wait_and_which_were_decided(call: Any, root: Path) -> None:
    assert call(*AGREE)[0] == 0
    workspace, plan = open_workspace("live", root)
    decided = read_task_decisions(root / "data/live/tasks.csv", plan)
    form = blank_form(plan, "energy", Edition.parse("2026-Q3"), workspace.dataset)
    lines = (LINE, replace(LINE, task="选定试点用户"), EARLY)
    path = root / "收件.xlsx"
    path.write_bytes(workbook_bytes(replace(form, proposed=lines)))
    ended = replace(decided[1], dropped="不做", from_edition=Edition.parse("2026-Q4"))
    said = call("receive", path, "--edition", "2026-Q3", "--dataset", "live", "--accept-errors")[1]
    assert "  提出年度任务" in said
    submission = read_submission(
        path.read_bytes(),
        plan,
        dataset="live",
        edition=Edition.parse("2026-Q3"),
        unit_id="energy",
        file="x.xlsx",
    )
    told = proposals_text(submission, decided, plan)
    assert told in said
    assert "此前已核定 2 项" in told
    told = proposals_text(submission, (*decided, ended), plan)
    assert f"此前不予核定或已取消 1 项，不再列出：「{ended.task}」" in told
    assert proposals_text(replace(submission, proposals=()), decided, plan) == ""
