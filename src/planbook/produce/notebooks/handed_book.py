"""The judged book as a build hands it to its processes: to notebooks, to what draws goals' pages.

What every one of them would read from the project and prove again is read and proved once; and all
show the same book, even where somebody changes an input meanwhile.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

from planbook.present.notebook.noted_book import NotedBook
from planbook.present.notebook.opened import OpenBook
from planbook.produce.notebooks.jobs import DATASET, EDITION
from planbook.produce.notebooks.noted_reads import now
from planbook.put_in_place import empty_folder
from planbook.saved import TABLE_CONTRACTS, TablesOnDemand

_FOLDER, _ABOUT = "handed", "about.pickle"


def hand(book: OpenBook, scratch: Path) -> Callable[[], OpenBook]:
    """Write a book into the scratch folder of a build, for this build's own processes only.

    Returned is what opens it there.

    Nobody else may use the book meanwhile: it would be written while it remembers something.
    """
    folder = scratch / _FOLDER
    empty_folder(folder)
    for name in TABLE_CONTRACTS:
        (folder / name).write_bytes(pickle.dumps(getattr(book.tables, name), 5))
    about = {each.name: getattr(book, each.name) for each in fields(book)}
    del about["tables"]
    (folder / _ABOUT).write_bytes(pickle.dumps(about, 5))
    return partial(_received, scratch)


def _received(
    scratch: Path, aside: Callable[[], AbstractContextManager[object]] = nullcontext
) -> OpenBook:
    """Return the book that `hand` wrote into `scratch`; tables are read when they are asked for.

    Every file is read while `aside` is open.
    """

    def read(name: str) -> Any:
        with aside():
            return pickle.loads((scratch / _FOLDER / name).read_bytes())

    return OpenBook(**read(_ABOUT), tables=TablesOnDemand(read))


def asked_for(dataset: str | None, edition: str | None) -> tuple[str | None, str | None]:
    """Return which dataset and edition a notebook opens that names these, if any.

    What it leaves open the environment says: of the book being made, or of ``planbook lab``.
    """
    said = os.environ.get(DATASET)
    chosen = dataset or said
    return chosen, edition or (os.environ.get(EDITION) if chosen == said else None)


def handed(dataset: str | None, edition: str | None, visibility: str | None) -> OpenBook | None:
    """Return the book that was handed on, noted, in a process that executes a notebook for it.

    ``None`` where another book is asked for, or there is no such process.
    """
    reading = now()
    if reading is None or dataset is None or not reading.is_own(dataset, edition, visibility):
        return None
    scratch = reading.scratch.parent
    if not (scratch / _FOLDER / _ABOUT).is_file():
        return None
    book = _received(scratch, lambda: reading.of_files(listens=False))
    return NotedBook(book, reading.names.add)
