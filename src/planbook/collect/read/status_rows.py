"""Read sheet 举措: a row a measure or sub-item → `ReportedStatus`."""

from __future__ import annotations

from collections.abc import Iterable

from planbook.collect.layout import MEASURES
from planbook.collect.owed import owed_measures
from planbook.collect.read.month_cells import month_of
from planbook.collect.read.plain_words import meant_by
from planbook.collect.read.row import Report, Row
from planbook.collect.read.submission import ReportedStatus
from planbook.collect.rules import Rule, row_rules
from planbook.periods import TimePeriod
from planbook.vocabulary import FINISHED, STATUSES, MeasureStatus, Pattern

_NO_ID = "（无编号）"


def read_statuses(rows: Iterable[Row], report: Report) -> list[ReportedStatus]:
    """Return the statuses given, in the sheet's order; measures without one are a finding."""
    allowed: dict[str, tuple[str, ...]] = {}
    for measure in owed_measures(report.plan, report.unit_id, report.edition):
        for id in (measure.id, *(item.id for item in measure.sub_items)):
            allowed[id] = tuple(STATUSES[measure.pattern])
    found: dict[str, ReportedStatus] = {}
    first: dict[str, Row] = {}
    blank: list[Row] = []
    for row in rows:
        id = row["measure_id"].text
        if _is_heading(row):
            continue
        if id not in allowed:
            row.add(row_rules.UNKNOWN_MEASURE, "measure_id", observed=id or _NO_ID)
        elif id in first:
            found.pop(id, None)
            shown = first[id].number_shown
            row.add(row_rules.DUPLICATE_ROW, "measure_id", observed=shown, expected="举措")
        else:
            first[id] = row
            if row["status"].is_blank:
                blank.append(row)
                continue
            if row.is_unclear("status"):
                continue
            rule = _word_rule(row["status"].text, allowed[id])
            word = row.word("status", allowed[id], rule)
            if word and not row.is_merged("measure_id", "status"):
                status = _read_row(row, id, MeasureStatus(word))
                if status is not None:
                    found[id] = status
    if not report.edition.correction:
        _report_gaps(blank, [id for id in allowed if id not in first], report)
    return list(found.values())


def _is_heading(row: Row) -> bool:
    """Whether a row is the heading of a group: its version has them, and nothing is entered."""
    entries = [column.key for column in row.table.columns if column.is_entry or column.role == "id"]
    return row.report.layout.carries and all(row[key].is_blank for key in entries)


def _word_rule(word: str, allowed: tuple[str, ...]) -> Rule:
    """Return what a wrong status breaks: a continuous measure is never done."""
    continuous = allowed == tuple(STATUSES[Pattern.CONTINUOUS])
    done = meant_by(word, (MeasureStatus.DONE,))
    return row_rules.CONTINUOUS_DONE if continuous and done else row_rules.UNKNOWN_STATUS


def _read_row(row: Row, id: str, status: MeasureStatus) -> ReportedStatus | None:
    """Return what a row says; ``None`` where its status contradicts its month of completion."""
    row.note_unclear_texts("progress")
    if status is MeasureStatus.BLOCKED and not row["progress"].text:
        row.add(row_rules.BLOCKED_UNEXPLAINED, "progress", observed=status)
    month = _completed_on(row, status)
    if month is not None and status in FINISHED:
        report = row.report
        first, last = report.plan.start, report.edition.end
        if status is MeasureStatus.DONE_THIS_YEAR:
            first = report.plan.year.before(last).plus(1)
        if not first <= month <= last:
            observed, expected = row["completed_on"].text, f"{first} 至 {last}"
            rule = row_rules.COMPLETION_CONTRADICTS
            row.add(rule, "completed_on", observed=observed, expected=expected, status=status)
            return None
    return ReportedStatus(
        measure_id=id,
        status=status,
        progress=row["progress"].text,
        completed_on=str(month or ""),
        cell=row["status"].place,
    )


def _completed_on(row: Row, status: MeasureStatus) -> TimePeriod | None:
    """Return the month of completion, if there is one that can be used; report what is wrong."""
    observed, start = row["completed_on"].text, row.report.plan.start
    try:
        month = month_of(row["completed_on"].raw)
    except ValueError:
        expected = f"形如 {row.report.edition.end}"
        row.add(row_rules.BAD_COMPLETION, "completed_on", observed=observed, expected=expected)
        return None
    if month is not None and month < start and status is not MeasureStatus.DONE_THIS_YEAR:
        row.add(row_rules.EARLY_COMPLETION, "completed_on", observed=observed, expected=str(start))
        return None
    if month is not None and status not in FINISHED:
        row.add(row_rules.COMPLETION_NOT_DONE, "completed_on", observed=observed, expected=status)
        return None
    return month


def _report_gaps(blank: list[Row], missing: list[str], report: Report) -> None:
    if blank:
        cells = "、".join(row["status"].place for row in blank)
        count = str(len(blank))
        blank[0].add(row_rules.BLANK_STATUS, "status", observed="空白", expected=cells, count=count)
    for id in missing:
        title = report.plan.measure(id).title
        report.add(row_rules.MISSING_ROW, MEASURES.sheet, expected=f"{title}（{id}）")
