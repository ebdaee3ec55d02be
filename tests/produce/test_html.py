from __future__ import annotations

import sys
from pathlib import Path

import pytest

from planbook.produce.site import compile
from planbook.produce.site.compile import put_back, swap_in


def folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(text, encoding="utf-8")
    return path


def shown(path: Path) -> str:
    return (path / "index.html").read_text(encoding="utf-8")


def test_the_first_book_is_put_in_place(tmp_path: Path) -> None:
    swap_in(folder(tmp_path / "made", "new"), tmp_path / "html", tmp_path / "aside")
    assert shown(tmp_path / "html") == "new"


@pytest.mark.parametrize("exchanging", [True, False])
def test_a_new_book_replaces_the_old_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanging: bool
) -> None:
    if not exchanging:  # as on Windows
        monkeypatch.setattr(compile, "_exchange", lambda one, other: False)
    old = folder(tmp_path / "html", "old")
    (old / "page-of-the-old-book.html").touch()
    swap_in(folder(tmp_path / "made", "new"), old, tmp_path / "aside")
    assert shown(old) == "new"
    assert [path.name for path in old.iterdir()] == ["index.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["html"]


def test_the_old_book_is_put_back_when_the_second_rename_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compile, "_exchange", lambda one, other: False)
    folder(tmp_path / "html", "old")
    with pytest.raises(FileNotFoundError):
        swap_in(tmp_path / "never-made", tmp_path / "html", tmp_path / "aside")
    assert shown(tmp_path / "html") == "old"


def test_a_build_killed_between_two_renames_is_mended_by_the_next(tmp_path: Path) -> None:
    folder(tmp_path / "aside", "old")
    put_back(tmp_path / "html", tmp_path / "aside")
    assert shown(tmp_path / "html") == "old"
    folder(tmp_path / "aside", "older")
    put_back(tmp_path / "html", tmp_path / "aside")
    assert shown(tmp_path / "html") == "old"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs renameat2")
def test_two_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "a", "a"), folder(tmp_path / "b", "b")
    assert compile._exchange(one, other)
    assert (shown(one), shown(other)) == ("b", "a")


def test_each_message_of_sphinx_becomes_a_problem_with_its_place() -> None:
    said = (
        "book/handbook.md:12: WARNING: 'myst' cross-reference target not found: 'x'\n"
        "WARNING: a message without a place\n"
        "and its second line\n"
    )
    first, second = compile._problems(said)
    assert first.where == "book/handbook.md:12"
    assert "target not found" in first.what
    assert "second line" in second.what
