"""Tell a copy that `feedback` made from a report, whatever it is called and whoever saved it since.

The copy carries a mark in its hidden sheet ``_meta``: a digest of what its tables said when it was
made. A copy that still says the same is nobody's report. One in which something was changed is a
report once its sheet 核对意见 is deleted: that is how a department says that it is done with it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from enum import Enum, auto

from planbook.collect.layout import FEEDBACK_SHEET, META_SHEET, TABLES, address
from planbook.collect.xlsx.raw_cells import Raw, Sheet, Workbook

COPY_MARK = "feedback_copy"  # key in sheet _meta, beside META_KEYS


class CopyState(Enum):
    """What a workbook is to `feedback`."""

    NO_COPY = auto()
    AS_SENT = auto()  # a copy that says what it said when it was made
    FILLED_IN = auto()  # a copy in which something was changed, its sheet 核对意见 still there


def copy_state(book: Workbook) -> CopyState:
    """Return whether a workbook is a copy; its sheets of `TABLES` and ``_meta`` are read."""
    ours = [name for name in book.names if name.strip().startswith(FEEDBACK_SHEET)]
    mark = _mark(book.sheets[META_SHEET]) if META_SHEET in book.sheets else ""
    if (mark and mark == content_digest(book)) or (ours and len(ours) == len(book.names)):
        return CopyState.AS_SENT
    return CopyState.FILLED_IN if ours else CopyState.NO_COPY


def content_digest(book: Workbook) -> str:
    """Return a digest of all that the tables say, the same after a spreadsheet program saved it.

    Of a formula only that there is one: its result may not have been calculated yet. Numbers to the
    15 digits that every program keeps.
    """
    digest = hashlib.sha256()
    for name in TABLES:
        if name in book.sheets:
            digest.update(f"[{name}]\n".encode())
            for line in _cells(book.sheets[name]):
                digest.update(f"{line}\n".encode("utf-8", "replace"))
    return digest.hexdigest()


def _cells(sheet: Sheet) -> list[str]:
    said = {}
    for row, cells in enumerate(sheet.rows):
        for column, raw in enumerate(cells):
            if told := _told(raw):
                said[address(row, column)] = told
    said |= {cell: f"error {code}" for cell, code in sheet.marks.errors.items()}
    said |= dict.fromkeys(sheet.marks.formulas, "formula")
    return [f"{cell} {said[cell]}" for cell in sorted(said)]


def _told(raw: Raw) -> str:
    match raw:
        case bool():
            return f"bool {raw}"
        case float() | int():
            return f"number {raw:.15g}"
        case dt.date() | dt.time():
            return f"date {raw.isoformat()}"
    words = " ".join(str(raw).split())
    return f"text {words}" if words else ""


def _mark(meta: Sheet) -> str:
    rows = range(len(meta.rows))
    return next((meta.text(row, 1) for row in rows if meta.text(row, 0) == COPY_MARK), "")
