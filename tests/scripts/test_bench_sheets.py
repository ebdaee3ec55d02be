"""What ``bench.py sheets`` builds beside the demonstration, and what it says of the times."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import bench_sheets as sheets
from bench_commands import Spent, copy_checkout
from planbook.plan import load_plan
from planbook.plan.cycle import Flashes
from tests.books import ROOT


def test_the_book_without_them_has_no_page_no_task_no_project_and_no_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    monkeypatch.setattr(sheets, "dataset_files", made.append)
    monkeypatch.setattr(sheets, "write", lambda folder, files: None)
    project = tmp_path / "project"
    copy_checkout(ROOT, project)
    sheets.leave_out(project)
    plan = load_plan(project / "data" / "plan")
    assert not {page.id for page in plan.about.front} & set(sheets.PAGES)
    assert plan.cycle.flashes is Flashes.NONE
    (desk,) = made
    assert (desk.scenario.tasks, desk.scenario.projects) == ((), ())
    assert all(
        plan.cycle.has(decision.from_edition)
        for action in desk.scenario.actions
        for decision in action.decided
    )
    assert "chapters/tasks.ipynb" not in (project / "book" / "handbook.md").read_text("utf-8")


def test_what_is_added_is_told_by_the_median_of_the_rounds_and_held_to_a_tenth() -> None:
    pairs = [sheets.Pair(Spent(10, 20.0), Spent(11, 20.0 + more)) for more in (1.0, 1.5, 8.0)]
    assert "+5.0%" in sheets.line(pairs[0])
    assert "增加 7.5%（上限 10%，符合），用时增加 10.0%" in sheets.verdict(pairs)
    assert "超过" in sheets.verdict(pairs[2:])
