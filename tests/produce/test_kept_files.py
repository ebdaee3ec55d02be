"""Everything kept between builds may be damaged: the next build makes it again, the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.books import Built, built

pytestmark = [pytest.mark.book, pytest.mark.long]

KEPT = ("_build/cache", "_build/test", "_build/packs", "_build/html", "book/chapters", "book/goals")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    """Cut a file short, every second one to nothing."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] if len(path.name) % 2 else b"")


def replace_by_a_folder(path: Path) -> None:
    path.unlink()
    (path / "inner").mkdir(parents=True)
    (path / "inner" / "foreign.ipynb").write_bytes(b"{")


def kept_files(root: Path) -> list[Path]:
    found = [path for folder in KEPT for path in (root / folder).rglob("*") if path.is_file()]
    return [path for path in found if path.name != "build.json"]


def readings(root: Path) -> list[Path]:
    return sorted((root / "_build" / "cache" / "readings").rglob("*.json"))


def results(root: Path) -> dict[str, bytes]:
    """Return what a build is for: pages, downloads and PDFs, packs, saved tables."""
    folders = ("_build/html", "_build/packs", "_build/test")
    files = [path for folder in folders for path in (root / folder).rglob("*") if path.is_file()]
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in files
        if path.name != "build.json"
    }


@pytest.fixture(scope="module")
def book(
    second_book_on_paper: Built, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Built, dict[str, bytes]]:
    made = second_book_on_paper.copied_to(tmp_path_factory.mktemp("kept"))
    return made, results(made.root)


def test_every_kind_of_kept_file_is_among_those_that_are_damaged(
    book: tuple[Built, dict[str, bytes]],
) -> None:
    root = book[0].root
    names = {path.relative_to(root).as_posix() for path in kept_files(root)}
    kinds = [
        "_build/cache/chapters.json",
        "_build/cache/last_build.json",
        "_build/cache/packs/port-office.pdf",
        "_build/test/editions/2024-Q1/verdicts.csv",
        "_build/test/editions/2024-Q1/made_of.json",
        "book/chapters/harbour.ipynb",
    ]
    assert not [kind for kind in kinds if kind not in names]
    for folder, *suffixes in (
        ("site", ".doctree", ".pickle", ".cache"),
        ("pdf", ".pdf", ".pdf.json"),
        ("packs", ".xlsx", ".xlsx.json"),
        ("chapters", ".ipynb"),
    ):
        own = [name for name in names if name.startswith(f"_build/cache/{folder}/")]
        for suffix in suffixes:
            assert [name for name in own if name.endswith(suffix)], (folder, suffix)
    assert len(readings(root)) == 2


@pytest.mark.parametrize("damage", [flip, cut, replace_by_a_folder])
def test_whatever_was_damaged_the_next_build_is_the_same_as_a_clean_one(
    book: tuple[Built, dict[str, bytes]], damage: Callable[[Path], None]
) -> None:
    made, clean = book
    for path in kept_files(made.root):
        damage(path)
    built(made.root, "--dataset", "test", "--pdf")
    again = results(made.root)
    assert sorted(again) == sorted(clean)
    assert not [name for name in clean if again[name] != clean[name]]


def test_foreign_files_among_the_kept_ones_change_nothing(
    book: tuple[Built, dict[str, bytes]],
) -> None:
    made, clean = book
    root = made.root
    first, second = readings(root)
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    tables = root / "_build" / "test" / "editions" / "2024-Q1"
    shutil.copy(tables / "verdicts.csv", tables / "old.csv")
    (root / "book" / "chapters" / "old.ipynb").write_text("{", encoding="utf-8")
    for folder in (root / "_build" / "cache" / "site").glob("*/*/"):
        (folder / "old").write_text("", encoding="utf-8")
    for record in (root / "_build" / "cache" / "pdf").glob("*.json"):
        kept = json.loads(record.read_text(encoding="utf-8"))
        for pdf in kept["records"].values():
            pdf["about"][1] = [999, ["改过"]]
        record.write_text(json.dumps(kept), encoding="utf-8")
    said = built(root, "--dataset", "test", "--pdf").said
    assert "改过" not in said
    again = results(root)
    assert sorted(again) == sorted(clean)
    assert not [name for name in clean if again[name] != clean[name]]
