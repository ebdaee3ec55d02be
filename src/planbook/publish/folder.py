"""A site in a folder: the next one is made beside it, and the whole folder is exchanged.

What stays is linked, not copied, where the disk can; what is new is copied, so that no later build
can write into a published book. Files of others in the site (``CNAME``, ``.git``) are carried over
as they are. Whoever is killed leaves the old site or the new.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import SEAL
from planbook.publish.manifests import sha256_of
from planbook.publish.places import LISTING, Change, changed_meanwhile, readers_archive
from planbook.put_in_place import clear, empty_folder, mend, put_in_place, write_whole


@dataclass(frozen=True)
class Folder:
    """The folder of a site; `root` is no link, so a link to the site goes on leading to it."""

    root: Path

    @property
    def where(self) -> str:
        return self.root.as_posix()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock beside the site, and mend what a kill left there."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root.with_name(f".{self.root.name}.lock"), timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            fix = "等它结束后再运行一次同样的命令"
            raise ProblemsFound(
                "发布", [Problem("另一个发布正在写这个站点", self.where, fix)]
            ) from error
        try:
            mend(self.root)
            yield
        finally:
            lock.release()

    def read(self, path: str) -> bytes | None:
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def sizes(self, below: str = "") -> dict[str, int]:
        folder = self.root / below
        return {
            path.relative_to(folder).as_posix(): path.lstat().st_size
            for path in sorted(folder.rglob("*"))
            if path.is_symlink() or not path.is_dir()
        }

    def sha256(self, path: str) -> str:
        try:
            return sha256_of(self.root / path)
        except FileNotFoundError:
            return ""

    def write(self, change: Change) -> None:
        """Exchange the folder for the next one, unless all that is wanted lies there already."""
        if self.read(LISTING) != change.before:
            raise changed_meanwhile(self.where)
        made = self.root.with_name(f".{self.root.name}.next")
        clear(made)  # what a kill left may be what is to be purged
        if not self._differs(change):
            return
        if os.path.ismount(self.root):
            fix = "站点不能是盘符或挂载点本身：改用其中的一个子文件夹"
            raise ProblemsFound("发布", [Problem("无法整体替换这个文件夹", self.where, fix)])
        try:
            self._make(made, change)
            put_in_place(made, self.root)
        except BaseException:
            with suppress(OSError):
                clear(made)
            raise

    def put_file(self, path: str, content: bytes) -> None:
        write_whole(self.root / path, content)

    def put_book(self, name: str, files: Mapping[str, Path], seal: bytes) -> None:
        """Make the folder aside and exchange it; what is derived need not survive a power cut."""
        place, made = self.root / name, self.root / f".{name}.next"
        mend(place)
        empty_folder(made)
        for path, source in files.items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, made / path)
        (made / SEAL).write_bytes(seal)
        put_in_place(made, place)

    def _differs(self, change: Change) -> bool:
        return (
            change.new is not None
            or any(self.read(path) != content for path, content in change.generated.items())
            or any(_not_generated(self, str(e), change.generated) for e in change.purged)
            or any((self.root / readers_archive(e)).exists() for e in change.purged)
        )

    def _make(self, made: Path, change: Change) -> None:
        left_out = {*change.generated, *map(str, change.purged)}
        left_out |= {readers_archive(edition) for edition in change.purged}
        added: dict[str, Path] = {}
        if change.new is not None:
            left_out |= {str(change.new.edition), readers_archive(change.new.edition)}
            added = {
                f"{change.new.edition}/{path.relative_to(change.new.book).as_posix()}": path
                for path in change.new.book.rglob("*")
                if path.is_file()
            }
            added[readers_archive(change.new.edition)] = change.new.archive
        made.mkdir()
        if self.root.is_dir():
            _carry_over(self.root, made, {made / path for path in left_out})
        looks = _Looks.of(made)
        for path, source in added.items():
            with source.open("rb") as content, looks.new_file(made, path).open("wb") as file:
                shutil.copyfileobj(content, file)
                _keep(file.fileno())
        for path, content_ in change.generated.items():
            with looks.new_file(made, path).open("wb") as file:
                file.write(content_)
                _keep(file.fileno())


def _not_generated(place: Folder, edition: str, generated: Collection[str]) -> bool:
    return any(f"{edition}/{path}" not in generated for path in place.sizes(edition))


def _carry_over(old: Path, new: Path, left_out: Collection[Path]) -> None:
    """Link or copy all of a folder into an empty one, but what is `left_out` of the new."""
    for there in sorted(old.iterdir()):
        here = new / there.name
        if here in left_out:
            continue
        if there.is_symlink():
            here.symlink_to(there.readlink())
        elif there.is_dir():
            here.mkdir()
            _carry_over(there, here, left_out)
        else:
            _link_or_copy(there, here)
    shutil.copystat(old, new)
    with suppress(OSError, AttributeError):  # not ours to give away; Windows has no owners
        shutil.chown(new, old.stat().st_uid, old.stat().st_gid)


def _link_or_copy(there: Path, here: Path) -> None:
    try:
        here.hardlink_to(there)
    except OSError:  # a disk without links, too many of them; a full one fails again
        shutil.copy2(there, here)


@dataclass(frozen=True)
class _Looks:
    """Who may read what is new in a site: those who may read the site."""

    folder: int
    file: int

    @classmethod
    def of(cls, site: Path) -> _Looks:
        mode = site.stat().st_mode & 0o7777
        return cls(mode, mode & 0o666)

    def new_file(self, made: Path, path: str) -> Path:
        """Make an empty file and the folders above it."""
        file = made / path
        for folder in reversed([f for f in file.parents if made in f.parents]):
            if not folder.is_dir():
                folder.mkdir()
                folder.chmod(self.folder)
        file.touch()
        file.chmod(self.file)
        return file


def _keep(descriptor: int) -> None:
    """Have what was written on the disk, before the site points to it."""
    os.fsync(descriptor)
