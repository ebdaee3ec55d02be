"""Read sheet 重点项目: a row a project → `ReportedProject`; a new one is given its id.

Whether there is a project of an id, and what its amounts are held against, is asked by
`compare.project_checks`: that depends on what was reported before, not on the workbook.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from planbook.collect.layout import PROJECTS
from planbook.collect.owed import task_subjects
from planbook.collect.read.month_cells import month_of
from planbook.collect.read.row import Report, Row
from planbook.collect.read.submission import ReportedProject
from planbook.collect.rules import project_rules, row_rules
from planbook.collect.xlsx.raw_cells import compact
from planbook.periods import TimePeriod
from planbook.project_frames import ProjectStage
from planbook.vocabulary import Visibility

UNIT = "亿元"
AMOUNTS = ("total_investment", "year_investment", "invested")
_TEXTS = ("next_node", "problem", "need", "left_reason", "confirmed")
PROJECT_TEXTS = ("project", *_TEXTS)  # what a person may be named in
_NEEDED = ("project", "about", "stage")
_ENTRIES = tuple(column.key for column in PROJECTS.columns if column.is_entry)
_DIGITS = 8  # of the sha256 that ends an id
_YEARS_AFTER_PLAN = 10  # how long after its plan a project's node may be due
_STAGES = {stage.label: stage for stage in ProjectStage}
_MARKS = {visibility.label: visibility for visibility in Visibility}


def read_projects(rows: Iterable[Row], report: Report) -> list[ReportedProject]:
    """Return what was said of projects, in the sheet's order; of rows on one nothing."""
    subjects = task_subjects(report.plan, report.unit_id)
    found: dict[str, ReportedProject] = {}
    first: dict[str, Row] = {}
    for row in rows:
        is_new = row["project_id"].is_blank
        id = new_id(report, row["project"].text) if is_new else row["project_id"].text
        told = ReportedProject(id, row["stage"].place, is_new=is_new)
        if is_new and not row["project"].text:
            _read_row(row, told, subjects)  # for what is to be said of it
        elif id in first:
            key, shown = "project" if is_new else "project_id", first[id].number_shown
            row.add(row_rules.DUPLICATE_ROW, key, observed=shown, expected="重点项目")
            found[id] = told
        else:
            first[id] = row
            found[id] = _read_row(row, told, subjects)
    return list(found.values())


def new_id(report: Report, name: str) -> str:
    """Return the id of a project that a unit first names in an edition: for ever the same.

    It depends on unit, edition and name, so neither the order of rows nor sending the workbook
    again changes it, and one that takes up an old name later is another.
    """
    said = "|".join((str(report.edition), report.unit_id, compact(name))).encode()
    year = report.plan.year.of(report.edition.end)
    return f"p{year}-{report.unit_id}-{hashlib.sha256(said).hexdigest()[:_DIGITS]}"


def _read_row(
    row: Row, told: ReportedProject, subjects: dict[str, tuple[str, str]]
) -> ReportedProject:
    """Return what a row says; without a stage where it does not say what makes a project."""
    if all(row[key].is_blank for key in _ENTRIES):
        return replace(told, answered=False)
    if row.is_merged("project_id", *_ENTRIES) or row.is_unclear(*_NEEDED, "next_month"):
        return told
    word = row.word("stage", tuple(_STAGES), project_rules.UNKNOWN_STAGE)
    if not word and not row["stage"].is_blank:
        return told
    missing = [key for key in _NEEDED if not row[key].text]
    if missing:
        row.add(project_rules.PROJECT_INCOMPLETE, missing[0], observed=_titles(row, missing))
        return told
    about = row["about"].text
    if about not in subjects:
        row.add(project_rules.UNKNOWN_PROJECT_SUBJECT, "about", observed=about)
        return told
    row.note_unclear_texts(*_TEXTS)
    goal_id, measure_id = subjects[about]
    texts: dict[str, Any] = {key: row[key].text for key in _TEXTS}
    amounts: dict[str, Any] = {key: _amount(row, key) for key in AMOUNTS}
    stage, month = _STAGES[word], _month(row)
    _check_words(row, stage)
    if not stage.is_open:
        texts["next_node"], month = "", None
    return replace(
        told,
        stage=stage,
        project=row["project"].text,
        goal_id=goal_id,
        measure_id=measure_id,
        next_month=month,
        visibility=_visibility(row),
        **texts,
        **amounts,
    )


def _check_words(row: Row, stage: ProjectStage) -> None:
    """Report what a stage asks to be said and is not, and the other way round."""
    shown = stage.label
    blank = [key for key in ("next_node", "next_month") if row[key].is_blank]
    if stage.is_open and blank:
        said = _titles(row, blank)
        row.add(project_rules.NODE_MISSING, blank[0], observed=shown, expected=said)
    if stage is ProjectStage.LEFT and not row["left_reason"].text:
        row.add(project_rules.LEFT_UNEXPLAINED, "left_reason", observed=shown)
    elif stage is not ProjectStage.LEFT and row["left_reason"].text:
        row.add(project_rules.REASON_WITHOUT_LEAVING, "left_reason", observed=shown)


def _amount(row: Row, key: str) -> float | None:
    value = row.number(key, UNIT).value
    if value is not None and value < 0:
        shown = row[key].text
        row.add(project_rules.NEGATIVE_INVESTMENT, key, observed=shown, column=_title(row, key))
        return None
    return value


def _month(row: Row) -> TimePeriod | None:
    """Return the month that a node is due in; one that is over may have been known before."""
    plan, cell = row.report.plan, row["next_month"]
    first, last = plan.start, plan.due.plus(12 * _YEARS_AFTER_PLAN)
    try:
        month = month_of(cell.raw)
    except ValueError:
        month = None
    if cell.is_blank or (month is not None and first <= month <= last):
        return month
    observed, expected = cell.text or cell.error, f"{first} 至 {last}"
    row.add(project_rules.BAD_NODE_MONTH, "next_month", observed=observed, expected=expected)
    return None


def _visibility(row: Row) -> Visibility:
    """Return who may read of a project: only what says 公开 is public."""
    word = row.word("visibility", tuple(_MARKS), project_rules.UNKNOWN_PROJECT_VISIBILITY)
    return _MARKS.get(word, Visibility.INTERNAL)


def _title(row: Row, key: str) -> str:
    return row.table.columns[row.table.at(key)].title


def _titles(row: Row, keys: Iterable[str]) -> str:
    return "、".join(f"「{_title(row, key)}」" for key in keys)
