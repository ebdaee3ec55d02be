"""What forms ask for beside indicators: statuses, replies, open tasks and projects in the reserve.

Decided actions and tasks, the workbooks that count → the units that leave something unsaid when
they send nothing. By the rules of `planbook.collect.form.blank`, which makes the forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planbook.collect.owed import owed_measures, owed_replies, tasks_of_units
from planbook.collect.read.submission import Key, Submission
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.project_frames import ProjectStage
from planbook.task_frames import TaskDecisionRow
from planbook.vocabulary import MeasureStatus
from planbook.watch_frames import ActionDecisionRow


def asked_beside_indicators(
    plan: Plan,
    rounds: Iterable[Edition],
    ordered: Mapping[Key, Sequence[Submission]],
    actions: Sequence[ActionDecisionRow],
    tasks: Sequence[TaskDecisionRow],
) -> frozenset[Key]:
    """Return the rounds of collecting and units whose form asks for more than values.

    Parameters
    ----------
    rounds
        Editions and the months between them.
    ordered
        By edition and unit, the workbook that counts first.
    """
    done: set[str] = set()
    reserve: dict[str, _Held] = {}
    asked: set[Key] = set()
    for edition in sorted({*rounds, *(edition for edition, _ in ordered)}):
        replies = owed_replies(actions, edition)
        own_tasks = tasks_of_units(tasks, edition)
        year = plan.year.of(edition.end)
        holders = {held.unit for held in reserve.values() if held.produces_in in (None, year)}
        for unit in plan.units:
            still = any(row.task_id not in done for row in own_tasks.get(unit.id, ()))
            measures = owed_measures(plan, unit.id, edition)
            if measures or still or unit.id in replies or unit.id in holders:
                asked.add((edition, unit.id))
        for submission in _counting(plan, edition, ordered):
            _take(submission, done, reserve, year)
    return frozenset(asked)


def _counting(
    plan: Plan, edition: Edition, ordered: Mapping[Key, Sequence[Submission]]
) -> Iterator[Submission]:
    for unit in plan.units:
        yield from ordered.get((edition, unit.id), ())[:1]


@dataclass(frozen=True)
class _Held:
    """The unit of a project that has not left, and in which year it began to produce, if it has."""

    unit: str
    produces_in: int | None = None


def _take(submission: Submission, done: set[str], reserve: dict[str, _Held], year: int) -> None:
    """Take in what a workbook says is finished, and which projects it has."""
    for task in submission.tasks:
        if task.status is MeasureStatus.DONE:
            done.add(task.task_id)
        elif task.status is not None:
            done.discard(task.task_id)
    for project in submission.projects:
        if project.stage is None:
            continue
        before = reserve.pop(project.project_id, None)
        if project.stage.is_open:
            reserve[project.project_id] = _Held(submission.unit_id)
        elif project.stage is ProjectStage.PRODUCING:
            since = before.produces_in if before is not None else None
            reserve[project.project_id] = _Held(submission.unit_id, since or year)
