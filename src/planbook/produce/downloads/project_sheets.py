"""The sheet of key projects: a row a project, in the workbook of a book and of a pack."""

from __future__ import annotations

from collections.abc import Callable

from planbook.contract import Number
from planbook.present.book import Book
from planbook.present.reserve import Amount
from planbook.present.say.action_words import subject_name
from planbook.present.say.project_words import (
    DECIMALS,
    HOW_TO_ADD,
    node_note,
    trouble_words,
)
from planbook.produce.downloads.sheet_model import Column, Sheet, told
from planbook.project_frames import ProjectRow


def project_sheets(book: Book) -> tuple[Sheet]:
    """Return the sheet; it may have no rows."""
    note = f"金额单位为亿元。{HOW_TO_ADD}"
    columns = project_columns(book)
    items = book.rows.projects
    return (Sheet("重点项目", "重点项目", columns, items, note, frozen=3, printed=13),)


def project_columns(book: Book) -> tuple[Column, ...]:
    """Return what a sheet says of a project, the columns to be printed first."""
    return (
        told("填报单位", 18, lambda row: book.plan.unit(row.submitting_unit).short),
        told("举措或目标", 26, lambda row: subject_name(book, row)),
        told("项目名称", 30, lambda row: row.project),
        told("阶段", 8, lambda row: row.stage.label),
        told("上期阶段", 9, lambda row: row.stage_before.label if row.stage_before else ""),
        told("本期变化", 10, lambda row: row.change.label),
        told("总投资", 11, _amount("total_investment"), "value"),
        told("本年计划投资", 11, _amount("year_investment"), "value"),
        told("累计完成投资", 11, _amount("invested"), "value"),
        told("下一节点", 24, lambda row: row.next_node),
        told("节点时限", 11, lambda row: row.next_month),
        told("节点说明", 22, node_note),
        told("问题、需协调事项或退库原因", 44, lambda row: trouble_words(book, row)),
        told("领域", 14, lambda row: _field(book, row)),
        told("入库期号", 10, lambda row: row.opened),
        told("进入本阶段的期号", 10, lambda row: row.moved_in),
        told("填报期号", 10, lambda row: row.reported_in),
        told("项目编号", 24, lambda row: row.project_id),
    )


def _amount(name: Amount) -> Callable[[ProjectRow], tuple[Number, int]]:
    return lambda row: (getattr(row, name), DECIMALS)


def _field(book: Book, row: ProjectRow) -> str:
    return next((field.name for field in book.plan.fields if field.id == row.field_id), "")
