"""Tell what somebody typed on sheet 举措 from what the form came with.

A form says in its hidden sheet which statuses it came with. Where it does not, or where that sheet
was emptied, all that stands on the sheet was typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from planbook.collect.layout import CARRIED_COLUMN, META_SHEET
from planbook.collect.read.row import Row
from planbook.collect.xlsx.raw_cells import Workbook
from planbook.vocabulary import FINISHED


def carried_statuses(book: Workbook) -> Mapping[str, str]:
    """Return the statuses that a form came with, by measure and sub-item."""
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
