"""What the notebook that a process executes reads: names of parts of its book, and of files.

A process executes one notebook at a time, so what is read is kept here for the whole process, as
long as it does. Python tells of every file that is opened, of every folder that is listed. What it
does not tell of (that a file was only looked for, what another program or a reader written in C
did) is taken from the words that cells use: `unseen_by_words`.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from planbook.disk_reads import (
    EVERYTHING,
    FILE,
    FOLDER,
    NAMES,
    UNKNOWN,
    is_no_input,
    named,
    state_of,
)
from planbook.produce.notebooks.jobs import Job
from planbook.produce.notebooks.noted_writes import OTHER_PROGRAMS
from planbook.produce.notebooks.unseen import unseen_by_words

_FOLDERS = ("os.listdir", "os.scandir", "glob.glob")
_LEAVES_NO_TRACE = OTHER_PROGRAMS | {
    *("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
}


class Reading:
    """Keeps what is read while a notebook is executed.

    Attributes
    ----------
    names
        Parts of the book, whose digests the process knows that waits.
    states
        What lies on the disk, as it lay when it was first read.
    job
        What is executed.
    """

    def __init__(self, job: Job, root: Path, scratch: Path) -> None:
        self.names: set[str] = set()
        self.states: dict[str, str] = {}
        self.job, self._root, self.scratch = job, root.resolve(), scratch.resolve()
        self._own: set[Path] = set()  # files that it wrote itself
        self._listens = False

    def reads(self) -> Mapping[str, str | None]:
        """Return all that was read: its state by its name, ``None`` of a part of the book."""
        return {**dict.fromkeys(self.names), **self.states}

    def is_own(self, dataset: str, edition: str | None, visibility: str | None) -> bool:
        """Tell whether this is the book that the notebook is executed for."""
        given = {"dataset": dataset, "edition": edition}
        return (
            visibility in (None, self.job.visibility)
            and dict(self.job.parameters).items() >= given.items()
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
        if not self._listens:
            return
        with self.of_files(listens=False), suppress(TypeError, ValueError, OSError):
            if event in _LEAVES_NO_TRACE:
                self._note_state(UNKNOWN)
            elif event == "sqlite3.connect":
                self._note_database(args[0])
            elif event == "open":
                self._note_file(args[0], args[2])
            elif event in _FOLDERS:
                self._note_folder(args[0])

    def note_words(self, text: str) -> None:
        """Take the source of cells, or of a module that they import."""
        unseen = unseen_by_words(text)
        for name in unseen & {NAMES, UNKNOWN}:
            self._note_state(name)
        self.names |= unseen - {NAMES, UNKNOWN}

    def _note_state(self, name: str) -> None:
        if name not in self.states:
            self.states[name] = state_of(name, self._root)

    def _note_file(self, opened: Any, flags: int) -> None:
        for path in _paths(opened):
            if flags & (os.O_TRUNC | os.O_EXCL):
                self._own.add(path)
            elif not flags & os.O_WRONLY and path not in self._own:
                source = _source(path)
                if self._is_input(source):
                    self._note(FILE, source)

    def _note_folder(self, listed: Any) -> None:
        for path in _paths("." if listed is None else listed):
            if self._is_input(path):
                self._note(FOLDER, path)

    def _note_database(self, connected: Any) -> None:
        """Take a database, which may open others, and keeps what is new in a file beside it."""
        place = os.fsdecode(connected)
        if place.startswith("file:"):
            self._note_state(UNKNOWN)
        elif place not in ("", ":memory:"):
            self.names.add(EVERYTHING)
            self._note_file(place, 0)
            self._note_file(f"{place}-wal", 0)

    def _is_input(self, path: Path) -> bool:
        return not path.is_relative_to(self.scratch) and not is_no_input(path)

    def _note(self, kind: str, path: Path) -> None:
        below = path.relative_to(self._root).parts if path.is_relative_to(self._root) else ("..",)
        if below[:1] == ("_build",):
            self.names.add(EVERYTHING)
        elif not below:
            self._note_state(NAMES)  # what a build makes there counts no more
        else:
            self._note_state(named(kind, path, self._root))
            if path.suffix == ".py" and kind == FILE:
                self.note_words(path.read_text(encoding="utf-8", errors="replace"))


def _paths(place: Any) -> set[Path]:
    """Return the path as it was written and, of links, where it leads; of a file number none."""
    if isinstance(place, int):
        return set()
    text = os.path.abspath(os.fsdecode(place))  # noqa: PTH100 - where a link leads is another path
    return {Path(text), Path(os.path.realpath(text))}


def _source(path: Path) -> Path:
    """Return the file that a compiled module is made of, beside it or not; any other as it is."""
    if path.suffix == ".pyc":
        return Path(importlib.util.source_from_cache(str(path)))
    return path


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
