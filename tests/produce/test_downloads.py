from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from planbook.contract import NUMBER, Contract
from planbook.frames import MEASURES, OBSERVATIONS, SUBMISSIONS
from planbook.outlook_frames import OUTLOOKS
from planbook.present.book import Book
from planbook.present.notebook.noted_book import BookParts
from planbook.present.notebook.opened import OpenBook
from planbook.produce.downloads import offer
from planbook.produce.downloads.goals_csv import GOAL_OUTLOOKS
from planbook.produce.downloads.offer import downloads, safe_csv
from planbook.produce.kept_reads import KeptReads
from planbook.project_frames import PROJECTS
from planbook.run.pipeline import open_book
from planbook.saved import Tables
from planbook.task_frames import PENDING_TASKS, TASKS
from planbook.vocabulary import Visibility
from planbook.watch_frames import ACTIONS, ALERTS, CHANGE_REASONS, CHANGE_STEPS
from tests.books import Built, copy_second_plan

Make = Callable[[Book], dict[str, bytes]]


@dataclass(frozen=True)
class Small:
    name: str
    value: float
    flag: bool


SMALL = Contract("small", Small, ("name",))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_files_are_made_again_only_when_what_they_show_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_book("test", root=copy_second_plan(tmp_path / "project"))
    made: list[str] = []

    def noting(name: str, make: Make) -> Make:
        def noted(known: Book) -> dict[str, bytes]:
            made.append(name)
            return make(known)

        return noted

    together = {name: noting(name, make) for name, make in offer._MADE_TOGETHER.items()}
    monkeypatch.setattr(offer, "_MADE_TOGETHER", together)

    def offered(known: OpenBook) -> dict[str, bytes]:
        """Return what is offered; it is what would be made of nothing, in the same order."""
        whole = downloads(known)
        made.clear()
        found = downloads(known, KeptReads.in_cache(tmp_path, "kept", BookParts(known)))
        assert list(found.items()) == list(whole.items())
        return found

    first = offered(book)
    assert made == list(together)
    assert offered(book) == first
    assert made == []

    commented = book.tables.commentary.assign(text="另一句")
    offered(replace(book, tables=replace(book.tables, commentary=commented)))
    assert made == []

    alerts = book.tables.alerts.assign(since="2024-Q1")
    warned = offered(replace(book, tables=replace(book.tables, alerts=alerts)))
    assert "board" not in made
    assert "reserve" not in made
    new = {address for address in first if first[address] != warned[address]}
    assert {"downloads/alerts.csv", "api/index.json"} & new

    (tmp_path / "kept" / "downloads" / "measures.csv").write_bytes(b"edited by hand")
    (tmp_path / "kept" / "old.csv").touch()
    assert offered(book) == first
    assert not (tmp_path / "kept" / "old.csv").exists()


RUN = ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\nx", "＝1+1", "＋1", "－1", "＠SUM(A1)"]
RUN += [" =1+1", "　＝1+1", "\u200b=1", "\ufeff＝1", "\x07-1", "﹦1", "﹢1", "﹣1", "﹫A"]
HARMLESS = ["", " ", "—", "——", "−5", "增长3.2%", "a=b", "甲＝乙", "2026-09", "（+1）", "·=1"]


@pytest.mark.parametrize("text", RUN)
def test_a_text_that_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    frame = SMALL.frame([{"name": text, "value": 1.0, "flag": True}])
    assert rows(safe_csv(SMALL, frame))[0]["name"] == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stay_as_they_are(text: str) -> None:
    frame = SMALL.frame([{"name": text, "value": 1.0, "flag": True}])
    assert rows(safe_csv(SMALL, frame))[0]["name"] == text


@pytest.mark.parametrize("text", ["甲\r=1+1", "甲\r\n=1+1"])
def test_a_line_end_inside_a_text_begins_no_row(text: str) -> None:
    frame = SMALL.frame([{"name": text, "value": 1.0, "flag": True}])
    content = safe_csv(SMALL, frame)
    assert b"\r" not in content
    assert [row["name"] for row in rows(content)] == ["甲\n=1+1"]


def test_negative_numbers_stay_numbers_and_missing_ones_stay_empty() -> None:
    frame = SMALL.frame(
        [
            {"name": "a", "value": -3.25, "flag": True},
            {"name": "b", "value": math.nan, "flag": False},
        ]
    )
    assert [row["value"] for row in rows(safe_csv(SMALL, frame))] == ["-3.25", ""]


