"""Read sheet 年度任务: a row with an id → `ReportedTask`, one without → `ProposedTask`.

Whether there is such a task, and whether it is this unit's, is asked by `compare.task_checks`: that
depends on what was agreed, not on the workbook.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planbook.collect.owed import task_subjects
from planbook.collect.read.month_cells import month_of
from planbook.collect.read.row import Report, Row
from planbook.collect.read.submission import ProposedTask, ReportedTask
from planbook.collect.rules import row_rules, task_rules
from planbook.periods import TimePeriod
from planbook.task_frames import TASK_STATUSES
from planbook.vocabulary import MeasureStatus

_EXPLAINED = (MeasureStatus.DONE, MeasureStatus.BLOCKED)
_PROPOSED = ("about", "task", "deliverable", "due")
_REPORTED = ("status", "progress", "asked")


def read_tasks(rows: Iterable[Row]) -> list[ReportedTask]:
    """Return what was reported of agreed tasks, in the sheet's order; of rows on one nothing."""
    found: dict[str, ReportedTask] = {}
    first: dict[str, Row] = {}
    for row in rows:
        id = row["task_id"].text
        if not id:
            continue
        if id in first:
            shown = first[id].number_shown
            row.add(row_rules.DUPLICATE_ROW, "task_id", observed=shown, expected="年度任务")
            nothing = ReportedTask(id, None, "", None, found[id].cell)
            found[id] = nothing
        else:
            first[id] = row
            found[id] = _read_row(row, id)
    return list(found.values())


def _read_row(row: Row, id: str) -> ReportedTask:
    nothing = ReportedTask(id, None, "", None, row["status"].place)
    if all(row[key].is_blank for key in _REPORTED):
        return replace(nothing, answered=False)
    if row.is_merged("task_id", *_REPORTED) or row.is_unclear("status", "asked"):
        return nothing
    word = row.word("status", TASK_STATUSES, task_rules.UNKNOWN_TASK_STATUS)
    if not word and not row["status"].is_blank:
        return nothing
    row.note_unclear_texts("progress")
    status, progress = MeasureStatus(word) if word else None, row["progress"].text
    if status is None:
        row.add(task_rules.TASK_STATUS_NOT_GIVEN, "status")
    elif status in _EXPLAINED and not progress:
        row.add(task_rules.TASK_UNEXPLAINED, "progress", observed=status)
    return replace(nothing, status=status, progress=progress, asked_month=_month(row, "asked"))


def read_proposals(rows: Iterable[Row], report: Report) -> list[ProposedTask]:
    """Return the tasks that a unit proposes, in the sheet's order; each once."""
    subjects = task_subjects(report.plan, report.unit_id)
    found: dict[tuple[str, ...], ProposedTask] = {}
    for row in rows:
        if not row["task_id"].is_blank:
            continue
        proposal = _proposal(row, subjects)
        if proposal is not None:
            key = (proposal.goal_id, proposal.measure_id, proposal.task)
            found.setdefault(key, proposal)
    return list(found.values())


def _proposal(row: Row, subjects: dict[str, tuple[str, str]]) -> ProposedTask | None:
    """Return what a row proposes; ``None`` where it does not say all that makes a task."""
    if row.is_merged(*_PROPOSED) or row.is_unclear(*_PROPOSED):
        return None
    if not all(row[key].is_blank for key in ("status", "progress")):
        row.add(task_rules.TASK_NOT_AGREED, "status")
    missing = [key for key in _PROPOSED if row[key].is_blank]
    if len(missing) == len(_PROPOSED):
        return None
    if missing:
        titles = (row.table.columns[row.table.at(key)].title for key in missing)
        said = "、".join(f"「{title}」" for title in titles)
        row.add(task_rules.TASK_INCOMPLETE, missing[0], observed=said)
        return None
    about, due = row["about"].text, _month(row, "due")
    subject = subjects.get(about)
    if subject is None:
        meant = "、".join(f"「{name}」" for name in subjects if name.partition("：")[2] == about)
        fix = f"在「举措或目标」的下拉列表中选择{meant}" if meant else ""
        row.add(task_rules.UNKNOWN_TASK_SUBJECT, "about", observed=about, remedy=fix)
    if subject is None or due is None:
        return None
    goal_id, measure_id = subject
    return ProposedTask(
        goal_id, measure_id, row["task"].text, row["deliverable"].text, due, row["task"].place
    )


def _month(row: Row, key: str) -> TimePeriod | None:
    """Return the month that a cell names, from the edition's first to the plan's last."""
    first, last = row.report.edition.start, row.report.plan.due
    try:
        month = month_of(row[key].raw)
    except ValueError:
        month = None
    if row[key].is_blank or (month is not None and first <= month <= last):
        return month
    column = row.table.columns[row.table.at(key)].title
    expected, observed = f"{first} 至 {last}", row[key].text or row[key].error
    row.add(task_rules.BAD_TASK_MONTH, key, observed=observed, expected=expected, column=column)
    return None
