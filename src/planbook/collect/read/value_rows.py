"""Read sheet 填报表: a row an indicator and period → `ReportedValue`, checked by its own cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from planbook.collect.layout import VALUES
from planbook.collect.owed import allowed_periods, label_of, owed_indicators, taken_periods
from planbook.collect.read.number_cells import PERCENT
from planbook.collect.read.period_cells import read_period
from planbook.collect.read.row import Report, Row
from planbook.collect.read.submission import ReportedValue
from planbook.collect.read.value_checks import is_impossible
from planbook.collect.rules import row_rules
from planbook.collect.xlsx.raw_cells import compact
from planbook.periods import TimePeriod
from planbook.plan import Indicator
from planbook.vocabulary import ObsStatus, ReleaseStage, Visibility, YoyType

_Key = tuple[str, TimePeriod, str]
_NO_ID = "（无编号）"
_TELLING = (
    "indicator_id",
    "name",
    "unit",
    "period",
    "scope",
    "visibility",
)  # what a value rests on


def read_values(rows: Iterable[Row], end: int, report: Report) -> list[ReportedValue]:
    """Return a value for each row of the sheet and for each row owed that is not there.

    Rows below `end`, where the sign-off begins, are reported and not read.
    """
    own = {indicator.id: indicator for indicator in report.own_indicators()}
    own_rows = _own_rows(rows, end, own)
    owed = {
        row.index: period
        for id, indicator in own.items()
        for row, period in _meant([r for r in own_rows if r.indicator_id == id], indicator)
    }
    found = [(row, _read_row(row, own[row.indicator_id], owed[row.index])) for row in own_rows]
    values = _without_duplicates(found)
    if report.edition.correction:  # such a workbook holds changes only: a blank cell leaves it be
        return [value for value in values if value.status is not ObsStatus.NOT_SENT]
    return [*values, *_missing(values, report)]


def _own_rows(rows: Iterable[Row], end: int, own: dict[str, Indicator]) -> list[Row]:
    """Return the rows above the sign-off that name an indicator of the unit; report the others."""
    found = []
    for row in rows:
        id = row["indicator_id"].text
        if row.index >= end:
            _report_below_sign_off(row, own)
        elif id in own:
            found.append(replace(row, indicator_id=id))
        else:  # never its other cells: without its labels, the sign-off would stand here
            row.add(row_rules.UNKNOWN_INDICATOR, "indicator_id", observed=id or _NO_ID)
    return found


def _report_below_sign_off(row: Row, own: dict[str, Indicator]) -> None:
    """Name a row that nobody reads; what stands in it may be people's names, so it is not told."""
    names = {compact(indicator.name) for indicator in own.values()}
    is_number = any(
        isinstance(row[column.key].raw, int | float) or row[column.key].text[:1].isdecimal()
        for column in VALUES.columns
        if column.role == "number" and column.key != "prior_value"  # 电话 stands in that one
    )
    has_data = row["indicator_id"].text in own or compact(row["name"].text) in names or is_number
    rule = row_rules.BELOW_SIGN_OFF if has_data else row_rules.TEXT_BELOW_SIGN_OFF
    row.add(rule, "indicator_id", observed=row.number_shown)


def _meant(own_rows: list[Row], indicator: Indicator) -> list[tuple[Row, TimePeriod]]:
    """Return the period owed that each row of an indicator answers, whatever stands in its cell.

    Rows whose period cannot be told take the periods owed that no other row names, in their order.
    """
    if not own_rows:
        return []
    report = own_rows[0].report
    owed = taken_periods(report.plan, indicator, report.edition) or (report.edition.end,)
    named = [_answered(row, indicator, owed) for row in own_rows]
    unnamed = named.count(None)
    left = [period for period in owed if period not in named] or [owed[-1]]
    spare = iter(left[-unnamed:] + [left[-1]] * unnamed)
    meant = [next(spare) if period is None else period for period in named]
    return list(zip(own_rows, meant, strict=True))


def _answered(row: Row, indicator: Indicator, owed: tuple[TimePeriod, ...]) -> TimePeriod | None:
    """Return which of the periods owed a row's own period answers; ``None`` for none of them."""
    try:
        period = read_period(row["period"].raw, indicator, row.report.plan.year)
    except ValueError:
        return None
    fits = (
        o
        for o in owed
        if period in allowed_periods(row.report.plan, indicator, row.report.edition, o)
    )
    return next(fits, None)


def _read_row(row: Row, indicator: Indicator, owed: TimePeriod) -> ReportedValue:
    read = row.number("value", indicator.unit)
    blank = read.status is ObsStatus.NOT_SENT
    same = _is_same_indicator(row, indicator)
    period = _period(row, indicator, owed, blank=blank)
    scope = _scope(row, indicator)
    visibility, said = _visibility(row)
    stage = _word(row, "stage", tuple(ReleaseStage))
    yoy_type = _word(row, "yoy_type", tuple(YoyType))
    prior = row.number("prior_value", indicator.unit).value
    if is_impossible(row, "prior_value", indicator, prior):
        prior = None
    yoy = row.number("yoy", PERCENT).value
    status = read.status
    merged = row.is_merged(*_TELLING, "value")
    clear = same and period is not None and scope is not None and said and not merged
    clear = not row.is_unclear(*_TELLING) and clear
    row.note_unclear_texts("remark", "confirmed")
    clear = clear and not is_impossible(row, "value", indicator, read.value)
    if not blank and not clear:
        status = ObsStatus.REFUSED
    elif status is ObsStatus.NORMAL and stage == ReleaseStage.ESTIMATE:
        status = ObsStatus.ESTIMATED
    value = read.value if status in (ObsStatus.NORMAL, ObsStatus.ESTIMATED) else None
    if blank and not merged and not row.report.edition.correction:
        row.add(row_rules.BLANK_VALUE, "value", expected=indicator.name)
    return ReportedValue(
        indicator_id=indicator.id,
        period=period or owed,
        scope=scope or indicator.scope,
        status=status,
        value=value,
        prior_value=prior,
        yoy=yoy,
        yoy_type=yoy_type,
        stage=stage,
        remark=row["remark"].text,
        cell=row["value"].place,
        confirmed=row[row.report.layout.explains].text,
        visibility=visibility,
    )


