"""Write a `Form` as an ``.xlsx`` workbook that departments fill in Excel, WPS or LibreOffice.

Who calls it: the analyst's template command (blank forms) and the demonstration (filled ones). The
same form always gives the same bytes: the file carries the edition's first day, not the clock.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import asdict, dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planbook.collect.form.choices import (
    REVISABLE,
    TASK_SUBJECTS,
    guard_measure,
    guard_new_task,
    guard_project,
    guard_reply,
    guard_revision,
    guard_task,
    guard_values,
)
from planbook.collect.form.form import Cell, Form, ProjectLine, RevisionLine, TaskLine
from planbook.collect.form.form_paper import goes_on, lay_out
from planbook.collect.form.form_style import (
    BASE,
    BOXED,
    ENTRY,
    HEAD,
    LINE_HEIGHT,
    PAPER,
    REFERENCE,
    REFERENCE_HEAD,
    TITLE,
    Styles,
    lines_needed,
)
from planbook.collect.form.growing_sheet import GrowingSheet
from planbook.collect.form.notes_sheet import write_notes
from planbook.collect.layout import (
    CARRIED_COLUMN,
    FIRST_ROW,
    HEADING_ROW,
    MEASURES,
    META_KEYS,
    META_SHEET,
    PREVIOUS,
    PROJECTS,
    REPLIES,
    REVISION_ROWS,
    REVISIONS,
    SIGN_OFF,
    TASKS,
    VALUES,
    Table,
)
from planbook.periods import period_label
from planbook.vocabulary import Accumulation

_TABS = {
    VALUES.sheet: HEAD,
    MEASURES.sheet: "#2E7D6B",
    TASKS.sheet: "#33658A",
    PROJECTS.sheet: "#7A5C3E",
    REPLIES.sheet: "#8E44AD",
    REVISIONS.sheet: "#B7791F",
}
_LEGEND = {  # where each table's first rows have room for it
    VALUES.sheet: ("remark", "baseline"),
    MEASURES.sheet: ("completed_on", "previous_status"),
    REPLIES.sheet: ("status", "previous"),
    TASKS.sheet: ("progress", "asked"),
    PROJECTS.sheet: ("confirmed",),
}
_REVISABLE_COLUMN, _SUBJECTS_COLUMN = 3, 4  # of sheet _meta
_LOCKED = {"locked": True}
_AGREED: dict[str, dict[str, Any]] = {  # what may not be changed of a task that was agreed
    key: {"bg_color": PAPER, **_LOCKED} for key in ("about", "task", "deliverable", "due")
}
_NOT_YET: dict[str, dict[str, Any]] = {  # what cannot be said yet of one that is proposed
    key: {"bg_color": REFERENCE, **_LOCKED} for key in ("status", "progress", "asked")
}


def workbook_bytes(form: Form) -> bytes:
    """Return the form as the bytes of an ``.xlsx`` file; numbers keep the 15 digits Excel holds.

    Raises
    ------
    TypeError
        If a number is NaN or infinite, which a workbook cannot hold.
    """
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    book.set_properties(
        {
            "title": form.title,
            "created": dt.datetime(form.edition.start.year, form.edition.start.month, 1),
        }
    )
    book.set_size(2400, 1400)
    styles = Styles(book, small=10 if form.layout.legible else 9)
    _write_values(book, styles, form)
    _write_measures(book, styles, form)
    _write_tasks(book, styles, form)
    _write_projects(book, styles, form)
    _write_replies(book, styles, form)
    _write_revisions(book, styles, form)
    write_notes(book, styles, form)
    _write_meta(book, form)
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet that is being written."""

    sheet: GrowingSheet
    styles: Styles
    table: Table


