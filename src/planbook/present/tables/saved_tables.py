"""The tables that show a notebook what is saved: the tables of a book, and the columns of one."""

from __future__ import annotations

from planbook.contract import COUNT, FLAG, NUMBER, TEXT, Dtype
from planbook.errors import UsageError
from planbook.present.book import Book
from planbook.present.tables.cells import Column, counted
from planbook.present.tables.columns import COLUMN_WORDS, TABLE_TITLES
from planbook.present.tables.table import Cells, Table, listing
from planbook.saved import TABLE_CONTRACTS

_TYPES: dict[Dtype, str] = {TEXT: "文字", NUMBER: "数值", FLAG: "是否", COUNT: "整数"}


def tables_table(book: Book) -> Table:
    """Return the saved tables with their titles and sizes."""
    cells: Cells[str] = {
        Column("表名"): lambda name: name,
        Column("内容"): lambda name: TABLE_TITLES[name],
        Column("行数", "number"): lambda name: counted(book.tables.shape(name)[0]),
        Column("列数", "number"): lambda name: counted(book.tables.shape(name)[1]),
    }
    return listing("tables", "本期的数据表", cells, TABLE_CONTRACTS)


def columns_table(table: str) -> Table:
    """Return the columns of a saved table with name and meaning.

    Raises
    ------
    UsageError
        If there is no such table; the text lists those there are.
    """
    if table not in TABLE_CONTRACTS:
        raise UsageError(f"没有数据表「{table}」。现有：{'、'.join(TABLE_CONTRACTS)}")
    cells: Cells[tuple[str, Dtype]] = {
        Column("列名"): lambda column: column[0],
        Column("名称"): lambda column: COLUMN_WORDS[column[0]].title,
        Column("类型", "mark"): lambda column: _TYPES[column[1]],
        Column("含义"): lambda column: COLUMN_WORDS[column[0]].meaning,
    }
    caption = f"{TABLE_TITLES[table]}（{table}）的各列"
    return listing(f"columns-{table}", caption, cells, TABLE_CONTRACTS[table].columns.items())
