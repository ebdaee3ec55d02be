"""What Excel lets a department type: drop-down lists and number ranges of the template's cells.

They help, they do not protect: pasting goes round them, so `reading` checks everything again.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlsxwriter.worksheet import Worksheet

from planbook.collect.form import ValueLine
from planbook.collect.layout import NOT_APPLICABLE, VALUES
from planbook.vocabulary import ReleaseStage, Scope, YoyType

_LONGEST = 255  # characters of a list, by Excel's rules


def choose(sheet: Worksheet, row: int, column: int, words: Iterable[str], title: str) -> None:
    """Offer `words` in one cell, or nothing where the list is longer than Excel holds."""
    words = list(words)
    if not words or len(",".join(words)) > _LONGEST:
        return
    sheet.data_validation(
        row,
        column,
        row,
        column,
        {
            "validate": "list",
            "source": words,
            "error_title": title,
            "error_message": "请从下拉列表中选择。",
        },
    )


def validate_values(sheet: Worksheet, row: int, line: ValueLine) -> None:
    """Guard the cells of a row of 填报表; a value out of the plausible range may be confirmed."""
    for key in ("value", "prior_value", "yoy"):
        cell = VALUES.cell(row, key)
        rule = f"ISNUMBER({cell})"
        message = f"请填数字，不带单位；不适用填「{NOT_APPLICABLE}」。"
        bounded = key == "value" and line.plausible is not None
        if bounded and line.plausible is not None:
            low, high = line.plausible
            rule = f"AND({rule},{cell}>={low!r},{cell}<={high!r})"
            message = f"常见范围为 {low:g} 至 {high:g}（{line.unit}）。{message}确认无误可继续。"
        sheet.data_validation(
            row,
            VALUES.at(key),
            row,
            VALUES.at(key),
            {
                "validate": "custom",
                "value": f'=OR({cell}="{NOT_APPLICABLE}",{rule})',
                "error_title": VALUES.columns[VALUES.at(key)].title,
                "error_message": message,
                "error_type": "warning" if bounded else "stop",
            },
        )
    choose(sheet, row, VALUES.at("period"), line.periods, "数据时期")
    choose(sheet, row, VALUES.at("scope"), Scope, "口径")
    choose(sheet, row, VALUES.at("yoy_type"), YoyType, "同比类型")
    choose(sheet, row, VALUES.at("stage"), ReleaseStage, "数据状态")
