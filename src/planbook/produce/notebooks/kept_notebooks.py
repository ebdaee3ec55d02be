"""Executed notebooks that are kept, each with a record of what its cells read.

A page is up to date when every part that was read has the digest it had then. What was not read
cannot have been shown, so it may change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from planbook.made_of import MadeOf, Record, digest, read_records, sha256, write_records
from planbook.produce.notebooks.jobs import Job
from planbook.put_in_place import make_folder, put_in_place, write_whole

Parts = Callable[[str], str]
"""Returns the digest of what a name stands for; empty where there is no such thing."""

PARAMETERS, NOTEBOOK, CODE, PAGE = "parameters", "notebook", "code", "page"


class KeptNotebooks:
    """The pages kept beside a file of records, in a folder of the same name."""

    def __init__(self, records: Path, parts: Parts, code: str) -> None:
        self._path, self._folder = records, records.with_suffix("")
        self._records = read_records(records)
        self._parts, self._code = parts, code

    def changed(self, job: Job, *, any_code: bool = False) -> tuple[str, ...]:
        """Return the names of what has changed since a job's page was made; empty: it stands.

        Besides names of what was read: ``parameters``, ``notebook``, ``code``, and ``page`` where
        none is kept. With `any_code` notebook and code may differ.
        """
        record, now = self._records.get(job.id), self._made_of(job)
        if record is None or not record.is_whole(self._folder):
            return (PAGE,)
        then, code = record.about["reads"], record.made_of.code.partition(" ")
        found = [name for name, digest in then.items() if self._parts(name) != digest]
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
        return (record.about.get("seconds", 0.0) if record else 0.0, job.notebook.stat().st_size)

    def keep(self, job: Job, made: Path, reads: Iterable[str], seconds: float) -> None:
        """Keep a page just made, which is moved, what was read for it, and how long that took."""
        files = {job.page.name: sha256(made.read_bytes())}
        make_folder(self._folder)
        put_in_place(made, self._folder / job.page.name)
        about = {"reads": {name: self._parts(name) for name in reads}, "seconds": seconds}
        self._records[job.id] = Record(self._made_of(job), files, about)
        write_records(self._path, self._records)

    def put(self, job: Job) -> None:
        """Put a kept page where the book has it, unless it is there already."""
        page = (self._folder / job.page.name).read_bytes()
        if not job.page.is_file() or job.page.read_bytes() != page:
            write_whole(job.page, page)

    def _made_of(self, job: Job) -> MadeOf:
        code = f"{self._code} {sha256(job.notebook.read_bytes())}"
        return MadeOf(digest(dict(job.parameters)), code)
