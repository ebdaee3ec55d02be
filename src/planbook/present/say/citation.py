"""How an edition is cited: one line by GB/T 7714, the same on pages and in data.

编制单位. 题名[R/OL]. [引用日期]. 地址. What is not known is left out. A publication is made
before its day and does not name it; any other book says 未发布. 引用日期 is the reader's to
fill in.
"""

from __future__ import annotations

from planbook.present.book import Book


def citation(book: Book) -> str:
    """Return how to cite this edition; a demonstration says in its title that it is one."""
    shown = "，示例数据" if book.dataset.demonstration else ""
    title = f"{book.title}（{book.edition.label}{shown}）[R/OL]"
    when = f"{'' if book.publication else '未发布'}[引用日期]"
    return ". ".join(p for p in (book.dataset.prepared_by, title, when, book.address) if p) + "."
