from __future__ import annotations

import pytest
from office import PLAN

from planbook.collect.history import Known
from planbook.collect.usual import RATE_LIMIT, YEAR_LIMIT, usual_value
from planbook.periods import TimePeriod
from planbook.vocabulary import Nature, Scope


def usual(id, period, *earlier, year_ago=None, **changes):
    indicator = PLAN.indicator(id).model_copy(update=changes)
    known = [Known(TimePeriod.parse(month), Scope.UNSTATED, value) for month, value in earlier]
    before = None if year_ago is None else Known(TimePeriod(2025, 9), Scope.UNSTATED, year_ago)
    return usual_value(PLAN, indicator, TimePeriod.parse(period), known, before)


def test_a_year_to_date_value_is_expected_where_it_was_a_year_earlier():
    found = usual("revenue", "2026-09", ("2026-06", 50.0), year_ago=90.0)
    assert (found.amount, found.basis, found.limit) == (90.0, "上年同期（2025年1—9月）", YEAR_LIMIT)


def test_without_a_year_earlier_it_is_expected_at_its_usual_monthly_amount():
    found = usual("revenue", "2026-09", ("2026-03", 30.0), ("2026-06", 60.0))
    assert (found.amount, found.limit) == (90.0, RATE_LIMIT)


def test_a_running_total_is_expected_at_its_usual_monthly_amount_since_the_start():
    assert usual("added", "2026-09", ("2026-03", 15.0)).amount == pytest.approx(21.0)


def test_a_level_is_expected_at_the_median_of_its_newest_values():
    levels = [("2024-12", 9.0), ("2025-03", 80.0), ("2025-06", 82.0), ("2025-09", 8400.0)]
    found = usual("firms", "2026-03", *levels, ("2025-12", 86.0))
    assert found.amount == 84.0


def test_an_uneven_history_widens_the_limit():
    levels = [("2025-03", 10.0), ("2025-06", 40.0), ("2025-09", 20.0), ("2025-12", 80.0)]
    assert usual("firms", "2026-03", *levels).limit > 10 * YEAR_LIMIT


@pytest.mark.parametrize("values", [[], [0.0], [5.0, -1.0]])
def test_a_history_without_values_above_zero_tells_nothing(values):
    known = [(f"2025-{3 * n:02d}", value) for n, value in enumerate(values, start=1)]
    assert usual("firms", "2026-03", *known) is None


def test_a_net_total_may_cross_zero_so_nothing_is_expected():
    assert usual("added", "2026-09", ("2026-03", 15.0), nature=Nature.COUNT_NET) is None
