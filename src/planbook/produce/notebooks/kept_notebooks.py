"""Executed notebooks that are kept, each with a record of what its cells read.

A page is up to date when every part that was read has the digest it had then. What was not read
cannot have been shown, so it may change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from planbook.made_of import MadeOf, Record, digest, read_records, sha256, write_records
from planbook.produce.kept_reads import Parts
from planbook.produce.notebooks.jobs import Job, Outcome
from planbook.put_in_place import make_folder, put_in_place, write_whole

PARAMETERS, NOTEBOOK, CODE, PAGE = "parameters", "notebook", "code", "page"


@dataclass(frozen=True)
class _About:
    """What is remembered of a page: the state of what its notebook read, seconds, what is told."""

    reads: Mapping[str, str]
    seconds: float = 0.0
    notes: tuple[str, ...] = ()


class KeptNotebooks:
    """The pages kept beside a file of records, in a folder of the same name."""

    def __init__(self, records: Path, parts: Parts, code: str) -> None:
        self._path, self._folder = records, records.with_suffix("")
        self._records = read_records(records)
        self._parts, self._code = parts, code
        self._handed: dict[str, MadeOf] = {}  # what jobs were made of when they were looked at

    def changed(self, job: Job, *, any_code: bool = False) -> tuple[str, ...]:
        """Return the names of what has changed since a job's page was made; empty: it stands.

        Besides names of what was read: ``parameters``, ``notebook``, ``code``, and ``page`` where
        none is kept. With `any_code` notebook and code may differ.
        """
        record, now = self._records.get(job.id), self._made_of(job)
        self._handed[job.id] = now
        about = None if record is None else record.told(_About)
        if record is None or about is None or not self._is_whole(record, job):
            return (PAGE,)
        code = record.made_of.code.partition(" ")
        found = [name for name, state in about.reads.items() if self._parts(name) != state]
        if record.made_of.inputs != now.inputs:
            found.insert(0, PARAMETERS)
        if not any_code:
            own, _, of_notebook = now.code.partition(" ")
            found += [CODE] * (code[0] != own) + [NOTEBOOK] * (code[2] != of_notebook)
        return tuple(found)

    def takes(self, job: Job) -> tuple[float, int]:
        """Return a key by which the job that takes longest, as far as is known, is the largest.

        The seconds it took last; of one never executed, none: then a large file takes longer.
        """
        record = self._records.get(job.id)
        about = None if record is None else record.told(_About)
        return (about.seconds if about else 0.0, job.notebook.stat().st_size)

    def keep(self, job: Job, made: Path, outcome: Outcome) -> None:
        """Keep a page just made, which is moved, what was read for it, and what came of that.

        It is made of the notebook as `changed` found it: one that was saved meanwhile is new.
        """
        files = {job.page.name: sha256(made.read_bytes())}
        make_folder(self._folder)
        put_in_place(made, self._folder / job.page.name)
        read = outcome.reads.items()
        states = {name: self._parts(name) if state is None else state for name, state in read}
        about = asdict(_About(states, outcome.seconds, outcome.notes))
        self._records[job.id] = Record(self._handed[job.id], files, about)
        write_records(self._path, self._records)

    def notes(self, job: Job) -> tuple[str, ...]:
        """Return what was told of a job when its page was made."""
        about = self._records[job.id].told(_About)
        return about.notes if about else ()

    def states(self, wanted: Iterable[Job]) -> dict[str, str]:
        """Return the state of all that the notebooks of these jobs read, by name."""
        records = (self._records.get(job.id) for job in wanted)
        told = (record.told(_About) for record in records if record is not None)
        return {name: state for about in told if about for name, state in about.reads.items()}

    def _is_whole(self, record: Record, job: Job) -> bool:
        return job.page.name in record.files and record.is_whole(self._folder)

    def put(self, job: Job) -> None:
        """Put a kept page where the book has it, unless it is there already."""
        page = (self._folder / job.page.name).read_bytes()
        if not job.page.is_file() or job.page.read_bytes() != page:
            write_whole(job.page, page)

    def _made_of(self, job: Job) -> MadeOf:
        content = job.notebook.read_bytes()
        given: dict[str, object] = dict(job.parameters)
        named = {n: ids for n, ids in job.pages.items() if f"{n}.ipynb".encode() in content}
        if named:  # it may lead to their pages
            given["pages"] = named
        return MadeOf(digest(given), f"{self._code} {sha256(content)}")
