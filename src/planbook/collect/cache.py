"""Keep what was read from a workbook, so that unchanged files are not read again.

A submission is found by the workbook's content and name, by the plan, and by the program that read
it: change one of them and it is read afresh. A cache that cannot be read is ignored and written
anew; it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from planbook.collect.submission import Submission
from planbook.plan import Plan


class SubmissionCache:
    """Submissions read before, a file each in `folder`; without a folder nothing is kept.

    Parameters
    ----------
    context
        Whatever else the reading depends on, such as the dataset's name.
    """

    def __init__(self, folder: Path | None, plan: Plan, context: str) -> None:
        self._folder = folder
        reading = f"{_program()}\n{plan.model_dump_json()}\n{context}"
        self._context = hashlib.sha256(reading.encode()).hexdigest()

    def get(self, edition: str, file: str, data: bytes) -> Submission | None:
        """Return what was read from these bytes under this name, if it is there and sound."""
        if self._folder is None:
            return None
        try:
            kept = self._path(self._folder, edition, file, data).read_bytes()
            return _submissions().validate_json(kept)
        except (OSError, ValidationError):
            return None

    def put(self, edition: str, file: str, data: bytes, submission: Submission) -> None:
        """Keep a submission if the disk lets it; others may be keeping the same one."""
        if self._folder is None:
            return
        path = self._path(self._folder, edition, file, data)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(_submissions().dump_json(submission))
            aside.replace(path)
        except OSError:  # a full or read-only disk: it will be read again next time
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def _path(self, folder: Path, edition: str, file: str, data: bytes) -> Path:
        digest = hashlib.sha256(f"{self._context}\n{edition}/{file}\n".encode())
        digest.update(data)
        return folder / f"{digest.hexdigest()[:40]}.json"


@cache
def _submissions() -> TypeAdapter[Submission]:
    return TypeAdapter(Submission)


@cache
def _program() -> str:
    """Return a digest of the code that reads workbooks."""
    here = Path(__file__).resolve().parent
    words = [here.parent / f"{name}.py" for name in ("errors", "periods", "vocabulary")]
    digest = hashlib.sha256(version("python-calamine").encode())
    for module in sorted([*here.rglob("*.py"), *words]):
        digest.update(module.read_bytes())
    return digest.hexdigest()
