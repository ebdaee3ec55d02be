"""What is kept proves itself; what does not is absent."""

from __future__ import annotations

import ast
import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook import made_of
from planbook.made_of import (
    SEAL,
    MadeOf,
    Record,
    code_of,
    digest,
    digests_of,
    read_records,
    seal_folder,
    sealed_folder,
    sha256,
    write_records,
)
from planbook.produce.packs import write_packs
from planbook.produce.pdf import papers
from planbook.put_in_place import write_whole
from planbook.run import judged_of

PACKAGE = Path(made_of.__file__).parent
OF_THIS = MadeOf("this", "code")
RECORDS = {"a.pdf": Record(OF_THIS, {"a.pdf": sha256(b"pdf")}, {"pages": 3, "warnings": ["缺字"]})}


@pytest.fixture
def kept(tmp_path: Path) -> Any:
    write_records(tmp_path / "records.json", RECORDS)
    return tmp_path / "records.json"


def test_records_come_back(kept: Any) -> None:
    assert read_records(kept) == RECORDS


@given(st.data())
def test_a_changed_byte_anywhere_in_records_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("kept") / "records.json"
    write_records(path, RECORDS)
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert read_records(path) in ({}, RECORDS)  # equal where a space became a line's end


@given(st.binary(max_size=300))
def test_any_bytes_are_no_records(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("kept") / "records.json"
    path.write_bytes(content)
    assert read_records(path) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 100_000,
        b'{"records": {}}',
        b"null",
        '{{"sha256": "{}", "records": {{"a": {{"files": 1}}}}}}'.format(
            digest({"a": {"files": 1}})
        ).encode(),
    ],
)
def test_what_is_cut_short_or_of_another_format_is_no_record(kept: Any, content: Any) -> None:
    kept.write_bytes(content)
    assert read_records(kept) == {}


def test_a_folder_in_place_of_records_is_none(tmp_path: Path) -> None:
    assert read_records(tmp_path) == {}
    assert read_records(tmp_path / "none") == {}


def test_what_was_made_is_whole_until_a_file_is_changed_or_gone(tmp_path: Path) -> None:
    record = RECORDS["a.pdf"]
    assert not record.is_whole(tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"pdf")
    assert record.is_whole(tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"pd")
    assert not record.is_whole(tmp_path)
    (tmp_path / "a.pdf").unlink()
    (tmp_path / "a.pdf").mkdir()
    assert not record.is_whole(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    for name in ("a.csv", "inner/b.csv"):
        write_whole(tmp_path / "kept" / name, b"1,2\n")
    seal_folder(tmp_path / "kept", OF_THIS, about={"a": 1})
    return tmp_path / "kept"


def test_a_folder_is_whole_as_it_was_sealed(folder: Any) -> None:
    assert sealed_folder(folder, OF_THIS).about == {"a": 1}
    assert sealed_folder(folder, MadeOf("that", "code")) is None
    assert sealed_folder(folder, MadeOf("this", "other code")) is None
    assert sealed_folder(folder / "none", OF_THIS) is None


def test_a_folder_sealed_again_is_whole(folder: Any) -> None:
    (folder / "c.csv").write_bytes(b"")
    seal_folder(folder, OF_THIS)
    assert sealed_folder(folder, OF_THIS)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.csv").write_bytes(b"1,3\n"),
        lambda folder: (folder / "a.csv").write_bytes(b""),
        lambda folder: (folder / "a.csv").unlink(),
        lambda folder: (folder / "c.csv").write_bytes(b""),
        lambda folder: shutil.rmtree(folder / "inner"),
        lambda folder: (folder / SEAL).write_bytes(b"{}"),
        lambda folder: (folder / SEAL).unlink(),
    ],
)
def test_a_folder_that_was_changed_is_not_whole(folder: Any, change: Any) -> None:
    change(folder)
    assert sealed_folder(folder, OF_THIS) is None


def test_digests_are_of_files_by_path(folder: Any) -> None:
    assert digests_of(folder, "*.csv") == dict.fromkeys(("a.csv", "inner/b.csv"), sha256(b"1,2\n"))
    assert digests_of(folder / "none") == {}


@dataclass(frozen=True)
class Told:
    day: dt.date
    place: Path
    names: tuple[str, ...]


def test_a_digest_is_of_content_and_not_of_the_object() -> None:
    told = [Told(dt.date(2026, 9, 30), Path("a"), (name,)) for name in ("甲", "甲", "乙")]
    first, same, other = map(digest, told)
    assert first == same != other
    with pytest.raises(TypeError, match="no digest of a object"):
        digest([object()])  # its text would hold an address of this run


@pytest.mark.parametrize(
    ("changed", "noticed"),
    [
        ("words.py", [True, True, True]),
        ("one/a.py", [True, True, True]),
        ("one/b.py", [True, True, False]),
        ("two/c.css", [True, False, False]),
        ("one/__pycache__/a.pyc", [False, False, False]),
    ],
)
def test_code_is_of_its_rooms_and_the_words_and_of_all_where_none_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: str, noticed: list[bool]
) -> None:
    def digests() -> list[str]:
        code_of.cache_clear()
        return [code_of(), code_of("one"), code_of("one/a.py")]

    monkeypatch.setattr(made_of, "PACKAGE", tmp_path)
    for name in ("words.py", "one/a.py", "one/b.py", "two/c.css", "one/__pycache__/a.pyc"):
        write_whole(tmp_path / name, b"1")
    before = digests()
    (tmp_path / changed).write_bytes(b"2")
    assert [now != then for now, then in zip(digests(), before, strict=True)] == noticed
    code_of.cache_clear()


def imports_of(path: Path) -> set[Path]:
    """Return the modules a file imports, found by Python's own parser."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not followed"
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".")
            if parts[0] == "planbook":
                for length in range(2, len(parts) + 1):
                    place = PACKAGE.joinpath(*parts[1:length])
                    found |= {place.with_suffix(".py"), place / "__init__.py"}
    return {path for path in found if path.is_file()}


@pytest.mark.parametrize("rooms", [papers.CODE, write_packs.CODE])
def test_the_code_of_paper_is_all_that_makes_it(rooms: Any) -> None:
    own = set[Path]()
    for room in rooms:
        place = PACKAGE / room
        assert place.exists(), room
        own |= {place} if place.suffix else {*place.rglob("*.py")}
    for path in own:
        others = imports_of(path) - own - set(PACKAGE.glob("*.py"))
        assert not [other for other in others if imports_of(other)], path
    assert not [path for path in own if "site" in path.parts or "sphinx_ext" in path.parts]
    assert "produce/assets" not in rooms  # its templates are of pages


@pytest.mark.parametrize("rooms", [("plan", "collect"), judged_of.CODE])
def test_the_rooms_whose_code_is_digested_import_no_other(rooms: Any) -> None:
    own = {path for room in rooms for path in (PACKAGE / room).rglob("*.py")}
    assert own
    known = own | set(PACKAGE.glob("*.py"))
    for path in own:
        assert imports_of(path) <= known, path
