"""Hold a workbook's yearly tasks against what was agreed, and its measures against their tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planbook.collect.compare.earlier_reports import History
from planbook.collect.layout import MEASURES, TASKS, position
from planbook.collect.owed import owed_measures, tasks_asked_for
from planbook.collect.read.submission import ReportedStatus, ReportedTask, Submission
from planbook.collect.rules import Rule, task_rules
from planbook.errors import Finding
from planbook.plan import Plan
from planbook.plan.parts import Measure
from planbook.task_frames import TaskDecisionRow
from planbook.vocabulary import MeasureStatus, Visibility

_BEGUN = (MeasureStatus.UNDER_WAY, MeasureStatus.DONE)
_NOT_BEGUN = (MeasureStatus.NOT_STARTED, MeasureStatus.NOT_THIS_YEAR)
_SHOWN = 3  # tasks or measures that a finding names; more are counted


def task_findings(submission: Submission, before: History) -> Iterator[Finding]:
    """Yield what is wrong with the reports on tasks, and which measures contradict their tasks.

    A workbook whose template had no place for tasks is asked for none, nor is one for a correction
    edition.
    """
    if not submission.asks_for_tasks:
        return
    known = before.known_tasks(submission.edition)
    for task in submission.tasks:
        if task.answered:
            yield from _of_report(task, known.get(task.task_id), submission, before)
    yield from _contradictions(submission, before)
    if not submission.edition.correction:
        yield from _missing(submission, before)
        yield from _not_broken_down(submission, before)


def _of_report(
    task: ReportedTask, agreed: TaskDecisionRow | None, submission: Submission, before: History
) -> Iterator[Finding]:
    row, _ = position(task.cell)
    place = submission.place.at(TASKS.sheet, TASKS.cell(row, "task_id"))
    if agreed is None:
        yield task_rules.UNKNOWN_TASK.finding(place, observed=task.task_id)
    elif agreed.submitting_unit != submission.unit_id:
        owner = before.plan.unit(agreed.submitting_unit).name
        rule = task_rules.OTHER_UNITS_TASK
        yield rule.finding(place, observed=task.task_id, expected=owner)
    elif (
        task.status not in (None, MeasureStatus.DONE)
        and before.tasks_so_far.get(task.task_id) is MeasureStatus.DONE
    ):
        rule, place = task_rules.TASK_REOPENED, submission.place.at(TASKS.sheet, task.cell)
        yield rule.finding(place, observed=str(task.status), expected=agreed.task)


def _missing(submission: Submission, before: History) -> Iterator[Finding]:
    """Yield the tasks of which nothing is said; one is asked of after the edition it came in."""
    there = {task.task_id: task for task in submission.tasks}
    for row in before.owed_tasks(submission.edition, submission.unit_id):
        said = there.get(row.task_id)
        if said is None or not said.answered:
            place = submission.place.at(TASKS.sheet, said.cell if said else "")
            yield task_rules.MISSING_TASK.finding(
                place, observed="空白", expected=row.task, due=row.due_month.words
            )


def _contradictions(submission: Submission, before: History) -> Iterator[Finding]:
    """Yield the measures whose status is not what their tasks say: theirs and their sub-items'.

    Of a task of which this workbook says nothing holds what was said before.
    """
    said = {task.task_id: task.status for task in submission.tasks if task.status is not None}
    tasks = before.tasks_of_measures(submission.edition)
    for status in submission.statuses:
        own = [row for id in family(before.plan, status.measure_id) for row in tasks.get(id, ())]
        stands = [(row, said.get(row.task_id, before.tasks_so_far.get(row.task_id))) for row in own]
        broken = _broken(status, stands, submission, before.plan)
        if broken is not None:
            rule, rows = broken
            place = submission.place.at(MEASURES.sheet, status.cell)
            yield rule.finding(place, observed=status.status, expected=the_first(rows))


_Stands = list[tuple[TaskDecisionRow, MeasureStatus | None]]


def _broken(
    status: ReportedStatus, stands: _Stands, submission: Submission, plan: Plan
) -> tuple[Rule, list[str]] | None:
    """Return which rule a measure's status breaks, with the tasks that say otherwise."""
    still = [(row, now) for row, now in stands if now is not MeasureStatus.DONE]
    if status.status is MeasureStatus.DONE and still:
        return task_rules.MEASURE_AHEAD_OF_TASKS, [_stand(row, now) for row, now in still]
    if status.status in _NOT_BEGUN:
        year = plan.year.of(submission.edition.end)
        every = status.status is MeasureStatus.NOT_STARTED
        begun = [
            _stand(row, now)
            for row, now in stands
            if now in _BEGUN and (every or plan.year.of(row.due_month) == year)
        ]
        return (task_rules.MEASURE_BEHIND_TASKS, begun) if begun else None
    stuck = bool(still) and all(now is MeasureStatus.BLOCKED for _, now in still)
    if status.status is MeasureStatus.UNDER_WAY and stuck:
        return task_rules.MEASURE_HIDES_BLOCKED, [_stand(row, now) for row, now in still]
    return None


