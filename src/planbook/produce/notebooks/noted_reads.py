"""What the notebook that a process executes reads: names of parts of its book, and files.

A process executes one notebook at a time, so what is read is kept here for the whole process, as
long as it does.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from planbook.produce.notebooks.jobs import Job

EVERYTHING = "everything"  # all inputs: what a notebook read that cannot be told apart
FILE = "file:"  # before the path, below the project's folder, of a file that a cell opened itself
FOLDER = "folder:"  # before that of a folder whose names a cell listed
_NOT_INPUTS = frozenset({".git", ".venv", "src"})
_FOLDERS = ("os.listdir", "os.scandir", "glob.glob")


class Reading:
    """Keeps the names of what is read while a notebook is executed."""

    def __init__(self, job: Job, root: Path, scratch: Path) -> None:
        self.names: set[str] = set()
        self._job, self._root, self.scratch = job, root.resolve(), scratch.resolve()
        self._listens = False

    def is_own(self, dataset: str, edition: str, visibility: str) -> bool:
        """Tell whether this is the book that the notebook is executed for."""
        given = {"dataset": dataset, "edition": edition}
        return (
            self._job.visibility == visibility
            and dict(self._job.parameters).items() >= given.items()
        )

    @contextmanager
    def of_files(self, listens: bool) -> Iterator[None]:
        """Note files that are opened meanwhile, or note none."""
        before, self._listens = self._listens, listens
        try:
            yield
        finally:
            self._listens = before

    def heard(self, event: str, args: tuple[Any, ...]) -> None:
        """Take an audit event of Python's."""
        if not self._listens or (event != "open" and event not in _FOLDERS):
            return
        with self.of_files(listens=False), suppress(TypeError, ValueError, OSError):
            path = Path(os.path.realpath(os.fsdecode(args[0])))  # of a file number: no path
            if event == "open" and set(args[1] or "") & set("wax"):
                return
            if path.is_relative_to(self._root) and not path.is_relative_to(self.scratch):
                self._note(path.relative_to(self._root), is_folder=event in _FOLDERS)

    def _note(self, path: Path, *, is_folder: bool) -> None:
        top = path.parts[0] if path.parts else ""
        if top not in _NOT_INPUTS:
            derived = is_folder or top == "_build"
            self.names.add(EVERYTHING if derived else FILE + _source(path))
            if is_folder and top not in ("", "_build"):  # the root gains what a build makes
                self.names.add(FOLDER + path.as_posix())


def _source(path: Path) -> str:
    if path.suffix == ".pyc":
        path = Path(importlib.util.source_from_cache(str(path)))
    return path.as_posix()


_now: list[Reading] = []


@cache
def _listen() -> None:
    """Hear Python's audit events from now on; nobody can stop hearing them."""
    sys.addaudithook(_hear)


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if _now:
        _now[-1].heard(event, args)


def now() -> Reading | None:
    """Return what this process keeps; ``None`` where it executes no notebook."""
    return _now[-1] if _now else None


@contextmanager
def noting(job: Job, root: Path, scratch: Path) -> Iterator[Reading]:
    """Keep what this process reads while it executes a job; `scratch` is where it writes."""
    _listen()
    _now.append(Reading(job, root, scratch))
    try:
        yield _now[-1]
    finally:
        _now.pop()
