"""The sites of a dataset: as they are typed, as the register keeps them, and opened."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from planbook.editions import Publishing, Register
from planbook.errors import Problem, ProblemsFound
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.publish.acts import Site, open_site
from planbook.publish.entries import SiteMark
from planbook.publish.places import is_url
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace


@dataclass(frozen=True)
class Known:
    """A site that the register knows: how it is kept there, and for whom it is."""

    to: str
    visibility: Visibility


def address(to: str, root: Path) -> str:
    """Return a site as the register keeps it: a folder of the project from its root."""
    if is_url(to):
        return to.rstrip("/")
    folder = Path(os.path.normpath(Path(to).absolute()))  # without ..; a link stays one
    return (folder.relative_to(root) if folder.is_relative_to(root) else folder).as_posix()


def refuse_among_inputs(workspace: Workspace, known: Known) -> None:
    """Refuse a folder in which a site would be read as an input, or be deleted with ``_build``."""
    if is_url(known.to) and not known.to.startswith(("file://", "local://")):
        return
    folder = _folder(known.to, workspace.root).resolve()
    inside = (workspace.root / "data", workspace.notebooks, workspace.book, workspace.build)
    if any(folder.is_relative_to(each.resolve()) for each in inside):
        what = "站点不能在 data、book、notebooks、_build 之中：那里的文件是书的来源，或会被删除重做"
        fix = "改用项目文件夹下的 site，或项目以外的文件夹"
        raise ProblemsFound("站点", [Problem(what, known.to, fix)])


def opened(workspace: Workspace, plan: Plan, known: Known) -> Site:
    """Open a site; what lies there must be of this plan, dataset and visibility."""
    mark = SiteMark(
        plan=plan.about.id,
        dataset=workspace.dataset.name,
        visibility=known.visibility.value,
        title=f"{plan.about.short_title}进展报告",
    )
    remote = is_url(known.to)
    return open_site(known.to if remote else str(workspace.root / known.to), mark)


def _folder(to: str, root: Path) -> Path:
    """Return the folder that a path, or a URL of this machine, leads to."""
    return Path(url2pathname(urlsplit(to).path)) if is_url(to) else root / to


def sites_of(
    register: Register, edition: Edition | None = None, only: str | None = None
) -> tuple[Known, ...]:
    """Return the sites on which an edition, or any, was published; each once, oldest first."""
    acts = (act for act in register.acts if isinstance(act, Publishing))
    found = (
        Known(act.to, act.visibility)
        for act in acts
        if edition in (None, act.edition) and only in (None, act.to)
    )
    return tuple(dict.fromkeys(found))


def reachable(
    workspace: Workspace, plan: Plan, sites: Iterable[Known]
) -> tuple[list[tuple[Known, Site]], list[ProblemsFound]]:
    """Open each site; return those that could be, and why the others could not."""
    open_now, failed = [], []
    for known in sites:
        try:
            open_now.append((known, opened(workspace, plan, known)))
        except ProblemsFound as error:
            failed.append(error)
    return open_now, failed
