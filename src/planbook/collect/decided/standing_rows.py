"""Rows that each say the whole state of a thing from an edition on, as actions and tasks have them.

A later row of the same id replaces it, and one that says why it ends ends it. What is the same in
the files that hold such rows: how their columns are read, and what may follow what.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from planbook.collect.decided.input_columns import Column, last_edition, named, one_of, or_nothing
from planbook.collect.decided.input_rows import InputRow
from planbook.errors import Problem
from planbook.plan import Plan
from planbook.task_frames import TaskDecisionRow
from planbook.vocabulary import Visibility
from planbook.watch_frames import ActionDecisionRow

R = TypeVar("R", ActionDecisionRow, TaskDecisionRow)
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", re.ASCII)
LONGEST_ID = 40
_VISIBILITIES = {name: each for each in Visibility for name in (each.value, each.label)}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a file's rows are about, and the words for what may happen to it.

    Attributes
    ----------
    id, ends
        The columns that name it and that say why it ends.
    subject
        The columns that no later row changes.
    begun, ended, again
        What is done to it first and last, and what to do instead of changing its subject.
    declinable
        Whether a first row may end it: units propose it, and the proposal was declined.
    """

    id: str
    ends: str
    subject: tuple[str, ...]
    due: str
    noun: str
    begun: str
    ended: str
    again: str
    declinable: bool = False


def id_column(expected: str) -> Column:
    """Return the column of ids that people give."""
    rule = f"用小写字母、数字和半角连字符，以字母开头，不超过 {LONGEST_ID} 个字符"
    return Column(_read_id, expected, rule)


def subject_columns(plan: Plan) -> dict[str, Column]:
    """Return the columns that name a goal, a measure, a unit and who may read it."""
    goals = {goal.id for goal in plan.goals}
    measures = {id for m in plan.measures for id in (m.id, *(item.id for item in m.sub_items))}
    units = "方案中的填报单位，不写个人"
    return {
        "goal_id": or_nothing(one_of(goals, "方案中的目标 id"), ""),
        "measure_id": or_nothing(one_of(measures, "方案中的举措或专项 id"), ""),
        "submitting_unit": named(plan.unit_ids, units, "核对 data/plan/units.yaml 中的写法"),
        "visibility": or_nothing(
            named(_VISIBILITIES, "公开、内部", "写 公开 或 内部；留空为内部"),
            Visibility.INTERNAL,
        ),
    }


def _read_id(cell: str) -> str:
    if len(cell) > LONGEST_ID or not _ID.fullmatch(cell):
        raise ValueError(cell)
    return cell


def standing_problems(
    kind: Standing, rows: Iterable[InputRow[R]], file: str, plan: Plan
) -> Iterator[Problem]:
    """Yield what is wrong with how the rows of a file follow each other."""
    by_id: dict[str, list[InputRow[R]]] = defaultdict(list)
    for read in rows:
        by_id[getattr(read.row, kind.id)].append(read)
    for own in by_id.values():
        yield from _of_one(kind, own, file, plan)


def _of_one(
    kind: Standing, rows: Sequence[InputRow[R]], file: str, plan: Plan
) -> Iterator[Problem]:
    """Yield what is wrong with the rows of one thing, in the order of the file."""
    before: InputRow[R] | None = None
    for read in rows:
        row, ends = read.row, getattr(read.row, kind.ends)
        if row.goal_id and row.measure_id:
            what = f"同时写了目标「{row.goal_id}」和举措「{row.measure_id}」"
            yield read.problem(file, "measure_id", what, "只写其中一个，另一个留空")
        if before is None and ends and not kind.declinable:
            what = f"「{getattr(row, kind.id)}」没有{kind.begun}就已{kind.ended}"
            fix = f"先写{kind.begun}的一行，{kind.ends} 留空；{kind.ended}另起一行"
            yield read.problem(file, kind.ends, what, fix)
        if before is not None:
            yield from _later_row_problems(kind, read, before, file)
        yield from _due_problems(kind, read, before, file, plan)
        if before is None or not getattr(before.row, kind.ends):
            before = read


def _later_row_problems(
    kind: Standing, read: InputRow[R], before: InputRow[R], file: str
) -> Iterator[Problem]:
    row, was = read.row, before.row
    if getattr(was, kind.ends):
        again = f"不能再次{kind.ended}" if getattr(row, kind.ends) else "其后不能再有内容"
        what = f"「{getattr(row, kind.id)}」已在第 {before.line} 行{kind.ended}，{again}"
        fix = f"删去这一行；需要再办的，另用一个编号{kind.begun}"
        yield read.problem(file, kind.ends, what, fix)
    if row.from_edition < was.from_edition:
        what = f"起用期号「{row.from_edition}」早于第 {before.line} 行的 {was.from_edition}"
        yield read.problem(file, "from_edition", what, f"同一{kind.noun}的各行按起用期号先后填写")
    for column in kind.subject:
        now, then = getattr(row, column), getattr(was, column)
        if now != then:
            what = f"与第 {before.line} 行不同：原为「{then or ''}」，现为「{now or ''}」"
            yield read.problem(file, column, what, kind.again)


def _due_problems(
    kind: Standing, read: InputRow[R], before: InputRow[R] | None, file: str, plan: Plan
) -> Iterator[Problem]:
    """Yield what is wrong with a due month; one that passed may stand as it was decided."""
    row, last = read.row, last_edition(plan).end
    if before is not None and before.row.due_month == row.due_month:
        return
    if row.due_month > last:
        what = f"{kind.due} {row.due_month} 晚于 {last}"
        yield read.problem(file, "due_month", what, "核对年份")
    elif row.due_month < row.from_edition.start and not getattr(row, kind.ends):
        what = f"{kind.due} {row.due_month} 在起用期号 {row.from_edition} 开始之前就已过去"
        yield read.problem(file, "due_month", what, f"核对{kind.due}和起用期号")
