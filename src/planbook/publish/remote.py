"""A site in a remote place that fsspec knows, where no folder can be exchanged in one step.

What nobody is led to comes first: the edition and its archive, read back and compared. Then, each
in one operation, the pages that lead there, ``editions.json`` and last ``editions.js``, which every
published page asks. Whatever fails in between, a reader is led to whole editions only, and the next
run writes over what was left. A purged edition is deleted when nothing leads to it any more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import SEAL
from planbook.periods import Edition
from planbook.publish.manifests import MANIFEST, differences, read_manifest, sha256_of
from planbook.publish.places import (
    LISTING,
    MARK,
    Change,
    NewBook,
    changed_meanwhile,
    readers_archive,
)


@dataclass(frozen=True)
class Remote:
    """The folder `root` of a file system of fsspec."""

    fs: Any
    root: str
    where: str

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody can be kept out here: `write` looks whether somebody else wrote meanwhile."""
        yield

    def read(self, path: str) -> bytes | None:
        try:
            content: bytes = self.fs.cat_file(self._at(path))
        except FileNotFoundError:
            return None
        return content

    def sizes(self, below: str = "") -> dict[str, int]:
        folder = self._at(below)
        self.fs.invalidate_cache()
        try:
            found = self.fs.find(folder, detail=True)
        except FileNotFoundError:
            return {}
        prefix = f"{folder.strip('/')}/"
        return {
            path.strip("/").removeprefix(prefix): about["size"]
            for path, about in sorted(found.items())
        }

    def sha256(self, path: str) -> str:
        try:
            with self.fs.open(self._at(path), "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return ""

    def write(self, change: Change) -> None:
        """Upload in the order in which readers are led; what lies there already is left."""
        if self.read(LISTING) != change.before:
            raise changed_meanwhile(self.where)
        if change.before is None:  # or the next run would take its own leftovers for another's
            self._write(MARK, change.generated[MARK])
        if change.new is not None:
            self._upload(change.new)
            if self.read(LISTING) != change.before:
                raise changed_meanwhile(self.where)
        tombstones = tuple(f"{edition}/" for edition in change.purged)
        for path, content in change.generated.items():
            if not path.startswith(tombstones):
                self._write(path, content)
        for edition in change.purged:
            self._purge(edition, change)

    def put_file(self, path: str, content: bytes) -> None:
        self._write(path, content)

    def put_book(self, name: str, files: Mapping[str, Path], seal: bytes) -> None:
        """Write file by file, what proves them last: until then the folder proves nothing."""
        self._write(f"{name}/{SEAL}", b"")
        for folder in sorted({f"{name}/{path}".rpartition("/")[0] for path in files}):
            self.fs.makedirs(self._at(folder), exist_ok=True)
        for path, source in files.items():
            self._put(source, f"{name}/{path}")
        found = self.sizes(name)
        for path in sorted(set(found) - {*files, SEAL}):
            self.fs.rm_file(self._at(f"{name}/{path}"))
        wrong = [path for path in files if found.get(path) != files[path].stat().st_size]
        if wrong:
            fix = "再运行一次同样的命令；仍然如此的，检查网络和这个位置的设置"
            problem = Problem(
                f"{wrong[0]}等{len(wrong)}个文件没有写全", f"{self.where}/{name}", fix
            )
            raise ProblemsFound("上传后的核对", [problem])
        self._write(f"{name}/{SEAL}", seal)

    def _upload(self, new: NewBook) -> None:
        edition, archive = str(new.edition), readers_archive(new.edition)
        manifest = read_manifest((new.book / MANIFEST).read_bytes())
        for folder in sorted({f"{edition}/{path}".rpartition("/")[0] for path in manifest}):
            self.fs.makedirs(self._at(folder), exist_ok=True)
        for path in [*manifest, MANIFEST]:
            self._put(new.book / path, f"{edition}/{path}")
        for path in self.sizes(edition):
            if path not in manifest and path != MANIFEST:
                self.fs.rm_file(self._at(f"{edition}/{path}"))
        self.fs.makedirs(self._at("archive"), exist_ok=True)
        self._put(new.archive, archive)
        found = self.sizes(edition)
        found.pop(MANIFEST, None)
        wrong = list(differences(manifest, found, lambda path: self.sha256(f"{edition}/{path}")))
        if self.read(f"{edition}/{MANIFEST}") != (new.book / MANIFEST).read_bytes():
            wrong.append(f"{MANIFEST} 与写出的不同")
        if self.sha256(archive) != sha256_of(new.archive):
            wrong.append(f"{archive} 与写出的不同")
        if wrong:
            fix = "再运行一次同样的命令，会重新上传；仍然如此的，检查网络和这个位置的设置"
            where = f"{self.where}/{edition}"
            raise ProblemsFound("上传后的核对", [Problem(what, where, fix) for what in wrong])

    def _purge(self, edition: Edition, change: Change) -> None:
        kept = {path for path in change.generated if path.startswith(f"{edition}/")}
        for path in sorted(kept):
            self._write(path, change.generated[path])
        for path in self.sizes(str(edition)):
            if f"{edition}/{path}" not in kept:
                self.fs.rm_file(self._at(f"{edition}/{path}"))
        with suppress(FileNotFoundError):
            self.fs.rm_file(self._at(readers_archive(edition)))

    def _write(self, path: str, content: bytes) -> None:
        """Have `content` at a path: as a file of that name, by which places tell its type."""
        if self.read(path) == content:
            return
        self.fs.makedirs(self._at(path).rpartition("/")[0], exist_ok=True)
        with TemporaryDirectory() as folder:
            source = Path(folder, PurePosixPath(path).name)
            source.write_bytes(content)
            self._put(source, path)

    def _put(self, source: Path, path: str) -> None:
        self.fs.put_file(str(source), self._at(path))

    def _at(self, path: str) -> str:
        return f"{self.root}/{path}".rstrip("/") if path else self.root
