"""Pages of units: what each answers for, when its next form is due, and the list to sort."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from planbook.contract import Contract
from planbook.frames import MEASURES
from planbook.periods import Edition
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.goal_pages import goal_page
from planbook.present.pages.unit_pages import INDEX, unit_pages
from planbook.present.tables.unit_tables import all_duties, responsibility_table
from planbook.project_frames import PROJECTS
from planbook.task_frames import TASKS
from planbook.vocabulary import Rating
from tests.present.watch_rows import GOAL, OTHER, UNIT, action_row, alert_row, watched_book
from tests.present_rows import project, task

MakeBook = Callable[..., OpenBook]


def test_every_unit_has_a_page_and_a_row_and_no_goal_is_lost(judged_book: OpenBook) -> None:
    units = judged_book.plan.units
    assert list(unit_pages(judged_book)) == [INDEX, *(f"units/{unit.id}" for unit in units)]
    assert responsibility_table(all_duties(judged_book)).count == len(units)
    owned = [view.id for own in all_duties(judged_book) for view in own.views]
    assert sorted(owned) == sorted(judged_book.views)


def test_a_units_page_tells_of_its_own_only(make_book: MakeBook) -> None:
    book = watched_book(
        make_book,
        [alert_row("rating-fell"), alert_row("outlier", goal_id=OTHER, submitting_unit="greenfin")],
        [action_row("a01"), action_row("a02", goal_id=OTHER, submitting_unit="greenfin")],
        {GOAL: {"rating": "滞后"}, OTHER: {"rating": "滞后"}},
    )
    page = unit_pages(book)[f"units/{UNIT}"]
    assert f"goals/{GOAL}.html" in page
    assert "a01的任务" in page
    for other in (OTHER, "a02的任务"):
        assert other not in page
    assert (
        "下一次报送：2026年11月20日前报送2026年10月填报表，2026年12月20日前报送2026年11月填报表，"
        "2027年1月20日前报送2026年四季度填报表。" in page
    )


@pytest.mark.parametrize(
    ("rows", "owes"),
    [
        ({}, False),
        ({"tasks": [task(submitting_unit="mice")]}, True),
        ({"tasks": [task(submitting_unit="mice", task_state="done")]}, False),
        ({"tasks": [task(submitting_unit="mice", task_state="dropped")]}, False),
        ({"projects": [project(submitting_unit="mice")]}, True),
        ({"projects": [project(submitting_unit="mice", stage="producing")]}, False),
        ({"projects": [project(submitting_unit="mice", stage="left")]}, False),
    ],
)
def test_a_form_of_tasks_or_projects_only_is_owed_too(
    make_book: MakeBook, rows: Mapping[str, Sequence[Any]], owes: bool
) -> None:
    contracts: Mapping[str, Contract[Any]] = {"tasks": TASKS, "projects": PROJECTS}
    frames = {name: contracts[name].frame(own) for name, own in rows.items()}
    book = make_book(measures=MEASURES.frame([]), **frames)
    (own,) = (each for each in all_duties(book) if each.unit.id == "mice")
    for round_ in ("2026-Q4", "2026-10"):
        assert replace(own, views=()).owes_in(Edition.parse(round_), book.plan) is owes


def test_a_month_asks_for_no_measures(judged_book: OpenBook) -> None:
    own = next(each for each in all_duties(judged_book) if each.measures)
    bare = replace(own, views=(), actions=(), tasks=(), projects=())
    assert bare.owes_in(Edition.parse("2026-Q4"), judged_book.plan)
    assert not bare.owes_in(Edition.parse("2026-10"), judged_book.plan)


def test_goals_stand_with_the_worst_first(make_book: MakeBook) -> None:
    book = make_book({GOAL: {"rating": "逆转"}, "software-new-firms": {"rating": "达序时"}})
    rows = BeautifulSoup(unit_pages(book)[f"units/{UNIT}"], "html.parser").select(
        "#unit-goals tbody tr"
    )
    assert [str(Rating.REVERSING) in row.text for row in rows][:2] == [True, False]


def test_the_list_of_units_sorts_and_counts(make_book: MakeBook) -> None:
    book = watched_book(
        make_book,
        actions=[action_row(due_month="2026-08", overdue=True)],
        changes={GOAL: {"rating": "滞后"}},
        tasks=TASKS.frame([task(task_state="overdue"), task("t02")]),
        projects=PROJECTS.frame([project(overdue=True), project("p02")]),
    )
    table = responsibility_table(all_duties(book))
    assert "sortable" in table.html()
    heads = [column.head.replace("|", "") for column in table.columns]
    (row,) = [row for row in table.groups[0].rows if row[0].link == f"{UNIT}.html"]
    said = dict(zip(heads, (cell.text for cell in row), strict=True))
    assert said["滞后及以下"] == said["未销号督办"] == "1"
    assert said["逾期事项"] == "3"
    page = unit_pages(book)[f"units/{UNIT}"]
    assert "逾期事项3件。" in page
    assert len(BeautifulSoup(page, "html.parser").select("#own-tasks tbody tr")) == 2


def test_every_goal_leads_to_its_unit(judged_book: OpenBook) -> None:
    view = judged_book.views[GOAL]
    assert f'href="../units/{view.submitting_unit.id}.html"' in goal_page(judged_book, GOAL)
