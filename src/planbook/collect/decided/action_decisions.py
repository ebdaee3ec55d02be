"""Read ``actions.csv``: what was decided to be done, by which unit and when, and what closed it.

The file → rows of `ActionDecisionRow`, everything wrong in it at once. The office writes it; units
only reply, in their workbooks. A row is the whole state of an action from its edition on, a later
row of the same id replaces it, and one with a closure ends it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.input_columns import (
    ANYTHING,
    Column,
    edition,
    last_edition,
    month,
    named,
    one_of,
    or_nothing,
    text,
)
from planbook.collect.decided.input_rows import InputRow, read_rows, sound_rows, unlike_published
from planbook.errors import Problem
from planbook.plan import Plan
from planbook.vocabulary import Visibility
from planbook.watch_frames import ACTION_DECISIONS, ActionDecisionRow, AlertRule

ACTIONS_FILE = "actions.csv"
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", re.ASCII)
_LONGEST_ID = 40
_SUBJECT = ("goal_id", "measure_id", "alert_rule", "submitting_unit")  # no later row changes it
_RULES = {name: rule for rule in AlertRule for name in (rule.value, rule.label)}
_VISIBILITIES = {name: each for each in Visibility for name in (each.value, each.label)}


def read_action_decisions(
    path: Path, plan: Plan, fixed: Fixed | None = None
) -> tuple[ActionDecisionRow, ...]:
    """Read ``actions.csv``: the decided actions, each with all its rows.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    rows, problems = action_decision_rows(path, plan)
    by_id: dict[str, list[InputRow[ActionDecisionRow]]] = defaultdict(list)
    for read in rows:
        by_id[read.row.action_id].append(read)
    for own in by_id.values():
        problems += _action_problems(own, path.name, plan)
    problems += unlike_published(
        path, rows, ACTION_DECISIONS, fixed, action_decision_rows, plan=plan
    )
    return sound_rows(path, rows, problems)


def action_decision_rows(
    path: Path, plan: Plan
) -> tuple[list[InputRow[ActionDecisionRow]], list[Problem]]:
    """Return the rows of the file that can be read, and what is wrong in the others."""
    goals = {goal.id for goal in plan.goals}
    measures = {id for m in plan.measures for id in (m.id, *(item.id for item in m.sub_items))}
    units = "方案中的填报单位，不写个人"
    return read_rows(
        path,
        plan,
        ACTION_DECISIONS,
        {
            "action_id": Column(
                _id,
                "督办编号，如 a-2026-01",
                "用小写字母、数字和半角连字符，以字母开头，不超过 40 个字符",
            ),
            "goal_id": or_nothing(one_of(goals, "方案中的目标 id"), ""),
            "measure_id": or_nothing(one_of(measures, "方案中的举措或专项 id"), ""),
            "alert_rule": or_nothing(
                named(
                    _RULES, "预警规则", f"写预警的名称（{'、'.join(r.label for r in AlertRule)}）"
                ),
                None,
            ),
            "task": text("督办事项"),
            "submitting_unit": named(plan.unit_ids, units, "核对 data/plan/units.yaml 中的写法"),
            "due_month": month(plan),
            "decided_in": text("交办依据"),
            "closure": ANYTHING,
            "visibility": or_nothing(
                named(_VISIBILITIES, "公开、内部", "写 公开 或 内部；留空为内部"),
                Visibility.INTERNAL,
            ),
            "from_edition": edition(plan, "起用期号"),
        },
    )


def readable_action_decisions(path: Path, plan: Plan) -> tuple[ActionDecisionRow, ...]:
    """Return what of ``actions.csv`` can be read, to hold replies against.

    What is wrong in the rest is not said here: `read_action_decisions` says it.
    """
    rows, _ = action_decision_rows(path, plan)
    return sound_rows(path, rows, [])


def _id(cell: str) -> str:
    if len(cell) > _LONGEST_ID or not _ID.fullmatch(cell):
        raise ValueError(cell)
    return cell


def _action_problems(
    rows: Sequence[InputRow[ActionDecisionRow]], file: str, plan: Plan
) -> Iterator[Problem]:
    """Yield what is wrong with the rows of one action, in the order of the file."""
    before: InputRow[ActionDecisionRow] | None = None
    for read in rows:
        row = read.row
        if row.goal_id and row.measure_id:
            what = f"同时写了目标「{row.goal_id}」和举措「{row.measure_id}」"
            yield read.problem(file, "measure_id", what, "只写其中一个，另一个留空")
        if before is None and row.closure:
            what = f"「{row.action_id}」没有交办就已销号"
            fix = "先写交办的一行，closure 留空；销号另起一行"
            yield read.problem(file, "closure", what, fix)
        if before is not None:
            yield from _later_row_problems(read, before, file)
        yield from _due_problems(read, before, file, plan)
        if before is None or not before.row.closure:
            before = read


def _later_row_problems(
    read: InputRow[ActionDecisionRow], before: InputRow[ActionDecisionRow], file: str
) -> Iterator[Problem]:
    row, was = read.row, before.row
    if was.closure:
        again = "不能再次销号" if row.closure else "其后不能再有内容"
        what = f"「{row.action_id}」已在第 {before.line} 行销号，{again}"
        yield read.problem(file, "closure", what, "删去这一行；需要再办的，另用一个编号交办")
    if row.from_edition < was.from_edition:
        what = f"起用期号「{row.from_edition}」早于第 {before.line} 行的 {was.from_edition}"
        yield read.problem(file, "from_edition", what, "同一事项的各行按起用期号先后填写")
    for column in _SUBJECT:
        now, then = getattr(row, column), getattr(was, column)
        if now != then:
            what = f"与第 {before.line} 行不同：原为「{then or ''}」，现为「{now or ''}」"
            fix = "改回原来的内容；要换对象或单位的，将这一项销号，另用一个编号交办"
            yield read.problem(file, column, what, fix)


def _due_problems(
    read: InputRow[ActionDecisionRow],
    before: InputRow[ActionDecisionRow] | None,
    file: str,
    plan: Plan,
) -> Iterator[Problem]:
    """Yield what is wrong with a due month; one that passed may stand as it was decided."""
    row, last = read.row, last_edition(plan).end
    if before is not None and before.row.due_month == row.due_month:
        return
    if row.due_month > last:
        what = f"办结期限 {row.due_month} 晚于 {last}"
        yield read.problem(file, "due_month", what, "核对年份")
    elif row.due_month < row.from_edition.start and not row.closure:
        what = f"办结期限 {row.due_month} 在起用期号 {row.from_edition} 开始之前就已过去"
        yield read.problem(file, "due_month", what, "核对办结期限和起用期号")
