"""The paper of a monthly meeting: what moved, what is late, what is to be decided, on two pages.

What was collected of a month and what stood before → a `Brief`, of which PDF and Word are made. It
rates nothing: the verdicts of the last edition hold until the next one takes the month in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planbook.frames import ObservationRow
from planbook.periods import Edition, TimePeriod, period_label
from planbook.plan import Indicator, Plan
from planbook.present import numbers
from planbook.present.pages.brief import Brief, Briefed, Points
from planbook.present.prose import Heading, Prose
from planbook.present.say import meeting_words as say
from planbook.present.tables.cells import Column, words
from planbook.present.tables.table import Columns, plain
from planbook.project_frames import ProjectChange, ProjectRow, ProjectStage
from planbook.task_frames import TaskRow, TaskState
from planbook.watch_frames import ActionRow, ActionStatus

_TOLD = (
    ProjectChange.LEFT,
    ProjectChange.BACK,
    ProjectChange.SLIPPED,
    ProjectChange.NEW,
    ProjectChange.MOVED,
)
_ROWS_TO_FILL = 4


@dataclass(frozen=True)
class Meeting:
    """What a meeting is told of.

    Attributes
    ----------
    edition, before
        The month, and the last edition of the book before it; ``None`` where there is none.
    values, known
        Observations as known in the month and in that edition.
    tasks, projects, actions
        As they stand in the month; of projects, what changed since the last round of collecting.
    decided
        Ids of the actions and tasks of which a meeting decided since that round.
    asked, silent
        Names of the units that owe a report of the month, and of those that have sent none.
    """

    plan: Plan
    edition: Edition
    before: Edition | None
    values: tuple[ObservationRow, ...]
    known: tuple[ObservationRow, ...]
    tasks: tuple[TaskRow, ...]
    projects: tuple[ProjectRow, ...]
    actions: tuple[ActionRow, ...]
    decided: frozenset[str]
    asked: tuple[str, ...]
    silent: tuple[str, ...]
    demonstration: bool


@dataclass(frozen=True)
class Most:
    """How many entries of each list are printed at most."""

    moved: int
    late: int
    decide: int
    changed: int


# From all that a meeting may want down to what it must have: the first that fits is printed.
MOST = (
    Most(14, 14, 10, 10),
    Most(12, 12, 8, 8),
    Most(10, 10, 7, 6),
    Most(8, 8, 6, 5),
    Most(6, 6, 5, 4),
    Most(4, 4, 3, 3),
    Most(2, 2, 2, 2),
    Most(1, 1, 1, 1),
)


def meeting_paper(meeting: Meeting, most: Most = MOST[0]) -> Brief:
    """Return the paper with at most so many entries of each list, the most urgent first."""
    content: tuple[Briefed, ...] = (
        *_followed(meeting, most.decide),
        Heading(2, say.DECIDE),
        _points(list(_to_decide(meeting)), most.decide, say.NOTHING_TO_DECIDE),
        Heading(2, say.LATE),
        *_late(meeting, most.late),
        Heading(2, say.MOVED),
        *_moved(meeting, most.moved),
        Heading(2, say.CHANGED),
        _points(list(_changed(meeting)), most.changed, say.NONE_CHANGED),
        Heading(2, say.SILENT),
        Prose(say.reported(len(meeting.asked), meeting.silent)),
        Heading(2, say.DECIDED),
        _to_be_filled(),
    )
    return Brief(
        say.title(meeting.plan.about.short_title, meeting.edition),
        say.dateline(meeting.edition, meeting.before, demonstration=meeting.demonstration),
        content,
    )


def _points(items: Sequence[tuple[str, str]], most: int, nothing: str) -> Points | Prose:
    if not items:
        return Prose(nothing)
    left = len(items) - most
    rest = ((say.others_head(left), say.IN_FORMS),) if left > 0 else ()
    return Points((*items[:most], *rest))


def _followed(meeting: Meeting, most: int) -> Iterator[Briefed]:
    """Yield what became of what the last meeting decided, if it decided anything."""
    items = [
        (_named(meeting, action.task, action.submitting_unit), say.action_followed(action))
        for action in meeting.actions
        if action.action_id in meeting.decided
    ]
    items += [
        (_named(meeting, _task(meeting, task), task.submitting_unit), say.task_followed(task))
        for task in meeting.tasks
        if task.task_id in meeting.decided and not task.dropped
    ]
    if items:
        yield Heading(2, say.FOLLOWED)
        yield _points(items, most, "")


def _to_decide(meeting: Meeting) -> Iterator[tuple[str, str]]:
    """Yield what units cannot settle alone: needs of projects, later months, what is blocked."""
    for project in meeting.projects:
        if project.need and project.stage.is_open:
            yield (
                _named(meeting, project.project, project.submitting_unit),
                say.project_need(project),
            )
    for task in meeting.tasks:
        if task.asked_month is not None and task.task_state is not TaskState.DONE:
            yield _named(meeting, _task(meeting, task), task.submitting_unit), say.task_asks(task)
    for action in meeting.actions:
        if action.action_status is ActionStatus.BLOCKED and not action.closure:
            yield _named(meeting, action.task, action.submitting_unit), say.action_blocked(action)


def _named(meeting: Meeting, name: str, unit: str) -> str:
    return say.of_unit(say.unmarked(name), meeting.plan.unit(unit).short)


def _task(meeting: Meeting, task: TaskRow) -> str:
    """Return a task behind what it serves: 开展验收 alone tells a meeting nothing."""
    plan = meeting.plan
    if plan.has_goal(task.goal_id):
        return say.task_of(plan.goal(task.goal_id).name, task.task)
    measure = plan.measure(task.measure_id)
    items = (item.name for item in measure.sub_items if item.id == task.measure_id)
    return say.task_of(next(items, measure.title), task.task)


def _late(meeting: Meeting, most: int) -> Iterator[Briefed]:
    """Yield what is overdue, the longest first."""
    rows: list[tuple[TimePeriod, str, str, str]] = [
        (task.due_month, say.TASK, _task(meeting, task), task.submitting_unit)
        for task in meeting.tasks
        if task.task_state is TaskState.OVERDUE
    ]
    rows += [
        (
            project.next_month,
            say.NODE,
            say.project_node(project.project, project.next_node),
            project.submitting_unit,
        )
        for project in meeting.projects
        if project.overdue and project.next_month is not None
    ]
    rows += [
        (action.due_month, say.ACTION, action.task, action.submitting_unit)
        for action in meeting.actions
        if action.overdue
    ]
    if not rows:
        yield Prose(say.NONE_LATE)
        return
    rows.sort(key=lambda row: row[0])
    short = {unit.id: unit.short for unit in meeting.plan.units}
    cells = [
        tuple(map(words, (what, say.unmarked(name), short[unit], due.words)))
        for due, what, name, unit in rows[:most]
    ]
    heads = ("类别", "事项", "单位", "时限")
    note = say.others(max(len(rows) - most, 0))
    table = plain("meeting-late", "", tuple(map(Column, heads)), cells, note=note)
    yield Columns(table, (12, 48, 22, 18))


def _moved(meeting: Meeting, most: int) -> Iterator[Briefed]:
    """Yield what the month itself brought beside what was known before, in the plan's order."""
    since = _newest(row for row in meeting.values if row.vintage == meeting.edition)
    before = _newest(meeting.known)
    place = {indicator.id: n for n, indicator in enumerate(meeting.plan.indicators)}
    keys = sorted(since, key=lambda key: (place[key[0]], key[1]))
    if not keys:
        yield Prose(say.NO_VALUE)
        return
    cells = []
    for key in keys[:most]:
        indicator, now = meeting.plan.indicator(key[0]), since[key]
        cells.append(
            (
                words(indicator.name),
                words(_said(meeting.plan, indicator, before.get(key))),
                words(_said(meeting.plan, indicator, now)),
                words(say.year_on_year(now.yoy, now.yoy_type or "")),
            )
        )
    heads = ("指标", "此前已报", "本月所报", "同比")
    note = say.others(max(len(keys) - most, 0))
    table = plain("meeting-moved", "", tuple(map(Column, heads)), cells, note=note)
    yield Columns(table, (22, 28, 28, 22))


