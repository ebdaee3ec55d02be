"""From what was typed to the projects that are meant: folders, folders of folders, globs, lists."""

from __future__ import annotations

import glob
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from planbook.errors import Problem, ProblemsFound
from planbook.project_folders import plan_folder

_TAKEN = ("index.html", "index.json")  # beside the plans' folders
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')  # by one system or another, and in addresses
_LONGEST = 200  # bytes: room for what is written beside it


@dataclass(frozen=True)
class Project:
    """A whole project; its book is to lie in a folder `name` beside those of others."""

    name: str
    root: Path

    @classmethod
    def at(cls, folder: Path) -> Project:
        """Return the project in a folder, by the folder's name."""
        root = folder.resolve()
        return cls(root.name, root)


def projects_of(typed: Sequence[str]) -> tuple[Project, ...]:
    """Return the projects that are meant, each once, in the order of their names.

    Parameters
    ----------
    typed
        Folders of projects, folders that hold such folders, patterns (``regions/*``), and text
        files that name them, a line each.

    Raises
    ------
    ProblemsFound
        With everything that is none of these.
    """
    found: dict[Path, Project] = {}
    problems = []
    for text in typed:
        folders = list(_folders(text))
        if not folders:
            fix = "写项目文件夹（其中有 data/plan）、装有若干项目的文件夹，或逐行列出它们的 .txt"
            problems.append(Problem("没有找到项目", text, fix))
        found |= {project.root: project for project in map(Project.at, folders)}
    if problems:
        raise ProblemsFound("项目", problems)
    return tuple(sorted(found.values(), key=lambda project: project.name))


def name_problems(projects: Sequence[Project]) -> list[Problem]:
    """Return why books of these names cannot lie side by side, on any system."""
    problems = []
    same = defaultdict(list)
    for project in projects:
        same[_as_systems_compare(project.name)].append(project)
        if why := _why_not(project.name):
            fix = "给项目文件夹另起一个名字"
            problems.append(Problem(f"「{project.name}」{why}", str(project.root), fix))
    for alike in same.values():
        if len(alike) > 1:
            named = "、".join(f"「{project.name}」" for project in alike)
            where = "，".join(str(project.root) for project in alike)
            problems.append(Problem(f"项目重名：{named}", where, "给其中的文件夹改名，或分开生成"))
    return problems


def _folders(text: str) -> Iterator[Path]:
    """Yield the folders of projects that one word of a command line leads to."""
    path = Path(text)
    if path.is_file() and path.suffix == ".txt":
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            if line.strip() and not line.startswith("#"):
                yield from _folders(str(path.parent / line.strip()))
    elif path.is_dir():
        yield from _below(path)
    else:
        for each in sorted(glob.glob(text)):  # noqa: PTH207 - any pattern, absolute ones too
            if Path(each).is_dir():
                yield from _below(Path(each))


def _below(folder: Path) -> Iterator[Path]:
    if _is_project(folder):
        yield folder
        return
    yield from (each for each in sorted(folder.iterdir()) if _is_project(each))


def _is_project(folder: Path) -> bool:
    return plan_folder(folder).is_dir() and not folder.name.startswith(".")


def _why_not(name: str) -> str:
    """Return why a name cannot be that of a book's folder; empty where it can."""
    if not name or _FORBIDDEN.search(name):
        return "含有不能用于文件夹名的字符"
    if name.startswith(".") or name.endswith((" ", ".")) or name != name.strip():
        return "以点或空格开头或结尾"
    if _as_systems_compare(name) in _TAKEN:
        return "是一览页的文件名"
    return "过长" if len(name.encode()) > _LONGEST else ""


def _as_systems_compare(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
