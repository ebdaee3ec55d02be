"""What every notebook's page can say of the book it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.book import Book
from planbook.present.prose import Prose, dateline


@dataclass(frozen=True, eq=False, repr=False)
class Page:
    """A page of a book."""

    book: Book

    def dateline(self) -> Prose:
        """Return edition, data as of, and 示例数据 where it is so."""
        return dateline(self.book.dateline())
