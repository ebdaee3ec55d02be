"""Read a department's workbook: raw cells → checked rows, and a finding for all that is wrong.

The workbook as a whole is checked here (is it ours, for this unit and edition, its columns in
place); its rows in `value_rows`, `status_rows`, `revision_rows`, `reply_rows`, `task_rows` and
`project_rows`. No workbook, however damaged, raises.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass

from planbook.collect.layout import (
    FEEDBACK_SHEET,
    FIRST_ROW,
    HEADING_ROW,
    LAYOUTS,
    MEASURES,
    META_KEYS,
    META_SHEET,
    NEWEST,
    NOTES_SHEET,
    PROJECTS,
    REPLIES,
    TASKS,
    VALUES,
    Table,
    address,
    position,
)
from planbook.collect.read.carried import (
    carried_statuses,
    is_carried_task,
    is_carried_value,
    is_typed,
)
from planbook.collect.read.explanations import report_repeated
from planbook.collect.read.project_rows import PROJECT_TEXTS, read_projects
from planbook.collect.read.reply_rows import read_replies
from planbook.collect.read.revision_rows import read_revisions
from planbook.collect.read.row import Report, Row, filled_rows
from planbook.collect.read.signing import Mask, check_signatures, sign_off_row, signed_by
from planbook.collect.read.status_rows import read_statuses
from planbook.collect.read.submission import (
    DeclaredRevision,
    ProposedTask,
    ReportedProject,
    ReportedReply,
    ReportedStatus,
    ReportedTask,
    ReportedValue,
    Submission,
)
from planbook.collect.read.task_rows import read_proposals, read_tasks
from planbook.collect.read.value_rows import read_values
from planbook.collect.rules import Place, cell_rules, file_rules
from planbook.collect.xlsx.cell_looks import HIDDEN_COLUMN
from planbook.collect.xlsx.package import Refused
from planbook.collect.xlsx.raw_cells import Sheet, Workbook, compact, read_workbook
from planbook.periods import Edition
from planbook.plan import Plan

SHEETS = (
    *dict.fromkeys(t.sheet for known in LAYOUTS.values() for t in known.all_tables),
    META_SHEET,
)
_PREFILLED = {  # entries that the template fills in itself
    VALUES.sheet: ("period", "scope"),
    TASKS.sheet: ("about", "task", "deliverable", "due"),  # of agreed tasks
    PROJECTS.sheet: tuple(column.key for column in PROJECTS.columns),  # of known ones
}
_IGNORED = (NOTES_SHEET, FEEDBACK_SHEET)
_ADDRESS = re.compile(r"[A-Z]+\d+")


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the sheets of a workbook say; of one that is not usable, nothing."""

    values: list[ReportedValue]
    statuses: list[ReportedStatus]
    revisions: list[DeclaredRevision]
    replies: list[ReportedReply]
    tasks: list[ReportedTask]
    proposals: list[ProposedTask]
    projects: list[ReportedProject]


_NO_ROWS = _Rows([], [], [], [], [], [], [])


def read_submission(
    data: bytes,
    plan: Plan,
    *,
    file: str,
    dataset: str,
    edition: Edition,
    unit_id: str,
    received: dt.date | None = None,
) -> Submission:
    """Read the bytes of a workbook that should be `unit_id`'s for `edition` of `dataset`.

    Parameters
    ----------
    file
        The name by which findings call it.
    received
        The day it came: no period may end after it.

    Returns
    -------
    Submission
        With every finding at once. Not usable if the file cannot be read, or is not the template of
        this dataset, edition and unit with its columns in place; single bad rows are refused alone.
    """
    report = Report(plan, edition, unit_id, Place(str(edition), unit_id, file), received)
    try:
        book = read_workbook(data, SHEETS)
    except Refused as refused:
        report.findings.append(refused.finding(report.place))
        book = None
    sha256 = hashlib.sha256(data).hexdigest()
    return submission_of(book, report, dataset=dataset, sha256=sha256)


