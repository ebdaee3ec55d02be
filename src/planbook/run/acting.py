"""What all acts on editions share: nobody else acts meanwhile, when it is, why, and the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock

from planbook.collect.feedback.findings_report import printable
from planbook.collect.personal import personal_problem
from planbook.editions import Register
from planbook.errors import ProblemsFound, UsageError
from planbook.plan import Plan
from planbook.project_folders import find_root
from planbook.put_in_place import make_folder, put
from planbook.run.lock import only_build
from planbook.run.opening import open_workspace
from planbook.workspace import Workspace


@contextmanager
def acting(dataset: str) -> Iterator[tuple[Workspace, Plan]]:
    """Open a dataset for an act; no build and no other act goes on meanwhile."""
    with only_build(find_root() / "_build" / "build.lock"):
        yield open_workspace(dataset)


@contextmanager
def recording(dataset: str) -> Iterator[tuple[Workspace, Plan]]:
    """Open a dataset to add to its files; whoever adds something else meanwhile waits."""
    workspace, plan = open_workspace(dataset)
    make_folder(workspace.build)
    with FileLock(workspace.build / f"{workspace.dataset.name}-acts.lock"):
        yield workspace, plan


def record(workspace: Workspace, register: Register) -> None:
    """Write the register so that whatever happens the old one or the new is there."""
    put(workspace.register, register.to_yaml())


def words(reason: str, plan: Plan) -> str:
    """Return a reason as it is published, or raise `UsageError` where there is none."""
    said = published_words(reason, plan)
    if not said:
        raise UsageError("理由不能为空")
    return said


def published_words(text: str, plan: Plan) -> str:
    """Return what was typed as readers see it; refuse telephones and the like, which stay there."""
    said = printable(text).strip()
    problems = personal_problem(said, "命令中写的理由", plan.about.telephones)
    if problems:
        raise ProblemsFound("发布", problems)
    return said


def now() -> dt.datetime:
    """Return the time of an act, to the second and with its zone."""
    return dt.datetime.now().astimezone().replace(microsecond=0)
