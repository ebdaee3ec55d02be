"""Projects made from the demonstration: whole, larger, and with values of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from cProfile import Profile
from pathlib import Path
from pstats import Stats

import pytest

from bench_growth import exponent, last_exponent, repeated
from demo.tree import read_tree
from larger import write_project
from planbook.assess.published import Published
from planbook.collect.inbox.filed import Decided
from planbook.collect.inbox.submissions import read_submissions
from planbook.errors import Gathering
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.produce.site.write_pages import write_pages
from planbook.run.judged_tables import judged_tables
from planbook.run.opening import book_jobs, open_workspace
from planbook.run.pipeline import compute, open_book, read_facts
from planbook.yamlfile import read_yaml

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.takes(30)
SECOND = Edition.parse("2025-Q2")  # of the demonstration's: two are read and judged, not all


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


def test_what_notebooks_read_beside_them_lies_there_too(doubled: Path) -> None:
    beside = [path.name for path in (ROOT / "notebooks").glob("*.csv")]
    assert beside
    assert all((doubled / "notebooks" / name).is_file() for name in beside)


def test_its_tables_can_be_judged_and_what_is_repeated_has_other_values(doubled: Path) -> None:
    workspace, plan = open_workspace("demo", doubled)
    tables = compute(workspace, plan, SECOND)
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
    ours, theirs = (
        {(o.indicator_id, o.time_period): o.obs_value for o in facts.observations}
        for facts in (read_facts(*each, SECOND, Gathering()) for each in (here, there))
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


MANY = 500  # calls of a function from which its growth is looked at
SUPERLINEAR = 3.0  # times as often in twice the plan: 2 is linear, 4 is quadratic


def calls(work: Callable[[], object]) -> dict[str, int]:
    """Return how often each function of this project is called, by its place."""
    profile = Profile()
    profile.runcall(work)
    stats: dict[tuple[str, int, str], tuple[int, ...]] = Stats(profile).stats  # type: ignore[attr-defined]
    return {
        f"{path.rpartition('planbook/')[2]}:{line} {name}": found[1]
        for (path, line, name), found in stats.items()
        if "/planbook/" in Path(path).as_posix()
    }


def superlinear(once: dict[str, int], twice: dict[str, int]) -> list[str]:
    return [
        f"{place}: {once.get(place, 0)} → {number}"
        for place, number in twice.items()
        if number > MANY and number > SUPERLINEAR * once.get(place, 0)
    ]


def reading(root: Path) -> Callable[[], object]:
    workspace, plan = open_workspace("demo", root)
    decided = Decided.read(workspace, plan, Gathering())
    return lambda: read_submissions(
        workspace.submissions,
        plan,
        dataset=workspace.dataset,
        upto=SECOND,
        corrections=decided.corrections,
        baselines=decided.baselines,
        actions=decided.actions,
        tasks=decided.tasks,
        selections=decided.selections,
    )


def judging(root: Path) -> Callable[[], object]:
    workspace, plan = open_workspace("demo", root)
    facts = read_facts(workspace, plan, SECOND, Gathering())
    return lambda: judged_tables(plan, facts, SECOND, (), Published(), demonstration=True)


@pytest.mark.parametrize("stage", [reading, judging])
def test_no_function_is_called_more_than_twice_as_often_for_twice_the_plan(
    stage: Callable[[Path], Callable[[], object]], doubled: Path
) -> None:
    stage(ROOT)()  # what is remembered between calls is filled
    once, twice = calls(stage(ROOT)), calls(stage(doubled))
    assert sum(once.values()) > 100 * MANY
    assert superlinear(once, twice) == []


@pytest.mark.long
def test_nor_is_one_for_its_pages(doubled: Path, tmp_path: Path) -> None:
    def pages(root: Path, made: Path) -> Callable[[], object]:
        book = open_book("demo", None, root)
        return lambda: write_pages(book, made)

    once, twice = (calls(pages(root, tmp_path / root.name)) for root in (ROOT, doubled))
    assert superlinear(once, twice) == []


@pytest.mark.long
def test_history_asks_no_function_more_than_twice_as_often_of_twice_the_editions() -> None:
    workspace, plan = open_workspace("demo", ROOT)
    edition = workspace.dataset.current_edition
    facts = read_facts(workspace, plan, edition, Gathering())

    def judged(times: int) -> Callable[[], object]:
        about = plan.about.model_copy(update={"due": plan.due.plus(24 * (times - 1))})
        longer = plan.model_copy(update={"about": about})
        newest, known = edition.plus(8 * (times - 1)), repeated(facts, times)
        return lambda: judged_tables(longer, known, newest, (), Published(), demonstration=True)

    once, twice = sum(calls(judged(2)).values()), sum(calls(judged(4)).values())
    assert twice < 1.1 * once * 31 / 15


def test_the_exponent_is_the_slope_between_logarithms() -> None:
    assert exponent({10: 3.0, 20: 6.0, 40: 12.0}) == pytest.approx(1)
    assert exponent({10: 1.0, 20: 4.0, 40: 16.0}) == pytest.approx(2)


def test_the_last_exponent_is_that_of_the_two_largest_sizes() -> None:
    assert last_exponent({40: 16.0, 10: 3.0, 20: 4.0}) == pytest.approx(2)
