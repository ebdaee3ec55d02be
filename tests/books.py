"""Projects to build books of, and small notebooks made on the spot."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import pytest
from filelock import FileLock

from planbook.collect.file_names import submission_name
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import Form
from planbook.collect.form.template import workbook_bytes
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.produce.not_made import KERNEL
from planbook.produce.notebooks.jobs import Job
from planbook.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
SECOND_PLAN = ROOT / "tests" / "fixtures" / "second_plan"
SOURCES = ("_config.yml", "_toc.yml", "book", "data", "notebooks")


@dataclass(frozen=True)
class Built:
    """A project's folder after ``scripts/build.py``, and what the command printed."""

    root: Path
    said: str

    @property
    def html(self) -> Path:
        return self.root / "_build" / "html"

    def pages(self) -> list[Path]:
        return sorted(p for p in self.html.rglob("*.html") if "_static" not in p.parts)

    def copied_to(self, root: Path) -> Built:
        """Return a copy, with all that a next build reuses, that a test may change."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return Built(root, self.said)


def once_a_run(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Built]) -> Built:
    """Make a book in a folder that all workers of this run share, or return the one made there."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    said = folder / f"{name}.txt"
    with FileLock(folder / f"{name}.lock"):
        if not said.exists():
            root = folder / name
            root.mkdir()
            said.write_text(make(root).said, encoding="utf-8")
    return Built(folder / name, said.read_text(encoding="utf-8"))


def build(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``scripts/build.py`` of this checkout in the project at `root`."""
    return run_python(root, str(ROOT / "scripts" / "build.py"), *arguments)


def run_python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this interpreter in a folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def built(root: Path, *arguments: str) -> Built:
    done = build(root, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(root, done.stdout)


def copy_project(root: Path) -> Path:
    """Copy this checkout's sources, without anything that was generated."""
    generated = shutil.ignore_patterns("chapters", "goals", "programmes", ".ipynb_checkpoints")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=generated)
        else:
            shutil.copy2(ROOT / name, root / name)
    return root


def copy_second_plan(
    root: Path,
    worded: Mapping[str, str] | None = None,
    fill: Callable[[Form], Form] | None = None,
) -> Path:
    """Copy the second plan's project and fill in its departments' workbooks.

    Parameters
    ----------
    worded
        Texts of the plan's files and what to write in their place.
    fill
        How a form is filled in; default: `signed`.
    """
    shutil.copytree(SECOND_PLAN, root, dirs_exist_ok=True)
    for file in (root / "data" / "plan").iterdir():
        text = file.read_text(encoding="utf-8")
        for old, new in (worded or {}).items():
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")
    workspace = Workspace.open("test", root)
    plan = load_plan(workspace.plan)
    edition = Edition.parse("2024-Q1")
    for unit in plan.units:
        form = (fill or signed)(blank_form(plan, unit.id, edition, workspace.dataset))
        data = workbook_bytes(form)
        folder = workspace.submissions / str(edition)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / submission_name(unit.id, dt.date(2024, 4, 20), data)).write_bytes(data)
    return root


def signed(form: Form) -> Form:
    """Return a form in which one remark and no number is filled in."""
    if form.values:
        first, *others = form.values
        return replace(form, values=(replace(first, remark="数据待核"), *others))
    first_measure, *more = form.measures
    return replace(form, measures=(replace(first_measure, progress="资料待核"), *more))


def notebook(path: Path, cells: Sequence[str], parameters: str = 'dataset = "demo"') -> Path:
    """Write a notebook of code cells below a `parameters` cell."""
    first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    made = nbformat.v4.new_notebook(
        cells=[first, *map(nbformat.v4.new_code_cell, cells)], metadata={"kernelspec": KERNEL}
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


def job(root: Path, *cells: str, id: str = "digital", parameters: str = 'dataset = "demo"') -> Job:
    """Return a job that is given `dataset`, with its notebook written below `root`."""
    notebook(root / "notebooks" / f"{id}.ipynb", cells, parameters)
    return written_job(root, id)


def written_job(root: Path, id: str) -> Job:
    """Return the job of a notebook that is there."""
    return Job(
        id=id,
        title="数智服务",
        notebook=root / "notebooks" / f"{id}.ipynb",
        parameters={"dataset": "live"},
        page=root / "book" / "chapters" / f"{id}.ipynb",
    )
