"""Distributions of what is to come against figures worked out independently."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from planbook.assess.outlook.forecast import Forecast, along, course_of, level, sum_along, total
from planbook.outlook_frames import OutlookQuantity

pytestmark = pytest.mark.usefixtures("constants_of_vectors")

FLOWS = [100, 110, 120, 140, 108, 119, 131, 151, 118, 128, 142, 164]
LEVELS = [66, 67, 69, 70, 74, 75, 77, 80, 82, 85, 86]
RATIOS = [60.5, 60.9, 61.0, 61.6, 61.8, 62.4, 62.3, 62.9]
SHARES = (0.025, 0.1, 0.5, 0.9, 0.975)


def course(values: list[Any], *, flow: bool = True) -> Any:
    return course_of([math.log(v) for v in values], newest=(len(values) - 1) % 4, flow=flow)


def summed(
    quarters: int, quantity: OutlookQuantity, ahead: range, *, left: float, known: float = 0
) -> Forecast:
    """Return the sum of coming quarters, without the doubt about the drift."""
    found = total(
        course(FLOWS[:quarters]),
        quantity,
        ahead=ahead,
        months=lambda _: 1,
        quarters=left,
        known=known,
    )
    return replace(found, drift=0)


def test_a_year_of_which_nothing_is_known() -> None:
    year = summed(12, OutlookQuantity.REMAINING_SUM, range(1, 5), left=4)
    assert year.centre == pytest.approx(6.373725881, abs=1e-9)
    assert year.scale == pytest.approx(0.016525436, abs=1e-9)
    expected = [559.948, 571.571, 586.238, 601.281, 613.762]
    assert [year.quantile(share) for share in SHARES] == pytest.approx(expected, abs=5e-4)
    reached = [1 - year.below(value) for value in (580, 600, 620)]
    assert reached == pytest.approx([0.723659, 0.116481, 0.013786], abs=1e-6)


@pytest.mark.parametrize(
    ("quarters", "quantity", "ahead", "left", "known", "expected", "target", "reached"),
    [
        (11, "year_sum", range(2, 6), 5, 0, [565.694, 582.098, 598.976], 600, 0.089766),
        (10, "remaining_sum", range(1, 3), 2, 246, [540.168, 546.886, 553.757], 550, 0.261476),
        (11, "remaining_sum", range(1, 6), 5, 897, [1620.608, 1641.833, 1663.681], 1700, 0.008148),
    ],
)
def test_sums_with_what_is_known_of_them(
    *,
    quarters: int,
    quantity: str,
    ahead: range,
    left: float,
    known: float,
    expected: list[float],
    target: float,
    reached: float,
) -> None:
    found = summed(quarters, OutlookQuantity(quantity), ahead, left=left, known=known)
    ends = [found.quantile(share) for share in (0.1, 0.5, 0.9)]
    assert ends == pytest.approx(expected, abs=5e-4)
    assert 1 - found.below(target) == pytest.approx(reached, abs=1e-6)


def test_a_short_series_moves_the_same_quarters_on() -> None:
    found = summed(6, OutlookQuantity.REMAINING_SUM, range(1, 3), left=2, known=227)
    ends = [found.quantile(share) for share in (0.1, 0.5, 0.9)]
    assert ends == pytest.approx([466.876, 498.457, 534.195], abs=5e-4)


def test_a_level_five_quarters_ahead() -> None:
    found = replace(level(course(LEVELS, flow=False), ahead=5, quarters=5), drift=0)
    ends = [found.quantile(share) for share in (0.1, 0.5, 0.9)]
    assert ends == pytest.approx([85.689, 92.912, 100.744], abs=5e-4)
    assert found.scale == pytest.approx(0.052782, abs=1e-6)
    reached = [1 - found.below(value) for value in (95, 110)]
    assert reached == pytest.approx([0.347680, 0.016473], abs=1e-6)


def test_a_share_stays_between_0_and_100_percent() -> None:
    logits = [math.log(x / (100 - x)) for x in RATIOS]
    found = level(course_of(logits, newest=3, flow=False), ahead=5, quarters=5, ratio=True)
    found = replace(found, drift=0)
    ends = [found.quantile(share) for share in (0.1, 0.5, 0.9)]
    assert ends == pytest.approx([62.9109, 63.8122, 64.7039], abs=5e-5)
    assert 1 - found.below(65) == pytest.approx(0.055089, abs=1e-6)
    assert found.below(100) == 1
    assert found.below(0) == 0


def test_a_jump_within_the_series_is_capped() -> None:
    found = level(course([10, 11, 10, 12, 100, 110, 105, 120], flow=False), ahead=5, quarters=5)
    assert found.quantile(0.5) == pytest.approx(701.39, abs=5e-3)


def test_the_doubt_about_the_drift_is_half_the_way_between_both_paths() -> None:
    found = total(
        course(FLOWS),
        OutlookQuantity.REMAINING_SUM,
        ahead=range(1, 5),
        months=lambda _: 1,
        quarters=4,
    )
    assert found.drift == pytest.approx(0.5 * (found.own_centre - found.centre))
    assert found.scale == pytest.approx(math.hypot(0.016525436, found.drift), abs=1e-9)


def test_the_last_period_of_a_sum_is_spread_wider_and_that_of_a_level_is_not() -> None:
    def errors(left: float) -> float:
        return summed(12, OutlookQuantity.REMAINING_SUM, range(1, 2), left=left).errors

    assert errors(1.49) / errors(1.5) == pytest.approx(1.2, rel=2e-3)
    last, before = (level(course(LEVELS, flow=False), ahead=1, quarters=h) for h in (1.49, 1.5))
    assert last.errors / before.errors == pytest.approx(1, rel=5e-3)


def test_between_two_periods_a_level_is_on_the_straight_line_between_them() -> None:
    path = course(LEVELS, flow=False).damped
    assert along(path, 2) == path(2)
    assert along(path, 2.25) == pytest.approx(0.75 * path(2) + 0.25 * path(3))


def test_what_is_still_expected_of_a_begun_period_belongs_to_the_sum() -> None:
    path = course(FLOWS).damped
    plain = math.exp(sum_along(path, ahead=range(1, 3), months=lambda _: 1))
    with_begun = math.exp(sum_along(path, ahead=range(1, 3), months=lambda _: 1, begun=40))
    assert with_begun == pytest.approx(plain + 40)
    assert math.exp(sum_along(path, ahead=range(1, 1), months=lambda _: 1, begun=40)) == (
        pytest.approx(40)
    )


def test_a_steady_drift_keeps_the_season() -> None:
    found = course(FLOWS)
    steady = found.steady(0.01)
    assert steady(8) - steady(4) == pytest.approx(0.04)
    assert steady(2) - steady(1) != pytest.approx(0.01, abs=1e-3)
    short = course(FLOWS[:6]).steady(0.01)
    assert short(5) - short(1) == pytest.approx(0.04)
