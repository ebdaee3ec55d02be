"""Files that are made several at a time, and kept while nothing they are made of changes.

`begin` hands over what is not up to date and returns at once, so that the caller can do something
else; `Begun.finish` waits for all of it. Who makes a file writes it and then its record: where a
build is killed, the next one goes on with the rest.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from types import NoneType
from typing import Any

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import MadeOf, Record, read_records, sha256, write_records
from planbook.put_in_place import clear, make_folder, write_whole

_RECORD = ".json"  # follows the name of a file that is kept


@dataclass(frozen=True)
class Made:
    """A file's content.

    Attributes
    ----------
    about
        What is to be remembered of it, as JSON knows it.
    read
        sha256 of the files that were read for it, empty of those that were looked for in vain.
    """

    content: bytes
    about: Any = None
    read: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """A file to be made unless it is kept.

    Attributes
    ----------
    made_of
        All that it depends on but the files that are `read` for it.
    task
        Returns what makes it, maybe in another process; asked only where it is not kept.
    base
        The folder that files are read below; it may be moved with them.
    about
        The kind of thing that `Made.about` is.
    """

    name: str
    made_of: MadeOf
    task: Callable[[], Callable[[], Made]]
    base: Path = Path()
    about: Any = NoneType


@dataclass(frozen=True)
class Kept:
    """A file that is up to date: `size` in bytes, `seconds` of making it if that was just now."""

    path: Path
    size: int
    sha256: str
    about: Any
    seconds: float | None = None


class FilesNotMade(ProblemsFound):
    """Files that could not be made, with the problems of each by its name."""

    def __init__(self, what: str, files: Mapping[str, Sequence[Problem]]) -> None:
        self.files = files
        super().__init__(what, dict.fromkeys(chain.from_iterable(files.values())))


class Here(Executor):
    """Does each task at once, in this process."""

    def submit(self, task: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Return what came of the task."""
        done: Future[Any] = Future()
        done.set_result(task(*given, **named))
        return done


@dataclass(frozen=True)
class Begun:
    """Files of which some are still being made."""

    folder: Path
    wanted: Mapping[str, Kept | Future[Kept | tuple[Problem, ...]]]

    def finish(self, what: str) -> dict[str, Kept]:
        """Return all files by name once they are made; others in the folder are deleted.

        Raises
        ------
        FilesNotMade
            What is wrong with any of them, once each, after `what`. The sound ones are kept.
        """
        done = {
            name: found.result() if isinstance(found, Future) else found
            for name, found in self.wanted.items()
        }
        wrong = {name: found for name, found in done.items() if isinstance(found, tuple)}
        if wrong:
            raise FilesNotMade(what, wrong)
        names = {*done, *(f"{name}{_RECORD}" for name in done)}
        for old in self.folder.iterdir():
            if old.name not in names:
                clear(old)
        return {name: found for name, found in done.items() if isinstance(found, Kept)}


def begin(wanted: Iterable[Wanted], folder: Path, executor: Executor | None = None) -> Begun:
    """Begin to make what is not up to date in a folder, each as soon as it is named.

    `executor` makes several at a time. Default: one after another, here, before this returns.
    """
    executor = executor or Here()
    make_folder(folder)
    found: dict[str, Kept | Future[Kept | tuple[Problem, ...]]] = {}
    for file in wanted:
        kept = _kept(file, folder)
        if kept is None:
            about = (file.name, file.made_of, file.base)
            found[file.name] = executor.submit(_made, folder, *about, file.task())
        else:
            found[file.name] = kept
    return Begun(folder, found)


def _kept(file: Wanted, folder: Path) -> Kept | None:
    record = read_records(folder / f"{file.name}{_RECORD}").get(file.name)
    if record is None or record.made_of != file.made_of or not record.is_whole(folder):
        return None
    told = record.told(tuple[int, file.about, Mapping[str, str]])  # type: ignore[name-defined]
    if told is None or file.name not in record.files:
        return None
    size, about, read = told
    if not Record(file.made_of, read).is_whole(file.base):
        return None
    return Kept(folder / file.name, size, record.files[file.name], about)


def _made(
    folder: Path, name: str, made_of: MadeOf, base: Path, make: Callable[[], Made]
) -> Kept | tuple[Problem, ...]:
    """Make and keep a file, here or in a process of its own; problems come back as a value."""
    start = time.perf_counter()
    try:
        made = make()
    except ProblemsFound as error:
        return tuple(error.problems)
    path, sha, size = folder / name, sha256(made.content), len(made.content)
    read = {Path(os.path.relpath(other, base)).as_posix(): sha for other, sha in made.read.items()}
    write_whole(path, made.content)
    record = Record(made_of, {name: sha}, (size, made.about, read))
    write_records(folder / f"{name}{_RECORD}", {name: record})
    return Kept(path, size, sha, made.about, time.perf_counter() - start)