def _page(book: Workbook, styles: Styles, table: Table, form: Form) -> _Page:
    """Return a sheet with title, headings, frozen panes and print layout."""
    sheet: GrowingSheet = book.add_worksheet(table.sheet, worksheet_class=GrowingSheet)
    visible = next(n for n, column in enumerate(table.columns) if column.role != "id")
    for number, column in enumerate(table.columns):
        hidden = {"hidden": True} if column.role == "id" else {}
        sheet.set_column(number, number, column.width, None, hidden)
        title = form.target_heading if column.key == "target" else column.title
        sheet.write_string(HEADING_ROW, number, title, styles.heading(column))
    is_values = table.sheet == VALUES.sheet
    name = form.title if is_values else f"{form.title}  {table.sheet}"
    start = visible
    if goes_on(form, table):  # on the second page too, what stands above its rows' names is whole
        sheet.write_string(0, visible, table.sheet, styles.get(TITLE))
        start = table.at(table.named_by) + 1
    sheet.write_string(0, start, name, styles.get(TITLE))
    sheet.write_string(1, visible, form.subtitle, styles.get(BASE))
    legends = (("黄色：请填写", ENTRY), ("灰色：供参考", REFERENCE))
    for key, (text, colour) in zip(_LEGEND.get(table.sheet, ()), legends, strict=False):
        legend = styles.get(
            BOXED, text_wrap=False, bg_color=colour, align="center", font_size=styles.small
        )
        sheet.write_string(1, table.at(key), text, legend)
    sheet.set_row(0, 32)
    sheet.set_row(1, 22)
    lines = max(lines_needed(c.title, c.width) for c in table.columns if c.role != "id")
    sheet.set_row(HEADING_ROW, LINE_HEIGHT * lines + 6)
    sheet.freeze_panes(FIRST_ROW, table.at("unit") if is_values else visible + 1)
    sheet.set_tab_color(_TABS[table.sheet])
    sheet.repeat_rows(0, HEADING_ROW)
    lay_out(sheet, form, table)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return _Page(sheet, styles, table)


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, style)  # never a formula, whatever it begins with
    else:
        sheet.write_number(row, column, cell, style)


def _write_row(page: _Page, row: int, cells: dict[str, Any], **looks: dict[str, Any]) -> None:
    """Write a row, as high as its texts need; `looks` change the format of single columns."""
    lines = 1
    for number, column in enumerate(page.table.columns):
        cell = cells.get(column.key)
        style = page.styles.cell(column, **looks.get(column.key, {}))
        _put(page.sheet, row, number, cell, style)
        if isinstance(cell, str) and column.role != "id":
            lines = max(lines, lines_needed(cell, column.width))
    page.sheet.grow_from(row, LINE_HEIGHT * lines + 7)


def _as_text(page: _Page, first: str, last: str, row: int) -> None:
    """Let no program warn of months that are texts, in columns down to a row."""
    cells = f"{page.table.cell(FIRST_ROW, first)}:{page.table.cell(row, last)}"
    page.sheet.ignore_errors({"number_stored_as_text": cells})


def _write_values(book: Workbook, styles: Styles, form: Form) -> None:
    table = form.layout.values
    page = _page(book, styles, table, form)
    sheet = page.sheet
    for row, line in enumerate(form.values, start=FIRST_ROW):
        places = {"decimals": line.decimals}
        cells = asdict(line) | {"number": float(row - FIRST_ROW + 1)}
        cells |= dict(zip(PREVIOUS, line.previous, strict=False))
        _write_row(page, row, cells, value=places, prior_value=places, yoy={"decimals": 1})
        guard_values(sheet, styles, table, row, line, scopes=form.scopes)
    last = FIRST_ROW + max(len(form.values) - 1, 0)
    texts = f"{table.cell(FIRST_ROW, 'period')}:{table.cell(last, 'scope')}"
    sheet.ignore_errors({"number_stored_as_text": texts})
    row = FIRST_ROW + len(form.values) + 1
    label = styles.get(BOXED, bold=True, align="center", bg_color=HEAD, font_color=PAPER)
    entry = styles.get(BOXED, bg_color=ENTRY, locked=False, num_format="@", align="center")
    for field, text, key in SIGN_OFF:
        sheet.write_string(row, table.at(key), text, label)
        _put(sheet, row + 1, table.at(key), getattr(form.sign_off, field), entry)
    seal = "confirmed" if form.layout.legible else "baseline"  # on the page that is signed
    sheet.write_string(
        row + (seal == "confirmed"), table.at(seal), "  （单位盖章）", styles.get(BASE)
    )
    sheet.set_row(row, LINE_HEIGHT + 4)
    sheet.set_row(row + 1, 2 * LINE_HEIGHT)


def _write_measures(book: Workbook, styles: Styles, form: Form) -> None:
    page = _page(book, styles, form.layout.measures, form)
    if not form.measures:  # every version has the sheet; empty it would only be printed
        page.sheet.hide()
    row, group = FIRST_ROW, ""
    for line in form.measures:
        if form.has_groups and line.group != group:
            group = line.group
            _write_heading(page, row, group)
            row += 1
        title = {"indent": 2} if line.is_sub_item else {"bold": True}
        _write_row(page, row, asdict(line), title=title)
        guard_measure(page.sheet, styles, row, line, form)
        row += 1
    _as_text(page, "completed_on", "completed_on", max(row - 1, FIRST_ROW))