def submission_of(
    book: Workbook | None, report: Report, *, dataset: str, sha256: str = ""
) -> Submission:
    """Return what a workbook says, its `SHEETS` having been read; ``None``: they could not be.

    `report` names its unit, edition and file, and takes the findings.
    """
    rows = None if book is None else _read(book, report, dataset)
    told = rows or _NO_ROWS
    if book is not None and VALUES.sheet in book.sheets:
        telephones = report.plan.about.telephones
        mask = Mask(signed_by(book.sheets[VALUES.sheet]), telephones)
        told = _masked(told, mask, report)
        report.findings = list(mask.findings(report.findings))
    return Submission(
        edition=report.edition,
        unit_id=report.unit_id,
        file=report.place.file,
        sha256=sha256,
        received=report.received,
        usable=rows is not None,
        values=tuple(told.values),
        statuses=tuple(told.statuses),
        revisions=tuple(told.revisions),
        replies=tuple(told.replies),
        asks_for_replies=rows is not None and report.layout.replies is not None,
        tasks=tuple(told.tasks),
        proposals=tuple(told.proposals),
        asks_for_tasks=rows is not None and report.layout.tasks is not None,
        projects=tuple(told.projects),
        asks_for_projects=rows is not None and report.layout.projects is not None,
        findings=tuple(report.findings),
    )


def _masked(told: _Rows, mask: Mask, report: Report) -> _Rows:
    """Return what a workbook says without the names and numbers of people; report what was."""
    layout = report.layout
    return _Rows(
        mask.published(told.values, layout.values, report, "remark", "confirmed"),
        mask.published(told.statuses, layout.measures, report, "progress"),
        mask.published(told.revisions, layout.revisions, report, "reason", "confirmed"),
        mask.published(told.replies, layout.replies or REPLIES, report, "text"),
        mask.published(told.tasks, layout.tasks or TASKS, report, "progress"),
        mask.published(told.proposals, layout.tasks or TASKS, report, "task", "deliverable"),
        mask.published(told.projects, layout.projects or PROJECTS, report, *PROJECT_TEXTS),
    )


def _read(book: Workbook, report: Report, dataset: str) -> _Rows | None:
    report.layout = LAYOUTS.get(_mark(book, "template_version")[1], NEWEST)
    if not (_has_sheets(book, report) and _is_this_template(book, report, dataset)):
        return None
    there = [table for table in report.layout.all_tables if table.sheet in book.sheets]
    sheets = [(table, book.sheets[table.sheet]) for table in there]
    in_place = [_columns_in_place(sheet, table, report) for table, sheet in sheets]
    if not all(in_place):
        return None
    of_values = book.sheets[VALUES.sheet]
    signed_at = sign_off_row(of_values)
    end = len(of_values.rows) if signed_at is None else signed_at
    tables: dict[str, list[Row]] = {}
    for table, sheet in sheets:
        _mark_hidden_columns(sheet, table)
        rows = filled_rows(sheet, table, report)
        if sheet is of_values:
            rows = [row for row in rows if row.index not in (end, end + 1)]
        data = [row.index for row in rows if sheet is not of_values or row.index < end]
        _note_layout(sheet, table, set(data), report)
        tables[table.sheet] = rows
    layout = report.layout
    carried = carried_statuses(book) if layout.carries else {}
    every = [row for rows in tables.values() for row in rows]
    asks_for_values = any(row.index < end for row in tables[VALUES.sheet])
    confirmed = carried and not asks_for_values and any(astuple(signed_by(of_values)))
    if not (confirmed or any(_is_filled(row, carried) for row in every)):
        report.add(file_rules.NOTHING_FILLED)
        return None
    values = read_values(tables[layout.values.sheet], end, report)
    check_signatures(of_values, report)
    statuses = read_statuses(tables[layout.measures.sheet], report)
    revisions = read_revisions(tables[layout.revisions.sheet], values, report)
    report_repeated(values, layout.values, report)
    report_repeated(revisions, layout.revisions, report)
    of_tasks = tables.get(TASKS.sheet, [])
    return _Rows(
        values,
        statuses,
        revisions,
        read_replies(tables.get(REPLIES.sheet, [])),
        read_tasks(of_tasks),
        read_proposals(of_tasks, report),
        read_projects(tables.get(PROJECTS.sheet, []), report),
    )


