"""Tell at once that a book is as it would be built now, before anything that takes time is loaded.

A build that ended well keeps a record: digests of every file it may have read, of the code, of the
libraries and the environment, the days between which no deadline passes, sha256 of every file it
made, and what it said. Where a single thing differs or cannot be read, it is built. Needs the
standard library and the lock only.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from planbook.made_of import (
    MadeOf,
    Record,
    code_of,
    digest,
    digests_of,
    read_records,
    sha256,
    write_records,
)
from planbook.project_folders import GENERATED, Folders
from planbook.put_in_place import clear
from planbook.run.lock import only_build
from planbook.run.log_lines import Heading, Outcome

_RECORD = "last_build.json"
_CONTENTS = "_toc.yml"
_APART = frozenset(("docs", "env", "feedback", "src", "tests", "venv", "wheels"))
"""Folders of a checkout that no page is made of; code and libraries count by a digest of theirs."""
_NAMED = ("LANG", "SOURCE_DATE_EPOCH", "TZ")  # of the environment, what libraries go by
_BEGINNING = ("LC_", "MATPLOTLIB", "MPL", "PLANBOOK_")
_LEFT_BY_PROGRAMS = frozenset((".ipynb_checkpoints", "__pycache__"))  # nothing reads them


@dataclass(frozen=True)
class Seen:
    """What a book depends on as it lies now: sha256 by path below the root.

    Attributes
    ----------
    written
        What people and departments write.
    generated
        Sources of pages that a build makes of it.
    environment
        Its variables that libraries go by.
    code
        Digest of code and libraries.
    """

    dataset: str
    written: Mapping[str, str]
    generated: Mapping[str, str]
    environment: Mapping[str, str]
    code: str

    @property
    def made_of(self) -> MadeOf:
        """What a record is compared by."""
        inputs = (self.dataset, self.written, self.generated, self.environment)
        return MadeOf(digest(inputs), self.code)


@dataclass(frozen=True)
class LastBuild:
    """What the last build of a book told: which book, notes that still hold, what there is.

    Attributes
    ----------
    newest
        Whether its edition is the one that is built where none is named.
    after, until
        Days in ISO format: the last deadline that had passed, and the next one.
    """

    heading: Heading
    notes: tuple[str, ...]
    outcome: Outcome
    newest: bool
    after: str
    until: str

    @property
    def places(self) -> list[Path]:
        """The folders that it has put in place."""
        return [Path(place) for place in (self.outcome.html, self.outcome.packs) if place]

    def is_of(self, edition: str | None, *, pdf: bool, today: dt.date) -> bool:
        """Tell whether it is the book that is asked for, on a day that does not change it."""
        asked = self.newest if edition is None else edition == self.heading.edition
        return asked and pdf == bool(self.outcome.pdfs) and self.after < str(today) <= self.until


def look(folders: Folders) -> Seen | None:
    """Return what a book depends on; ``None`` where it cannot be read."""
    root, own = folders.root, folders.root / "book"
    if folders.name not in (path.parent.name for path in root.glob("data/*/dataset.yaml")):
        return None
    try:
        entries = sorted(path for path in root.iterdir() if not path.name.startswith("."))
        places = (path for path in entries if path.is_dir() and path.name not in _APART)
        found = _found(root, (path for path in places if not path.name.startswith("_")))
        found |= {path.name: sha256(path.read_bytes()) for path in entries if path.is_file()}
        if "_config.yml" not in found:
            return None
        copied = _found(root, (folders.sources,)) if folders.book != own else {}
        code = code_of()
    except OSError:
        return None
    generated = {path: sha for path, sha in found.items() if _is_generated(path)}
    written = {path: sha for path, sha in found.items() if path not in generated}
    return Seen(folders.name, written, {**generated, **copied}, _environment(), code)


def last_build(
    folders: Folders, seen: Seen, edition: str | None, *, pdf: bool, today: dt.date
) -> LastBuild | None:
    """Return what the last build told, if building again would change nothing.

    Raises
    ------
    ProblemsFound
        If a build is going on.
    """
    record = read_records(folders.cache / _RECORD).get("")
    if record is None or record.made_of != seen.made_of:
        return None
    last = _read(record, folders.root)
    if not last.is_of(edition, pdf=pdf, today=today):
        return None
    with only_build(folders.build / "build.lock"):
        try:
            made = _found(folders.root, last.places)
        except OSError:
            return None
    return last if made == record.files else None


def keep(folders: Folders, seen: Seen, last: LastBuild) -> None:
    """Remember a build of what was `seen` before it, unless something changed meanwhile."""
    now = look(folders)
    if now is None or now.written != seen.written:
        clear(folders.cache / _RECORD)
        return
    made_of = replace(seen, generated=now.generated).made_of
    made = _found(folders.root, last.places)
    about = {**asdict(last), "outcome": _below(folders.root, last.outcome)}
    write_records(folders.cache / _RECORD, {"": Record(made_of, made, about)})


def days_alike(deadlines: Iterable[dt.date], today: dt.date) -> tuple[str, str]:
    """Return the last of the deadlines that has passed on a day, and the next one."""
    days = sorted({*deadlines, dt.date.min, dt.date.max})
    return str(max(day for day in days if day < today)), str(min(d for d in days if today <= d))


def _found(root: Path, folders: Iterable[Path]) -> dict[str, str]:
    """Return sha256 of all files of these folders by path below `root`."""
    return {
        f"{folder.relative_to(root).as_posix()}/{path}": sha
        for folder in folders
        for path, sha in digests_of(folder).items()
        if _LEFT_BY_PROGRAMS.isdisjoint(path.split("/"))
    }


def _is_generated(path: str) -> bool:
    return path == _CONTENTS or path.startswith(tuple(f"book/{name}/" for name in GENERATED))


def _environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name in _NAMED or name.startswith(_BEGINNING)
    }


def _below(root: Path, outcome: Outcome) -> dict[str, Any]:
    """Return an outcome whose folders are told from `root`, which may be moved."""
    html, packs = (
        Path(place).relative_to(root).as_posix() if place else ""
        for place in (outcome.html, outcome.packs)
    )
    return asdict(replace(outcome, html=html, packs=packs))


def _read(record: Record, root: Path) -> LastBuild:
    about = dict(record.about)
    heading, outcome = Heading(**about.pop("heading")), Outcome(**about.pop("outcome"))
    html, packs = (str(root / place) if place else "" for place in (outcome.html, outcome.packs))
    outcome = replace(outcome, html=html, packs=packs)
    return LastBuild(heading, tuple(about.pop("notes")), outcome, **about)
