"""What is due before the next edition: actions, reports, what judging lacks, yearly targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from planbook.periods import Edition, TimePeriod, day_label
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.escaping import listed
from planbook.present.reserve import nodes_until, overdue
from planbook.present.say import briefing_words
from planbook.present.say.action_words import open_ended, subject_name
from planbook.present.say.table_words import named_text
from planbook.present.views import GoalView
from planbook.present.watched import is_public, open_actions
from planbook.project_frames import ProjectRow
from planbook.task_frames import TaskRow, TaskState
from planbook.vocabulary import Reason, SubmissionState

_NAMED = 3  # goals, or units, in a line before 「等」
_OWED_STILL = (
    SubmissionState.MISSING,
    SubmissionState.RETURNED,
    SubmissionState.WITHDRAWN,
    SubmissionState.REFUSED,
)
_LACKING = {
    Reason.AWAITING_ASSESSMENT: "评定",
    Reason.NO_BASELINE: "补报基期值",
    Reason.NOT_REPORTED: "补报本期数值",
}
OVERDUE = "已逾期"


@dataclass(frozen=True)
class Coming:
    """Something to be done, in order of time.

    Attributes
    ----------
    when
        Until when, as printed: 已逾期, 2026年11月, 2027年1月20日.
    order
        What it sorts by.
    who
        The units that have to do it, by their short names, those with most of it first.
    address
        Where each of several things is listed, from the book's own folder; empty: nowhere.
    """

    when: str
    order: str
    what: str
    who: str
    address: str = ""


def coming(book: Book) -> tuple[Coming, ...]:
    """Return what is due until the next edition's workbooks are in, the earliest first."""
    following = book.edition.base.plus(1)
    found = [
        *_actions(book, following),
        *_tasks(book, following),
        *_projects(book, following),
        *_reports(book, following),
        *_judging(book, following),
        *_ends(book, following),
    ]
    return tuple(sorted(found, key=lambda each: each.order))


def _actions(book: Book, following: Edition) -> Iterator[Coming]:
    for row in open_actions(book):
        if row.due_month <= following.end:
            about = subject_name(book, row)
            task = open_ended(row.task)
            when = OVERDUE if row.overdue else row.due_month.words
            order = "" if row.overdue else _last_day(row.due_month)
            said = briefing_words.action_due(task, "" if about in task else about)
            unit = book.plan.unit(row.submitting_unit).short
            table = "overdue-actions" if row.overdue else "open-actions"
            yield Coming(when, order, said, unit, book.listed_at("watchlist", table))


def _tasks(book: Book, following: Edition) -> Iterator[Coming]:
    """Yield how many yearly tasks are overdue, and how many are due in each month until then."""
    listed_in = book.listed_at("tasks", "tasks-due")
    overdue = [row for row in book.rows.tasks if row.task_state is TaskState.OVERDUE]
    if overdue:
        said = briefing_words.tasks_overdue(len(overdue))
        yield Coming(OVERDUE, "", said, _of_units(book, overdue), listed_in)
    near = [row for row in book.rows.tasks if row.task_state is TaskState.NEAR]
    for month in sorted({row.due_month for row in near if row.due_month <= following.end}):
        due = [row for row in near if row.due_month == month]
        who = _of_units(book, due)
        said = briefing_words.tasks_due(len(due))
        yield Coming(month.words, _last_day(month), said, who, listed_in)


def _projects(book: Book, following: Edition) -> Iterator[Coming]:
    """Yield the projects whose node is overdue, and those whose node is due in each month."""
    late = overdue(book.rows.projects)
    if late:
        said = briefing_words.nodes_overdue(len(late), _few(late))
        address = book.listed_at("projects", "project-nodes")
        yield Coming(OVERDUE, "", said, _of_units(book, late), address)
    for month, due in nodes_until(book.rows.projects, following.end).items():
        said = briefing_words.nodes_due(len(due), _few(due))
        address = book.listed_at("projects", "projects")
        yield Coming(month.words, _last_day(month), said, _of_units(book, due), address)


def _few(projects: Sequence[ProjectRow]) -> str:
    """Return their names, if they are few."""
    return listed([row.project for row in projects]) if len(projects) <= _NAMED else ""


def _of_units(book: Book, tasks: Iterable[TaskRow | ProjectRow]) -> str:
    """Return all units that have to do something, those with most of it first."""
    counted = Counter(book.plan.unit(row.submitting_unit).short for row in tasks)
    return listed([name for name, _ in counted.most_common()], len(counted))


def _reports(book: Book, following: Edition) -> Iterator[Coming]:
    if not is_public(book):
        owing = [
            book.plan.unit(row.submitting_unit).short
            for row in book.rows.submissions
            if row.edition == book.edition.base and row.state in _OWED_STILL
        ]
        if owing:
            yield Coming(
                OVERDUE,
                "",
                briefing_words.form_owed(book.edition.base.label),
                listed(owing, _NAMED),
            )
    for round_ in book.plan.cycle.coming(book.edition):
        day, said = book.dataset.deadline(round_), briefing_words.form_due(round_.label)
        yield Coming(day_label(day), day.isoformat(), said, "各填报单位")
    moment = book.dataset.release(following)
    if moment is not None:
        yield Coming(
            day_label(moment.date()),
            moment.date().isoformat(),
            briefing_words.release_of(following.label),
            "",
        )


def _judging(book: Book, following: Edition) -> Iterator[Coming]:
    day = book.dataset.deadline(following)
    for reason, task in _LACKING.items():
        own = [view for view in book.views.values() if view.verdict.reason is reason]
        if own:
            yield Coming(
                day_label(day), day.isoformat(), named_text(task, _names(own)), _units(own)
            )


def _ends(book: Book, following: Edition) -> Iterator[Coming]:
    """Yield the yearly targets and the goals whose time ends with the next edition or before."""

    def within(end: TimePeriod) -> bool:
        return book.edition.end < end <= following.end

    year = book.plan.cycle.year.of(following.end)
    end = following.end
    if book.plan.cycle.year.is_end(end):
        targets = {row.goal_id for row in book.rows.annual_targets if row.year == year}
        yield from _ending(
            book,
            end,
            briefing_words.yearly_targets_end(book.plan.cycle.year.label(year)),
            targets.__contains__,
        )
    due = {view.id for view in book.views.values() if within(view.due) and not view.decided}
    yield from _ending(book, end, briefing_words.END_OF_GOALS, due.__contains__)


def _ending(
    book: Book, end: TimePeriod, said: str, chosen: Callable[[str], bool]
) -> Iterator[Coming]:
    own = [view for view in book.views.values() if chosen(view.id)]
    if own:
        yield Coming(end.words, _last_day(end), named_text(said, _names(own)), _units(own))


def _names(views: Iterable[GoalView]) -> str:
    names = [view.name for view in views]
    more = len(names) if len(names) > _NAMED else 0
    return briefing_words.goals_named(listed(names, _NAMED), more)


def _units(views: Iterable[GoalView]) -> str:
    names = list(dict.fromkeys(view.submitting_unit.short for view in views))
    return listed(names, _NAMED) or numbers.ABSENT


def _last_day(period: TimePeriod) -> str:
    return period.last_day.isoformat()
