"""Read sheet 举措: a row a measure or sub-item → `ReportedStatus`."""

from __future__ import annotations

import datetime as dt
import re

from planbook.collect.layout import MEASURES
from planbook.collect.owed import owed_measures
from planbook.collect.report import Report, Row, filled_rows
from planbook.collect.rules import Rule, rows
from planbook.collect.submission import ReportedStatus
from planbook.collect.workbook import Raw, Sheet
from planbook.periods import TimePeriod, parse_period_label
from planbook.vocabulary import STATUSES, MeasureStatus, Pattern

_NO_ID = "（无编号）"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月]\d{1,2}日{0,1}")


def read_statuses(sheet: Sheet, report: Report) -> list[ReportedStatus]:
    """Return the statuses given, in the sheet's order; measures without one are a finding."""
    allowed: dict[str, tuple[str, ...]] = {}
    for measure in owed_measures(report.plan, report.unit_id, report.edition):
        for id in (measure.id, *(item.id for item in measure.sub_items)):
            allowed[id] = tuple(STATUSES[measure.pattern])
    found: dict[str, ReportedStatus] = {}
    first: dict[str, Row] = {}
    blank: list[Row] = []
    for row in filled_rows(sheet, report.layout.measures, report):
        id = row.text("measure_id")
        if id not in allowed:
            row.add(rows.UNKNOWN_MEASURE, "measure_id", observed=id or _NO_ID)
        elif id in first:
            found.pop(id, None)
            shown = first[id].number_shown
            row.add(rows.DUPLICATE_ROW, "measure_id", observed=shown, expected="举措")
        else:
            first[id] = row
            if row.is_blank("status"):
                blank.append(row)
                continue
            rule = _word_rule(row.text("status"), allowed[id])
            word = row.word("status", allowed[id], rule)
            if word and not row.is_merged("measure_id", "status"):
                found[id] = _read_row(row, id, MeasureStatus(word))
    if not report.edition.correction:
        _report_gaps(blank, [id for id in allowed if id not in first], report)
    return list(found.values())


def _word_rule(word: str, allowed: tuple[str, ...]) -> Rule:
    """Return what a wrong status breaks: a continuous measure is never done."""
    continuous = allowed == tuple(STATUSES[Pattern.CONTINUOUS])
    done = word == MeasureStatus.DONE
    return rows.CONTINUOUS_DONE if continuous and done else rows.UNKNOWN_WORD


def _read_row(row: Row, id: str, status: MeasureStatus) -> ReportedStatus:
    try:
        completed_on = _month(row.raw("completed_on"))
    except ValueError:
        expected = f"形如 {row.report.edition.end}"
        observed = row.text("completed_on")
        row.add(rows.BAD_COMPLETION, "completed_on", observed=observed, expected=expected)
        completed_on = None
    return ReportedStatus(
        measure_id=id,
        status=status,
        progress=row.text("progress"),
        completed_on=str(completed_on or ""),
        cell=row.cell("status"),
    )


def _month(raw: Raw) -> TimePeriod | None:
    """Return the month of a date or of a text that names a month or a day; ``None`` for a blank."""
    if isinstance(raw, dt.date):
        return TimePeriod(raw.year, raw.month)
    text = "".join(str(raw).split())
    if not text:
        return None
    day = _DAY.fullmatch(text)
    if day is not None:
        return TimePeriod.parse(f"{day[1]}-{int(day[2]):02d}")
    return parse_period_label(text)


def _report_gaps(blank: list[Row], missing: list[str], report: Report) -> None:
    if blank:
        cells = "、".join(row.cell("status") for row in blank)
        blank[0].add(rows.BLANK_STATUS, "status", observed=str(len(blank)), expected=cells)
    for id in missing:
        title = report.plan.measure(id).title
        report.add(rows.MISSING_ROW, MEASURES.sheet, expected=f"{title}（{id}）")
