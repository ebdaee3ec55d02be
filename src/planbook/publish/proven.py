"""Books of many plans at one place, each in a folder with the record that proves it.

A local folder is read to the last byte. Of a remote place names and sizes are compared, for reading
all of it is as dear as writing it, and what was written there was compared then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import SEAL, MadeOf, Record, records_file, records_in
from planbook.publish.folder import Folder
from planbook.publish.manifests import sha256_of
from planbook.publish.places import Place
from planbook.publish.plan_list import PlanRow


@dataclass(frozen=True)
class _About:
    """What is remembered of a book: its line in the index, and the size of each file."""

    row: PlanRow
    sizes: Mapping[str, int]


def put_proven(
    place: Place, name: str, files: Mapping[str, Path], made_of: MadeOf, row: PlanRow
) -> None:
    """Put a plan's book in place, whole.

    Raises
    ------
    ProblemsFound
        If something lies there that no such book is.
    """
    if place.read(f"{name}/{SEAL}") is None and place.sizes(name):
        fix = "换一个位置（--to），或把那里的文件移走"
        problem = Problem("这里已有别的文件，没有覆盖", f"{place.where}/{name}", fix)
        raise ProblemsFound("各方案的书", [problem])
    about = asdict(_About(row, {path: file.stat().st_size for path, file in files.items()}))
    record = Record(made_of, {path: sha256_of(file) for path, file in files.items()}, about)
    place.put_book(name, files, records_file({"": record}))


def proven_row(place: Place, name: str, made_of: MadeOf) -> PlanRow | None:
    """Return the line of a book that lies there whole and is made of just this."""
    record, about = _record(place, name)
    if record is None or about is None or record.made_of != made_of:
        return None
    sizes = place.sizes(name)
    sizes.pop(SEAL, None)
    if sizes != about.sizes:
        return None
    local = isinstance(place, Folder)
    if local and any(place.sha256(f"{name}/{p}") != sha for p, sha in record.files.items()):
        return None
    return about.row


def row_there(place: Place, name: str) -> PlanRow | None:
    """Return the line of the book that lies there, of whatever it was made."""
    _, about = _record(place, name)
    return None if about is None else about.row


def _record(place: Place, name: str) -> tuple[Record | None, _About | None]:
    record = records_in(place.read(f"{name}/{SEAL}") or b"").get("")
    return record, None if record is None else record.told(_About)
