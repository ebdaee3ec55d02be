"""The judged book as a build hands it to the notebooks that it executes.

What every one of them would read from the project and prove again is read and proved once; and all
show the same book, even where somebody changes an input meanwhile.
"""

from __future__ import annotations

import os
import pickle
from dataclasses import fields
from pathlib import Path
from typing import Any

import pandas as pd

from planbook.present.notebook.noted_book import NotedBook
from planbook.present.notebook.opened import OpenBook
from planbook.produce.notebooks.jobs import DATASET, EDITION
from planbook.produce.notebooks.noted_reads import now
from planbook.put_in_place import empty_folder
from planbook.saved import TABLE_CONTRACTS, TablesOnDemand

_FOLDER, _ABOUT = "handed", "about.pickle"


def hand(book: OpenBook, scratch: Path) -> None:
    """Write a book into the scratch folder of a build, for this build's own processes only.

    Nobody else may use the book meanwhile: it would be written while it remembers something.
    """
    folder = scratch / _FOLDER
    empty_folder(folder)
    for name in TABLE_CONTRACTS:
        (folder / name).write_bytes(pickle.dumps(getattr(book.tables, name), 5))
    about = {each.name: getattr(book, each.name) for each in fields(book)}
    del about["tables"]
    (folder / _ABOUT).write_bytes(pickle.dumps(about, 5))


def asked_for(dataset: str | None, edition: str | None) -> tuple[str | None, str | None]:
    """Return which dataset and edition a notebook opens that names these, if any.

    What it leaves open the environment says: of the book being made, or of ``planbook lab``.
    """
    said = os.environ.get(DATASET)
    chosen = dataset or said
    return chosen, edition or (os.environ.get(EDITION) if chosen == said else None)


def handed(dataset: str | None, edition: str | None, visibility: str | None) -> OpenBook | None:
    """Return the book that was handed on, noted, in a process that executes a notebook for it.

    ``None`` where another book is asked for, or there is no such process. Tables are read when
    they are asked for.
    """
    reading = now()
    if reading is None or dataset is None or not reading.is_own(dataset, edition, visibility):
        return None
    folder = reading.scratch.parent / _FOLDER
    if not (folder / _ABOUT).is_file():
        return None

    def table(name: str) -> pd.DataFrame:
        found: pd.DataFrame = read(name)
        return found

    def read(name: str) -> Any:
        with reading.of_files(listens=False):
            return pickle.loads((folder / name).read_bytes())

    about = read(_ABOUT)
    return NotedBook(OpenBook(**about, tables=TablesOnDemand(table)), reading.names.add)
