from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pytest

from planbook.pipeline import open_book
from planbook.produce.downloads import downloads, listed, write_downloads

Report = Callable[[], frictionless.Report]


@pytest.fixture(params=["demo", "live"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The downloads of a dataset's newest book."""
    write_downloads(downloads(open_book(request.param)), tmp_path)
    return tmp_path / "downloads"


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
    ],
)
def test_the_validator_refuses_what_the_schema_forbids(
    folder: Path, name: str, old: str, new: str
) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    package = described(folder)
    for resource in package["resources"]:  # leave only the schema to object
        resource.pop("hash")
        resource.pop("bytes")
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert errors(folder)


def test_every_csv_is_described_in_chinese_with_its_key(folder: Path) -> None:
    package = described(folder)
    assert package["profile"] == "tabular-data-package"
    paths = [resource["path"] for resource in package["resources"]]
    assert sorted(paths) == sorted(path.name for path in folder.glob("*.csv"))
    for resource in package["resources"]:
        assert resource["profile"] == "tabular-data-resource"
        schema = resource["schema"]
        assert schema["primaryKey"]
        for field in schema["fields"]:
            assert any("\u4e00" <= character <= "\u9fff" for character in field["title"])


def test_every_file_is_listed_on_the_page() -> None:
    files = downloads(open_book("demo"))
    shown = listed(files)
    assert [item.address for item in shown] == [f"downloads/{name}" for name in files]
    assert all(item.title and item.description and item.size for item in shown)