def test_files_begin_with_a_bom_so_that_excel_shows_chinese() -> None:
    frame = SMALL.frame([{"name": "名称", "value": 1.0, "flag": True}])
    assert safe_csv(SMALL, frame).startswith(b"\xef\xbb\xbfname,value,flag\n")


@pytest.mark.book
def test_the_books_downloads_keep_their_contracts(demonstration: Built) -> None:
    folder = demonstration.html / "downloads"
    assert {path.name for path in folder.iterdir() if path.is_file()} == {
        "actions.csv",
        "alerts.csv",
        "change_reasons.csv",
        "change_steps.csv",
        "datapackage.json",
        "goals.csv",
        "measures.csv",
        "observations.csv",
        "outlook_log.csv",
        "pending_tasks.csv",
        "progress.xlsx",
        "project_reserve.xlsx",
        "projects.csv",
        "rating_changes.csv",
        "submissions.csv",
        "task_board.xlsx",
        "tasks.csv",
    }
    assert (folder / "series" / "schema.json").is_file()
    (saved,) = (demonstration.root / "_build/demo/editions").iterdir()
    tables = Tables.read(saved)
    for name, contract, frame in (
        ("goals.csv", GOAL_OUTLOOKS, goals_with_outlooks(tables)),
        ("outlook_log.csv", OUTLOOKS, tables.outlooks),
        ("observations.csv", OBSERVATIONS, tables.observations),
        ("actions.csv", ACTIONS, tables.actions),
        ("alerts.csv", ALERTS, tables.alerts),
        ("change_reasons.csv", CHANGE_REASONS, tables.change_reasons),
        ("change_steps.csv", CHANGE_STEPS, tables.change_steps),
        ("measures.csv", MEASURES, tables.measures),
        ("submissions.csv", SUBMISSIONS, tables.submissions),
        ("projects.csv", PROJECTS, tables.projects),
        ("tasks.csv", TASKS, tables.tasks),
        ("pending_tasks.csv", PENDING_TASKS, tables.pending_tasks),
    ):
        content = (folder / name).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" not in content
        read = contract.read(folder / name)
        assert len(read) == len(frame) > 0
        numbers = [column for column, kind in contract.columns.items() if kind == NUMBER]
        assert read[numbers].equals(frame[numbers])


def test_what_nobody_agreed_is_in_no_file_of_the_public_book() -> None:
    files = downloads(open_book("demo", visibility=Visibility.PUBLIC))
    assert "downloads/tasks.csv" in files
    assert not any("pending_tasks" in name for name in files)
    assert b"pending_tasks" not in files["downloads/datapackage.json"]
    sheets = load_workbook(io.BytesIO(files["downloads/progress.xlsx"])).sheetnames
    assert "年度任务" in sheets
    assert "待核定任务" not in sheets


def goals_with_outlooks(tables: Tables) -> pd.DataFrame:
    """Return the verdicts, each with the outlook of its edition."""
    (edition,) = set(tables.verdicts["edition"])
    own = tables.outlooks[tables.outlooks["edition"] == edition].set_index("goal_id")
    new = [column for column in GOAL_OUTLOOKS.columns if column not in tables.verdicts]
    return tables.verdicts.join(own[new], on="goal_id")


@pytest.mark.book
def test_who_signed_a_workbook_is_not_in_the_book(demonstration: Built) -> None:
    signed = sorted((demonstration.root / "data/demo/submissions/2026-Q3").glob("*.xlsx"))[0]
    cells = [str(cell) for row in values_of(signed) for cell in row]
    at = cells.index("电话")  # the row of names follows the row of their headings
    names = [cell for cell in cells[at:] if cell.startswith("示例人员") or cell.startswith("000-")]
    assert names
    sheets = load_workbook(demonstration.html / "downloads" / "progress.xlsx").worksheets
    shown = {
        str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
    }
    assert not shown & set(names)
    for path in demonstration.html.rglob("*"):
        if path.suffix in {".html", ".csv", ".json", ".js"} and "_static" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert not [name for name in names if name in text], path


def values_of(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path)["填报表"].iter_rows(values_only=True))
