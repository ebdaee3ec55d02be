"""Read sheet 修订: a row an earlier value that has changed → `DeclaredRevision`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planbook.collect.owed import label_of
from planbook.collect.read.period_cells import read_period
from planbook.collect.read.row import Report, Row
from planbook.collect.read.submission import DeclaredRevision, ReportedValue
from planbook.collect.read.value_checks import is_impossible
from planbook.collect.rules import explains, row_rules
from planbook.collect.written_numbers import shown
from planbook.collect.xlsx.raw_cells import compact
from planbook.periods import TimePeriod
from planbook.plan import Indicator
from planbook.vocabulary import ObsStatus


def read_revisions(
    rows: Iterable[Row], values: list[ReportedValue], report: Report
) -> list[DeclaredRevision]:
    """Return the revisions that can be used, in the sheet's order.

    `values` are the same workbook's: a revision that contradicts one of them is not used.
    """
    own: dict[str, Indicator] = {}
    for indicator in report.own_indicators():
        own[indicator.id] = own[compact(indicator.name)] = indicator
    found: dict[tuple[str, TimePeriod], DeclaredRevision] = {}
    first: dict[tuple[str, TimePeriod], Row] = {}
    for row in rows:
        name = compact(row["indicator"].text)
        if name not in own:
            row.add(row_rules.UNKNOWN_REVISED, "indicator", observed=name)
            continue
        row = replace(row, indicator_id=own[name].id)  # noqa: PLW2901  now with its indicator
        revision = _read_row(row, own[name])
        if revision is None:
            continue
        key = (revision.indicator_id, revision.period)
        if key in first:
            found.pop(key, None)
            shown_row = first[key].number_shown
            row.add(row_rules.DUPLICATE_ROW, "indicator", observed=shown_row, expected="指标和时期")
            continue
        first[key] = row
        if not _contradicts(row, revision, values):
            found[key] = revision
    return list(found.values())


def _read_row(row: Row, indicator: Indicator) -> DeclaredRevision | None:
    period = _period(row, indicator)
    old = row.number("old_value", indicator.unit)
    new = row.number("new_value", indicator.unit)
    if new.value is None and new.status is not ObsStatus.REFUSED:
        row.add(row_rules.INCOMPLETE_REVISION, "new_value", expected="新值")
    row.note_unclear_texts("reason", "confirmed")
    unclear = row.is_unclear("indicator", "period") or row.is_merged("indicator", "period")
    if period is None or new.value is None or unclear:
        return None
    impossible = [
        is_impossible(row, key, indicator, read.value)
        for key, read in (("new_value", new), ("old_value", old))
    ]
    if any(impossible):
        return None
    if not explains(row["reason"].text):
        row.add(row_rules.REVISION_WITHOUT_REASON, "reason", observed=row["reason"].text or "空白")
    return DeclaredRevision(
        indicator_id=indicator.id,
        period=period,
        old_value=old.value,
        new_value=new.value,
        reason=row["reason"].text,
        cell=row["new_value"].place,
        confirmed=row["confirmed"].text,
    )


def _period(row: Row, indicator: Indicator) -> TimePeriod | None:
    newest = row.report.edition.end
    expected = label_of(newest, indicator, row.report.plan.year)
    text = row["period"].text
    try:
        period = read_period(row["period"].raw, indicator, row.report.plan.year)
    except ValueError:
        row.add(row_rules.BAD_PERIOD, "period", observed=text, expected=f"形如 {expected}")
        return None
    oldest = _oldest(row, indicator)
    if not oldest <= period <= newest:
        allowed = f"{label_of(oldest, indicator, row.report.plan.year)} 至 {expected}"
        row.add(row_rules.PERIOD_OUTSIDE, "period", observed=text, expected=allowed)
        return None
    return period


def _oldest(row: Row, indicator: Indicator) -> TimePeriod:
    """Return the oldest period that may be revised: the plan's start, or an older base period."""
    bases = [goal.base_period for goal in indicator.goals if goal.base_period]
    return min([row.report.plan.start, *bases])


def _contradicts(row: Row, revision: DeclaredRevision, values: list[ReportedValue]) -> bool:
    for value in values:
        same = (value.indicator_id, value.period) == (revision.indicator_id, revision.period)
        if same and value.value is not None and value.value != revision.new_value:
            observed, expected = shown(revision.new_value), shown(value.value)
            row.add(row_rules.REVISION_CONFLICT, "new_value", observed=observed, expected=expected)
            return True
    return False
