"""Where key projects stand: by the newest report, against the edition before, node by node."""

from __future__ import annotations

from typing import Any

import pytest

from planbook.assess.key_projects import assess_projects
from planbook.periods import Edition, TimePeriod
from planbook.project_frames import ProjectChange, ProjectReportRow, ProjectRow, ProjectStage
from planbook.vocabulary import Visibility
from tests.office import PLAN
from tests.project_reports import project_report as said


def judged(edition: str, *reports: ProjectReportRow) -> tuple[ProjectRow, ...]:
    return assess_projects(PLAN, reports, Edition.parse(edition), demonstration=True)


def one(edition: str, *reports: ProjectReportRow) -> ProjectRow:
    (row,) = judged(edition, *reports)
    return row


def test_a_project_is_unknown_before_it_was_reported() -> None:
    assert judged("2026-Q1", said("2026-Q2")) == ()


def test_a_project_is_new_in_the_edition_that_first_reports_it_and_only_there() -> None:
    reports = [said("2026-Q1"), said("2026-Q2")]
    new = one("2026-Q1", *reports)
    assert (new.change, new.stage_before) == (ProjectChange.NEW, None)
    after = one("2026-Q2", *reports)
    assert (after.change, after.stage_before) == (
        ProjectChange.UNCHANGED,
        ProjectStage.PREPARATION,
    )
    assert str(after.opened) == "2026-Q1"


@pytest.mark.parametrize(
    ("stage", "change"),
    [
        ("开工", ProjectChange.MOVED),
        ("投产", ProjectChange.MOVED),
        ("前期", ProjectChange.UNCHANGED),
        ("储备", ProjectChange.BACK),
        ("退库", ProjectChange.LEFT),
    ],
)
def test_a_stage_is_held_against_the_one_of_the_edition_before(
    stage: str, change: ProjectChange
) -> None:
    row = one("2026-Q2", said("2026-Q1"), said("2026-Q2", stage))
    assert row.change is change
    assert row.stage.label == stage
    assert row.stage_before is ProjectStage.PREPARATION
    assert str(row.moved_in) == ("2026-Q1" if stage == "前期" else "2026-Q2")


def test_an_open_project_that_nobody_reported_is_silent_and_stands_where_it_stood() -> None:
    row = one("2026-Q2", said("2026-Q1"))
    assert (row.change, row.stage) == (ProjectChange.SILENT, ProjectStage.PREPARATION)
    assert str(row.reported_in) == "2026-Q1"


def test_a_project_that_produces_owes_no_report() -> None:
    assert one("2026-Q2", said("2026-Q1", "投产")).change is ProjectChange.UNCHANGED


def test_what_came_after_an_edition_changes_nothing_in_it() -> None:
    reports = [said("2026-Q1", "储备"), said("2026-Q2", month="2026-09")]
    later = said("2026-Q3", "退库", left_reason="用地不落实")
    assert judged("2026-Q2", *reports, later) == judged("2026-Q2", *reports)


def test_a_correction_edition_is_compared_with_what_the_corrected_one_was() -> None:
    reports = [said("2026-Q1", "储备"), said("2026-Q2", "前期"), said("2026-Q2.1", "开工")]
    row = one("2026-Q2.1", *reports)
    assert (row.change, row.stage_before) == (ProjectChange.MOVED, ProjectStage.RESERVE)
    assert one("2026-Q2.1", *reports[:2]).change is ProjectChange.MOVED


@pytest.mark.parametrize(
    ("month", "change", "slipped"),
    [
        ("2026-09", ProjectChange.UNCHANGED, 0),
        ("2026-12", ProjectChange.SLIPPED, 3),
        ("2026-08", ProjectChange.UNCHANGED, 0),
        ("", ProjectChange.UNCHANGED, 0),
    ],
)
def test_a_node_has_slipped_when_its_month_is_a_later_one(
    month: str, change: ProjectChange, slipped: int
) -> None:
    row = one("2026-Q2", said("2026-Q1", month="2026-09"), said("2026-Q2", month=month))
    assert (row.change, row.slipped) == (change, slipped)


