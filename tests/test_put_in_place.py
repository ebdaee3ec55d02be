"""What is made is put in place whole, whatever lies there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planbook import put_in_place as module
from planbook.errors import ProblemsFound
from planbook.put_in_place import (
    clear,
    empty_folder,
    made_aside,
    make_folder,
    mend,
    put_in_place,
    put_new,
    write_if_changed,
    write_whole,
)


def folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(text, encoding="utf-8")
    return path


def shown(path: Path) -> str:
    return (path / "index.html").read_text(encoding="utf-8")


@pytest.fixture(params=[True, False], ids=["exchanging", "as on Windows"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(module, "_exchange", lambda one, other: False)


def test_the_first_folder_is_put_in_place(tmp_path: Path) -> None:
    put_in_place(folder(tmp_path / "made", "new"), tmp_path / "below" / "html")
    assert shown(tmp_path / "below" / "html") == "new"


@pytest.mark.usefixtures("system")
def test_a_new_folder_replaces_the_old_one_whole(tmp_path: Path) -> None:
    old = folder(tmp_path / "html", "old")
    (old / "page-of-the-old-book.html").touch()
    folder(tmp_path / ".html.old", "what a killed run left")
    put_in_place(folder(tmp_path / "made", "new"), old)
    assert shown(old) == "new"
    assert [path.name for path in old.iterdir()] == ["index.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["html"]


@pytest.mark.usefixtures("system")
def test_a_folder_takes_the_place_of_a_file_and_a_file_that_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "place").write_bytes(b"foreign")
    put_in_place(folder(tmp_path / "made", "new"), tmp_path / "place")
    assert shown(tmp_path / "place") == "new"
    (tmp_path / "made").write_bytes(b"file")
    put_in_place(tmp_path / "made", tmp_path / "place")
    assert (tmp_path / "place").read_bytes() == b"file"
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_the_old_folder_is_put_back_when_the_second_rename_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_exchange", lambda one, other: False)
    folder(tmp_path / "html", "old")
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "never-made", tmp_path / "html")
    assert shown(tmp_path / "html") == "old"


def test_a_folder_that_somebody_has_open_is_named_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(self: Path, target: Path) -> Path:
        raise PermissionError(13, "open elsewhere")

    monkeypatch.setattr(module, "_exchange", lambda one, other: False)
    made, old = folder(tmp_path / "made", "new"), folder(tmp_path / "html", "old")
    monkeypatch.setattr(Path, "replace", denied)
    with pytest.raises(ProblemsFound, match="文件夹正被占用"):
        put_in_place(made, old)
    assert shown(old) == "old"


def test_a_kill_between_two_renames_is_mended_by_the_next_run(tmp_path: Path) -> None:
    folder(tmp_path / ".html.old", "old")
    mend(tmp_path / "html")
    assert shown(tmp_path / "html") == "old"
    folder(tmp_path / ".html.old", "older")
    mend(tmp_path / "html")
    assert shown(tmp_path / "html") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["html"]


KILLED = """
import os, shutil, sys
from pathlib import Path
from planbook import put_in_place as module

step, after, exchanging = int(sys.argv[1]), sys.argv[2] == "after", sys.argv[3] == "exchanging"
count = 0

def deadly(operation):
    def counted(*given, **named):
        global count
        count += 1
        if count == step and not after:
            os._exit(9)
        done = operation(*given, **named)
        if count == step:
            os._exit(9)
        return done
    return counted

module._exchange = deadly(module._exchange) if exchanging else lambda one, other: False
for name in ("replace", "unlink"):
    setattr(Path, name, deadly(getattr(Path, name)))
