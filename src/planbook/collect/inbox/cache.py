"""Keep what was read from a workbook, so that unchanged files are not read again.

A reading lies under its workbook's edition and name, and is used only if it was made of the same
content, plan and code, and is whole (`planbook.made_of`). So another reading takes the place of one
that no longer holds; those of workbooks that are gone are deleted. Where nothing can be kept
everything is read all the same, and the folder may be deleted at any time.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from planbook.collect.read.submission import Submission
from planbook.made_of import MadeOf, Record, code_of, digest, read_records, sha256, write_records
from planbook.plan import Plan
from planbook.put_in_place import clear

_READING = "reading"


class SubmissionCache:
    """Submissions read before, of one dataset; without a folder nothing is kept.

    Parameters
    ----------
    folder
        Holds a folder for each dataset, in it one for each edition.
    """

    def __init__(self, folder: Path | None, plan: Plan, dataset: str) -> None:
        self._folder = folder / dataset if folder is not None else None
        self._context = digest([plan.model_dump_json(), dataset])

    def get(self, edition: str, file: str, data: bytes) -> Submission | None:
        """Return what was read from these bytes under this name, if it is there and sound."""
        if self._folder is None:
            return None
        kept = read_records(_path(self._folder, edition, file)).get(_READING)
        if kept is None or kept.made_of != self._made_of(edition, file, data):
            return None
        try:
            return _submissions().validate_json(kept.about)
        except ValidationError:  # nobody but a hand wrote that
            return None

    def put(self, edition: str, file: str, data: bytes, submission: Submission) -> None:
        """Keep a submission if the disk lets it; others may be keeping the same one."""
        if self._folder is not None:
            reading = _submissions().dump_json(submission).decode()
            record = Record(self._made_of(edition, file, data), about=reading)
            with suppress(OSError):  # a full or read-only disk: it will be read again next time
                write_records(_path(self._folder, edition, file), {_READING: record})

    def prune(self, submissions: Path) -> None:
        """Delete the readings of workbooks that are no longer among the `submissions`."""
        if self._folder is not None:
            for kept in self._folder.glob("*/*"):
                if not (submissions / kept.parent.name / kept.stem).is_file():
                    with suppress(OSError):
                        clear(kept)

    def _made_of(self, edition: str, file: str, data: bytes) -> MadeOf:
        inputs = digest([self._context, edition, file, sha256(data)])
        return MadeOf(inputs, code_of("plan", "collect"))


def _path(folder: Path, edition: str, file: str) -> Path:
    return folder / edition / f"{file}.json"


@cache
def _submissions() -> TypeAdapter[Submission]:
    return TypeAdapter(Submission)
