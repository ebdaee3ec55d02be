"""The judged book as a build hands it to the notebooks that it executes.

What every one of them would read from the project and prove again is read and proved once; and all
show the same book, even where somebody changes an input meanwhile.
"""

from __future__ import annotations

import pickle
from dataclasses import fields
from pathlib import Path

import pandas as pd

from planbook.present.notebook.noted_book import NotedBook
from planbook.present.notebook.opened import OpenBook
from planbook.produce.notebooks.noted_reads import now
from planbook.put_in_place import make_folder
from planbook.saved import TABLE_CONTRACTS, TablesOnDemand

_FOLDER, _ABOUT = "book", "about.pickle"


def hand(book: OpenBook, scratch: Path) -> None:
    """Write a book into the scratch folder of a build, for this build's own processes only."""
    folder = scratch / _FOLDER
    make_folder(folder)
    for name in TABLE_CONTRACTS:
        (folder / name).write_bytes(pickle.dumps(getattr(book.tables, name), 5))
    about = {each.name: getattr(book, each.name) for each in fields(book)}
    del about["tables"]
    (folder / _ABOUT).write_bytes(pickle.dumps(about, 5))


def handed(dataset: str, edition: str | None, visibility: str | None) -> OpenBook | None:
    """Return the book that was handed on, noted, in a process that executes a notebook for it.

    ``None`` where another book is asked for, or there is no such process. Tables are read when
    they are asked for.
    """
    reading = now()
    if reading is None or not reading.is_own(dataset, edition, visibility):
        return None
    folder = reading.scratch / _FOLDER
    if not (folder / _ABOUT).is_file():
        return None

    def table(name: str) -> pd.DataFrame:
        found: pd.DataFrame = pickle.loads((folder / name).read_bytes())
        return found

    about = pickle.loads((folder / _ABOUT).read_bytes())
    return NotedBook(OpenBook(**about, tables=TablesOnDemand(table)), reading.names.add)
