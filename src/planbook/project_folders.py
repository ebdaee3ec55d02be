"""Where everything lies below a project's root: every path of the project comes from here.

Needs the standard library only, so that a command can look into these folders before it loads
anything. `planbook.workspace` are the same folders of a dataset that was opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from planbook.errors import UsageError
from planbook.vocabulary import Visibility

_PLAN_FOLDER = "data/plan"
PLAN = f"{_PLAN_FOLDER}/plan.yaml"  # what makes a folder a project
DEMONSTRATION = "demo"  # a dataset of invented figures, where a project has one
GENERATED = (
    "chapters",
    "goals",
    "programmes",
    "units",
)  # folders of ``book`` in which nobody writes

_KEPT_BY_WINDOWS = re.compile(
    r"(?i:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *\..*)?"
)


def is_kept_by_windows(name: str) -> bool:
    """Tell whether a file or folder cannot have this name on Windows, with any ending."""
    return bool(_KEPT_BY_WINDOWS.fullmatch(name.strip()))


class _Placed(Protocol):
    """What a folder depends on."""

    @property
    def root(self) -> Path: ...

    @property
    def inputs_root(self) -> Path: ...

    @property
    def name(self) -> str: ...

    @property
    def visibility(self) -> Visibility: ...


class _Folder:
    """A place below the root, or of inputs that are `frozen` below where those lie.

    `public`: where a public book has another.
    """

    def __init__(self, path: str, public: str = "", *, frozen: bool = False) -> None:
        self._paths = {Visibility.INTERNAL: path, Visibility.PUBLIC: public or path}
        self._frozen = frozen

    def __get__(self, placed: _Placed, owner: type[object]) -> Path:
        root = placed.inputs_root if self._frozen else placed.root
        return root / self._paths[placed.visibility].format(dataset=placed.name)


class ProjectFolders:
    """The folders of a dataset; whoever has them says what `_Placed` asks for."""

    plan = _Folder(_PLAN_FOLDER, frozen=True)
    data = _Folder("data/{dataset}", frozen=True)
    submissions = _Folder("data/{dataset}/submissions")
    register = _Folder("data/{dataset}/editions.yaml")  # acts of publishing, by commands only
    frozen = _Folder("data/{dataset}/frozen")  # of each published edition: its inputs and tables
    selections = _Folder("data/{dataset}/selections.yaml", frozen=True)  # acts on workbooks
    commentary = _Folder("data/{dataset}/commentary", frozen=True)
    letters = _Folder("data/{dataset}/letters")  # an office's own templates; no input of the book
    feedback = _Folder("feedback")  # copies to send back; never among what was received
    notebooks = _Folder("notebooks")
    sources = _Folder(".", "_build/public/sources")  # what the pages are compiled from
    book = _Folder("book", "_build/public/sources/book")
    build = _Folder("_build")
    html = _Folder("_build/html", "_build/public/html")
    packs = _Folder("_build/packs")
    scratch = _Folder("_build/scratch", "_build/public/scratch")  # what is moved into place, whole
    cache = _Folder("_build/cache", "_build/public/cache")
    readings = _Folder("_build/cache/readings")  # what was read from workbooks, by dataset


@dataclass(frozen=True)
class Folders(ProjectFolders):
    """The folders of a dataset by its name, whether or not there is such a dataset."""

    root: Path
    name: str
    visibility: Visibility = Visibility.INTERNAL

    @property
    def inputs_root(self) -> Path:
        """Inputs lie where people write them."""
        return self.root


def plan_folder(root: Path) -> Path:
    """Return the folder of the plan in a project, or in a copy of its inputs."""
    return root / _PLAN_FOLDER


def find_root(start: Path | None = None) -> Path:
    """Return the nearest folder upwards of `start` that holds ``data/plan/plan.yaml``.

    Where the program itself lies makes no difference: a command that is run elsewhere must not act
    on another project than its user thinks of.

    Raises
    ------
    UsageError
        If none does.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / PLAN).is_file():
            return folder
    raise UsageError(
        f"{start} 不是项目文件夹，也不在项目文件夹中：找不到 {PLAN}\n"
        "  处理：先用 cd 进入项目文件夹再运行，生成命令 build 也可以用 --project 指明；"
        "还没有项目的，用 python -m planbook new 建立"
    )


def root_of(project: Path | None) -> Path:
    """Return the project that is named, or the one that the command is run in.

    Raises
    ------
    UsageError
        If it is none.
    """
    if project is None:
        return find_root()
    if not (project / PLAN).is_file():
        raise UsageError(f"{project} 不是项目文件夹：找不到 {PLAN}\n  处理：核对 --project")
    return project


def dataset_names(root: Path) -> list[str]:
    """Return the names of a project's datasets, sorted."""
    return sorted(path.parent.name for path in root.glob("data/*/dataset.yaml"))


def usual_dataset(root: Path) -> str:
    """Return the dataset that is meant where none is named: ``demo``, or the only one there is."""
    known = dataset_names(root)
    return known[0] if len(known) == 1 else DEMONSTRATION
