"""What is said of yearly tasks: how they stand in an edition, in a sentence and in cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planbook.periods import TimePeriod
from planbook.present.book import Book
from planbook.present.escaping import listed
from planbook.present.say.action_words import first_due, open_ended
from planbook.present.tasked import Tally, tasks_ahead, tasks_of_year, year_of
from planbook.present.watched import is_public
from planbook.task_frames import PendingTaskRow, TaskRow, TaskState
from planbook.vocabulary import MeasureStatus

NO_REPORT = "尚未填报"
NOT_PUBLIC = "公开版只列公开的任务。"
NONE_DUE = "没有未完成的任务。"


def how_to_read(*, before: bool) -> str:
    """Return how the board is read; `before`: it has a column of earlier years' tasks."""
    older = "；「此前」是往年到期、本年仍在跟踪的" if before else ""
    return (
        f"「2/3」是当月到期3项、已完成2项，并注逾期或临近到期的项数{older}。"
        "完成与否以责任单位填报为准，时限当月结束仍未完成的为逾期。"
    )


def tasks_sentence(book: Book) -> str:
    """Return how many tasks the year has, how they stand, and who is late."""
    rows = tasks_of_year(book)
    year = year_words(book)
    if not rows and not tasks_ahead(book):
        return _none(book, year) + _waiting(book)
    said = f"{year}跟踪任务{counted(rows)}。"
    late = [row for row in rows if row.task_state is TaskState.OVERDUE]
    if late:
        units = dict.fromkeys(book.plan.unit(row.submitting_unit).short for row in late)
        said += f"有逾期任务的单位：{listed(list(units))}。"
    stuck = sum(is_blocked(row) for row in rows)
    said += f"未完成的任务中，受阻{stuck}项。" if stuck else ""
    said += _waiting(book)
    asked = sum(row.asked_month is not None for row in rows)
    said += f"申请调整时限、尚未核定的{asked}项。" if asked else ""
    ahead = len(tasks_ahead(book))
    said += f"以后年度的任务已核定{ahead}项。" if ahead else ""
    return said + (NOT_PUBLIC if is_public(book) else "")


def _waiting(book: Book) -> str:
    """Return how many proposals wait to be decided; empty for none."""
    rows = [row for row in book.rows.pending_tasks if not row.dropped]
    earlier = sum(row.proposed_in.base != book.edition.base for row in rows)
    older = f"，其中{earlier}项是以前各期提出的" if earlier else ""
    return f"各单位提出、待核定的任务{len(rows)}项{older}。" if rows else ""


def _none(book: Book, year: str) -> str:
    how = "各单位在填报表的「年度任务」表中提出，核定后列入本页，逐期跟踪。"
    return no_tasks(book, year) + ("" if is_public(book) else how)


def no_tasks(book: Book, year: str = "") -> str:
    """Return that there are none; a public book knows the public ones only."""
    return f"没有公开的{year}任务。" if is_public(book) else f"还没有核定的{year}任务。"


def counted(rows: Iterable[TaskRow]) -> str:
    """Return tasks counted by where they stand: 5项，完成2项、逾期1项、未到期2项."""
    tally = Tally.of(rows)
    order = (TaskState.DONE, TaskState.OVERDUE, TaskState.NEAR, TaskState.AHEAD)
    parts = [f"{each.label}{tally.states[each]}项" for each in order if tally.states.get(each)]
    return f"{tally.all}项" + (f"，其中{'、'.join(parts)}" if parts else "")


def year_words(book: Book) -> str:
    """Return the year whose tasks a book shows."""
    return book.plan.year.label(year_of(book))


def month_words(month: TimePeriod) -> str:
    return f"{month.month}月"


def pending_title(book: Book) -> str:
    return f"{book.edition.label}待核定的任务"


def nothing_pending(book: Book) -> str:
    """Return that nothing waits; a public book shows agreed tasks only."""
    return "公开版不列待核定的任务。" if is_public(book) else "没有待核定的任务。"


def pending_words(row: PendingTaskRow) -> str:
    """Return where a proposal stands: nobody has decided, or why it was declined."""
    if not row.dropped:
        return "待核定"
    return f"不予核定：{open_ended(row.dropped)}（{row.decided_in}）"


def pending_due_note(row: PendingTaskRow) -> str:
    """Return that the month went by before anybody decided."""
    return "时限已过" if row.due_month < row.edition.start and not row.dropped else ""


def board_title(book: Book) -> str:
    return f"{year_words(book)}任务打表，截至{book.edition.label}"


def due_title(book: Book) -> str:
    return f"{book.edition.label}未完成的任务，按时限"


def overdue_words(rows: Sequence[TaskRow]) -> str:
    """Return the heading of overdue tasks: 已逾期（10项）."""
    return f"已逾期（{len(rows)}项）"


def due_words(month: TimePeriod, rows: Sequence[TaskRow]) -> str:
    """Return the heading of what is due in a month: 2026年10月到期（6项）."""
    return f"{month.words}到期（{len(rows)}项）"


def goal_title(name: str) -> str:
    return f"{name}的年度任务"


def unit_words(name: str, rows: Iterable[TaskRow]) -> str:
    """Return a unit's name with how many of its tasks are done, and how many late."""
    tally = Tally.of(rows)
    late = f"，逾期{tally.overdue}项" if tally.overdue else ""
    return f"{name}（{tally.all}项，完成{tally.done}项{late}）"


def share_words(tally: Tally) -> str:
    """Return how many of how many are done: 2/3; empty where there are none."""
    return f"{tally.done}/{tally.all}" if tally.all else ""


def late_words(tally: Tally) -> str:
    """Return how many are late or will be due soon: 逾期1 临近2; empty for none."""
    late = f"逾期{tally.overdue}" if tally.overdue else ""
    near = f"临近{tally.near}" if tally.near else ""
    return " ".join(filter(None, (late, near)))


def due_note(row: TaskRow) -> str:
    """Return what is to be said of a due month: that it was moved, or is asked to be."""
    was = first_due(row.first_due_month, row.due_month)
    asked = f"申请调整至{row.asked_month.words}" if row.asked_month is not None else ""
    return "，".join(filter(None, (was, asked)))


def progress_note(row: TaskRow) -> str:
    """Return what the unit last reported; when, if not now; why a task was dropped."""
    if row.dropped:
        return row.dropped
    if row.reported_in is None:
        return NO_REPORT
    said = row.progress or str(row.task_status or "")
    if row.reported_in.base == row.edition.base:
        return said
    return f"{said.rstrip('。 ')}（{row.reported_in.label}）"


def is_blocked(row: TaskRow) -> bool:
    """Whether an open task is 受阻 by the last report."""
    return row.task_status is MeasureStatus.BLOCKED and not row.dropped