def _word(row: Row, key: str, allowed: tuple[str, ...]) -> str:
    return "" if row.is_unclear(key) else row.word(key, allowed, row_rules.UNKNOWN_WORD)


def _is_same_indicator(row: Row, indicator: Indicator) -> bool:
    """Compare the printed name and unit: of another indicator or unit it is a wrong number."""
    name, unit = compact(row["name"].text), row["unit"].text
    own_name = name == compact(indicator.name)
    swapped = not own_name and any(name == compact(i.name) for i in row.report.plan.indicators)
    if not own_name:
        rule = row_rules.SWAPPED_INDICATOR if swapped else row_rules.RENAMED_INDICATOR
        row.add(rule, "name", observed=name, expected=indicator.name)
    if unit != indicator.unit:
        row.add(row_rules.CHANGED_UNIT, "unit", observed=unit, expected=indicator.unit)
    return unit == indicator.unit and not swapped


def _period(row: Row, indicator: Indicator, owed: TimePeriod, *, blank: bool) -> TimePeriod | None:
    if blank and row["period"].is_blank:
        return owed
    text = row["period"].text
    try:
        period = read_period(row["period"].raw, indicator, row.report.plan.year)
    except ValueError:
        row.add(
            row_rules.BAD_PERIOD,
            "period",
            observed=text,
            expected=label_of(owed, indicator, row.report.plan.year),
        )
        return None
    edition = row.report.edition
    allowed = [
        month
        for wanted in taken_periods(row.report.plan, indicator, edition)
        for month in allowed_periods(row.report.plan, indicator, edition, wanted)
    ]
    if period not in allowed:
        listed = (
            "、".join(label_of(month, indicator, row.report.plan.year) for month in allowed)
            or "本期无应报"
        )
        row.add(row_rules.PERIOD_OUTSIDE, "period", observed=text, expected=listed)
        return None
    received = row.report.received
    if not blank and received is not None and period.last_day > received:
        ended, rule = f"{received} 以前结束的时期", row_rules.FUTURE_PERIOD
        row.add(rule, "period", observed=text, expected=ended, received=str(received))
        return None
    return period


def _scope(row: Row, indicator: Indicator) -> str | None:
    """Return the name of the scope; a blank cell leaves the indicator's own."""
    if row["scope"].is_blank:
        return indicator.scope
    about = row.report.plan.about
    also = {word: scope.name for scope in about.scopes for word in scope.also}
    return row.word("scope", tuple(about.scope_codes), row_rules.UNKNOWN_SCOPE, also) or None


def _visibility(row: Row) -> tuple[Visibility | None, bool]:
    """Return what a row says of who may see it, and whether that can be read.

    What cannot be read is taken for internal: a word misspelled must not publish a value.
    """
    if row["visibility"].is_blank:
        return None, True
    labels = {visibility.label: visibility for visibility in Visibility}
    word = row.word("visibility", tuple(labels), row_rules.UNKNOWN_VISIBILITY)
    return labels.get(word, Visibility.INTERNAL), bool(word)


def _without_duplicates(found: list[tuple[Row, ReportedValue]]) -> list[ReportedValue]:
    """Keep one of rows that say the same twice; refuse all where they differ: which is right?"""
    by_key: dict[_Key, list[tuple[Row, ReportedValue]]] = defaultdict(list)
    for row, value in found:
        by_key[value.indicator_id, value.period, value.scope].append((row, value))
    kept = []
    for entries in by_key.values():
        readable = [entry for entry in entries if entry[1].status is not ObsStatus.REFUSED]
        first, value = (readable or entries)[0]
        same = all(replace(again, cell=value.cell) == value for _, again in readable)
        for again, _ in readable[1:]:
            again.add(
                row_rules.REPEATED_ROW if same else row_rules.DUPLICATE_ROW,
                "indicator_id",
                observed=first.number_shown,
                expected="指标、时期和口径",
            )
        if not same:
            value = replace(value, status=ObsStatus.REFUSED, value=None)
        if any(again.visibility is Visibility.INTERNAL for _, again in entries):
            value = replace(value, visibility=Visibility.INTERNAL)
        kept.append(value)
    return kept


def _missing(values: list[ReportedValue], report: Report) -> list[ReportedValue]:
    """Report the rows owed that are not there, and return them as not sent."""
    present = {(value.indicator_id, value.period) for value in values}
    missing = []
    for indicator, period in owed_indicators(report.plan, report.unit_id, report.edition):
        answers = allowed_periods(report.plan, indicator, report.edition, period)
        if any((indicator.id, answer) in present for answer in answers):
            continue
        place = report.place.at(VALUES.sheet, indicator_id=indicator.id)
        row = f"{indicator.name}，{label_of(period, indicator, report.plan.year)}"
        report.findings.append(row_rules.MISSING_ROW.finding(place, expected=row))
        missing.append(ReportedValue(indicator.id, period, indicator.scope, ObsStatus.NOT_SENT))
    return missing
