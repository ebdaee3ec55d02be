"""What CONTRIBUTING says of adding something works as written, in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("\n## How to add\n")[2].partition("\n## ")[0]
RECIPES = dict(recipe.split("\n", 1) for recipe in re.split(r"^### ", SECTION, flags=re.M)[1:])
INDICATOR, RULE, PAGE, CHART = RECIPES
EDIT = re.compile(
    r"^\d\. Into `(?P<file>[^`]+)`, "
    r"(?:[^`\n]*?(?P<how>below|above|in place of) `(?P<anchor>[^`\n]+)`)?[^\n]*:\n"
    r"   ```\w+\n(?P<text>.*?)^   ```$",
    re.M | re.S,
)
COPIED = ("src", "book", "data", "notebooks", "tests", "pyproject.toml", "_toc.yml", "_config.yml")
pytestmark = pytest.mark.takes(20)
FEW = """
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.workspace import Workspace
workspace = Workspace.open("demo")
plan = load_plan(workspace.plan)
"""


def test_each_recipe_has_five_lines() -> None:
    for recipe in RECIPES.values():
        assert re.findall(r"^(\d)\. ", recipe, re.M) == list("12345")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what recipes change and what their tests need, without workbooks but the oldest."""
    generated = ("chapters", "goals", "programmes", "2025-Q[2-4]", "2026-*")
    for name in COPIED:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, tmp_path / name, ignore=shutil.ignore_patterns(*generated))
        else:
            shutil.copy2(path, tmp_path / name)
    return tmp_path


@pytest.fixture
def python(project: Path) -> Callable[..., str]:
    """Return how to run a script in the copy, then pytest: with the copy's own modules only."""

    def run(script: str, *pytest_arguments: str) -> str:
        if pytest_arguments:
            script += f"\nimport pytest, sys; sys.exit(pytest.main({['-q', *pytest_arguments]}))\n"
        paths = os.pathsep.join(str(project / name) for name in ("src", "tests"))
        done = subprocess.run(
            [sys.executable, "-c", FEW + script],
            cwd=project,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def follow(recipe: str, project: Path) -> None:
    """Make the changes of a recipe that it shows."""
    edits = list(EDIT.finditer(RECIPES[recipe]))
    assert edits
    for edit in edits:
        path = project / edit["file"]
        # The block stands three columns in, as an item of a list does.
        text = "".join(line.removeprefix("   ") for line in edit["text"].splitlines(keepends=True))
        if path.suffix == ".ipynb":
            add_cell(path, edit["anchor"], text)
        elif edit["anchor"]:
            path.write_text(changed(path, edit["how"], edit["anchor"], text), encoding="utf-8")
        else:
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n\n{text}" if path.suffix == ".py" and file.tell() else text)


def changed(path: Path, how: str, anchor: str, text: str) -> str:
    """Return a file with the text put below, above or in place of the first line that has it."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(anchor))
    start, end = {"below": (at + 1, at + 1), "above": (at, at), "in place of": (at, at + 1)}[how]
    return "".join([*lines[:start], text, "\n" * (how == "above"), *lines[end:]])


def add_cell(path: Path, heading: str, source: str) -> None:
    """Add a code cell behind the first one below a heading; the first ones load the book."""
    notebook = nbformat.read(path, as_version=4)
    at = next(n for n, cell in enumerate(notebook.cells) if cell.source.startswith(heading))
    below = at + 1 if heading.startswith("##") else at + 3  # parameters and loading come first
    notebook.cells.insert(below, nbformat.v4.new_code_cell(source.strip(), id="added"))
    nbformat.write(notebook, path)


def test_an_indicator_comes_into_plan_page_chapter_and_workbook(
    project: Path, python: Callable[..., str]
) -> None:
    follow(INDICATOR, project)
    script = """
from pathlib import Path
from planbook.collect.form.blank import blank_form
from planbook.produce.site.toc import write_toc
from planbook.produce.site.write_pages import write_fragments, write_pages
from planbook.run.pipeline import open_book
book = open_book("demo", "2025-Q1")
write_fragments(book, Path("book"))
write_pages(book, Path("book"))
assert write_toc(plan, Path("_toc.yml"))
form = blank_form(plan, "software", Edition.parse("2025-Q1"), workspace.dataset)
assert "software-park-area" in [line.indicator_id for line in form.values]
print(book.chapter("digital").trajectory("software-park-area"))
"""
    test = "test_a_chapter_shows_every_fields_goals_once_and_its_measures"
    said = python(script, f"tests/present/test_book_notebooks.py::{test}")
    assert "软件园区建筑面积" in said
    page = (project / "book" / "goals" / "software-park-area.md").read_text(encoding="utf-8")
    assert "软件园区建筑面积达到300万平方米" in page
    assert "book/goals/software-park-area" in (project / "_toc.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param("round-value or every_rule or well_filled or test_rules", id="its own tests"),
        pytest.param("not changed_byte", id="all but random bytes", marks=pytest.mark.long),
    ],
)
def test_a_rule_fires_and_findings_name_it(
    project: Path, python: Callable[..., str], chosen: str
) -> None:
    follow(RULE, project)
    script = """
from planbook.collect.rules import title_of
assert title_of("round-value") == "本期值为整千"
"""
    tests = ("tests/collect/test_reading.py", "tests/collect/test_rules.py")
    assert "passed" in python(script, "-k", chosen, *tests)


def test_a_written_page_comes_into_the_contents(project: Path, python: Callable[..., str]) -> None:
    follow(PAGE, project)
    script = """
from pathlib import Path
from planbook.produce.site.toc import write_toc
assert write_toc(plan, Path("_toc.yml"))
"""
    assert "3 passed" in python(script, "tests/produce/test_toc.py")
    assert "file: book/contact\n" in (project / "_toc.yml").read_text(encoding="utf-8")


def test_a_chart_shows_in_the_notebook_of_a_chapter(
    project: Path, python: Callable[..., str]
) -> None:
    follow(CHART, project)
    script = """
from pathlib import Path
import nbformat
from planbook.produce.notebooks.jobs import jobs
from planbook.produce.notebooks.worker import execute
job = next(job for job in jobs(plan, workspace, Edition.parse("2025-Q1")) if job.id == "digital")
short = nbformat.read(job.notebook, as_version=4)
short.cells = short.cells[:4]
nbformat.write(short, job.notebook)
outcome = execute(job, Path.cwd(), Path("made.ipynb").resolve())
assert not outcome.problems, outcome.problems
"""
    assert "1 passed" in python(script, "-k", "are_counted", "tests/present/test_chapter.py")
    page = (project / "made.ipynb").read_text(encoding="utf-8")
    assert 'id=\\"chart-counts-digital\\"' in page
