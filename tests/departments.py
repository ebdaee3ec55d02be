"""Fill in the workbooks of a quarter as careful departments would, from the forms as they came."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from planbook.collect.layout import FIRST_ROW, MEASURES, SIGN_OFF, VALUES, Table
from planbook.periods import TimePeriod, parse_period_label
from planbook.plan import Indicator, Plan
from planbook.vocabulary import STATUSES, Accumulation, Nature

SIGNED = ("甲负责", "乙审核", "丙填报", "023-00000000", "2027-01-15")


def fill_in(
    form: Path, filled: Path, plan: Plan, amounts: Mapping[str, float] | None = None
) -> None:
    """Write a filled copy of a blank form: a value an indicator, a status a measure.

    `amounts` are values of an indicator where they are not those on the way to its target.
    """
    book = openpyxl.load_workbook(form)
    values, measures = book[VALUES.sheet], book[MEASURES.sheet]
    for row in _rows(values):
        indicator = plan.indicator(_text(values, row, VALUES, "indicator_id"))
        period = parse_period_label(_text(values, row, VALUES, "period"))
        said = (amounts or {}).get(indicator.id, amount(indicator, period, plan))
        _cell(values, row, VALUES, "value", said)
        _cell(values, row, VALUES, "remark", "数值已与台账核实")
    for row in _rows(measures):
        measure = plan.measure(_text(measures, row, MEASURES, "measure_id"))
        _cell(measures, row, MEASURES, "status", STATUSES[measure.pattern][1].value)
        _cell(measures, row, MEASURES, "progress", f"截至{filled.stem[:7]}按计划推进")
    sign_off = next(
        row
        for row in range(FIRST_ROW + 1, values.max_row + 1)
        if values.cell(row, VALUES.at(SIGN_OFF[0][2]) + 1).value == SIGN_OFF[0][1]
    )
    for (_, _, key), entry in zip(SIGN_OFF, SIGNED, strict=True):
        _cell(values, sign_off + 1, VALUES, key, entry)
    filled.parent.mkdir(parents=True, exist_ok=True)
    book.save(filled)


def amount(indicator: Indicator, period: TimePeriod, plan: Plan) -> float:
    """Return a value on the way to the indicator's target, in its unit and decimals."""
    goal = indicator.goals[0]
    levels = [g for g in indicator.goals if g.unit in (None, indicator.unit) and g.target]
    whole = (levels[0].target if levels else None) or 100.0
    match indicator.accumulation:
        case Accumulation.YTD:
            share = 0.8 * period.month / 12
        case Accumulation.SINCE_START:
            since = goal.since or plan.start
            share = (period.ordinal - since.ordinal) / (plan.due.ordinal - since.ordinal)
        case _:
            share = 1.0 if indicator.nature is Nature.RATIO else 0.8 + period.month / 1000
    return round(whole * share, indicator.decimals)


def _rows(sheet: Worksheet) -> list[int]:
    rows = range(FIRST_ROW + 1, sheet.max_row + 1)
    return [row for row in rows if sheet.cell(row, 1).value]


def _text(sheet: Worksheet, row: int, table: Table, key: str) -> str:
    return str(sheet.cell(row, table.at(key) + 1).value)


def _cell(sheet: Worksheet, row: int, table: Table, key: str, entry: object) -> None:
    sheet.cell(row, table.at(key) + 1).value = entry  # type: ignore[assignment]
