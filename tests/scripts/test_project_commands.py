"""Key projects through the commands: received, listed, asked about again, put right, given up."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import Form, ProjectLine, SignOff
from planbook.collect.form.template import workbook_bytes
from planbook.collect.layout import PROJECTS
from planbook.errors import Gathering
from planbook.periods import Edition
from planbook.project_frames import ProjectReportRow, ProjectStage
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
Q3, Q4 = Edition.parse("2026-Q3"), Edition.parse("2026-Q4")
LINE = ProjectLine(
    project="示例储能电站",
    about="举措：配置用户侧储能",
    stage="前期",
    total_investment=3.0,
    invested=0.1,
    next_node="完成备案",
    next_month="2026-11",
    need="请明确接入点",
)
Call = Callable[..., tuple[int, str]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout with the plan and a dataset into which nothing has come."""
    root = tmp_path / "checkout"
    shutil.copytree(DATA / "plan", root / "data" / "plan")
    folder = root / "data" / "live"
    folder.mkdir()
    (folder / "dataset.yaml").write_text(DATASET, encoding="utf-8")
    begin_at(folder, "2026-Q3")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def call(root: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs the command and gives exit code and all that it printed."""
    assert root.is_dir()

    def called(*arguments: Any) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            run(main, [str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, said.out + said.err

    return called


def form(root: Path, edition: Edition = Q3, *new: ProjectLine) -> Form:
    """Return the energy unit's form of an edition as it is made now, signed, with new projects."""
    workspace, plan = open_workspace("live", root)
    prior = prior_knowledge(workspace, plan, edition)
    blank = blank_form(plan, "energy", edition, workspace.dataset, prior)
    measures = tuple(replace(line, status="推进中", progress="已开展") for line in blank.measures)
    signed = SignOff("甲某某", "乙某某", "丙某某", "", "2026-10-10")
    return replace(blank, measures=measures, new_projects=new, sign_off=signed)


def received(root: Path, call: Call, sent: Form, day: str = "2026-10-10") -> str:
    path = root / f"{sent.edition}-{day}.xlsx"
    path.write_bytes(workbook_bytes(sent))
    code, said = call("receive", path, "--edition", str(sent.edition), "--received", day)
    assert code == 0, said
    return said


def known(root: Path, edition: Edition = Q3) -> tuple[ProjectReportRow, ...]:
    workspace, plan = open_workspace("live", root)
    return read_facts(workspace, plan, edition, Gathering()).project_reports


def test_an_empty_reserve_says_where_projects_come_from(call: Call) -> None:
    code, said = call("projects", *LIVE)
    assert code == 0
    assert "储备库还没有项目" in said
    assert "「重点项目」" in said


def test_what_is_received_is_listed_and_stands_in_the_next_form(root: Path, call: Call) -> None:
    said = received(root, call, form(root, Q3, LINE))
    assert "重点项目 1 个（新增 1 个）" in said
    (row,) = known(root)
    code, said = call("projects", *LIVE)
    assert code == 0
    assert said.startswith("2026年三季度：在库 1 个（各阶段：前期 1）")
    assert all(told in said for told in (row.project_id, "0.1/3", "2026-11", "需协调事项 1 项"))
    assert row.project_id not in call("projects", *LIVE, "--unit", "port")[1]
    workspace, plan = open_workspace("live", root)
    made = next_templates(workspace, plan, Q3)["energy"]
    sheet = openpyxl.load_workbook(io.BytesIO(made.task()().content))[PROJECTS.sheet]
    assert [cell.value for cell in sheet[4]][:7] == [
        row.project_id,
        "示例储能电站",
        "举措：配置用户侧储能",
        "前期",
        3,
        None,
        0.1,
    ]


def test_a_workbook_sent_again_puts_right_what_the_first_one_said(root: Path, call: Call) -> None:
    received(root, call, form(root, Q3, LINE))
    (before,) = known(root)
    received(root, call, form(root, Q3, replace(LINE, stage="开工")), "2026-10-12")
    (row,) = known(root)
    assert (row.project_id, row.stage) == (before.project_id, ProjectStage.STARTED)


def test_a_project_that_produces_is_in_the_reserve_and_one_that_left_is_not(
    root: Path, call: Call
) -> None:
    produces = replace(LINE, stage="投产", next_node="", next_month="", need="")
    gone = replace(LINE, project="另一电站", stage="退库", left_reason="并入另一个项目", need="")
    received(root, call, form(root, Q3, LINE, replace(produces, project="已建电站"), gone))
    said = call("projects", *LIVE)[1]
    assert said.startswith("2026年三季度：在库 2 个（各阶段：前期 1、投产 1、退库 1）")


def test_a_project_that_left_is_listed_only_when_asked_for(root: Path, call: Call) -> None:
    gone = replace(LINE, stage="退库", left_reason="并入另一个项目", need="")
    received(root, call, form(root, Q3, gone))
    (row,) = known(root)
    assert row.project_id not in call("projects", *LIVE)[1]
    assert row.project_id in call("projects", *LIVE, "--closed")[1]


def test_what_a_withdrawn_workbook_said_of_projects_was_never_said(root: Path, call: Call) -> None:
    received(root, call, form(root, Q3, LINE))
    (filed,) = (root / "data/live/submissions/2026-Q3").glob("*.xlsx")
    code, said = call("withdraw", filed.name, *LIVE, "--by", "energy", "--reason", "错报项目")
    assert code == 0, said
    assert known(root) == ()
