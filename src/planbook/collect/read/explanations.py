"""Tell an explanation that was copied down the column: it can hardly be true of every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from planbook.collect.layout import Table, position
from planbook.collect.read.row import Report
from planbook.collect.read.submission import DeclaredRevision, ReportedValue
from planbook.collect.rules import row_rules
from planbook.collect.xlsx.raw_cells import compact

_MANY = 3  # rows of one text


def report_repeated(
    entries: Iterable[ReportedValue | DeclaredRevision], table: Table, report: Report
) -> None:
    """Report each text that 核实说明 repeats in many rows of a table, once, at its first row.

    A table of version 1 has no such column; its 备注 may well say the same of many rows.
    """
    if not table.has("confirmed"):
        return
    said: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        text = compact(entry.confirmed)
        if text and entry.cell:
            said[text].append(position(entry.cell)[0])
    for text, indices in said.items():
        if len(indices) >= _MANY:
            cell = table.cell(indices[0], "confirmed")
            shown = "、".join(str(index + 1) for index in indices)
            report.add(row_rules.REPEATED_EXPLANATION, table.sheet, cell, observed=text, rows=shown)
