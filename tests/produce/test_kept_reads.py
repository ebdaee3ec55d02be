from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from planbook.present.notebook.opened import OpenBook
from planbook.produce.kept_reads import KeptReads
from planbook.run.pipeline import open_book
from tests.books import copy_second_plan

MADE = {"b.txt": b"second by name", "a/first.txt": b"first made"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> OpenBook:
    return open_book("test", root=copy_second_plan(tmp_path_factory.mktemp("plan")))


def in_cache(cache: Path, **parts: str) -> KeptReads:
    return KeptReads.in_cache(cache, "some", lambda name: parts.get(name, ""))


def made(kept: KeptReads, book: OpenBook, files: Mapping[str, bytes] = MADE) -> None:
    kept.put("both", book, files, {"read"}, "more")


def test_what_was_read_and_is_the_same_stands_in_the_order_it_was_made(
    book: OpenBook, tmp_path: Path
) -> None:
    made(in_cache(tmp_path, read="1", unread="1"), book)
    later = in_cache(tmp_path, read="1", unread="2")
    assert later.standing("both", book, "more") == tuple(MADE)
    assert later.reads("both") == {"read"}
    assert {name: (later.folder / name).read_bytes() for name in MADE} == MADE


@pytest.mark.parametrize("parts", [{"read": "2"}, {}])
def test_what_was_read_and_is_another_or_gone_is_to_be_made(
    book: OpenBook, tmp_path: Path, parts: dict[str, str]
) -> None:
    made(in_cache(tmp_path, read="1"), book)
    assert in_cache(tmp_path, **parts).standing("both", book, "more") == ()


def test_another_book_and_anything_more_that_differs_are_to_be_made(
    book: OpenBook, tmp_path: Path
) -> None:
    kept = in_cache(tmp_path, read="1")
    made(kept, book)
    assert kept.standing("both", replace(book, publication=True), "more") == ()
    assert kept.standing("both", replace(book, edition=book.edition.plus(1)), "more") == ()
    assert kept.standing("both", book, "less") == ()
    assert kept.standing("neither", book, "more") == ()


@pytest.mark.parametrize("setting", ["MPLBACKEND", "PLANBOOK_ANYTHING"])
def test_what_was_made_in_another_environment_is_to_be_made(
    book: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    kept = in_cache(tmp_path, read="1")
    made(kept, book)
    monkeypatch.setenv(setting, "svg")
    assert kept.standing("both", book, "more") == ()


def test_files_that_were_changed_or_deleted_are_to_be_made(book: OpenBook, tmp_path: Path) -> None:
    kept = in_cache(tmp_path, read="1")
    made(kept, book)
    (kept.folder / "b.txt").write_bytes(b"edited by hand")
    assert kept.standing("both", book, "more") == ()
    made(kept, book)
    (kept.folder / "b.txt").unlink()
    assert kept.standing("both", book, "more") == ()


def test_records_that_are_no_records_are_none(book: OpenBook, tmp_path: Path) -> None:
    made(in_cache(tmp_path, read="1"), book)
    (tmp_path / "some.json").write_text("[]", encoding="utf-8")
    assert in_cache(tmp_path, read="1").standing("both", book, "more") == ()