def _has_sheets(book: Workbook, report: Report) -> bool:
    sheets = (*(table.sheet for table in report.layout.all_tables), META_SHEET, *_IGNORED)
    needed = (*(table.sheet for table in report.layout.tables), META_SHEET)
    missing = [name for name in needed if name not in book.sheets]
    for name in missing:
        report.add(file_rules.NOT_OURS, expected=name)
    for name in book.names:
        if name not in sheets and not missing:
            report.add(file_rules.EXTRA_SHEET, sheet=name, observed=name)
    return not missing


def _mark(book: Workbook, key: str) -> tuple[int, str]:
    """Return the row of a hidden mark and what it says; an empty text where it is not there."""
    sheet = book.sheets.get(META_SHEET)
    if sheet is not None:
        for row in range(len(sheet.rows)):
            if sheet.text(row, 0) == key:
                return row, sheet.text(row, 1)
    return 0, ""


def _is_this_template(book: Workbook, report: Report, dataset: str) -> bool:
    """Compare the hidden marks with what the workbook should be; any version known will do."""
    wanted = (tuple(LAYOUTS), (dataset,), (str(report.edition),), (report.unit_id,))
    rules = (
        file_rules.WRONG_TEMPLATE,
        file_rules.WRONG_DATASET,
        file_rules.WRONG_EDITION,
        file_rules.WRONG_UNIT,
    )
    right = True
    for key, allowed, rule in zip(META_KEYS, wanted, rules, strict=True):
        row, found = _mark(book, key)
        if found not in allowed:
            expected = "、".join(allowed)
            report.add(rule, META_SHEET, address(row, 1), observed=found, expected=expected)
            right = False
    return right


def _columns_in_place(sheet: Sheet, table: Table, report: Report) -> bool:
    right = True
    for number, column in enumerate(table.columns):
        found = compact(sheet.text(HEADING_ROW, number))
        if column.is_read and _plain(found) != _plain(column.title):
            cell = address(HEADING_ROW, number)
            report.add(
                file_rules.MOVED_COLUMN, table.sheet, cell, observed=found, expected=column.title
            )
            right = False
    return right


def _plain(heading: str) -> str:
    """Return a heading with half-width marks: 同比(%) is 同比（%）."""
    return unicodedata.normalize("NFKC", heading)


def _is_filled(row: Row, carried: Mapping[str, str]) -> bool:
    """Tell whether anything was entered in a row; what the template fills in is not."""
    if row.table.sheet == MEASURES.sheet:
        return is_typed(row, carried)
    prefilled = _PREFILLED.get(row.table.sheet, ())
    if row.table.sheet == TASKS.sheet and is_carried_task(row, carried):
        return False
    if row.table.sheet == VALUES.sheet and is_carried_value(row, carried):
        return False
    new = {TASKS.sheet: "task_id", PROJECTS.sheet: "project_id"}.get(row.table.sheet)
    if new is not None and row[new].is_blank:
        prefilled = ()  # a task that the unit proposes, a project that it adds
    entries = [c.key for c in row.table.columns if c.is_entry and c.key not in prefilled]
    return not all(row[key].is_blank for key in entries)


def _mark_hidden_columns(sheet: Sheet, table: Table) -> None:
    """Give each entry in a hidden column the look of one: nobody who signs the table sees it."""
    for number, column in enumerate(table.columns):
        if column.is_entry and number in sheet.marks.hidden_columns:
            for row in range(FIRST_ROW, len(sheet.rows)):
                sheet.marks.looks.setdefault(address(row, number), HIDDEN_COLUMN)


def _note_layout(sheet: Sheet, table: Table, rows: Collection[int], report: Report) -> None:
    """Report merged cells, hidden rows and notes among the rows of a table."""
    read = {number for number, column in enumerate(table.columns) if column.is_read}
    for merged in sheet.marks.merged:
        if any(row in rows and column in read for row, column in merged.cells):
            cell = merged.ref.partition(":")[0]
            report.add(file_rules.MERGED_CELLS, table.sheet, cell, observed=merged.ref)
    for number in sorted(sheet.marks.hidden_rows):
        if number - 1 in rows:
            cell = address(number - 1, 0)
            report.add(file_rules.HIDDEN_ROW, table.sheet, cell, observed=str(number))
    for cell in sorted(sheet.marks.notes, key=lambda cell: (len(cell), cell)):
        if _ADDRESS.fullmatch(cell) and position(cell)[0] in rows:
            report.add(cell_rules.CELL_NOTE, table.sheet, cell)
