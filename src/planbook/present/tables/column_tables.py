"""The saved tables and their columns as tables: what each is called and means."""

from __future__ import annotations

from planbook.contract import Dtype
from planbook.errors import UsageError
from planbook.present.book import Book
from planbook.present.say import column_words
from planbook.present.tables.cells import Column, counted
from planbook.present.tables.table import Cells, Table, listing
from planbook.saved import TABLE_CONTRACTS


def tables_table(book: Book) -> Table:
    """Return the saved tables with their titles and sizes."""
    cells: Cells[str] = {
        Column("表名"): lambda name: name,
        Column("内容"): lambda name: column_words.TABLE_TITLES[name],
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
        raise UsageError(column_words.no_table(table))
    cells: Cells[tuple[str, Dtype]] = {
        Column("列名"): lambda column: column[0],
        Column("名称"): lambda column: column_words.COLUMN_WORDS[column[0]].title,
        Column("类型", "mark"): lambda column: column_words.TYPES[column[1]],
        Column("含义"): lambda column: column_words.COLUMN_WORDS[column[0]].meaning,
    }
    columns = TABLE_CONTRACTS[table].columns.items()
    return listing(f"columns-{table}", column_words.columns_caption(table), cells, columns)
