"""A press for small books, and places for sites: a folder and a remote one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import pytest

from planbook.publish.acts import Site
from planbook.publish.entries import SiteMark
from tests.publish.sites import MARK, Press, contents, opened


@dataclass
class Place:
    """Where a site is to lie, and its content as a reader and as a vandal has it."""

    to: str
    folder: Path | None
    fs: Any = None

    def site(self, mark: SiteMark = MARK) -> Site:
        return opened(self.to, mark)

    def read(self, path: str) -> bytes | None:
        return self.contents().get(path)

    def contents(self) -> dict[str, bytes]:
        if self.folder is not None:
            return contents(self.folder)
        root = self.to.removeprefix("memory:/")
        return {
            path.removeprefix(f"{root}/"): self.fs.cat_file(path) for path in self.fs.find(root)
        }

    def put(self, path: str, content: bytes) -> None:
        if self.folder is not None:
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_bytes(content)
        else:
            self.fs.pipe_file(f"{self.to}/{path}", content)

    def delete(self, path: str) -> None:
        if self.folder is not None:
            (self.folder / path).unlink()
        else:
            self.fs.rm_file(f"{self.to}/{path}")


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(tmp_path / "press")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Place]:
    fs = fsspec.filesystem("memory")
    yield Place(f"memory://{tmp_path.name}", None, fs)
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]


@pytest.fixture(params=["folder", "remote"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """The same promises hold in both."""
    if request.param == "folder":
        return Place(str(tmp_path / "site"), tmp_path / "site")
    remote: Place = request.getfixturevalue("memory")
    return remote
