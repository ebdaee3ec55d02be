from __future__ import annotations

from typing import Any

from planbook.collect.owed import (
    allowed_periods,
    owed_indicators,
    owed_measures,
    owed_periods,
)
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from tests.office import PLAN, Q1, Q2, Q3


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
    assert owed_periods(PLAN, late, Q1) == (year, months)
    assert allowed_periods(PLAN, late, Q1, year) == (year,)
    assert allowed_periods(PLAN, late, Q1, months) == (
        TimePeriod(2026, 3),
        TimePeriod(2026, 2),
        TimePeriod(2026, 1),
    )


def test_a_year_before_the_plan_began_is_the_baselines() -> None:
    late = indicator(lag_months=1)
    assert owed_periods(PLAN, late, Edition.parse("2025-Q1")) == (TimePeriod(2025, 2),)


def test_where_nothing_is_owed_there_is_no_period() -> None:
    assert owed_periods(PLAN, PLAN.indicator("share"), Q2) == ()


def test_an_indicator_is_owed_from_the_edition_of_its_first_goal() -> None:
    content = PLAN.model_dump()
    content["chapters"][0]["fields"][0]["indicators"][1]["goals"][0]["from_edition"] = "2026-Q2"
    plan = Plan.model_validate(content)
    assert "firms" not in [indicator.id for indicator, _ in owed_indicators(plan, "office", Q1)]
    assert "firms" in [indicator.id for indicator, _ in owed_indicators(plan, "office", Q2)]


def test_measures_are_owed_from_the_plans_first_edition() -> None:
    assert owed_measures(PLAN, "office", Edition.parse("2025-Q4")) == ()
    assert [measure.id for measure in owed_measures(PLAN, "office", Q1)] == ["build", "keep"]
