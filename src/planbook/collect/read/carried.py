"""Tell what somebody typed on sheets 填报表, 举措 and 年度任务 from what the form came with.

A form says in its hidden sheet which statuses it came with, which tasks that were proposed in
an earlier one, each with its due month, and which values that a month had told. Where it does not,
or where that sheet was emptied, all that stands on the sheet was typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from planbook.collect.layout import CARRIED_COLUMN, META_SHEET
from planbook.collect.read.row import Row
from planbook.collect.xlsx.raw_cells import Workbook
from planbook.vocabulary import FINISHED


def carried_statuses(book: Workbook) -> Mapping[str, str]:
    """Return what a form came with: statuses by measure, due months by new task, and values."""
    sheet = book.sheets[META_SHEET]
    both = (
        (sheet.text(row, CARRIED_COLUMN), sheet.text(row, CARRIED_COLUMN + 1))
        for row in range(len(sheet.rows))
    )
    return {id: status for id, status in both if id and status}


def is_typed(row: Row, carried: Mapping[str, str]) -> bool:
    """Whether anything of a measure was typed; what is finished came with its progress too."""
    came_with = carried.get(row["measure_id"].text, "")
    if row["status"].text != came_with:
        return True
    added = not (row["progress"].is_blank and row["completed_on"].is_blank)
    return added and came_with not in FINISHED


def is_carried_task(row: Row, carried: Mapping[str, str]) -> bool:
    """Whether a row proposes a task just as the form came with it."""
    due, text = row["due"].text, row["task"].text
    added = any(not row[key].is_blank for key in ("task_id", "status", "progress", "asked"))
    return bool(text) and carried.get(text) == due and not added


def is_carried_value(row: Row, carried: Mapping[str, str]) -> bool:
    """Whether a row of 填报表 holds the value that the form came with, and nothing was added."""
    came_with = carried.get(f"{row['indicator_id'].text} {row['period'].text}")
    raw = row["value"].raw
    same = isinstance(raw, int | float) and str(float(raw)) == came_with
    return same and all(row[key].is_blank for key in ("remark", "confirmed", "visibility"))