def _stand(row: TaskDecisionRow, now: MeasureStatus | None) -> str:
    return f"「{row.task}」{now or '未填报'}"


def the_first(parts: list[str]) -> str:
    """Return the first of what a finding names, and how many there are if it names not all."""
    more = f"等{len(parts)}项" if len(parts) > _SHOWN else ""
    return "、".join(parts[:_SHOWN]) + more


def _not_broken_down(submission: Submission, before: History) -> Iterator[Finding]:
    """Yield a finding where the form that asks for next year's tasks leaves measures without any.

    What is done, and what is followed by its sub-items, needs none.
    """
    plan, edition = before.plan, submission.edition
    year = tasks_asked_for(plan, edition)
    if year is None or year == plan.year.of(edition.end):
        return
    done = {s.measure_id for s in submission.statuses if s.status is MeasureStatus.DONE}
    agreed = before.known_tasks(edition).values()
    planned = {row.measure_id for row in agreed if plan.year.of(row.due_month) == year}
    planned |= {
        known.measure_id
        for task in submission.tasks
        if task.asked_month is not None
        and (known := before.known_tasks(edition).get(task.task_id)) is not None
    }
    planned |= {proposed.measure_id for proposed in submission.proposals}
    bare = [
        measure.title
        for measure in owed_measures(plan, submission.unit_id, edition)
        if measure.id not in done and not planned.intersection(family(plan, measure.id))
    ]
    if bare:
        yield task_rules.NO_TASKS_FOR_MEASURE.finding(
            submission.place.at(TASKS.sheet),
            observed="空白",
            expected=the_first([f"「{title}」" for title in bare]),
            count=str(len(bare)),
            year=plan.year.label(year),
        )


def family(plan: Plan, measure_id: str) -> tuple[str, ...]:
    """Return an id, and if it is a measure's those of its sub-items."""
    measure: Measure = plan.measure(measure_id)
    if measure.id != measure_id:
        return (measure_id,)
    return (measure.id, *(item.id for item in measure.sub_items))


def with_progress_of_tasks(submission: Submission, before: History) -> Submission:
    """Return the workbook in which a measure without words has those of its tasks.

    Nobody has to write twice what sheet 年度任务 says. Only what public tasks say: the progress of
    measures is published.
    """
    told: dict[str, list[str]] = {}
    known = before.known_tasks(submission.edition)
    for task in submission.tasks:
        agreed = known.get(task.task_id)
        if agreed is not None and task.progress and agreed.visibility is Visibility.PUBLIC:
            told.setdefault(agreed.measure_id, []).append(task.progress)
    if not told:
        return submission
    return replace(submission, statuses=tuple(_with_words(submission.statuses, told)))


def _with_words(
    statuses: Iterable[ReportedStatus], told: dict[str, list[str]]
) -> Iterator[ReportedStatus]:
    for status in statuses:
        parts = told.get(status.measure_id)
        if status.progress or not parts:
            yield status
        else:
            words = "；".join(part.rstrip("。；; ") for part in parts)
            yield replace(status, progress=f"{words}。")
