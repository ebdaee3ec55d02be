"""The judged book as a build hands it to the notebooks that it executes.

What every one of them would read from the project and prove again is read and proved once; and all
show the same book, even where somebody changes an input meanwhile.
"""

from __future__ import annotations

import pickle
from dataclasses import fields
from pathlib import Path

import pandas as pd

from planbook.present.notebook.opened import OpenBook
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


def handed(scratch: Path) -> OpenBook | None:
    """Return the book that was handed on, its tables read when asked for; ``None`` without one."""
    folder = scratch / _FOLDER
    if not (folder / _ABOUT).is_file():
        return None

    def table(name: str) -> pd.DataFrame:
        found: pd.DataFrame = pickle.loads((folder / name).read_bytes())
        return found

    return OpenBook(**pickle.loads((folder / _ABOUT).read_bytes()), tables=TablesOnDemand(table))
