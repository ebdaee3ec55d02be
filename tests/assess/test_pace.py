"""Paces of plain numbers.

The rows of `PUBLISHED` are from Statistics Canada's progress measurement, repositories
sdg-data-canada-odd-donnees/cif-data-donnees-cic and /sdg-data-donnees-odd, file
indicator_calculation_components.yml: base year and value, current year and value, target year and
value, direction, progress.
"""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planbook.assess.pace import (
    average_growth,
    growth_pace,
    linear_pace,
    mean_growth,
    pace_without_distance,
    required_average_growth,
    required_growth,
)
from planbook.assess.rating import rating
from planbook.plan import Thresholds
from planbook.vocabulary import Rating

PUBLISHED = [
    # poverty rate 1-1-1, 2015–2023 for 2030, and others whose level should fall
    (2015, 14.5, 2023, 10.4, 2030, 7.25, -1, 0.9010899546976208),
    (2015, 4.2, 2024, 3.8, 2030, 2.73, -1, 0.3906261887487707),
    (2015, 38.7, 2024, 33.2, 2030, 25.67, -1, 0.6255573087706661),
    (2015, 12.3, 2023, 9.5, 2030, 8.2, -1, 1.1913757275999413),
    (2010, 4.0, 2023, 3.0, 2030, 0.4, -1, 0.20125535865133842),
    (2015, 0.3, 2024, 0.2, 2030, 0.2, -1, 1.6518062908771864),
    (2018, 11.6, 2023, 19.1, 2030, 0.1, -1, -0.3206527785418985),
    # the target is on the other side of the base: already better than the target, then worse still
    (2015, 7.05, 2024, 12.58, 2030, 70.0, -1, -0.40189193878221646),
    (2015, 5.29, 2024, 5.19, 2030, 25.0, -1, 0.01941806400569288),
    (2015, 100.1, 2023, 109.7, 2030, 100.0, -1, -172.79058698766454),
    # levels that should rise
    (2015, 0.9, 2023, 14.7, 2030, 10.0, 1, 2.3996836108900683),
    (2019, 0.09, 2022, 0.1, 2030, 0.2, 1, 0.47474495739982875),
    (2018, 91.3, 2022, 94.5, 2030, 100.0, 1, 1.1360249872573844),
    (2016, 98.0, 2020, 93.0, 2030, 100.0, 1, -9.006813262549052),
    # 14.5 → 10.2 and three more, as the project's design gives them
    (2015, 14.5, 2023, 10.2, 2030, 7.25, -1, 0.952590),
    (2005, 63, 2020, 74, 2030, 85, 1, 0.894939),
    (2015, 68.5534591194968, 2023, 46.7336683417085, 2026, 55, 1, -2.358722),
    (2015, 0.37, 2025, 9.53, 2030, 60, 1, 0.950407),
]
positive = st.floats(min_value=0.01, max_value=1e6)
anything = st.floats(min_value=-1e6, max_value=1e6)
years = st.floats(min_value=0.25, max_value=10)
directions = st.sampled_from([1, -1])


def cases(values: st.SearchStrategy[float]) -> st.SearchStrategy[dict[str, Any]]:
    """Arguments of a pace."""
    return st.fixed_dictionaries(
        {
            "baseline": values,
            "current": values,
            "target": values,
            "elapsed": years,
            "horizon": years,
            "direction": directions,
        }
    )


def times(case: dict[str, Any], factor: float) -> dict[str, Any]:
    """The same case with its values multiplied."""
    return case | {name: case[name] * factor for name in ("baseline", "current", "target")}


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"{row[1]} to {row[3]}")
def test_the_growth_pace_is_the_published_one(row: tuple[float, ...]) -> None:
    base_year, base, year, now, due, target, direction, published = row
    pace = growth_pace(
        baseline=base,
        current=now,
        target=target,
        elapsed=year - base_year,
        horizon=due - base_year,
        direction=int(direction),
    )
    assert pace == pytest.approx(published, rel=1e-6)


def test_from_a_tiny_base_the_two_paces_are_far_apart() -> None:
    growth = growth_pace(
        baseline=0.37, current=9.53, target=60, elapsed=10, horizon=15, direction=1
    )
    linear = linear_pace(
        baseline=0.37, current=9.53, target=60, elapsed=10, horizon=15, direction=1
    )
    assert growth == pytest.approx(0.950407, abs=1e-6)
    assert linear == pytest.approx(0.230, abs=5e-4)


def test_worsening_after_the_target_was_met_is_not_on_track(thresholds: Thresholds) -> None:
    pace = growth_pace(baseline=68.55, current=46.73, target=55, elapsed=8, horizon=11, direction=1)
    found = rating(pace=pace, met=False, adverse=True, due_passed=False, thresholds=thresholds)
    assert found is Rating.REVERSING


