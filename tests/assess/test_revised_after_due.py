"""After the due date: what was revised changes the verdict and is told, later periods never do."""

from __future__ import annotations

from typing import Any

import pytest

SAID = "revised_after_due"


def revision(period: str, vintage: str, old: float, new: float) -> dict[str, Any]:
    return {
        "indicator_id": "thing",
        "time_period": period,
        "scope": "未注明",
        "vintage": vintage,
        "old_vintage": "2027-Q4",
        "old_value": old,
        "new_value": new,
        "declared": True,
        "reason": "年报核实",
        "source_file": "",
        "source_cell": "",
    }


@pytest.mark.parametrize("vintage", ["2027-Q4.1", "2028-Q2"])
def test_a_revised_value_of_the_due_date_changes_the_verdict_and_is_told(
    world: Any, observed: Any, vintage: str
) -> None:
    small = world(
        values=[observed("2027-12", 205), observed("2027-12", 198, vintage=vintage)],
        revisions=[revision("2027-12", vintage, 205, 198)],
    )
    first = small.verdict("2027-Q4")
    assert (first["rating"], SAID in first["notes"]) == ("已达成", False)
    for edition in (vintage, "2028-Q3"):
        row = small.verdict(edition)
        assert (row["rating"], SAID in row["notes"]) == ("未达成", True)


def test_a_revision_before_the_due_date_is_no_revision_after_it(world: Any, observed: Any) -> None:
    small = world(
        values=[
            observed("2026-12", 150),
            observed("2026-12", 140, vintage="2027-Q1"),
            observed("2027-12", 205),
        ],
        revisions=[revision("2026-12", "2027-Q1", 150, 140)],
    )
    assert SAID not in small.verdict("2027-Q4")["notes"]


def test_later_periods_and_what_they_report_of_the_year_before_change_nothing(world: Any) -> None:
    later = {"value": 250, "obs_status": "normal", "prior_value": 150}
    small = world(values={"2027-12": 205, "2028-12": later, "2028-03": 90})
    one, other = small.verdict("2027-Q4"), small.verdict("2028-Q4")
    assert {column: repr(one[column]) for column in ("rating", "observed_value", "notes")} == {
        column: repr(other[column]) for column in ("rating", "observed_value", "notes")
    }


@pytest.mark.parametrize(
    ("kind", "target", "told"),
    [
        ("growth_vs_base", 60, True),  # T = b·(1 + x)
        ("cagr", 16, True),  # the average starts from b
        ("annual_flow", 160, False),  # T is the plan's own number
        ("level_at_end", 160, False),
    ],
)
def test_a_base_revised_after_the_due_date_is_told_where_the_target_rests_on_it(
    world: Any, kind: str, target: float, told: bool
) -> None:
    small = world(
        kind,
        target=target,
        values={"2027-12": 165},
        baselines=[{"obs_value": 110, "from_edition": "2028-Q2"}],
    )
    before, after = small.verdict("2028-Q1"), small.verdict("2028-Q2")
    assert (before["rating"], SAID in before["notes"]) == ("已达成", False)
    assert SAID in small.verdict("2028-Q4")["notes"] or not told
    assert (after["rating"], SAID in after["notes"]) == ("未达成" if told else "已达成", told)


def test_a_base_corrected_in_time_or_first_known_later_is_no_revision(world: Any) -> None:
    in_time = world(
        "cagr",
        target=16,
        values={"2027-12": 165},
        baselines=[{"obs_value": 101, "from_edition": "2026-Q2"}],
    )
    assert SAID not in in_time.verdict("2028-Q1")["notes"]
    late = world(
        "cagr",
        target=16,
        values={"2027-12": 165},
        baseline=None,
        baselines=[{"obs_value": 101, "from_edition": "2028-Q1"}],
    )
    assert late.verdict("2027-Q4")["reason"] == "基数待补"
    assert late.verdict("2028-Q1")["rating"] == "已达成"
    assert SAID not in late.verdict("2028-Q1")["notes"]


def test_any_year_of_a_goal_for_every_year_may_be_revised(world: Any, observed: Any) -> None:
    small = world(
        "every_year",
        target=50,
        values=[
            *(observed(f"{year}-12", 50) for year in (2025, 2026, 2027)),
            observed("2025-12", 49, vintage="2028-Q2"),
        ],
        revisions=[revision("2025-12", "2028-Q2", 50, 49)],
    )
    assert small.verdict("2027-Q4")["rating"] == "已达成"
    row = small.verdict("2028-Q2")
    assert (row["rating"], row["missed_years"], SAID in row["notes"]) == ("未达成", "2025", True)
