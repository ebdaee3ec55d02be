"""What holds from a correction edition that is given up, and what becomes of it.

Acts on workbooks, which commands write, hold from the current edition instead, as the workbooks
that came late do. What people write is theirs: it is named by file and line, with what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from planbook.collect.decided.action_decisions import ACTIONS_FILE, action_decision_rows
from planbook.collect.decided.csv_inputs import (
    annual_target_rows,
    assessment_rows,
    baseline_rows,
)
from planbook.collect.decided.input_rows import InputRow
from planbook.collect.decided.task_decisions import TASKS_FILE, task_decision_rows
from planbook.collect.inbox.reselection import move_acts
from planbook.errors import Problem
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.workspace import Workspace

_CSV: dict[str, Callable[[Path, Plan], tuple[Sequence[InputRow[Any]], list[Problem]]]] = {
    "baselines.csv": baseline_rows,
    "annual_targets.csv": annual_target_rows,
    "assessments.csv": assessment_rows,
    ACTIONS_FILE: action_decision_rows,
    TASKS_FILE: task_decision_rows,
}


def give_acts_over(workspace: Workspace, plan: Plan, correction: Edition) -> None:
    """Have acts on workbooks that hold from a correction edition hold from the current one."""
    now = workspace.editions.current
    if move_acts(workspace, plan, correction, now):
        path = workspace.selections.relative_to(workspace.root).as_posix()
        click.echo(f"{path} 中自 {correction} 起的撤回和改用，改为自 {now} 起")


def tell_what_is_left(workspace: Workspace, plan: Plan, correction: Edition) -> None:
    """Name what people wrote that holds from a correction edition that was given up."""
    places = list(written_for(workspace, plan, correction))
    if not places:
        return
    click.echo(f"以下内容自 {correction} 起用，不改就不能再生成：")
    for place in places:
        click.echo(f"  {place}")
    click.echo(f"  处理：仍然需要的，把 {correction} 改为 {workspace.editions.current}；否则删去")


def written_for(workspace: Workspace, plan: Plan, correction: Edition) -> Iterator[str]:
    """Yield the places, by file and line, where people wrote that something holds from it."""
    for name, read in _CSV.items():
        path = workspace.data / name
        since = "edition" if name == "assessments.csv" else "from_edition"
        for each in read(path, plan)[0]:
            if getattr(each.row, since) == correction:
                where = path.relative_to(workspace.root).as_posix()
                yield f"{where} 第 {each.line} 行「{since}」列"
    key = re.compile(
        rf"(?<![\w-])from_edition['\"]?\s*:\s*['\"]?{re.escape(str(correction))}(?![\w.-])"
    )
    for path in (workspace.data / "corrections.yaml", *sorted(workspace.plan.glob("*.yaml"))):
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        for number, line in enumerate(text.splitlines(), 1):
            if key.search(line):
                yield f"{path.relative_to(workspace.root).as_posix()} 第 {number} 行"
