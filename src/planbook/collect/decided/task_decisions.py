"""Read ``tasks.csv``: the yearly tasks that were agreed, by which unit and when they are due.

The file → rows of `TaskDecisionRow`, everything wrong in it at once. Units propose tasks in their
workbooks, the analyst agrees them, or declines them by a first row that says why; a row is the
whole state of a task from its edition on, a later row of the same id replaces it, and one that says
why it is dropped ends it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.input_columns import ANYTHING, edition, month, text
from planbook.collect.decided.input_rows import InputRow, read_rows, sound_rows, unlike_published
from planbook.collect.decided.standing_rows import (
    LONGEST_ID,
    Standing,
    id_column,
    standing_problems,
    subject_columns,
)
from planbook.collect.read.submission import ProposedTask
from planbook.errors import Problem
from planbook.plan import Plan
from planbook.task_frames import TASK_DECISIONS, TaskDecisionRow
from planbook.yamlfile import of_today

TASKS_FILE = "tasks.csv"
_DIGITS = 6  # of the sha256 that ends a proposal's id
_TASKS = Standing(
    id="task_id",
    ends="dropped",
    subject=("goal_id", "measure_id", "submitting_unit"),
    due="完成时限",
    noun="任务",
    begun="核定",
    ended="取消",
    declinable=True,
    again="改回原来的内容；要换举措、目标或单位的，将这一项取消，另用一个编号核定",
)


def read_task_decisions(
    path: Path, plan: Plan, fixed: Fixed | None = None
) -> tuple[TaskDecisionRow, ...]:
    """Read ``tasks.csv``: the agreed tasks, each with all its rows.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    rows, problems = task_decision_rows(path, plan)
    problems += of_today(standing_problems(_TASKS, rows, path.name, plan))
    problems += of_today(_without_subject(rows, path.name))
    problems += unlike_published(path, rows, TASK_DECISIONS, fixed, task_decision_rows, plan=plan)
    return sound_rows(path, rows, problems)


def task_decision_rows(
    path: Path, plan: Plan
) -> tuple[list[InputRow[TaskDecisionRow]], list[Problem]]:
    """Return the rows of the file that can be read, and what is wrong in the others."""
    return read_rows(
        path,
        plan,
        TASK_DECISIONS,
        {
            "task_id": id_column("任务编号，如 t2026-software-01"),
            "task": text("年度任务"),
            "deliverable": text("成果形式"),
            "due_month": month(plan),
            "decided_in": text("核定依据"),
            "dropped": ANYTHING,
            "from_edition": edition(plan, "起用期号", flashes=True),
            **subject_columns(plan),
        },
    )


def readable_task_decisions(path: Path, plan: Plan) -> tuple[TaskDecisionRow, ...]:
    """Return what of ``tasks.csv`` can be read, to hold reports against.

    What is wrong in the rows is not said here: `read_task_decisions` says it.
    """
    rows, _ = task_decision_rows(path, plan)
    return sound_rows(path, rows, [])


def proposal_id(plan: Plan, unit_id: str, told: ProposedTask) -> str:
    """Return an id that depends on what a task is, not on the row in which it stands."""
    what = "|".join((told.goal_id, told.measure_id, told.task)).encode()
    end = f"-{hashlib.sha256(what).hexdigest()[:_DIGITS]}"
    begin = f"t{plan.year.of(told.due_month)}-{unit_id}"
    return f"{begin[: LONGEST_ID - len(end)].rstrip('-')}{end}"


def _without_subject(rows: Iterable[InputRow[TaskDecisionRow]], file: str) -> Iterator[Problem]:
    for read in rows:
        if not read.row.goal_id and not read.row.measure_id:
            what = f"「{read.row.task_id}」没有写属于哪项举措或目标"
            fix = "在 measure_id 写举措或专项的 id，或在 goal_id 写目标的 id"
            yield read.problem(file, "measure_id", what, fix)
