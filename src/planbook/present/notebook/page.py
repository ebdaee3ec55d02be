"""What every notebook's page can say of the book it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from planbook.present.book import Book
from planbook.present.prose import Prose, dateline

T = TypeVar("T")


@dataclass(frozen=True, eq=False, repr=False)
class Page:
    """A page of a book."""

    book: Book

    def dateline(self) -> Prose:
        """Return edition, data as of, and 示例数据 where it is so."""
        return dateline(self.book.dateline())


def of_book(make: Callable[[Book], T]) -> Callable[[Page], T]:
    """Return the method of a page that makes the same of its book."""

    @wraps(make)
    def method(page: Page) -> T:
        return make(page.book)

    return method
