"""Names of what was read of the disk, by which it is known later whether that still lies so.

``file:notebooks/own.csv``
    A file below the project's folder; of one that lies elsewhere the whole path.
``folder:lookup``
    Which names a folder has.
``names``
    Which files a project has: nobody can tell which of them a cell only looked for.
``everything``
    All that a project has, and what was computed of it. Only the build that goes on knows that.
``unknown``
    Never the same again: what was read in a way that leaves no trace.

Needs the standard library only.
"""

from __future__ import annotations

import sys
import sysconfig
import uuid
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from planbook.made_of import PACKAGE, digest, digests_of, files_below, sha256
from planbook.project_folders import GENERATED

FILE, FOLDER = "file:", "folder:"
EVERYTHING, NAMES, UNKNOWN = "everything", "names", "unknown"
CONTENTS = "_toc.yml"
_BUILD = "_build"
_LEFT_BY_PROGRAMS = frozenset((".ipynb_checkpoints", "__pycache__"))  # nothing reads them
_APART = frozenset(("docs", "env", "feedback", "src", "tests", "venv", "wheels"))
"""Folders of a checkout that count only where something was read there; code has its own digest."""
_SYSTEM = ("/dev", "/proc", "/sys")
_ENVIRONMENTS = ("pyvenv.cfg", "conda-meta")  # what such a folder has; libraries count otherwise


def is_of_disk(name: str) -> bool:
    """Tell whether `state_of` knows what a name stands for."""
    return name in (NAMES, UNKNOWN) or name.startswith((FILE, FOLDER))


def named(kind: str, path: Path, root: Path) -> str:
    """Return the name of a file or folder, `kind` being `FILE` or `FOLDER`."""
    return kind + (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def state_of(name: str, root: Path) -> str:
    """Return a digest of what a name stands for in the project at `root`; empty: nothing there.

    What lies outside holds for this root only: from another place a path may lead elsewhere.
    """
    if name == UNKNOWN:
        return uuid.uuid4().hex
    if name == NAMES:
        return digest(sorted(_names(root)))
    kind, _, place = name.partition(":")
    path = root / place
    try:
        state = _of_file(path) if f"{kind}:" == FILE else _of_folder(path)
    except OSError:
        state = ""
    return digest([str(root.resolve()), state]) if Path(place).is_absolute() else state


def changed_since(states: Mapping[str, str], root: Path) -> list[str]:
    """Return the names of what is not as it was."""
    return [name for name, state in states.items() if state_of(name, root) != state]


def is_no_input(path: Path) -> bool:
    """Tell whether it lies in a library, which counts by its version, or is no file at all."""
    return any(path.is_relative_to(place) for place in _no_inputs())


def project_files(root: Path) -> dict[str, str]:
    """Return sha256 of all files that a book may be made of, by path below the root.

    Raises
    ------
    OSError
        If one cannot be read.
    """
    found = digests_in(root, (path for path in _folders(root) if path.name not in _APART))
    return found | {path.name: sha256(path.read_bytes()) for path in _own(root)}


def digests_in(root: Path, folders: Iterable[Path]) -> dict[str, str]:
    """Return sha256 of all files of these folders by path below `root`."""
    return {
        f"{folder.relative_to(root).as_posix()}/{path}": sha
        for folder in folders
        for path, sha in digests_of(folder).items()
        if _LEFT_BY_PROGRAMS.isdisjoint(path.split("/"))
    }


def is_generated(path: str) -> bool:
    """Tell of a path below the root whether a build writes what lies there."""
    return path == CONTENTS or path.startswith(tuple(f"book/{name}/" for name in GENERATED))


@cache
def _no_inputs() -> tuple[Path, ...]:
    own = [PACKAGE, *(Path(sysconfig.get_path(kind)) for kind in ("stdlib", "platstdlib"))]
    own += [Path(place) for place in sys.path if place.endswith(("site-packages", "dist-packages"))]
    return (*own, *(place.resolve() for place in own), *map(Path, _SYSTEM))


def _folders(root: Path) -> list[Path]:
    """Return the folders of a project in which people write."""
    return [
        path
        for path in sorted(root.iterdir())
        if path.is_dir()
        and not path.name.startswith(".")
        and path.name != _BUILD
        and not any((path / each).exists() for each in _ENVIRONMENTS)
    ]


def _own(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if path.is_file() and not path.name.startswith(".")]


def _names(root: Path) -> Iterator[str]:
    below = (path for folder in _folders(root) for path in files_below(folder))
    for path in (*_own(root), *below):
        name = path.relative_to(root).as_posix()
        if _LEFT_BY_PROGRAMS.isdisjoint(name.split("/")) and not is_generated(name):
            yield name


def _of_file(path: Path) -> str:
    return sha256(path.read_bytes()) if path.is_file() else ""


def _of_folder(path: Path) -> str:
    if not path.is_dir():
        return ""
    entries = (each for each in path.iterdir() if each.name not in _LEFT_BY_PROGRAMS)
    return digest(sorted(f"{each.name}/" if each.is_dir() else each.name for each in entries))
