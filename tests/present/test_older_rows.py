"""Tables of many editions show the newest ones; the others unfold."""

from __future__ import annotations

from bs4 import BeautifulSoup

from planbook.present.pages.older_rows import with_older_folded
from planbook.present.tables.cells import Column, words
from planbook.present.tables.table import Table, plain


def table(rows: int) -> Table:
    return plain(
        "history", "历次数据", (Column("期号"),), [(words(f"{n}期"),) for n in range(rows)]
    )


def test_a_short_table_stays_as_it_is() -> None:
    assert with_older_folded(table(12), "期") == table(12).html()


def test_of_forty_editions_twelve_are_shown_and_no_row_is_lost() -> None:
    page = BeautifulSoup(with_older_folded(table(40), "期"), "html.parser")
    shown, older = page.find_all("table")
    assert [cell.get_text() for cell in shown.select("tbody td, tbody th")] == [
        f"{n}期" for n in range(12)
    ]
    assert len(older.select("tbody tr")) == 28
    (summary,) = page.select("details > summary")
    assert summary.get_text() == "更早的28期"
    assert older.find_parent("details") is not None
    assert shown.find_parent("details") is None
    assert len({element["id"] for element in page.select("[id]")}) == len(page.select("[id]"))
