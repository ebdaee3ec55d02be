"""The copy of a workbook that goes back to its department: bad cells marked, findings in front.

Turns the bytes received and the findings on them into the bytes of a copy. Nothing that the
department typed is changed, so it can be put right in the copy; marks of an earlier copy are taken
off first. A hidden mark tells the copy from a report (`copies`). Of a file that cannot be opened
only the list of findings is made.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from planbook.collect.feedback.feedback_list import colour_cell, for_departments, write_list
from planbook.collect.form.form_style import DOUBTFUL, ENTRY, WRONG
from planbook.collect.layout import FEEDBACK_SHEET, META_SHEET, TABLES, address
from planbook.collect.read.copies import COPY_MARK, CopyState, content_digest, copy_state
from planbook.collect.rules import row_rules, title_of
from planbook.collect.xlsx.marks import read_marks
from planbook.collect.xlsx.package import repacked, xml_parts
from planbook.collect.xlsx.raw_cells import read_workbook
from planbook.errors import Finding
from planbook.vocabulary import Severity

_OPENING = f"【{FEEDBACK_SHEET}】"  # of our part of a comment
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_COMMENT_WIDTH, _COMMENT_LINE = 340, 19  # pixels
_MARKS_IN_LINE = 24
_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def feedback_workbook(data: bytes, findings: Sequence[Finding]) -> bytes:
    """Return a copy of a workbook with `findings` marked in it and listed on its first sheet.

    Parameters
    ----------
    data
        The workbook as received; any bytes.
    findings
        On this workbook; errors are listed first, then by sheet, row and column.

    Returns
    -------
    bytes
        An ``.xlsx``, the same for the same arguments.
    """
    ordered = [_printable(finding) for finding in sorted(findings, key=_errors_then_place)]
    try:
        book = _marked_copy(data, ordered)
        write_list(book, ordered)
        # what was filled in and came back with its list is on file nowhere: it may not pass for a
        # copy that says nothing new once the list is deleted, so it keeps the mark it has
        if copy_state(read_workbook(data, (META_SHEET, *TABLES))) is not CopyState.FILLED_IN:
            _put_mark(book, content_digest(read_workbook(_bytes(book), TABLES)))
        return _bytes(book)
    except Exception:  # noqa: BLE001  Refused, or what openpyxl makes of bytes that may be anything
        book = Workbook()
        book.remove(book.worksheets[0])
        write_list(book, ordered)
        return _bytes(book)


def _printable(finding: Finding) -> Finding:
    """Return a finding without the characters that no workbook can hold."""

    told = ("message", "file", "observed", "expected", "remedy")
    clean: dict[str, Any] = {key: _UNPRINTABLE.sub("�", getattr(finding, key)) for key in told}
    return replace(finding, **clean)


def _errors_then_place(finding: Finding) -> tuple[bool, int, int, int, str]:
    """Return a key for sorting; what has no place stands before what has."""
    sheet = list(TABLES).index(finding.sheet) if finding.sheet in TABLES else -1
    row, letters = 0, ""
    if _ADDRESS.fullmatch(finding.cell):
        letters, row = coordinate_from_string(finding.cell)
    return (finding.severity is not Severity.ERROR, sheet, row, len(letters), letters)


def _marked_copy(data: bytes, findings: Sequence[Finding]) -> Workbook:
    """Open a workbook that is safe to open, and mark the findings in it."""
    read_marks(xml_parts(data))  # refuses what is oversized or damaged
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out of the copy
        book = load_workbook(io.BytesIO(data), keep_links=False)
    _take_off_marks(book)
    for finding in reversed(findings):  # so that an error's colour lies on top of a warning's
        for cell in _cells(book, finding):
            _mark(cell, finding)
    return book


def _put_mark(book: Workbook, digest: str) -> None:
    """Write the mark of a copy below the marks of the template, where the workbook has them."""
    if META_SHEET not in book.sheetnames:
        return
    meta = book[META_SHEET]
    keys = [meta.cell(row, 1).value for row in range(1, meta.max_row + 1)]
    free = keys.index(None) if None in keys else len(keys)
    row = keys.index(COPY_MARK) if COPY_MARK in keys else free
    meta.cell(row + 1, 1).value = COPY_MARK
    meta.cell(row + 1, 2).value = digest


def _bytes(book: Workbook) -> bytes:
    """Return the workbook as a file, the same each time."""
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as saved:
        parts = {name: saved.read(name) for name in saved.namelist()}
    parts[_CORE] = _TIMES.sub(b"", parts[_CORE])
    return repacked(parts, zipfile.ZIP_DEFLATED)


def _cells(book: Workbook, finding: Finding) -> list[Cell]:
    """Return the cells a finding is about; in place of a hidden id the name beside it."""
    if finding.sheet not in book.sheetnames or finding.sheet == FEEDBACK_SHEET:
        return []
    sheet = book[finding.sheet]
    places = [finding.cell]
    if finding.rule == row_rules.BLANK_STATUS.id:  # one finding for all of them
        places = finding.expected.split("、")
    return [
        _shown_cell(sheet, place)
        for place in places
        if _ADDRESS.fullmatch(place) and isinstance(sheet, Worksheet)
    ]


def _shown_cell(sheet: Worksheet, place: str) -> Cell:
    letters, row = coordinate_from_string(place)
    table = TABLES.get(sheet.title)
    if table is not None and letters == "A" and table.columns[0].role == "id":
        place = address(row - 1, table.at(table.named_by))
    cell = sheet[place]
    for area in sheet.merged_cells.ranges:
        if isinstance(cell, MergedCell) and place in area:
            cell = sheet.cell(area.min_row, area.min_col)
    return cast("Cell", cell)


def _mark(cell: Cell, finding: Finding) -> None:
    """Colour a cell and say in its comment what is wrong and what to do."""
    colour_cell(cell, WRONG if finding.severity is Severity.ERROR else DOUBTFUL)
    before = cell.comment
    said = (
        f"{_OPENING}{finding.severity.label}：{title_of(finding.rule)}\n"
        f"{finding.message}\n处理：{for_departments(finding.remedy)}"
    )
    author = before.author if before is not None else FEEDBACK_SHEET
    text = said if before is None else f"{said}\n{before.text}"
    if before is not None and not before.text.startswith(_OPENING):
        text = f"{before.text}\n{said}"  # a note of the department's own stays first
    lines = sum(-(-len(line) // _MARKS_IN_LINE) for line in text.split("\n"))
    cell.comment = Comment(
        text, author, width=_COMMENT_WIDTH, height=_COMMENT_LINE * (max(lines, 1) + 1)
    )


def _take_off_marks(book: Workbook) -> None:
    """Remove the sheet, colours and comments of an earlier copy, if this is one sent again."""
    if FEEDBACK_SHEET in book.sheetnames:
        book.remove(book[FEEDBACK_SHEET])
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.comment and _OPENING in cell.comment.text:
                    own = cell.comment.text.partition(_OPENING)[0].rstrip()
                    cell.comment = Comment(own, cell.comment.author) if own else None
                    if cell.protection.locked:
                        cell.fill = PatternFill()
                    else:
                        colour_cell(cell, ENTRY)
