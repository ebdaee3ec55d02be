"""Freeze an edition when it is published, and open it again as it was, for years.

A judged edition → the archive that is kept of it and what the register is told; a published one
→ its workspace and plan, of which everything is read from there but the workbooks, and of those
only the ones that the register lists up to it count.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from planbook.archives import packed
from planbook.collect.file_names import FiledName
from planbook.collect.inbox.received import Submissions
from planbook.collect.read.submission import Submission
from planbook.editions import EditionState
from planbook.errors import Problem, ProblemsFound
from planbook.frames import VERDICTS
from planbook.frozen import TABLES, known_by, unpacked
from planbook.frozen_formats import MEMBER, member
from planbook.made_of import sha256
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.project_folders import plan_folder
from planbook.saved import TABLE_CONTRACTS, Tables
from planbook.workspace import Unpacked, Workspace, read_dataset
from planbook.yamlfile import passing_over_unknown

_NOT_FROZEN = {"submissions", "feedback", "frozen", "letters", "editions.yaml"}


@dataclass(frozen=True)
class Frozen:
    """What is kept of an edition, and what the act of publishing says of it.

    Attributes
    ----------
    content
        Of ``data/<dataset>/frozen/<edition>.tar.gz``; the same inputs give the same bytes.
    sha256
        Of `content`.
    verdicts
        sha256 of the saved table of verdicts.
    """

    content: bytes
    sha256: str
    verdicts: str


def freeze(workspace: Workspace, plan: Plan, edition: Edition, tables: Tables) -> Frozen:
    """Return the plan, the dataset's inputs and the tables of an edition as one archive.

    Parameters
    ----------
    plan
        As it is followed: its own files are kept, not what else lies in the folder.
    tables
        Of this edition, as they were computed from what lies in the workspace now.

    Raises
    ------
    ValueError
        If the tables are of another edition.
    """
    if set(tables.verdicts["edition"]) - {str(edition)}:
        raise ValueError(f"tables of another edition than {edition}")
    names = ("plan.yaml", "units.yaml", *(f"{chapter.id}.yaml" for chapter in plan.chapters))
    files = {f"data/plan/{name}": (workspace.plan / name).read_bytes() for name in names}
    inputs = f"data/{workspace.dataset.name}"
    files |= {f"{inputs}/{name}": path.read_bytes() for name, path in _inputs(workspace.data)}
    saved = {
        name: contract.to_csv(getattr(tables, name)) for name, contract in TABLE_CONTRACTS.items()
    }
    files |= {f"{TABLES}/{name}.csv": content for name, content in saved.items()}
    files[MEMBER] = member()
    content = packed(files)
    return Frozen(content, sha256(content), sha256(saved[VERDICTS.name]))


def submissions_listed(
    workspace: Workspace, edition: Edition, submissions: Submissions
) -> dict[str, str]:
    """Return the workbooks that this edition knows and none published before it: sha256 by path.

    Those that do not count (superseded, withdrawn) too: what is not listed counts as late for ever.

    Parameters
    ----------
    submissions
        Read up to `edition`.
    """
    known = (*submissions.current, *submissions.superseded, *submissions.withdrawn)
    listed = workspace.editions.before(edition).listed
    found = {f"{s.edition}/{s.file}": s.sha256 for s in known if _as_filed(s)}
    return {path: found[path] for path in sorted(found) if path not in listed}


def frozen_workspace(workspace: Workspace, edition: Edition) -> tuple[Workspace, Plan]:
    """Return a published edition's workspace and plan as they were when it was published.

    Raises
    ------
    ProblemsFound
        If its archive is missing or was changed: what to do is said.
    KeyError
        If it was never published.
    """
    register = workspace.editions.upto(edition)
    folder = unpacked(workspace, edition)
    made_in = register.before(edition)
    path = folder / "data" / workspace.dataset.name / "dataset.yaml"
    where = f"frozen/{edition}.tar.gz：dataset.yaml"
    with passing_over_unknown():
        dataset, problems = read_dataset(path, where, made_in)
    if dataset is None:
        fix = _fix(folder)
        problems = [replace(problem, fix=fix) for problem in problems]
        raise ProblemsFound("发布存档", problems)
    plan = frozen_plan(workspace, folder, edition, dataset.first_edition)
    then = replace(
        workspace, dataset=dataset, editions=register, unpacked=Unpacked(edition, folder)
    )
    return then, plan


def frozen_plan(
    workspace: Workspace, folder: Path, edition: Edition, first: Edition | None
) -> Plan:
    """Return the plan that was frozen with an edition, whose archive is unpacked in `folder`.

    Raises
    ------
    ProblemsFound
        If this version of the program reads plans otherwise than the one that froze it.
    """
    try:
        with passing_over_unknown():
            return load_plan(plan_folder(folder), first, today=plan_folder(workspace.root))
    except ProblemsFound as error:
        fix = _fix(folder)
        problems = [
            Problem(
                f"本程序不认得当时的写法：{each.what}",
                f"frozen/{edition}.tar.gz：{each.where}",
                fix,
            )
            for each in error.problems
        ]
        raise ProblemsFound("发布存档", problems) from error


def _fix(folder: Path) -> str:
    return f"存档不能改动：装回{known_by(folder)}，或让程序仍认得当时的写法"


def as_published(workspace: Workspace, plan: Plan, edition: Edition) -> tuple[Workspace, Plan]:
    """Return the frozen state of an edition that was published, else what is given.

    A purged edition has none: it is computed again, and its book says so.
    """
    register = workspace.editions
    if workspace.unpacked is not None or not register.is_published(edition):
        return workspace, plan
    if register.state(edition) is EditionState.PURGED:
        return workspace, plan
    return frozen_workspace(workspace, edition)


def _as_filed(submission: Submission) -> bool:
    """Tell whether a workbook could be read and is the one that was received."""
    return submission.sha256.startswith(FiledName.parse(submission.file).digest)


def _inputs(data: Path) -> Iterator[tuple[str, Path]]:
    """Yield what of a dataset's folder is frozen, by path below it, without what systems leave."""
    for parent, folders, files in os.walk(data):
        if Path(parent) == data:
            folders[:] = [name for name in folders if name not in _NOT_FROZEN]
            files = [name for name in files if name not in _NOT_FROZEN]  # noqa: PLW2901
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in files:
            if not file.startswith((".", "~$")) and not file.endswith("~"):
                path = Path(parent, file)
                yield path.relative_to(data).as_posix(), path
