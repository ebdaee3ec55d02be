"""Files of the project that cells write: beside the notebook they are told of, elsewhere refused.

Cells run in their notebook's folder, so what they write there lands among the sources, as it does
from JupyterLab; whoever builds is told. What people and departments wrote elsewhere in the project
is nobody's to overwrite from a page, nor is a notebook. What other programs and databases do cannot
be hindered: it is found afterwards, and refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

_CHANGES = {  # events of Python's, and which of their arguments are paths
    "os.link": (1,),
    "os.mkdir": (0,),
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "shutil.rmtree": (0,),
}
OTHER_PROGRAMS = frozenset(
    (
        *("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile"),
        *("os.system", "pty.spawn", "subprocess.Popen"),
    )
)
_UNSEEN = OTHER_PROGRAMS | {"sqlite3.connect"}  # after these, files change without an event
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FREE = ("_build", ".git", ".venv", ".ipynb_checkpoints", "__pycache__")  # nobody's sources


class WriteRefused(PermissionError):
    """A cell was about to write where a page may not."""


class Writes:
    """Keeps which files of a project are written, and by which cell.

    Attributes
    ----------
    files
        Paths below the root, each with the cell that wrote it first, counted as they ran.
    changed
        Paths of files that a page may not change and other programs have, likewise.
    cell
        The one that is running.
    """

    def __init__(self, root: Path, notebook: Path, scratch: Path) -> None:
        self.files: dict[str, int] = {}
        self.changed: dict[str, int] = {}
        self.cell = 0
        self._before: dict[str, tuple[int, int]] | None = None
        self._root = root.resolve()
        self._folder, self._scratch = notebook.resolve().parent, scratch.resolve()

    def heard(self, event: str, args: tuple[Any, ...]) -> None:
        """Take an audit event of Python's; what it raises stops what is about to happen."""
        if event in _UNSEEN and self._before is None:
            self._before = self._files()
        for path in _changed(event, args):
            if not path.is_relative_to(self._root) or path.is_relative_to(self._scratch):
                continue
            below = path.relative_to(self._root)
            if not set(_FREE).isdisjoint(below.parts):
                continue
            shown = below.as_posix()
            if not self._may_change(path):
                raise WriteRefused(f"生成本书时，单元格不能改动 {shown}")
            if event != "os.mkdir":
                self.files.setdefault(shown, self.cell)

    def look_at_others(self) -> None:
        """Find what other programs have changed up to now, if any was started."""
        if self._before is not None:
            now = self._files()
            for path in now.keys() | self._before.keys():
                if now.get(path) != self._before.get(path):
                    self.changed.setdefault(path, self.cell)

    def _may_change(self, path: Path) -> bool:
        return path.is_relative_to(self._folder) and path.suffix != ".ipynb"

    def _files(self) -> dict[str, tuple[int, int]]:
        """Return time and size of all files that a page may not change, by path below the root."""
        found = {}
        for parent, folders, files in os.walk(self._root):
            folders[:] = [name for name in folders if name not in _FREE]
            for path in map(Path(parent).joinpath, files):
                if not self._may_change(path) and not path.is_relative_to(self._scratch):
                    with suppress(OSError):  # gone meanwhile
                        about = path.stat()
                        shown = path.relative_to(self._root).as_posix()
                        found[shown] = (about.st_mtime_ns, about.st_size)
        return found


def _changed(event: str, args: tuple[Any, ...]) -> Iterator[Path]:
    """Yield the real paths of what is about to be changed."""
    if event == "open":
        named = [args[0]] if isinstance(args[2], int) and args[2] & _WRITING else []
    else:
        named = [args[at] for at in _CHANGES.get(event, ())]
    for name in named:
        if isinstance(name, str | bytes | os.PathLike):  # else a file that is open already
            yield Path(os.path.realpath(os.fsdecode(name)))