shutil.rmtree = deadly(shutil.rmtree)
module.put_in_place(Path("made"), Path("place"))
"""


@pytest.mark.parametrize("system", ["exchanging", "as on Windows"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_operation_it_leaves_the_old_folder_or_the_new_one_whole(
    tmp_path: Path, system: str, when: str
) -> None:
    left = []
    for step in range(1, 20):
        here = tmp_path / str(step)
        folder(here / "place", "old")
        folder(here / "made", "new")
        command = [sys.executable, "-c", KILLED, str(step), when, system]
        if subprocess.run(command, cwd=here, check=False).returncode == 0:
            break
        if system == "exchanging" and sys.platform.startswith("linux"):
            assert (here / "place").is_dir(), "nobody should have to mend it"
        mend(here / "place")
        left.append(shown(here / "place"))
        shutil.rmtree(here / "made", ignore_errors=True)
        put_in_place(folder(here / "made", "newer"), here / "place")
        assert shown(here / "place") == "newer"
        assert [path.name for path in here.iterdir()] == ["place"]
    assert len(left) > 2
    assert {"old", "new"} >= set(left) >= {"new"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs renameat2")
def test_two_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "a", "a"), folder(tmp_path / "b", "b")
    assert module._exchange(one, other)
    assert (shown(one), shown(other)) == ("b", "a")


def test_a_file_is_written_over_whatever_lies_there(tmp_path: Path) -> None:
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "folder", tmp_path / "new", tmp_path / "file" / "below"):
        write_whole(path, b"new")
        assert path.read_bytes() == b"new"
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "new", "file"}


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(made: Path, place: Path) -> None:
        raise OSError(28, "no space left")

    write_whole(tmp_path / "kept", b"old")
    monkeypatch.setattr(module, "put_in_place", full)
    with pytest.raises(OSError, match="no space left"):
        write_whole(tmp_path / "kept", b"new")
    assert (tmp_path / "kept").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def _no_links(made: Path, path: Path) -> None:
    raise PermissionError(1, "not on this disk")


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_is_written_only_where_nothing_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    assert put_new(tmp_path / "below" / "file", b"new")
    assert not put_new(tmp_path / "below" / "file", b"other")
    assert (tmp_path / "below" / "file").read_bytes() == b"new"
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    assert not put_new(tmp_path / "link", b"new")
    assert not put_new(tmp_path / "below", b"new")
    with pytest.raises(OSError):  # noqa: PT011 - another one on each system
        put_new(tmp_path / "below" / "file" / "deeper", b"new")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["below", "file", "link"]


def test_a_new_file_that_came_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def later(made: Path, path: Path) -> None:
        path.write_bytes(b"theirs")
        link(made, path)

    monkeypatch.setattr(os, "link", later)
    assert not put_new(tmp_path / "file", b"ours")
    assert (tmp_path / "file").read_bytes() == b"theirs"


def test_a_new_file_that_does_not_fit_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        put_new(tmp_path / "file", b"new")
    assert list(tmp_path.iterdir()) == []


def test_clearing_a_link_leaves_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "kept", target_is_directory=True)
    clear(tmp_path / "link")
    clear(tmp_path / "link")
    make_folder(tmp_path / "kept")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def _write_a_file(path: Path) -> None:
    path.write_bytes(b"foreign")


def _link_to_nothing(path: Path) -> None:
    path.symlink_to(path.parent / "gone")


@pytest.mark.parametrize("foreign", [_write_a_file, _link_to_nothing])
@pytest.mark.parametrize("make", [make_folder, empty_folder])
def test_a_folder_is_made_whatever_lies_where_one_above_it_belongs(
    tmp_path: Path, make: Callable[[Path], None], foreign: Callable[[Path], None]
) -> None:
    foreign(tmp_path / "cache")
    make(tmp_path / "cache" / "pdf" / "a")
    assert list((tmp_path / "cache" / "pdf" / "a").iterdir()) == []
    assert not (tmp_path / "gone").exists()


def test_what_is_made_aside_may_be_read_like_any_other_folder(tmp_path: Path) -> None:
    place, usual = tmp_path / "place", tmp_path / "usual"
    usual.mkdir()
    for text in ("one", "two"):
        with made_aside(tmp_path / "scratch", place) as made:
            (made / "a.txt").write_text(text, encoding="utf-8")
        assert (place / "a.txt").read_text(encoding="utf-8") == text
        assert place.stat().st_mode == usual.stat().st_mode
    assert not [*(tmp_path / "scratch").iterdir()]


def test_what_goes_wrong_aside_leaves_the_place_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    with pytest.raises(ZeroDivisionError), made_aside(tmp_path / "s", tmp_path / "place") as made:
        (made / "a.txt").write_text(str(1 // 0), encoding="utf-8")
    assert not [*(tmp_path / "place").iterdir(), *(tmp_path / "s").iterdir()]


def test_a_file_that_is_as_it_would_be_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    assert write_if_changed(path, b"1")
    before = path.stat()
    assert not write_if_changed(path, b"1")
    assert path.stat().st_ino == before.st_ino
    assert write_if_changed(path, b"2")
    assert path.read_bytes() == b"2"
