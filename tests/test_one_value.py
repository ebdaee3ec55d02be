"""CONTRIBUTING follows one value: the functions named have it in hand, in that order."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from openpyxl import load_workbook
from pypdf import PdfReader

import planbook
from planbook.outlook_frames import OutlookMethod
from planbook.present.pages.goal_pages import goal_page
from planbook.present.say.outlook_sentences import likelihood_words, percentage
from planbook.produce.downloads.offer import downloads
from planbook.produce.notebooks.finish import finished
from planbook.produce.pdf import Document, Part, typeset
from planbook.produce.pdf.papers import running_words
from planbook.run.pipeline import open_book

ROOT = Path(__file__).resolve().parents[1]
SOURCE = Path(planbook.__file__).parent
SECTION = "## Follow one value"
WORKBOOK = re.compile(r"`data/(demo/submissions/([\w-]+)/[\w.-]+\.xlsx)`, cell (\w+), (\d+\.\d+)")
STEP = re.compile(r"^\| `([\w/]+\.py)` \| `([\w.]+)` \|", re.M)
Step = tuple[str, str]  # file below src/planbook, function
EVERYTHING = 8  # how deep objects are looked into


def section() -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.partition(SECTION)[2].partition("\n## ")[0]


def holds(thing: Any, value: float, depth: int = 0) -> bool:
    """Whether a number is in an object: itself, printed, or anywhere in what the object holds."""
    inside: Iterable[Any] = ()
    if isinstance(thing, float):
        return thing == value
    if isinstance(thing, str):
        return str(value) in thing
    if isinstance(thing, pd.DataFrame):
        inside = thing.to_numpy().ravel()
    elif isinstance(thing, Mapping):
        inside = thing.values()
    elif isinstance(thing, list | tuple | set | frozenset):
        inside = thing
    elif dataclasses.is_dataclass(thing):
        inside = [getattr(thing, field.name, None) for field in dataclasses.fields(thing)]
    return depth < EVERYTHING and any(holds(one, value, depth + 1) for one in inside)


@contextmanager
def followed(value: float, wanted: Iterable[Step]) -> Iterator[list[Step]]:
    """Collect which of these functions end with the value in hand, each when it first does."""
    found: list[Step] = []
    left = {(str(SOURCE / file), name): (file, name) for file, name in wanted}

    def look(frame: FrameType, event: str, result: object) -> None:
        key = (frame.f_code.co_filename, frame.f_code.co_qualname)
        if event == "return" and key in left:
            sys.setprofile(None)
            if holds([result, *frame.f_locals.values()], value):
                found.append(left.pop(key))
            sys.setprofile(look)

    sys.setprofile(look)
    try:
        yield found
    finally:
        sys.setprofile(None)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The demonstration with a single workbook."""
    shutil.copytree(ROOT / "data" / "plan", tmp_path / "data" / "plan")
    demo = tmp_path / "data" / "demo"
    skipped = shutil.ignore_patterns("*.xlsx")
    shutil.copytree(ROOT / "data" / "demo", demo, ignore=skipped)
    found = WORKBOOK.search(section())
    assert found is not None
    shutil.copy2(ROOT / "data" / found[1], tmp_path / "data" / found[1])
    return tmp_path


def test_a_value_goes_from_its_cell_to_page_and_pdf_by_the_functions_named(project: Path) -> None:
    found = WORKBOOK.search(section())
    assert found is not None
    _, edition, cell, number = found.groups()
    steps = STEP.findall(section())
    with followed(float(number), steps) as went:
        book = open_book("demo", edition, project)  # as the build does
        book = open_book("demo", edition, project)  # as a notebook does: the tables are saved
        data, metadata = book.chapter("digital").table("ecommerce")._repr_mimebundle_()
        shown = new_output("execute_result", data, metadata=metadata)
        cells = [new_markdown_cell("# 数智服务"), new_code_cell("", outputs=[shown])]
        page = finished(new_notebook(cells=cells), ROOT).decode()
        part = Part("chapters/digital", "数智服务", nbformat.reads(page, as_version=4))
        pdf = typeset(Document("数智服务", (part,), running_words(book, "0" * 64))).pdf
    assert went == steps
    known = book.tables.observations
    assert known.loc[known["obs_value"] == float(number), "source_cell"].tolist() == [cell]
    assert f">{number}<" in page
    assert number in "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_one_likelihood_stands_on_page_and_paper_and_in_every_file() -> None:
    book = open_book("demo", None, ROOT)
    chapter = book.chapter("digital")
    view = next(
        book.views[goal.id]
        for goal in chapter.plan.goals
        if (row := book.outlook(goal.id)) and row.p_method is OutlookMethod.MODEL
    )
    p = getattr(view.outlook, "p_met", None)
    assert isinstance(p, float)
    printed, said = percentage(p), likelihood_words(view)

    assert said in goal_page(book, view.id)
    assert said in repr(book.trajectory(view.id))
    data, metadata = chapter.table(view.field.id)._repr_mimebundle_()
    assert printed in data["text/html"]
    shown = new_output("execute_result", data, metadata=metadata)
    cells = [new_markdown_cell("# 数智服务"), new_code_cell("", outputs=[shown])]
    notebook = nbformat.reads(finished(new_notebook(cells=cells), ROOT).decode(), as_version=4)
    part = Part("chapters/digital", "数智服务", notebook)
    pdf = typeset(Document("数智服务", (part,), running_words(book, "0" * 64))).pdf
    assert printed in "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)

    files = downloads(book)
    goals = pd.read_csv(BytesIO(files["downloads/goals.csv"])).set_index("goal_id")
    log = pd.read_csv(BytesIO(files["downloads/outlook_log.csv"]))
    own = log[(log["goal_id"] == view.id) & (log["edition"] == str(book.edition))]
    goal = json.loads(files[f"api/goals/{view.id}.json"])
    entries = json.loads(files["api/index.json"])["goals"]
    workbook = load_workbook(BytesIO(files["downloads/progress.xlsx"]))["达标可能性"]
    (line,) = [row for row in workbook.values if row[-1] == view.id]
    assert goals.loc[view.id, "p_met"] == p
    assert own["p_met"].tolist() == [p]
    assert goal["outlook"] == goal["outlook_history"][-1]
    assert goal["outlook"]["p_met"] == p
    assert said in goal["outlook"]["words"]
    assert [entry["p_met"] for entry in entries if entry["goal_id"] == view.id] == [p]
    assert (line[2], line[3]) == (said, p)
