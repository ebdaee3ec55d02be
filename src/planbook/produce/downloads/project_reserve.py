"""The workbook of the reserve: stages on one sheet, then what changed, and a row a project.

They are set on A3, landscape, for a meeting that goes through the projects.
"""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.reserve import by_change, by_unit
from planbook.present.say.project_words import (
    DECIMALS,
    HOW_TO_ADD,
    changes_title,
    list_title,
    reserve_title,
    why,
)
from planbook.present.tables.project_tables import AMOUNTS, stages_table
from planbook.produce.downloads.project_sheets import project_columns
from planbook.produce.downloads.sheet_model import Column, Sheet, told

NAME = "project_reserve.xlsx"
_CHANGED = ("本期变化", "填报单位", "项目名称", "上期阶段", "阶段", "总投资", "节点说明")


def reserve_sheets(book: Book) -> tuple[Sheet, Sheet, Sheet]:
    """Return all three sheets; of an empty reserve they have no rows."""
    return (_stages(book), _changes(book), _list(book))


def _stages(book: Book) -> Sheet:
    """Return the table of the page: what it says, cell by cell."""
    table = stages_table(book)
    amounts = {column.head for column in AMOUNTS}
    columns = tuple(
        _told(place, column.head.replace("|", ""), is_amount=column.head in amounts)
        for place, column in enumerate(table.columns)
    )
    rows = tuple(row for group in table.groups for row in group.rows)
    title = reserve_title(book)
    return Sheet("分阶段", title, columns, rows, HOW_TO_ADD, frozen=1, filtered=False, poster=True)


def _told(place: int, head: str, *, is_amount: bool) -> Column:
    if not place:
        return told(head, 14, lambda row: row[place].text)
    if is_amount:
        return told(head, 18, lambda row: (row[place].value, DECIMALS), "value")
    return told(head, 14, lambda row: row[place].value, "count")


def _changes(book: Book) -> Sheet:
    """Return the projects that this edition changed, by kind of change, and why."""
    rows = [row for own in by_change(book).values() for row in own]
    known = {column.head: column for column in project_columns(book)}
    columns = (*(known[head] for head in _CHANGED), told("原因", 50, lambda row: why(book, row)))
    return Sheet("本期变化", changes_title(book), columns, rows, frozen=3, poster=True)


def _list(book: Book) -> Sheet:
    rows = [row for own in by_unit(book, book.rows.projects).values() for row in own]
    title, columns = list_title(book), project_columns(book)
    note = "金额单位为亿元。退库的项目列到当年年底。"
    return Sheet("项目清单", title, columns, rows, note, frozen=3, printed=13, poster=True)
