"""How an edition is cited: one line by GB/T 7714, the same on pages and in data.

编制单位. 题名[R/OL]. (发布日期)[引用日期]. 地址. What is not known is left out, but for the day of
release: a book that was not published says 未发布. 引用日期 is the reader's to fill in.
"""

from __future__ import annotations

from planbook.present.book import Book


def citation(book: Book) -> str:
    """Return how to cite this edition; a demonstration says in its title that it is one."""
    shown = "，示例数据" if book.dataset.demonstration else ""
    title = f"{book.title}（{book.edition.label}{shown}）[R/OL]"
    by = book.release.prepared_by if book.release else ""
    day = f"({book.release.day})" if book.release else "未发布"
    return ". ".join(part for part in (by, title, f"{day}[引用日期]", book.address) if part) + "."
