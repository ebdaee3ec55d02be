"""The workbook of a pack: every value a unit has reported, as a table to read and one to filter.

Turns the unit's own book into sheets: 序列 (a period a row, an indicator a column), 数据 (a value a
row), then what the progress workbook shows of goals, measures, tasks, projects, warnings, actions
and reports, and what to correct.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.contract import Number
from planbook.frames import RevisionRow
from planbook.periods import Edition, TimePeriod
from planbook.present.book import Book
from planbook.present.packs.sections import UnitPack
from planbook.present.views import GoalView
from planbook.produce.downloads.book_sheets import (
    goals_sheet,
    measures_sheet,
    notes_sheet,
    quality_sheet,
    values_sheet,
)
from planbook.produce.downloads.book_xlsx import workbook_bytes
from planbook.produce.downloads.project_sheets import project_sheets
from planbook.produce.downloads.sheet_model import Column, Sheet, told
from planbook.produce.downloads.task_sheets import task_sheets
from planbook.produce.downloads.watch_sheets import watch_sheets


def pack_workbook(pack: UnitPack) -> bytes:
    """Return the workbook of a unit: the same bytes for the same book."""
    return workbook_bytes(pack.book, pack_sheets(pack.book))


def pack_sheets(book: Book) -> tuple[Sheet, ...]:
    """Return the sheets that have something to show, and the notes."""
    shown = (
        series_sheet(book),
        values_sheet(book),
        goals_sheet(book),
        measures_sheet(book),
        *task_sheets(book),
        *project_sheets(book),
        *watch_sheets(book),
        quality_sheet(book),
        findings_sheet(book),
        revisions_sheet(book),
    )
    return (*(sheet for sheet in shown if sheet.items), notes_sheet(book))


def series_sheet(book: Book) -> Sheet:
    """Return a period a row, oldest first, and a column for each indicator and scope."""
    views = _views(book)
    series: dict[tuple[str, str], dict[TimePeriod, float]] = {}
    for row in book.rows.observations:
        if row.obs_value is not None:
            key = (row.indicator_id, row.scope)
            series.setdefault(key, {})[row.time_period] = row.obs_value
    order = list(views)
    keys = sorted(series, key=lambda key: (order.index(key[0]), key[1]))

    def column(key: tuple[str, str]) -> Column:
        view, values = views[key[0]], series[key]
        said = _series_head(view, key[1], keys)
        return told(said, 16, lambda at: (values.get(at), view.indicator.decimals), "value")

    when = told("数据时期", 14, lambda at: f"{at.year}年{at.month}月")
    periods = sorted({period for values in series.values() for period in values})
    note = "数据时期为该期的最后一个月；空单元格表示没有数值，不表示 0。"
    title = f"{book.plan.units[0].name}所报指标，截至{book.edition.label}"
    return Sheet("序列", title, (when, *map(column, keys)), periods, note, frozen=1)


def _series_head(view: GoalView, scope: str, keys: Sequence[tuple[str, str]]) -> str:
    """Return name, unit, how it accumulates, and the scope where there are several."""
    indicator = view.indicator
    several = sum(id == indicator.id for id, _ in keys) > 1
    parts = [indicator.unit, indicator.accumulation.label, scope if several else ""]
    return f"{indicator.name}\n（{'，'.join(part for part in parts if part)}）"


_FINDINGS = (
    told("期号", 10, lambda row: row.edition),
    told("程度", 8, lambda row: row.severity.label),
    told("问题", 44, lambda row: row.message),
    told("工作表", 10, lambda row: row.sheet),
    told("单元格", 9, lambda row: row.cell),
    told("收到的内容", 16, lambda row: row.observed),
    told("应为", 22, lambda row: row.expected),
    told("处理办法", 40, lambda row: row.remedy),
    told("规则", 20, lambda row: row.rule),
    told("文件", 38, lambda row: row.file),
)


def findings_sheet(book: Book) -> Sheet:
    """Return what was found in the unit's workbooks, newest edition first."""
    rows = sorted(book.rows.findings, key=lambda row: Edition.parse(row.edition), reverse=True)
    note = "新的一期在前。本期的问题须核对或改正，往期的供查考。"
    return Sheet("问题", "报送中发现的问题", _FINDINGS, rows, note, frozen=2, printed=8)


def revisions_sheet(book: Book) -> Sheet:
    """Return the values that changed after they were first reported."""
    views = _views(book)

    def view_of(row: RevisionRow) -> GoalView:
        return views[row.indicator_id]

    def number(value: Number, row: RevisionRow) -> tuple[Number, int]:
        return value, view_of(row).indicator.decimals

    columns = (
        told("指标名称", 28, lambda row: view_of(row).indicator.name),
        told("数据时期", 18, lambda row: view_of(row).label_of(row.time_period)),
        told("口径", 10, lambda row: row.scope),
        told("原值", 14, lambda row: number(row.old_value, row), "value"),
        told("新值", 14, lambda row: number(row.new_value, row), "value"),
        told("计量单位", 10, lambda row: view_of(row).indicator.unit),
        told("原报期号", 10, lambda row: row.old_vintage),
        told("修订期号", 10, lambda row: row.vintage),
        told("已申报", 8, lambda row: "是" if row.declared else "否"),
        told("原因", 44, lambda row: row.reason),
    )
    return Sheet("修订", "已修订的数据", columns, book.rows.revisions, frozen=2)


def _views(book: Book) -> dict[str, GoalView]:
    """Return a view of each indicator, in the plan's order."""
    return {view.indicator.id: view for view in book.views.values()}
