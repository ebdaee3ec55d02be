from __future__ import annotations

from typing import Any

import pytest

from planbook.collect.compare.earlier_reports import Known
from planbook.collect.compare.usual import (
    Subject,
    from_newest,
    from_prior,
    from_targets,
    references,
)
from planbook.periods import TimePeriod
from planbook.vocabulary import Direction, Nature
from tests.office import PLAN
from tests.scopes import UNSTATED, WHOLE


def known(*values: Any, scope: Any = UNSTATED) -> Any:
    return [Known(TimePeriod.parse(month), scope, value) for month, value in values]


def expected(id: Any, period: Any, *values: Any, **changes: Any) -> Any:
    """Return the first reference of a period."""
    indicator = PLAN.indicator(id).model_copy(update=changes)
    found = references(Subject(PLAN, indicator, TimePeriod.parse(period)), known(*values))
    return found[0] if found else None


def test_a_year_to_date_value_is_expected_where_it_was_a_year_earlier() -> None:
    found = expected("revenue", "2026-09", ("2026-06", 50.0), ("2025-09", 90.0))
    assert (found.low, found.high, found.basis) == (90.0, 90.0, "上年同期（2025年1—9月）")


def test_the_usual_growth_of_other_periods_moves_what_is_expected() -> None:
    grown = [("2025-06", 50.0), ("2026-06", 60.0), ("2025-09", 90.0)]
    assert expected("revenue", "2026-09", *grown).low == pytest.approx(108.0)


def test_without_a_year_earlier_the_months_passed_explain_what_there_may_be() -> None:
    found = expected("revenue", "2025-03", ("2024-12", 400.0))
    assert (found.low, found.high) == (pytest.approx(50.0), pytest.approx(141.4, abs=0.1))
    assert found.ratio(100) == 1
    assert found.ratio(25) == pytest.approx(0.5)
    assert found.ratio(1414) == pytest.approx(10, abs=0.01)


def test_a_running_total_is_expected_at_its_usual_monthly_amount_since_the_start() -> None:
    found = expected("added", "2026-09", ("2026-03", 15.0))
    assert (found.low, found.high) == (15.0, pytest.approx(21.0))


def test_after_a_total_of_nothing_the_targets_pace_is_the_bound() -> None:
    found = expected("added", "2025-06", ("2025-03", 0.0))
    assert (found.low, found.high) == (0.0, pytest.approx(100 * 3 / 36))


def test_a_level_is_expected_at_the_median_of_its_newest_values() -> None:
    levels = [("2025-03", 80.0), ("2025-06", 82.0), ("2025-09", 8400.0)]
    assert expected("firms", "2025-12", *levels).low == pytest.approx(82.0)


def test_four_levels_tell_their_growth() -> None:
    levels = [("2025-03", 100.0), ("2025-06", 104.0), ("2025-09", 108.16), ("2025-12", 112.49)]
    assert expected("firms", "2026-03", *levels).low == pytest.approx(117, abs=0.1)


def test_an_uneven_history_and_a_long_gap_widen_the_limit() -> None:
    even = [("2025-03", 50.0), ("2025-06", 51.0), ("2025-09", 50.0), ("2025-12", 51.0)]
    uneven = [("2025-03", 10.0), ("2025-06", 40.0), ("2025-09", 20.0), ("2025-12", 80.0)]
    assert expected("firms", "2026-03", *even).limit == pytest.approx(1.25)
    assert expected("firms", "2026-03", *uneven).limit > 4
    assert expected("firms", "2026-03", ("2025-03", 50.0)).limit == pytest.approx(1.25**2)


@pytest.mark.parametrize("values", [[], [0.0], [-1.0]])
def test_a_history_without_values_above_zero_tells_nothing_of_a_level(values: Any) -> None:
    told = [(f"2025-{3 * n:02d}", value) for n, value in enumerate(values, start=1)]
    assert expected("firms", "2026-03", *told) is None


def test_a_net_total_may_cross_zero_so_nothing_is_expected() -> None:
    assert expected("added", "2026-09", ("2026-03", 15.0), nature=Nature.COUNT_NET) is None


def test_values_of_another_scope_are_asked_only_where_there_are_none_of_this_one() -> None:
    about = Subject(PLAN, PLAN.indicator("firms"), TimePeriod(2026, 3))
    other = known(("2025-12", 60.0), scope=WHOLE)
    (found,) = references(about, [], other)
    assert (found.low, found.limit) == (pytest.approx(60.0), 3.0)
    assert found.basis.startswith("其他口径")
    (own,) = references(about, known(("2025-12", 88.0)), other)
    assert own.low == pytest.approx(88.0)


def test_targets_bound_what_there_may_be_from_above() -> None:
    revenue, added = PLAN.indicator("revenue"), PLAN.indicator("added")
    (year,) = from_targets(Subject(PLAN, revenue, TimePeriod(2026, 12)))
    assert (year.low, year.high, year.ratio(1)) == (0.0, 600, 1)
    (total,) = from_targets(Subject(PLAN, added, TimePeriod(2027, 12)))
    assert total.high == 100
    (early,) = from_targets(Subject(PLAN, added, TimePeriod(2025, 3)))
    assert 100 / 12 < early.high < 100 / 4
    goal = revenue.goals[0].model_copy(update={"direction": Direction.DOWN})
    falling = revenue.model_copy(update={"goals": (goal,)})
    assert from_targets(Subject(PLAN, falling, TimePeriod(2026, 12))) == ()


def test_last_years_value_in_the_row_leads_to_as_much_again_or_to_a_year_more() -> None:
    (flow,) = from_prior(Subject(PLAN, PLAN.indicator("revenue"), TimePeriod(2026, 3)), 80.0)
    assert flow.low == 80.0
    (total,) = from_prior(Subject(PLAN, PLAN.indicator("added"), TimePeriod(2026, 3)), 3.0)
    assert total.low == pytest.approx(15.0)
    assert from_prior(Subject(PLAN, PLAN.indicator("added"), TimePeriod(2025, 9)), 3.0) == ()
    assert from_prior(Subject(PLAN, PLAN.indicator("revenue"), TimePeriod(2026, 3)), 0.0) == ()


def newest(id: Any, period: Any, *values: Any, **changes: Any) -> Any:
    indicator = PLAN.indicator(id).model_copy(update=changes)
    return from_newest(Subject(PLAN, indicator, TimePeriod.parse(period)), known(*values))


def test_the_newest_value_counts_by_itself_and_of_a_year_to_date_that_of_the_same_months() -> None:
    values = [("2025-03", 80.0), ("2025-12", 931.0)]
    (level,) = newest("firms", "2026-03", *values)
    assert (level.low, level.high, level.basis) == (931, 931, "最近所报的2025年末")
    (season,) = newest("revenue", "2026-03", *values)
    assert (season.low, season.basis) == (80, "最近所报的2025年1—3月")
    assert newest("revenue", "2026-06", *values) == ()
    assert newest("firms", "2024-12", *values) == ()
    assert newest("firms", "2026-03", *values, nature=Nature.COUNT_NET) == ()


def test_a_total_since_the_start_may_have_gone_on_at_its_pace() -> None:
    (total,) = newest("added", "2026-12", ("2025-03", 5.0))
    assert (total.low, total.high) == (5.0, pytest.approx(40.0))
