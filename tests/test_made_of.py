"""What is kept proves itself; what does not is absent."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook import made_of
from planbook.made_of import (
    is_whole,
    modules_behind,
    read_sealed,
    seal_folder,
    sealed,
    sealed_record,
    unsealed,
    unsealed_record,
)
from planbook.put_in_place import clear, make_folder, write_whole

PACKAGE = Path(made_of.__file__).parent


@given(st.binary(min_size=1), st.text())
def test_what_was_sealed_comes_back_for_what_it_was_made_of_only(
    content: bytes, about: str
) -> None:
    kept = sealed(content, about)
    assert unsealed(kept, about) == content
    assert unsealed(kept, f"{about}!") is None
    assert unsealed(kept[:-1], about) is None


@given(st.binary(max_size=50), st.data())
def test_a_changed_byte_anywhere_is_noticed(content: bytes, data: st.DataObject) -> None:
    kept = bytearray(sealed(content, "of this"))
    at = data.draw(st.integers(0, len(kept) - 1))
    kept[at] ^= data.draw(st.integers(1, 255))
    assert unsealed(bytes(kept), "of this") is None


@given(st.binary(max_size=300))
def test_any_bytes_are_no_sealed_content(content: bytes) -> None:
    assert unsealed(content, "") is None


@given(st.text(max_size=100))
def test_any_text_is_no_sealed_record(text: str) -> None:
    assert unsealed_record(text) is None


def test_a_record_comes_back_until_a_figure_in_it_is_changed() -> None:
    text = sealed_record({"a.pdf": {"pages": 3, "warnings": ["缺字"]}})
    assert unsealed_record(text) == {"a.pdf": {"pages": 3, "warnings": ["缺字"]}}
    assert unsealed_record(text.replace("3", "4")) is None
    assert unsealed_record("[" * 100_000) is None


def test_a_folder_in_place_of_a_sealed_file_is_no_content(tmp_path: Path) -> None:
    assert read_sealed(tmp_path, "") is None
    assert read_sealed(tmp_path / "none", "") is None


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    for name in ("a.csv", "inner/b.csv"):
        write_whole(tmp_path / "kept" / name, b"1,2\n")
    seal_folder(tmp_path / "kept", "of this")
    return tmp_path / "kept"


def test_a_folder_is_whole_as_it_was_sealed(folder: Any) -> None:
    assert is_whole(folder, "of this")
    assert not is_whole(folder, "of that")
    assert not is_whole(folder / "none", "of this")


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.csv").write_bytes(b"1,3\n"),
        lambda folder: (folder / "a.csv").write_bytes(b""),
        lambda folder: (folder / "a.csv").unlink(),
        lambda folder: (folder / "c.csv").write_bytes(b""),
        lambda folder: (folder / "empty").mkdir(),
        lambda folder: shutil.rmtree(folder / "inner"),
        lambda folder: (folder / "made_of.json").write_bytes(b"{}"),
        lambda folder: (folder / "made_of.json").unlink(),
    ],
)
def test_a_folder_that_was_changed_is_not_whole(folder: Any, change: Any) -> None:
    change(folder)
    assert not is_whole(folder, "of this")


def test_a_file_is_written_over_whatever_lies_there(tmp_path: Path) -> None:
    for there in (tmp_path / "folder", tmp_path / "folder-in-place-of-aside"):
        (there / "inner").mkdir(parents=True)
    (tmp_path / ".new").mkdir()
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "folder", tmp_path / "new", tmp_path / "file" / "below"):
        write_whole(path, b"new")
        assert path.read_bytes() == b"new"


def test_clearing_a_link_leaves_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "kept", target_is_directory=True)
    clear(tmp_path / "link")
    clear(tmp_path / "link")
    make_folder(tmp_path / "kept")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


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


@pytest.mark.parametrize(
    "module",
    [
        "planbook.collect.read.workbook_reader",
        "planbook.run.pipeline",
        "planbook.produce.notebooks.execute",
    ],
)
def test_every_module_that_is_imported_directly_or_not_is_found(module: str) -> None:
    found = set(modules_behind(module))
    assert PACKAGE.joinpath(*module.split(".")[1:]).with_suffix(".py") in found
    for path in found - {PACKAGE / "__init__.py"}:
        assert imports_of(path) <= found, path


def test_what_reads_workbooks_depends_on_the_plans_code_and_not_on_the_pages() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules_behind("planbook.collect.read.workbook_reader")
    }
    assert {"plan/parts.py", "periods.py", "vocabulary.py", "collect/read/signing.py"} <= found
    assert not [name for name in found if name.startswith(("assess", "present", "produce"))]
