"""Read sheet 填报表: a row an indicator → `ReportedValue`, all checked that one row can tell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from planbook.collect.layout import SIGN_OFF, VALUES
from planbook.collect.number_cells import PERCENT
from planbook.collect.owed import allowed_periods, owed_indicators
from planbook.collect.period_cells import label_of, read_period
from planbook.collect.report import Report, Row, filled_rows
from planbook.collect.rules import rows
from planbook.collect.submission import ReportedValue
from planbook.collect.workbook import Sheet
from planbook.periods import TimePeriod
from planbook.plan import Indicator
from planbook.vocabulary import ObsStatus, ReleaseStage, Scope, YoyType

_Key = tuple[str, TimePeriod, Scope]


def read_values(sheet: Sheet, report: Report) -> list[ReportedValue]:
    """Return a value for each row of the sheet and for each indicator owed without a row."""
    own = {indicator.id: indicator for indicator in report.own_indicators()}
    _, sign_off, column = SIGN_OFF[0]
    found: list[tuple[Row, ReportedValue]] = []
    for row in filled_rows(sheet, VALUES, report):
        if row.text(column) == sign_off:
            break
        id = row.text("indicator_id")
        if id in own:
            found.append((row, _read_row(row.about(id), own[id])))
        else:
            row.add(rows.UNKNOWN_INDICATOR, "indicator_id", observed=id or row.text("name"))
    values = _without_duplicates(found)
    if report.edition.correction:  # such a workbook holds changes only: a blank cell leaves it be
        return [value for value in values if value.status is not ObsStatus.NOT_SENT]
    return [*values, *_missing(values, report)]


def _read_row(row: Row, indicator: Indicator) -> ReportedValue:
    value = row.number("value", indicator.unit)
    blank = value.status is ObsStatus.NOT_SENT
    same = _is_same_indicator(row, indicator)
    period = _period(row, indicator, blank=blank)
    scope = _scope(row, indicator)
    stage = row.word("stage", tuple(ReleaseStage), rows.UNKNOWN_WORD)
    status = value.status
    if not blank and not (same and period and scope):
        status = ObsStatus.REFUSED
    elif status is ObsStatus.NORMAL and stage == ReleaseStage.ESTIMATE:
        status = ObsStatus.ESTIMATED
    if blank and not row.report.edition.correction:
        row.add(rows.BLANK_VALUE, "value", expected=indicator.name)
    return ReportedValue(
        indicator_id=indicator.id,
        period=period or _owed(indicator, row.report),
        scope=scope or indicator.scope,
        status=status,
        value=value.value if status in (ObsStatus.NORMAL, ObsStatus.ESTIMATED) else None,
        prior_value=row.number("prior_value", indicator.unit).value,
        yoy=row.number("yoy", PERCENT).value,
        yoy_type=row.word("yoy_type", tuple(YoyType), rows.UNKNOWN_WORD),
        stage=stage,
        remark=row.text("remark"),
        cell=row.cell("value"),
    )


def _owed(indicator: Indicator, report: Report) -> TimePeriod:
    return indicator.owed_in(report.edition) or report.edition.end


def _is_same_indicator(row: Row, indicator: Indicator) -> bool:
    """Compare the printed name and unit; in another unit the number would be a wrong number."""
    name, unit = row.name("name"), row.text("unit")
    if name != "".join(indicator.name.split()):
        row.add(rows.RENAMED_INDICATOR, "name", observed=name, expected=indicator.name)
    if unit != indicator.unit:
        row.add(rows.CHANGED_UNIT, "unit", observed=unit, expected=indicator.unit)
    return unit == indicator.unit


def _period(row: Row, indicator: Indicator, *, blank: bool) -> TimePeriod | None:
    owed = _owed(indicator, row.report)
    if blank and row.is_blank("period"):
        return owed
    text = row.text("period")
    try:
        period = read_period(row.raw("period"), indicator)
    except ValueError:
        row.add(rows.BAD_PERIOD, "period", observed=text, expected=label_of(owed, indicator))
        return None
    allowed = allowed_periods(indicator, row.report.edition)
    if period not in allowed:
        listed = "、".join(label_of(month, indicator) for month in allowed) or "本期无应报"
        row.add(rows.PERIOD_OUTSIDE, "period", observed=text, expected=listed)
        return None
    return period


def _scope(row: Row, indicator: Indicator) -> Scope | None:
    """Return the scope; a blank cell leaves the indicator's own."""
    if row.is_blank("scope"):
        return indicator.scope
    word = row.word("scope", tuple(Scope), rows.UNKNOWN_SCOPE)
    return Scope(word) if word else None


def _without_duplicates(found: list[tuple[Row, ReportedValue]]) -> list[ReportedValue]:
    """Refuse all rows that say the same thing twice; which one is right cannot be known."""
    by_key: dict[_Key, list[tuple[Row, ReportedValue]]] = defaultdict(list)
    for row, value in found:
        by_key[value.indicator_id, value.period, value.scope].append((row, value))
    kept = []
    for entries in by_key.values():
        readable = [entry for entry in entries if entry[1].status is not ObsStatus.REFUSED]
        first, value = (readable or entries)[0]
        for again, _ in readable[1:]:
            again.about(value.indicator_id).add(
                rows.DUPLICATE_ROW,
                "indicator_id",
                observed=first.number_shown,
                expected="指标、时期和口径",
            )
        if len(readable) > 1:
            value = replace(value, status=ObsStatus.REFUSED, value=None)
        kept.append(value)
    return kept


def _missing(values: list[ReportedValue], report: Report) -> list[ReportedValue]:
    """Report the indicators owed that have no row, and return them as not sent."""
    present = {value.indicator_id for value in values}
    missing = []
    for indicator, period in owed_indicators(report.plan, report.unit_id, report.edition):
        if indicator.id in present:
            continue
        place = report.place.at(VALUES.sheet, indicator_id=indicator.id)
        report.findings.append(rows.MISSING_ROW.finding(place, expected=indicator.name))
        missing.append(
            ReportedValue(
                indicator_id=indicator.id,
                period=period,
                scope=indicator.scope,
                status=ObsStatus.NOT_SENT,
                value=None,
                prior_value=None,
                yoy=None,
                yoy_type="",
                stage="",
                remark="",
                cell="",
            )
        )
    return missing
