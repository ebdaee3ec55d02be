"""What every page made by a notebook has: a book, and the line that says which."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.book import Book
from planbook.present.escaping import Prose, markdown


@dataclass(frozen=True, eq=False, repr=False)
class Page:
    """A page of the book, as its notebook calls it."""

    book: Book

    def dateline(self) -> Prose:
        """Return edition, data as of, and 示例数据 where it is so."""
        return Prose(markdown(self.book.dateline()), css="pb-dateline")
