"""Projects made from the demonstration: whole, larger, and with values of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from demo.tree import read_tree
from larger import write_project
from planbook.errors import Gathering
from planbook.plan import load_plan
from planbook.run.opening import book_jobs, open_workspace
from planbook.run.pipeline import compute, read_facts
from planbook.yamlfile import read_yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def doubled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("larger") / "project"
    write_project(folder, goals=115)
    return folder


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district") / "project"
    write_project(folder, variant=7)
    return folder


def test_a_project_of_twice_the_chapters_has_twice_the_goals_and_the_units_to_report_them(
    doubled: Path,
) -> None:
    once, twice = load_plan(ROOT / "data" / "plan"), load_plan(doubled / "data" / "plan")
    aims = len(once.chapter("overall").goals)
    assert len(twice.goals) == 115 == 2 * len(once.goals) - aims
    assert len(twice.units) == 2 * len(once.units)
    assert len(twice.measures) == 2 * len(once.measures)


def test_every_chapter_has_a_notebook_that_calls_its_own_goals(doubled: Path) -> None:
    workspace, plan = open_workspace("demo", doubled)
    wanted = book_jobs(workspace, plan, workspace.dataset.current_edition)
    assert {chapter.id for chapter in plan.chapters} <= {job.id for job in wanted}
    for chapter in plan.chapters:
        code = (workspace.notebooks / f"{chapter.notebook}.ipynb").read_text(encoding="utf-8")
        called = re.findall(r'trajectory\(\\"([^\\]+)\\"\)', code)
        assert set(called) <= {goal.id for goal in chapter.goals}


def test_its_tables_can_be_judged_and_what_is_repeated_has_other_values(doubled: Path) -> None:
    workspace, plan = open_workspace("demo", doubled)
    tables = compute(workspace, plan, workspace.dataset.current_edition)
    values = tables.verdicts.set_index("goal_id")["latest_value"]
    assert len(values) == 115
    assert values["software-revenue"] != values["software-revenue-2"]


def test_what_is_not_repeated_is_what_the_demonstration_has(doubled: Path) -> None:
    ours, theirs = (read_tree(root / "data" / "demo") for root in (doubled, ROOT))
    workbooks = {name for name in theirs if name.endswith(".xlsx") and "general" not in name}
    assert all(ours[name] == theirs[name] for name in workbooks)


def test_a_district_has_the_same_goals_another_name_and_other_values(district: Path) -> None:
    here, there = open_workspace("demo", ROOT), open_workspace("demo", district)
    assert [goal.id for goal in here[1].goals] == [goal.id for goal in there[1].goals]
    assert here[1].about.title != there[1].about.title
    edition = here[0].dataset.current_edition
    ours, theirs = (
        {(o.indicator_id, o.time_period): o.obs_value for o in facts.observations}
        for facts in (read_facts(*each, edition, Gathering()) for each in (here, there))
    )
    assert ours.keys() == theirs.keys()
    assert ours != theirs


def test_a_declared_correction_of_a_district_names_the_value_that_its_workbook_has(
    district: Path,
) -> None:
    ours, theirs = (
        read_yaml(root / "data" / "demo" / "corrections.yaml", "")[0] for root in (ROOT, district)
    )
    assert [each["id"] for each in ours] == [each["id"] for each in theirs]
    assert ours[0]["value"] != theirs[0]["value"]
    assert str(theirs[0]["value"]) in theirs[0]["reason"]
