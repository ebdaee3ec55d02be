"""A build that would change nothing says so at once; whatever is doubtful is built."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.disk_reads import FILE, FOLDER, NAMES, UNKNOWN, named, state_of
from planbook.errors import ProblemsFound
from planbook.made_of import digest
from planbook.project_folders import Folders
from planbook.run.lock import only_build
from planbook.run.log_lines import Heading, Outcome
from planbook.run.unchanged import LastBuild, days_alike, keep, last_build, look, read_elsewhere
from planbook.vocabulary import Visibility

TODAY = dt.date(2026, 10, 12)
FILES = (
    "data/plan/plan.yaml",
    "data/demo/dataset.yaml",
    "data/demo/frozen/2026-Q1.tar.gz",
    "data/demo/submissions/2026-Q3/software.xlsx",
    "notebooks/digital.ipynb",
    "book/index.md",
    "book/goals/a.md",
    "book/_static/own.css",
    "_config.yml",
    "_toc.yml",
    "logo.svg",
    "tables/units.csv",
    "_build/html/index.html",
    "_build/html/pdf/book.pdf",
    "_build/packs/2026-Q3/software/a.pdf",
)


@pytest.fixture
def project(tmp_path: Path) -> Folders:
    return in_folder(tmp_path)


def in_folder(folder: Path) -> Folders:
    root = folder / "project"
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return Folders(root, "demo")


def built(project: Folders, **changes: object) -> LastBuild:
    """Return what a build of the project told, remembered as after it."""
    heading = Heading("demo", "2026-Q3", "internal", "示例数据 · 2026年三季度")
    packs = project.packs / "2026-Q3"
    outcome = Outcome(str(project.html), 1, pdfs=1, packs=str(packs), units=1)
    known: dict[str, object] = {
        **{"newest": True, "after": "2026-09-30", "until": "2026-10-15"},
        "read": {},
    }
    last = LastBuild(heading, ("请复核",), outcome, **{**known, **changes})  # type: ignore[arg-type]
    seen = look(project)
    assert seen is not None
    keep(project, seen, last)
    return last


def again(
    project: Folders, edition: str | None = None, *, pdf: bool = True, today: dt.date = TODAY
) -> LastBuild | None:
    seen = look(project)
    return None if seen is None else last_build(project, seen, edition, pdf=pdf, today=today)


def test_what_the_last_build_told_is_told_again(project: Folders) -> None:
    assert again(project) is None
    last = built(project)
    assert again(project) == again(project, "2026-Q3") == last


@pytest.mark.parametrize("name", FILES)
def test_every_file_counts_that_a_book_is_made_of_or_consists_of(
    project: Folders, name: str
) -> None:
    built(project)
    path = project.root / name
    path.write_text("else", encoding="utf-8")
    assert again(project) is None
    path.write_text(name, encoding="utf-8")
    assert again(project) is not None
    path.unlink()
    assert again(project) is None


@pytest.mark.parametrize("name", FILES)
def test_a_file_beside_it_counts_too(project: Folders, name: str) -> None:
    built(project)
    if "/" in name:
        (project.root / name).with_name("new").write_text("", encoding="utf-8")
        assert again(project) is None


@pytest.mark.parametrize("folder", [".ipynb_checkpoints", "__pycache__"])
def test_what_programs_leave_beside_notebooks_does_not_count(project: Folders, folder: str) -> None:
    built(project)
    left = project.notebooks / folder / "digital-checkpoint.ipynb"
    left.parent.mkdir()
    left.write_text("", encoding="utf-8")
    assert again(project) is not None


def test_what_lies_in_a_linked_folder_counts(project: Folders, tmp_path: Path) -> None:
    submissions, shared = project.data / "submissions", tmp_path / "shared"
    submissions.replace(shared)
    try:
        submissions.symlink_to(shared, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets no one link")
    (shared / "above").symlink_to(shared, target_is_directory=True)  # a circle ends
    built(project)
    assert again(project) is not None
    (shared / "2026-Q3" / "software.xlsx").unlink()
    assert again(project) is None


def test_another_book_is_not_this_one(project: Folders) -> None:
    built(project)
    assert again(project, "2026-Q2") is None
    assert again(project, pdf=False) is None
    assert again(Folders(project.root, "demo", Visibility.PUBLIC)) is None
    shutil.copytree(project.data, project.data.with_name("live"))
    assert again(Folders(project.root, "live")) is None
    assert again(Folders(project.root, "dmeo")) is None
    built(project, newest=False)
    assert again(project, "2026-Q3") is not None
    assert again(project) is None


def test_a_day_counts_only_where_a_deadline_lies_between(project: Folders) -> None:
    built(project)
    assert again(project, today=dt.date(2026, 10, 1)) is not None  # a clock set back
    assert again(project, today=dt.date(2026, 9, 30)) is None
    assert again(project, today=dt.date(2026, 10, 15)) is not None
    assert again(project, today=dt.date(2026, 10, 16)) is None


def test_days_between_the_same_deadlines_are_alike() -> None:
    due = [dt.date(2026, 10, 15), dt.date(2026, 7, 15), dt.date(2027, 1, 15)]
    assert days_alike(due, dt.date(2026, 10, 15)) == ("2026-07-15", "2026-10-15")
    assert days_alike(due, dt.date(2026, 10, 16)) == ("2026-10-15", "2027-01-15")
    assert days_alike(due, dt.date(2027, 2, 1)) == ("2027-01-15", "9999-12-31")
    assert days_alike([], TODAY) == ("0001-01-01", "9999-12-31")


@pytest.mark.parametrize(
    "variable", ["SOURCE_DATE_EPOCH", "MPLBACKEND", "LC_ALL", "LANGUAGE", "PYTHONPATH"]
)
def test_an_environment_that_libraries_go_by_counts(
    project: Folders, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(variable, raising=False)
    built(project)
    monkeypatch.setenv(variable, "1")
    assert again(project) is None
    monkeypatch.delenv(variable)
    monkeypatch.setenv("EDITOR", "1")
    assert again(project) is not None


def test_other_code_counts(project: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    built(project)
    monkeypatch.setattr("planbook.run.unchanged.code_of", lambda: "other")
    assert again(project) is None


def put_a_folder_there(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "half written": lambda path: path.write_bytes(path.read_bytes()[:300]),
    "altered by hand": lambda path: path.write_bytes(
        path.read_bytes().replace("请复核".encode(), "无需复核".encode())
    ),
    "a folder": put_a_folder_there,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_record_that_does_not_prove_itself_is_none(project: Folders, damage: str) -> None:
    built(project)
    (record,) = project.cache.iterdir()
    DAMAGES[damage](record)
    assert again(project) is None


@pytest.mark.parametrize(
    "name", ["shared/lookup.csv", "project/docs/lookup.csv", "project/.own/lookup.csv"]
)
def test_a_file_that_was_read_counts_wherever_it_lies(
    project: Folders, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("old", encoding="utf-8")
    file, folder = (
        named(kind, place, project.root) for kind, place in ((FILE, path), (FOLDER, path.parent))
    )
    built(project, read={each: state_of(each, project.root) for each in (file, folder)})
    assert again(project) is not None
    path.write_text("new", encoding="utf-8")
    assert again(project) is None
    path.write_text("old", encoding="utf-8")
    assert again(project) is not None
    path.with_name("more.csv").touch()
    assert again(project) is None


def test_where_reading_left_no_trace_nothing_is_said(project: Folders) -> None:
    built(project, read={UNKNOWN: state_of(UNKNOWN, project.root)})
    assert again(project) is None


def test_what_lies_outside_is_looked_at_again_from_where_a_project_was_moved(
    project: Folders, tmp_path: Path
) -> None:
    path = tmp_path / "shared.csv"
    path.touch()
    name = named(FILE, path, project.root)
    built(project, read={name: state_of(name, project.root)})
    assert read_elsewhere(project) == {name: state_of(name, project.root)}
    moved = Folders(project.root.replace(tmp_path / "moved"), "demo")
    assert again(moved) is None


def test_a_folder_of_any_name_counts(project: Folders) -> None:
    for name in ("_own/template.html", "own/.hidden"):
        built(project)
        (project.root / name).parent.mkdir()
        (project.root / name).touch()
        assert again(project) is None


def test_names_of_files_are_told_without_what_a_build_makes(project: Folders) -> None:
    before = state_of(NAMES, project.root)
    for name in ("book/goals/b.md", "_build/a", "book/__pycache__/a.pyc", "_toc.yml", ".git/a"):
        (project.root / name).parent.mkdir(parents=True, exist_ok=True)
        (project.root / name).touch()
    assert state_of(NAMES, project.root) == before
    (project.root / "docs").mkdir()
    (project.root / "docs" / "a.md").touch()
    assert state_of(NAMES, project.root) != before


def _leaves(about: object) -> Iterator[tuple[object, ...]]:
    """Yield the way to every value of a record."""
    items = about.items() if isinstance(about, dict) else enumerate(about)  # type: ignore[arg-type]
    for key, value in items:
        yield (key,)
        if isinstance(value, dict | list):
            yield from ((key, *way) for way in _leaves(value))


WRONG: st.SearchStrategy[Any] = st.sampled_from(
    [None, 1, 1.5, True, "", [], {}, [[]], {"a": None}, "删去"]
)


@given(data=st.data())
def test_a_record_of_another_shape_is_none(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    project = in_folder(tmp_path_factory.mktemp("damaged"))
    built(project, read={"file:a": ""})
    sound = again(project)
    [path] = project.cache.iterdir()
    kept = json.loads(path.read_bytes())["records"]
    way = data.draw(st.sampled_from(list(_leaves(kept))))
    wrong = data.draw(WRONG)
    *above, last = way
    place = reduce(getitem, above, kept)
    before = place[last]
    if wrong == "删去":
        del place[last]
    else:
        place[last] = wrong
    path.write_text(json.dumps({"sha256": digest(kept), "records": kept}), encoding="utf-8")
    found = again(project)  # never a traceback
    same_kind = type(before) in (type(wrong), float)
    left_out = wrong == "删去" and last in ("packs", "units", "made")  # has a default
    assert found in (None, sound) or same_kind or left_out or "read" in way


def test_a_file_written_while_the_book_was_built_is_not_forgotten(project: Folders) -> None:
    last = built(project)
    seen = look(project)
    assert seen is not None
    (project.root / "book" / "index.md").write_text("later", encoding="utf-8")
    keep(project, seen, last)
    assert again(project) is None


def test_a_project_may_be_moved(project: Folders, tmp_path: Path) -> None:
    built(project)
    moved = Folders(project.root.replace(tmp_path / "moved"), "demo")
    last = again(moved)
    assert last is not None
    assert last.outcome.html == str(moved.html)


def test_where_another_build_goes_on_nothing_is_said(project: Folders) -> None:
    built(project)
    busy = pytest.raises(ProblemsFound, match="另一个生成或发布正在进行")
    with only_build(project.build / "build.lock"), busy:
        again(project)
