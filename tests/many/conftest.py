"""Projects whose books are built in an instant."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planbook.run.many import task
from planbook.run.many.build_all import PlansWatcher, Report, build_all
from planbook.run.many.orders import Wanted
from planbook.run.many.projects import Project
from tests.books import SECOND_PLAN

TEST = Wanted("test")
MakeProject = Callable[..., Project]
BuildAll = Callable[..., Report]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Return what writes a project of a name, with a wish for `tiny_build`."""

    def make(name: str = "alpha", wish: str = "") -> Project:
        root = tmp_path / "projects" / name
        shutil.copytree(SECOND_PLAN, root, dirs_exist_ok=True)
        (root / "_toc.yml").write_text("format: jb-book\n", encoding="utf-8")
        (root / "book" / "wish.md").write_text(wish, encoding="utf-8")
        return Project.at(root)

    return make


@pytest.fixture
def build_tiny(monkeypatch: pytest.MonkeyPatch) -> BuildAll:
    """Return `build_all` on two threads, with books that take no time."""
    tiny = (sys.executable, str(Path(__file__).with_name("tiny_build.py")))
    monkeypatch.setattr(task, "BUILD", tiny)

    def build(
        projects: list[Project],
        to: Path | str,
        wanted: Wanted = TEST,
        *,
        travels: bool = False,
        watcher: PlansWatcher | None = None,
    ) -> Report:
        with ThreadPoolExecutor(2) as threads:
            return build_all(
                projects,
                str(to),
                threads,
                wanted,
                workers=lambda: 2,
                travels=travels,
                watcher=watcher,
            )

    return build
