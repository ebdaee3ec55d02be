from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planbook.collect.form.blank import blank_form
from planbook.collect.owed import (
    allowed_periods,
    owed_indicators,
    owed_measures,
    taken_periods,
)
from planbook.collect.read.workbook_reader import read_submission
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from tests.office import DATASET, PLAN, Q1, Q2, Q3, workbook_bytes


def indicator(**changes: Any) -> Any:
    return PLAN.indicator("revenue").model_copy(update=changes)


def test_a_quarters_three_months_may_be_reported() -> None:
    periods = allowed_periods(PLAN, indicator(), Q3, TimePeriod(2026, 9))
    assert periods == (TimePeriod(2026, 9), TimePeriod(2026, 8), TimePeriod(2026, 7))


def test_a_lagging_indicator_may_come_shorter_still() -> None:
    periods = allowed_periods(PLAN, indicator(lag_months=1), Q3, TimePeriod(2026, 8))
    assert periods[-1] == TimePeriod(2026, 6)


def test_an_annual_indicator_has_its_year_only() -> None:
    year = TimePeriod(2025, 12)
    assert allowed_periods(PLAN, PLAN.indicator("share"), Q1, year) == (year,)


def test_a_year_passed_over_is_owed_beside_the_months_and_each_has_its_own_row() -> None:
    late = indicator(lag_months=1)
    year, months = TimePeriod(2025, 12), TimePeriod(2026, 2)
    assert PLAN.owed_periods(late, Q1) == (year, months)
    assert allowed_periods(PLAN, late, Q1, year) == (year,)
    assert allowed_periods(PLAN, late, Q1, months) == (
        TimePeriod(2026, 3),
        TimePeriod(2026, 2),
        TimePeriod(2026, 1),
    )


FIRST = Edition.parse("2025-Q1")


def from_2025(**of_share: Any) -> Plan:
    """Return the plan followed from its first quarter on; keys of the goal on `share` on top."""
    content = PLAN.model_dump()
    content["about"]["first_edition"] = FIRST
    content["chapters"][0]["fields"][0]["indicators"][3]["goals"][0].update(of_share)
    return Plan.model_validate(content)


FROM_2025 = from_2025()


def test_a_year_before_the_plan_began_is_the_baselines() -> None:
    assert FROM_2025.owed_periods(indicator(lag_months=1), FIRST) == (TimePeriod(2025, 2),)
    share = FROM_2025.indicator("share")
    assert FROM_2025.owed_periods(share, FIRST) == ()
    assert "share" not in {i.id for i, _ in owed_indicators(FROM_2025, "office", FIRST)}
    assert FROM_2025.owed_periods(share, Q1) == (TimePeriod(2025, 12),)


def test_a_year_before_the_plan_began_is_read_where_somebody_tells_of_it() -> None:
    base = TimePeriod(2024, 12)
    assert taken_periods(FROM_2025, FROM_2025.indicator("share"), FIRST) == (base,)
    assert allowed_periods(FROM_2025, FROM_2025.indicator("share"), FIRST, base) == (base,)
    assert taken_periods(PLAN, PLAN.indicator("share"), Q2) == ()
    asked = blank_form(from_2025(base_period="2023-12"), "office", FIRST, DATASET)
    values = tuple(replace(line, value=1) for line in asked.values)
    assert [line.indicator_id for line in values] == ["revenue", "firms", "added", "share"]
    read = read_submission(
        workbook_bytes(replace(asked, values=values)),
        FROM_2025,
        file="office.xlsx",
        dataset=DATASET.name,
        edition=FIRST,
        unit_id="office",
    )
    assert {(v.indicator_id, str(v.period)): v.value for v in read.values}["share", "2024-12"] == 1
    assert not [f for f in read.findings if f.rule in ("period-outside", "missing-row")]


@pytest.mark.parametrize(
    ("keys", "edition", "owed"),
    [
        ({"base_period": "2023-12"}, FIRST, True),  # 2024 is a year of its course
        ({"base_period": "2025-12"}, Q1, False),
        ({"base_period": "2025-12"}, Edition.parse("2027-Q1"), True),
    ],
)
def test_a_goal_with_a_beginning_of_its_own_owes_what_came_after_it(
    keys: dict[str, Any], edition: Edition, owed: bool
) -> None:
    plan = from_2025(**keys)
    assert bool(plan.owed_periods(plan.indicator("share"), edition)) is owed


def test_where_nothing_is_owed_there_is_no_period() -> None:
    assert PLAN.owed_periods(PLAN.indicator("share"), Q2) == ()


def test_an_indicator_is_owed_from_the_edition_of_its_first_goal() -> None:
    content = PLAN.model_dump()
    content["chapters"][0]["fields"][0]["indicators"][1]["goals"][0]["from_edition"] = "2026-Q2"
    plan = Plan.model_validate(content)
    assert "firms" not in [indicator.id for indicator, _ in owed_indicators(plan, "office", Q1)]
    assert "firms" in [indicator.id for indicator, _ in owed_indicators(plan, "office", Q2)]


def test_measures_are_owed_from_the_plans_first_edition() -> None:
    assert owed_measures(PLAN, "office", Edition.parse("2025-Q4")) == ()
    assert [measure.id for measure in owed_measures(PLAN, "office", Q1)] == ["build", "keep"]
