"""Keep what was read from a workbook, so that unchanged files are not read again.

A submission is found by the workbook's content and name, by the plan, and by the program that read
it: change one of them and it is read afresh. What was kept proves itself (`planbook.made_of`); a
cache that was edited, cut short or cannot be read or written is done without, and may be deleted at
any time.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from planbook.collect.read.submission import Submission
from planbook.made_of import code_behind, read_sealed, sealed
from planbook.plan import Plan
from planbook.put_in_place import move_file


class SubmissionCache:
    """Submissions read before, a file each in `folder`; without a folder nothing is kept.

    Parameters
    ----------
    context
        Whatever else the reading depends on, such as the dataset's name.
    """

    def __init__(self, folder: Path | None, plan: Plan, context: str) -> None:
        self._folder = folder
        code = code_behind("planbook.collect.read.workbook_reader")
        reading = f"{code}\n{plan.model_dump_json()}\n{context}"
        self._context = hashlib.sha256(reading.encode()).hexdigest()

    def get(self, edition: str, file: str, data: bytes) -> Submission | None:
        """Return what was read from these bytes under this name, if it is there and sound."""
        if self._folder is None:
            return None
        key = self._key(edition, file, data)
        kept = read_sealed(_path(self._folder, key), key)
        return None if kept is None else _submissions().validate_json(kept)

    def put(self, edition: str, file: str, data: bytes, submission: Submission) -> None:
        """Keep a submission if the disk lets it; others may be keeping the same one."""
        if self._folder is None:
            return
        key = self._key(edition, file, data)
        path = _path(self._folder, key)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(sealed(_submissions().dump_json(submission), key))
            move_file(aside, path)
        except OSError:  # a full or read-only disk: it will be read again next time
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def _key(self, edition: str, file: str, data: bytes) -> str:
        digest = hashlib.sha256(f"{self._context}\n{edition}/{file}\n".encode())
        digest.update(data)
        return digest.hexdigest()


def _path(folder: Path, key: str) -> Path:
    return folder / f"{key[:40]}.json"


@cache
def _submissions() -> TypeAdapter[Submission]:
    return TypeAdapter(Submission)
