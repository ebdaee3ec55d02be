"""Tell at once that a book is as it would be built now, before anything that takes time is loaded.

A build that ended well keeps a record: digests of every file it may have read, of the code, of the
libraries and the environment, the days between which no deadline passes, sha256 of every file it
made, and what it said. Where a single thing differs or cannot be read, it is built. Needs the
standard library and the lock only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from planbook.disk_reads import (
    changed_since,
    digests_in,
    is_generated,
    project_files,
    state_of,
)
from planbook.made_of import (
    MadeOf,
    Record,
    code_of,
    digest,
    environment,
    read_records,
    write_records,
)
from planbook.project_folders import Folders, dataset_names
from planbook.put_in_place import clear
from planbook.run.lock import only_build
from planbook.run.log_lines import Heading, Outcome

_RECORD = "last_build.json"


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
    environment: Mapping[str, Any]
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
    read
        What was read besides what `look` sees: `planbook.disk_reads.state_of` by name.
    """

    heading: Heading
    notes: tuple[str, ...]
    outcome: Outcome
    newest: bool
    after: str
    until: str
    read: Mapping[str, str]

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
    if folders.name not in dataset_names(root):
        return None
    try:
        found = project_files(root)
        if "_config.yml" not in found:
            return None
        copied = digests_in(root, (folders.sources,)) if folders.book != own else {}
        code = code_of()
    except OSError:
        return None
    generated = {path: sha for path, sha in found.items() if is_generated(path)}
    written = {path: sha for path, sha in found.items() if path not in generated}
    return Seen(folders.name, written, {**generated, **copied}, environment(), code)


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
    last = None if record is None else _told(record, folders.root)
    if record is None or last is None or record.made_of != seen.made_of:
        return None
    if not last.is_of(edition, pdf=pdf, today=today) or changed_since(last.read, folders.root):
        return None
    with only_build(folders.build / "build.lock"):
        try:
            made = digests_in(folders.root, last.places)
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
    made = digests_in(folders.root, last.places)
    about = {**asdict(last), "outcome": _below(folders.root, last.outcome)}
    write_records(folders.cache / _RECORD, {"": Record(made_of, made, about)})


def read_elsewhere(folders: Folders) -> dict[str, str]:
    """Return how what the last build read besides what `look` sees lies now."""
    record = read_records(folders.cache / _RECORD).get("")
    last = None if record is None else record.told(LastBuild)
    return {name: state_of(name, folders.root) for name in (last.read if last else ())}


def days_alike(deadlines: Iterable[dt.date], today: dt.date) -> tuple[str, str]:
    """Return the last of the deadlines that has passed on a day, and the next one."""
    days = sorted({*deadlines, dt.date.min, dt.date.max})
    return str(max(day for day in days if day < today)), str(min(d for d in days if today <= d))


def _below(root: Path, outcome: Outcome) -> dict[str, Any]:
    """Return an outcome whose folders are told from `root`, which may be moved."""
    html, packs = (
        Path(place).relative_to(root).as_posix() if place else ""
        for place in (outcome.html, outcome.packs)
    )
    return asdict(replace(outcome, html=html, packs=packs))


def _told(record: Record, root: Path) -> LastBuild | None:
    """Return what a record tells of a build, whose folders lie below `root` now."""
    last = record.told(LastBuild)
    if last is None:
        return None
    places = (last.outcome.html, last.outcome.packs)
    html, packs = (str(root / place) if place else "" for place in places)
    return replace(last, outcome=replace(last.outcome, html=html, packs=packs))
