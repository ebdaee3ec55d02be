"""Which book is being made where this runs: in a notebook's process, or in one that it started.

`planbook.open` takes what a cell leaves open from variables of the environment, which any cell can
change. What it may open is decided by what the build said, which no change of theirs reaches.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

from planbook.produce.notebooks.jobs import DATASET, EDITION, MADE_FOR, Job
from planbook.produce.notebooks.noted_reads import now
from planbook.vocabulary import Visibility

_SAID = "PLANBOOK_BOOK"  # for the programs that a cell starts


@dataclass(frozen=True)
class BookBeingMade:
    """The book that a notebook is executed for."""

    dataset: str
    edition: str
    visibility: Visibility


def said_of(job: Job) -> dict[str, str | None]:
    """Return the variables of the environment that tell which book a job is executed for."""
    own = _of(job)
    return {
        MADE_FOR: str(job.visibility),
        DATASET: job.parameters.get("dataset"),
        EDITION: job.parameters.get("edition"),
        _SAID: None if own is None else json.dumps([own.dataset, own.edition, own.visibility]),
    }


def being_made() -> BookBeingMade | None:
    """Return the book that is being made; ``None`` where no build executes this."""
    reading = now()
    if reading is not None:
        return _of(reading.job)
    try:
        dataset, edition, visibility = json.loads(os.environ[_SAID])
        return BookBeingMade(dataset, edition, Visibility(visibility))
    except (KeyError, ValueError, TypeError):
        return None


def _of(job: Job) -> BookBeingMade | None:
    given = job.parameters
    if not {"dataset", "edition"} <= given.keys():
        return None
    return BookBeingMade(given["dataset"], given["edition"], job.visibility)
