"""The book's own notebooks: all may stay in the worker's process, and give the same elsewhere."""

from __future__ import annotations

import shutil
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from planbook.plan import load_plan
from planbook.produce.notebooks.execute import _in_fresh_processes
from planbook.produce.notebooks.jobs import jobs, kernels_of
from planbook.produce.notebooks.kernel_choice import PYTHON, Kernel
from planbook.workspace import Workspace
from tests.books import ROOT, Built


def test_every_notebook_of_the_book_stays_in_the_workers_process() -> None:
    workspace = Workspace.open("demo", ROOT)
    plan = load_plan(workspace.plan)
    kernels, _ = kernels_of(jobs(plan, workspace, workspace.dataset.current_edition), ROOT)
    assert set(kernels.values()) == {Kernel()}


@pytest.mark.book
@pytest.mark.parametrize(
    "only",
    [
        pytest.param({"overview", "digital", "analysis"}, id="some"),
        pytest.param(None, id="all", marks=[pytest.mark.long, pytest.mark.takes(60)]),
    ],
)
def test_pages_are_the_same_byte_for_byte_from_stock_kernels(
    demonstration: Built, tmp_path: Path, workers: BaseContext, only: set[str] | None
) -> None:
    not_needed = shutil.ignore_patterns("html", "packs", "cache", "scratch", "public", "goals")
    root = tmp_path / "project"
    shutil.copytree(demonstration.root, root, ignore=not_needed)
    workspace = Workspace.open("demo", root)
    wanted = jobs(load_plan(workspace.plan), workspace, workspace.dataset.current_edition)
    wanted = tuple(job for job in wanted if only is None or job.id in only)
    scratch = root / "_build" / "scratch"
    scratch.mkdir()
    tasks = ((job, root, scratch / job.page.name, Kernel(PYTHON)) for job in wanted)
    outcomes = {job.id: outcome for job, outcome in _in_fresh_processes(tasks, workers, 2)}
    assert not [problem for outcome in outcomes.values() for problem in outcome.problems]
    for job in wanted:
        made = (scratch / job.page.name).read_bytes()
        assert made == job.page.read_bytes(), job.id
    assert len(outcomes) == (16 if only is None else 3)