@pytest.mark.parametrize(
    ("baseline", "current", "target", "elapsed"),
    [
        (0, 10, 20, 1),  # zero base
        (-5, 10, 20, 1),  # sign change
        (5, -1, 20, 1),
        (5, 10, 0, 1),
        (-5, -4, -2, 1),  # growth of a negative amount means nothing
        (5, 10, 20, 0),  # no time elapsed
        (5, 10, 5, 1),  # no distance
    ],
)
def test_a_growth_pace_that_is_not_defined_is_none(
    baseline: float, current: float, target: float, elapsed: float
) -> None:
    assert (
        growth_pace(
            baseline=baseline,
            current=current,
            target=target,
            elapsed=elapsed,
            horizon=3,
            direction=1,
        )
        is None
    )


@pytest.mark.parametrize(("target", "elapsed"), [(5, 1), (20, 0)])
def test_a_linear_pace_that_is_not_defined_is_none(target: float, elapsed: float) -> None:
    assert (
        linear_pace(baseline=5, current=10, target=target, elapsed=elapsed, horizon=3, direction=1)
        is None
    )


def test_a_linear_pace_takes_zero_and_negative_values() -> None:
    pace = linear_pace(baseline=-4, current=0, target=8, elapsed=1, horizon=3, direction=1)
    assert pace == pytest.approx(1)


@pytest.mark.parametrize("pace", [growth_pace, linear_pace])
def test_a_direction_other_than_up_or_down_is_an_error(pace: object) -> None:
    with pytest.raises(ValueError, match="allowed are 1 and -1"):
        pace(baseline=1, current=2, target=3, elapsed=1, horizon=2, direction=0)  # type: ignore[operator]


@pytest.mark.parametrize(("current", "limit"), [(4, -math.inf), (5, 0.0), (6, math.inf)])
def test_without_distance_to_the_target_the_sign_of_the_change_decides(
    current: float, limit: float
) -> None:
    assert pace_without_distance(baseline=5, current=current, direction=1) == limit


@given(cases(anything))
def test_negating_values_and_direction_changes_nothing(case: dict[str, Any]) -> None:
    mirrored = times(case, -1) | {"direction": -case["direction"]}
    assert linear_pace(**case) == linear_pace(**mirrored)


@given(cases(positive), st.sampled_from([1e-4, 100, 1e4]))
def test_the_unit_changes_nothing(case: dict[str, Any], unit: float) -> None:
    assume(abs(case["target"] / case["baseline"] - 1) > 1e-6)
    for formula in (growth_pace, linear_pace):
        scaled = formula(**times(case, unit))
        assert formula(**case) == pytest.approx(scaled, rel=1e-6, abs=1e-6)


@given(cases(positive))
def test_at_the_baseline_the_pace_is_zero(case: dict[str, Any]) -> None:
    assume(case["baseline"] != case["target"])
    for formula in (growth_pace, linear_pace):
        pace = formula(**case | {"current": case["baseline"]})
        assert pace in (0, None)  # None: no distance that a float can tell from zero


@given(positive, positive, years, years)
def test_at_the_target_the_linear_pace_is_one_over_the_share_of_time(
    b: float, t: float, elapsed: float, horizon: float
) -> None:
    assume(b != t)
    pace = linear_pace(
        baseline=b,
        current=t,
        target=t,
        elapsed=elapsed,
        horizon=horizon,
        direction=1 if t > b else -1,
    )
    assert pace == pytest.approx(horizon / elapsed)


@given(positive, positive, years, st.floats(min_value=0.1, max_value=1))
def test_on_its_own_path_a_value_has_pace_one(
    b: float, t: float, horizon: float, share: float
) -> None:
    assume(abs(t / b - 1) > 1e-3)
    sign = 1 if t > b else -1
    straight = linear_pace(
        baseline=b,
        current=b + (t - b) * share,
        target=t,
        elapsed=horizon * share,
        horizon=horizon,
        direction=sign,
    )
    geometric = growth_pace(
        baseline=b,
        current=b * (t / b) ** share,
        target=t,
        elapsed=horizon * share,
        horizon=horizon,
        direction=sign,
    )
    assert straight == pytest.approx(1)
    assert geometric == pytest.approx(1)


def test_two_year_average_of_the_statistics_bureau() -> None:
    # NBS, first quarter of 2021: GDP +18.3 %, in the same quarter of 2020 −6.8 %; average 5.0 %
    average = mean_growth([-0.068, 0.183])
    assert average is not None
    assert round(average * 100, 1) == 5.0
    assert (1 + average) ** 2 == pytest.approx(1.103, abs=5e-4)


def test_no_rates_or_a_total_loss_have_no_mean() -> None:
    assert mean_growth([]) is None
    assert mean_growth([0.1, -1.0]) is None


def test_growth_still_required_for_an_average() -> None:
    so_far = average_growth(baseline=100, current=130, years=2)
    assert so_far == pytest.approx(0.1402, abs=5e-5)
    left = required_average_growth(average=so_far or 0, years=2, target=0.20, horizon=4)
    assert left == pytest.approx(0.2630, abs=5e-5)
    assert required_average_growth(average=0.1, years=4, target=0.20, horizon=4) is None


def test_required_growth_leads_to_the_target() -> None:
    rate = required_growth(current=130, target=207.36, years=2)
    assert rate is not None
    assert 130 * (1 + rate) ** 2 == pytest.approx(207.36)
    assert required_growth(current=0, target=10, years=1) is None