def _write_heading(page: _Page, row: int, text: str) -> None:
    """Write the heading of a group of rows: no id, nothing to fill in, so nothing is read of it."""
    look = page.styles.get(BOXED, bold=True, bg_color=REFERENCE_HEAD, num_format="@")
    for number, column in enumerate(page.table.columns):
        words = text if column.key == page.table.named_by else None
        _put(page.sheet, row, number, words, look)
    page.sheet.set_row(row, LINE_HEIGHT + 5)


def _write_tasks(book: Workbook, styles: Styles, form: Form) -> None:
    """Write sheet 年度任务: agreed tasks, locked but for the report, then rows for new ones."""
    if not form.has_tasks:
        return
    page, month = _page(book, styles, TASKS, form), str(form.edition.end.plus(3))
    row = FIRST_ROW
    for line in form.tasks:
        _write_row(page, row, asdict(line), **_AGREED)
        guard_task(page.sheet, row, month)
        row += 1
    blanks = max(form.task_rows - len(form.proposed), 0)
    for line in (*form.proposed, *[TaskLine()] * blanks):
        _write_row(page, row, asdict(line), **_NOT_YET)
        guard_new_task(page.sheet, row, month)
        row += 1
    _as_text(page, "due", "asked", row)


def _write_projects(book: Workbook, styles: Styles, form: Form) -> None:
    """Write sheet 重点项目: known projects as they last stood, then rows for new ones."""
    if not form.has_projects:
        return
    page, month = _page(book, styles, PROJECTS, form), str(form.edition.end.plus(3))
    blanks = max(form.project_rows - len(form.new_projects), 0)
    lines = (*form.projects, *form.new_projects, *[ProjectLine()] * blanks)
    for row, line in enumerate(lines, start=FIRST_ROW):
        _write_row(page, row, asdict(line), project={"bold": True})
        guard_project(page.sheet, row, line, month)
    _as_text(page, "next_month", "next_month", FIRST_ROW + len(lines) - 1)


def _write_replies(book: Workbook, styles: Styles, form: Form) -> None:
    """Write sheet 督办事项, where the unit has open actions and the version has the sheet."""
    table = form.layout.replies
    if table is None or not form.replies:
        return
    page = _page(book, styles, table, form)
    for row, line in enumerate(form.replies, start=FIRST_ROW):
        _write_row(page, row, asdict(line), task={"bold": True})
        guard_reply(page.sheet, row)


def _write_revisions(book: Workbook, styles: Styles, form: Form) -> None:
    table = form.layout.revisions
    page = _page(book, styles, table, form)
    blanks = max(REVISION_ROWS - len(form.revisions), 0)
    lines: list[RevisionLine | None] = [*form.revisions, *[None] * blanks]
    label = period_label(form.edition.plus(-1).end, Accumulation.YTD, year=form.year)
    for row, line in enumerate(lines, start=FIRST_ROW):
        _write_row(page, row, {} if line is None else asdict(line))
        guard_revision(page.sheet, table, row, label, offered=bool(form.revisable))


def _write_meta(book: Workbook, form: Form) -> None:
    """Write the hidden marks, and the lists that sheets offer."""
    sheet = book.add_worksheet(META_SHEET)
    marks = (form.template_version, form.dataset, str(form.edition), form.unit_id)
    for row, (key, mark) in enumerate(zip(META_KEYS, marks, strict=True)):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, mark)
    if form.layout.carries:
        carried = [(line.measure_id, line.carried) for line in form.measures if line.carried]
        carried += [(line.task, line.due) for line in form.proposed if line.carried]
        of_months = (line for line in form.values if line.carried is not None)
        carried += [(f"{line.indicator_id} {line.period}", str(line.carried)) for line in of_months]
        for row, (what, came_with) in enumerate(carried):
            sheet.write_string(row, CARRIED_COLUMN, what)
            sheet.write_string(row, CARRIED_COLUMN + 1, came_with)
    for row, name in enumerate(form.revisable):
        sheet.write_string(row, _REVISABLE_COLUMN, name)
    if form.revisable:
        listed = f"={META_SHEET}!$D$1:$D${len(form.revisable)}"
        book.define_name(REVISABLE, listed)
    if form.has_tasks or form.has_projects:
        for row, name in enumerate(form.task_subjects):
            sheet.write_string(row, _SUBJECTS_COLUMN, name)
        listed = f"={META_SHEET}!$E$1:$E${max(len(form.task_subjects), 1)}"
        book.define_name(TASK_SUBJECTS, listed)
    sheet.very_hidden()
    sheet.protect("")
