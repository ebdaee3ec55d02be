"""The same inputs give the same bytes: in another folder, year, time zone and language."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.books import ROOT, Built, built, copy_project, copy_second_plan
from tests.windows_names import name_problems

pytestmark = pytest.mark.book

AS_ON_WINDOWS = ROOT / "tests" / "fixtures" / "as_on_windows"
OTHER_CLOCK = ROOT / "tests" / "fixtures" / "other_clock"
YEAR = 365 * 24 * 3600
FAR_EAST = {
    "SHIFT_SECONDS": str(5 * YEAR),
    "TZ": "Asia/Shanghai",
    "LC_ALL": "zh_CN.UTF-8",
    "LANGUAGE": "zh_CN",
    "PYTHONHASHSEED": "1234",
    "SOURCE_DATE_EPOCH": "1000000000",
    "COLUMNS": "200",
}
FAR_WEST = {
    "SHIFT_SECONDS": str(-YEAR),  # no deadline lies between: 待报 depends on the day
    "TZ": "America/Los_Angeles",
    "LC_ALL": "C",
    "LANGUAGE": "de",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "",
    "COLUMNS": "40",
    "PYTHONIOENCODING": "ascii:replace",
}


@pytest.fixture(
    params=[
        pytest.param(FAR_EAST, id="far east"),
        pytest.param(FAR_WEST, id="far west", marks=pytest.mark.long),
    ]
)
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    go(request.param, monkeypatch)
    return request.param


def go(place: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes that are started from now on live in another place and time."""
    for name, value in place.items():
        if value:
            monkeypatch.setenv(name, value)
        else:
            monkeypatch.delenv(name, raising=False)
    import_first(OTHER_CLOCK, monkeypatch)


def import_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Python processes that are started from now on import the folder's ``sitecustomize``."""
    path = filter(None, (str(folder), os.environ.get("PYTHONPATH")))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path))


def differing(one: Built, other: Built) -> list[str]:
    """Return the names of the files that are not in both books with the same bytes."""
    files = [contents(book.html) for book in (one, other)]
    return sorted(
        name
        for name in files[0].keys() | files[1].keys()
        if files[0].get(name) != files[1].get(name)
    )


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def record_without_seconds(book: Built) -> dict[str, object]:
    record = json.loads((book.html / "build.json").read_text(encoding="utf-8"))
    assert record.pop("seconds")
    return record


def test_the_clock_of_other_processes_is_years_off(elsewhere: dict[str, str]) -> None:
    asked = "import datetime as d, time; print(d.datetime.now().year, d.date.today().year)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    wanted = float(elsewhere["SHIFT_SECONDS"]) / YEAR
    off = [int(year) - dt.date.today().year for year in done.stdout.split()]
    assert all(abs(years - wanted) <= 1 for years in off)


def test_a_small_book_is_the_same_in_every_byte_elsewhere(
    second_book: Built, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    root = tmp_path / "a folder with a name that is a good deal longer" / "有中文、空格和 #1"
    root.mkdir(parents=True)
    other = built(copy_second_plan(root), "--dataset", "test")
    assert set(differing(second_book, other)) <= {"build.json"}
    assert record_without_seconds(other) == record_without_seconds(second_book)


@pytest.mark.long
def test_a_small_book_is_the_same_where_no_process_can_fork(
    second_book: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_first(AS_ON_WINDOWS, monkeypatch)
    asked = "import multiprocessing as mp, os; print(mp.get_start_method(), hasattr(os, 'fork'))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert done.stdout.split() == [b"spawn", b"False"]
    other = built(copy_second_plan(tmp_path), "--dataset", "test")
    assert set(differing(second_book, other)) <= {"build.json"}


@pytest.mark.long
def test_the_whole_demonstration_is_the_same_in_every_byte_elsewhere(
    demonstration: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(FAR_EAST, monkeypatch)
    root = tmp_path / "另一个 much longer folder"
    root.mkdir()
    other = built(copy_project(root), "--pdf")
    assert differing(demonstration, other) == ["build.json"]
    assert record_without_seconds(other) == record_without_seconds(demonstration)
    suffixes = {path.suffix for path in demonstration.html.rglob("*")}
    assert {".html", ".csv", ".xlsx", ".pdf", ".json"} <= suffixes


def test_every_file_of_a_build_can_be_made_on_windows(demonstration: Built) -> None:
    made = contents(demonstration.root / "_build")
    assert not [problem for name in made for problem in name_problems(f"_build/{name}")]
    folded = {name.casefold() for name in made}
    assert len(folded) == len(made), "two names that differ in case only"