def test_slips_of_a_node_add_up_and_an_edition_tells_its_own_only() -> None:
    reports = [
        said("2026-Q1", month="2026-06"),
        said("2026-Q2", node="取得 施工许可。", month="2026-09"),
        said("2026-Q3", month="2026-09"),
    ]
    row = one("2026-Q3", *reports)
    assert (row.change, row.slipped) == (ProjectChange.UNCHANGED, 3)
    assert row.first_next_month == TimePeriod.parse("2026-06")


def test_another_node_has_a_promise_of_its_own() -> None:
    reports = [said("2026-Q1", month="2026-06"), said("2026-Q2", node="主体封顶", month="2026-12")]
    row = one("2026-Q2", *reports)
    assert (row.change, row.slipped) == (ProjectChange.UNCHANGED, 0)
    assert row.first_next_month == row.next_month == TimePeriod.parse("2026-12")


def test_going_back_a_stage_counts_for_more_than_a_later_month() -> None:
    row = one("2026-Q2", said("2026-Q1", month="2026-06"), said("2026-Q2", "储备", month="2026-12"))
    assert (row.change, row.slipped) == (ProjectChange.BACK, 6)


@pytest.mark.parametrize(
    ("stage", "month", "overdue"),
    [
        ("前期", "2026-06", True),
        ("前期", "2026-07", False),
        ("前期", "", False),
        ("投产", "2026-03", False),
        ("退库", "2026-03", False),
    ],
)
def test_a_node_is_overdue_once_its_month_is_over_while_the_project_is_open(
    stage: str, month: str, *, overdue: bool
) -> None:
    assert one("2026-Q2", said("2026-Q2", stage, month=month)).overdue is overdue


def test_a_silent_project_becomes_overdue_too() -> None:
    reported = said("2026-Q1", month="2026-06")
    assert not one("2026-Q1", reported).overdue
    assert one("2026-Q2", reported).overdue


def test_a_project_that_left_is_told_until_the_year_is_over() -> None:
    left = said("2026-Q2", "退库", left_reason="企业撤资")
    reports = [said("2026-Q1"), left]
    assert one("2026-Q2", *reports).change is ProjectChange.LEFT
    still = one("2026-Q4", *reports)
    assert (still.change, still.left_reason) == (ProjectChange.UNCHANGED, "企业撤资")
    assert judged("2027-Q1", *reports) == ()
    assert one("2027-Q1", said("2026-Q1"), said("2026-Q2", "投产")).stage is ProjectStage.PRODUCING


def test_a_project_that_comes_back_is_new_again() -> None:
    row = one("2026-Q2", said("2026-Q1", "退库"), said("2026-Q2", "谋划"))
    assert row.change is ProjectChange.NEW


def test_what_was_planned_for_a_year_is_not_told_of_another() -> None:
    reported = said("2026-Q4")
    assert one("2026-Q4", reported).year_investment == 3.0
    after = one("2027-Q1", reported)
    assert after.year_investment is None
    assert (after.total_investment, after.invested) == (12.5, 1.0)


def test_a_project_is_public_since_its_last_internal_report() -> None:
    public: dict[str, Any] = {"visibility": Visibility.PUBLIC}
    reports = [said("2026-Q1", **public), said("2026-Q2"), said("2026-Q3", **public)]
    assert str(one("2026-Q1", *reports).public_since) == "2026-Q1"
    assert one("2026-Q2", *reports).public_since is None
    assert str(one("2026-Q4", *reports).public_since) == "2026-Q3"


def test_projects_stand_by_units_then_by_stage() -> None:
    reports = [
        said("2026-Q1", "开工", project_id="b"),
        said("2026-Q1", "谋划", project_id="c"),
        said("2026-Q1", "开工", project_id="a"),
    ]
    assert [row.project_id for row in judged("2026-Q1", *reports)] == ["c", "a", "b"]


def test_an_amount_put_right_is_no_report() -> None:
    first = said("2026-Q1")
    right = said("2026-Q2", total_investment=1.25, source_file="corrections.yaml")
    row = one("2026-Q2", first, right)
    assert (row.total_investment, row.change) == (1.25, ProjectChange.SILENT)
    assert str(row.reported_in) == "2026-Q1"
    assert one("2026-Q1", first, right).total_investment == 12.5
