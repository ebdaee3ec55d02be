"""A library function builds a book: it says what was made and leaves the process as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from planbook.errors import ProblemsFound, UsageError
from planbook.run.build import build_book
from planbook.run.built_book import BuiltBook
from planbook.run.lock import only_build
from planbook.run.opening import open_workspace
from planbook.run.watching import Stage
from tests.books import Built, copy_second_plan


@dataclass
class Recorder:
    """Remembers what it is told."""

    notes: list[str] = field(default_factory=list)
    done_ids: list[str] = field(default_factory=list)
    items: dict[Stage, int] = field(default_factory=dict)
    stages: list[Stage] = field(default_factory=list)
    why: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def begun(self, stage: Stage, items: int) -> None:
        self.items[stage] = items

    def stale(self, stage: Stage, id: str, title: str, why: Sequence[str]) -> None:
        self.why[id] = tuple(why)

    def done(self, stage: Stage, id: str, title: str, seconds: float | None) -> None:
        if stage is Stage.NOTEBOOKS:
            self.done_ids.append(id)

    def ended(self, stage: Stage, seconds: float) -> None:
        self.stages.append(stage)


def build(root: Path, only: str | None = None, watcher: Recorder | None = None) -> BuiltBook:
    workspace, plan = open_workspace("test", root)
    edition = workspace.dataset.current_edition
    return build_book(workspace, plan, edition, only=only, watcher=watcher)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "build.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.book
@pytest.mark.xdist_group("second")
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # of Sphinx extensions
def test_two_books_built_in_one_process_are_those_of_the_command(
    second_book: Built, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    here = Path.cwd()
    wanted = contents(second_book.html)
    for name in ("first", "second"):
        seen = Recorder()
        built = build(copy_second_plan(tmp_path / name), watcher=seen)
        assert contents(built.html) == wanted
        assert len(list(built.html.rglob("*.html"))) >= built.pages > 10
        assert (built.pdfs, built.packs) == ((), ())
        assert [*built.seconds] == [stage.label for stage in seen.stages]
        assert seen.stages[:2] == [Stage.READ, Stage.NOTEBOOKS]
        assert len(seen.done_ids) == seen.items[Stage.NOTEBOOKS] > 3
        assert sorted(built.made["notebooks"]) == sorted(seen.done_ids)
        assert seen.why == dict.fromkeys(seen.done_ids, ("page",))  # none was kept
        assert built.notes == tuple(note for note in seen.notes if "_toc.yml" not in note)
        record = json.loads((built.html / "build.json").read_bytes())
        assert record["made"] == {kind: len(names) for kind, names in built.made.items()}
    assert Path.cwd() == here
    assert capfd.readouterr() == ("", "")


def test_a_chapter_that_does_not_exist_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有章节「x」"):
        build(copy_second_plan(tmp_path), only="x")
    assert not (tmp_path / "_build").exists()


def test_a_workspace_that_is_being_built_is_refused(tmp_path: Path) -> None:
    copy_second_plan(tmp_path)
    said = pytest.raises(ProblemsFound, match="另一个生成或发布正在进行")
    with only_build(tmp_path / "_build" / "build.lock"), said:
        build(tmp_path)
    assert [path.name for path in (tmp_path / "_build").iterdir()] == ["build.lock"]