def _newest(rows: Iterable[ObservationRow]) -> dict[tuple[str, str], ObservationRow]:
    """Return by indicator and scope the value of the last period that has one."""
    found: dict[tuple[str, str], ObservationRow] = {}
    for row in sorted(rows, key=lambda row: row.time_period):
        if row.obs_value is not None:
            found[row.indicator_id, row.scope] = row
    return found


def _said(plan: Plan, indicator: Indicator, row: ObservationRow | None) -> str:
    if row is None:
        return numbers.ABSENT
    since = next((goal.since for goal in indicator.goals if goal.since is not None), None)
    label = period_label(row.time_period, indicator.accumulation, since, plan.year)
    value = numbers.quantity(row.obs_value, indicator.unit, indicator.decimals)
    return say.period_value(value, label)


def _changed(meeting: Meeting) -> Iterator[tuple[str, str]]:
    order = {change: number for number, change in enumerate(_TOLD)}
    told = [row for row in meeting.projects if row.change in order]
    for row in sorted(told, key=lambda row: order[row.change]):
        if row.change is ProjectChange.LEFT or row.stage is not ProjectStage.LEFT:
            yield _named(meeting, row.project, row.submitting_unit), say.project_change(row)


def _to_be_filled() -> Columns:
    """Return a table for what the meeting decides, written by hand or in Word."""
    heads = ("序号", "议定事项", "责任单位", "办结期限")
    cells = [
        (words(str(number)), words("　"), words("　"), words("　"))
        for number in range(1, _ROWS_TO_FILL + 1)
    ]
    table = plain("meeting-decided", "", tuple(map(Column, heads)), cells, note=say.TO_BE_FILLED)
    return Columns(table, (8, 54, 22, 16))
