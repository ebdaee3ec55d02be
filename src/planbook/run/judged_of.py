"""What an edition's saved tables were judged of: whether they still are what would be computed."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from planbook.made_of import MadeOf, code_of, digest, seal_folder, sha256, whole_folder
from planbook.periods import Edition
from planbook.put_in_place import made_aside
from planbook.saved import Tables
from planbook.workspace import Workspace

CODE = (  # what the tables come from
    "plan",
    "collect",
    "facts",
    "assess",
    "present/redaction.py",
    "run/pipeline.py",
    "run/judged_of.py",
    "run/judged_tables.py",
    "run/published_record.py",
    "run/freezing.py",
)


def tables_made_of(workspace: Workspace, edition: Edition, today: dt.date | None = None) -> MadeOf:
    """Return what an edition's tables depend on: every input, and the code.

    Of `today` it matters only which deadlines have not passed.
    """
    return made_and_judged_of(workspace, edition, today)[0]


def made_and_judged_of(
    workspace: Workspace, edition: Edition, today: dt.date | None = None
) -> tuple[MadeOf, MadeOf]:
    """Return what `tables_made_of` does, and the same without commentary, which judges nothing."""
    due = workspace.deadlines_known()
    awaited = [] if today is None else sorted(str(e) for e, day in due.items() if today <= day)
    files = {name: sha256(path.read_bytes()) for name, path in _inputs(workspace)}
    told = f"data/{workspace.commentary.name}/"
    judged = {name: sha for name, sha in files.items() if not name.startswith(told)}
    about = (workspace.dataset.name, workspace.visibility, str(edition))
    code = code_of(*CODE)
    return (
        MadeOf(digest([*about, awaited, files]), code),
        MadeOf(digest([*about, awaited, judged]), code),
    )


def save_tables(
    workspace: Workspace,
    edition: Edition,
    tables: Tables,
    made_of: MadeOf,
    judged_of: MadeOf | None = None,
) -> Path:
    """Write the tables aside, then put them in place as one folder; return that folder.

    Parameters
    ----------
    made_of
        `tables_made_of` before they were computed: an input that changed meanwhile is noticed.
    judged_of
        The same without commentary.
    """
    folder = workspace.tables(edition)
    with made_aside(workspace.scratch, folder) as aside:
        tables.save(aside)
        seal_folder(aside, made_of, judged_of and asdict(judged_of))
    return folder


def is_judged(folder: Path, made_of: MadeOf) -> bool:
    """Tell whether saved tables are whole, and all but their commentary made of just this."""
    record = whole_folder(folder)
    return record is not None and record.told(MadeOf) == made_of


def _inputs(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    """Yield every file of the plan and the dataset but those that systems leave there.

    Frozen archives are left out: the register has their sha256, by which each is proved; and
    templates of letters, which the book does not show.
    """
    left_out = {workspace.frozen.name, workspace.letters.name}
    for folder, name in ((workspace.plan, "plan"), (workspace.data, "data")):
        for parent, folders, files in os.walk(folder):
            if Path(parent) == workspace.data:
                folders[:] = [each for each in folders if each not in left_out]
            for file in files:
                path = Path(parent, file)
                if path.is_file() and not file.startswith((".", "~$")):
                    yield f"{name}/{path.relative_to(folder).as_posix()}", path
