"""What the parts of a book that are read, by name, are like: what is kept is compared by it."""

from __future__ import annotations

from functools import cache

from planbook.made_of import digest, digests_of
from planbook.present.notebook.noted_book import BookParts
from planbook.present.notebook.opened import OpenBook
from planbook.produce.notebooks.kept_notebooks import Parts
from planbook.produce.notebooks.noted_reads import EVERYTHING
from planbook.workspace import Workspace


def digests_of_parts(book: OpenBook, workspace: Workspace) -> Parts:
    """Return what digests parts of a book by name, and all inputs where something read at will."""
    of_book = BookParts(book)

    @cache
    def digest_of(name: str) -> str:
        if name != EVERYTHING:
            return of_book(name)
        tables = digests_of(workspace.tables(book.edition), "*.csv")
        return digest({"tables": tables, "data": digests_of(workspace.root / "data")})

    return digest_of
