from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pytest

from planbook.produce.downloads.offer import downloads, listed, write_downloads
from planbook.run.pipeline import open_book

Report = Callable[[], frictionless.Report]


@pytest.fixture(scope="module", params=["demo", "live"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The downloads of a dataset's newest book. Only look at them."""
    root = tmp_path_factory.mktemp(request.param)
    write_downloads(downloads(open_book(request.param)), root, root)
    return root / "downloads"


def described(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def errors(folder: Path) -> list[str]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [str(error) for error in report.flatten(["message"])]


def test_a_frictionless_validator_accepts_it(folder: Path) -> None:
    assert errors(folder) == []


@pytest.mark.parametrize("folder", ["demo"], indirect=True)
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("goals.csv", "goal_id,", "goal,"),
        ("goals.csv", ",达序时,", ",还行,"),
        ("measures.csv", ",2026-Q3,", ",2026三季度,"),
        ("observations.csv", ",2026-09,", ",2026-13,"),
        ("series/software-revenue.csv", ",基期,", ",基年,"),
        ("series/software-revenue.csv", "goal_id,", "goal,"),
    ],
)
def test_the_validator_refuses_what_the_schema_forbids(
    folder: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    package = described(folder)
    # leave the one table, and only the schema to object
    package["resources"] = [r for r in package["resources"] if r["path"] == name]
    for resource in package["resources"]:
        resource.pop("hash")
        resource.pop("bytes")
    folder = shutil.copytree(folder, tmp_path / "downloads")
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert errors(folder) == []
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    assert errors(folder)


def test_every_csv_is_described_in_chinese_with_its_key(folder: Path) -> None:
    package = described(folder)
    assert package["profile"] == "tabular-data-package"
    paths = [resource["path"] for resource in package["resources"]]
    assert sorted(paths) == sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")
    )
    for resource in package["resources"]:
        assert resource["profile"] == "tabular-data-resource"
        schema = resource["schema"]
        if isinstance(schema, str):  # the series share a schema in a file of its own
            assert resource["path"].startswith("series/")
            schema = json.loads((folder / schema).read_text(encoding="utf-8"))
        assert schema["primaryKey"]
        for field in schema["fields"]:
            assert any("\u4e00" <= character <= "\u9fff" for character in field["title"])


def test_every_file_is_listed_on_the_page() -> None:
    book = open_book("demo")
    files = downloads(book)
    shown = listed(book, files)
    assert [item.address for item in shown] == list(files)
    assert all(item.title and item.size for item in shown)
    assert all(item.chapter for item in shown if item.kind in ("series", "goal"))
    assert all(item.description for item in shown if item.kind in ("table", "api"))


def test_the_package_names_its_place_on_the_web_where_there_is_one() -> None:
    book = open_book("demo")
    dataset = book.dataset.model_copy(update={"site_address": "https://example.org/"})
    for known, place in (
        (book, None),
        (replace(book, dataset=dataset), "https://example.org/2026-Q3/"),
    ):
        package = json.loads(downloads(known)["downloads/datapackage.json"])
        assert package.get("homepage") == place


def test_every_goal_with_values_has_its_series(folder: Path) -> None:
    described_series = {r["path"] for r in described(folder)["resources"] if "/" in r["path"]}
    assert described_series == {f"series/{path.name}" for path in folder.glob("series/*.csv")}
    assert len(described_series) > 50


def test_only_files_that_differ_are_new_and_the_others_keep_their_time(tmp_path: Path) -> None:
    old, now = {"d/a": b"1", "d/b": b"1", "d/c": b"1"}, {"d/a": b"1", "d/b": b"2", "d/e": b"1"}
    assert write_downloads(old, tmp_path / "old", tmp_path / "none") == tuple(old)
    for path in (tmp_path / "old" / "d").iterdir():
        os.utime(path, (1, 1))
    assert write_downloads(now, tmp_path / "now", tmp_path / "old") == ("d/b", "d/e")
    written = {path.name: path for path in (tmp_path / "now" / "d").iterdir()}
    assert {name: path.read_bytes() for name, path in written.items()} == {
        name.removeprefix("d/"): content for name, content in now.items()
    }
    assert [name for name, path in sorted(written.items()) if path.stat().st_mtime == 1] == ["a"]
