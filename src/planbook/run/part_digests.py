"""What the parts of a book that are read, by name, are like: what is kept is compared by it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from planbook.disk_reads import (
    EVERYTHING,
    FILE,
    FOLDER,
    is_generated,
    is_of_disk,
    named,
    project_files,
    state_of,
)
from planbook.made_of import digest, digests_of
from planbook.present.notebook.noted_book import BookParts
from planbook.present.notebook.opened import OpenBook
from planbook.produce.kept_reads import Parts
from planbook.workspace import Workspace


def read_of_disk(
    of_cells: Mapping[str, str], of_pages: Iterable[Path], root: Path
) -> dict[str, str]:
    """Return the state of what lies on the disk and was read, by name."""
    read = {name: state for name, state in of_cells.items() if is_of_disk(name)}
    for path in {Path(os.path.abspath(each)) for each in of_pages}:  # noqa: PTH100 - not where a link leads
        name = named(FOLDER if path.is_dir() else FILE, path, root)
        read[name] = state_of(name, root)
    return read


def digests_of_parts(book: OpenBook, workspace: Workspace) -> Parts:
    """Return what digests parts of a book by name, and all inputs where something read at will."""
    of_book = BookParts(book)

    @cache
    def digest_of(name: str) -> str:
        if name != EVERYTHING:
            return of_book(name)
        files = project_files(workspace.root).items()
        written = {path: sha for path, sha in files if not is_generated(path)}
        return digest([written, digests_of(workspace.tables(book.edition), "*.csv")])

    return digest_of
