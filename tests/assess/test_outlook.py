"""Trend, scale and spread against figures worked out independently, to six decimals and more."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import outlook_constants
from planbook.assess.outlook import student
from planbook.assess.outlook.constants import FLOW, LEVEL
from planbook.assess.outlook.scale import own_scale, short_scale, spread
from planbook.assess.outlook.trend import Path as Logs
from planbook.assess.outlook.trend import Trend, short_paths, trend_of

pytestmark = pytest.mark.usefixtures("constants_of_vectors")

FLOWS = [100, 110, 120, 140, 108, 119, 131, 151, 118, 128, 142, 164]
LEVELS = [66, 67, 69, 70, 74, 75, 77, 80, 82, 85, 86]


def logs(values: list[int]) -> list[float]:
    return [math.log(value) for value in values]


def trend(quarters: int) -> Trend:
    return trend_of(logs(FLOWS[:quarters]), newest=(quarters - 1) % 4, model=FLOW)


def total(path: Logs, quarters: int) -> float:
    return math.log(sum(math.exp(path(ahead)) for ahead in range(1, quarters + 1)))


def ends(known: float, centre: float, scale: float) -> list[float]:
    t = student.quantile(0.9)
    return [known + math.exp(centre + side * t * scale) for side in (-1, 0, 1)]


def test_the_constants_are_what_the_script_writes() -> None:
    assert outlook_constants.MODULE.read_text(encoding="utf-8") == outlook_constants.module_text()


def test_a_changed_constant_changes_the_module(tmp_path: Path) -> None:
    for each in filter(Path.is_file, outlook_constants.SOURCE.iterdir()):  # Python's cache is none
        text = each.read_text(encoding="utf-8")
        (tmp_path / each.name).write_text(text.replace("DAMPING,0.9", "DAMPING,0.8"), "utf-8")
    text = outlook_constants.module_text(tmp_path)
    assert "DAMPING = 0.8" in text
    assert text != outlook_constants.module_text()


@pytest.mark.parametrize(
    ("share", "value"), [(0.9, 1.533206), (0.975, 2.776445), (0.995, 4.604095), (0.9975, 5.597568)]
)
def test_quantiles_of_student_t_with_four_degrees_of_freedom(share: float, value: float) -> None:
    assert student.quantile(share) == pytest.approx(value, abs=1e-6)
    assert student.quantile(1 - share) == pytest.approx(-value, abs=1e-6)


def test_the_median_is_zero_and_no_share_outside_has_a_quantile() -> None:
    assert student.quantile(0.5) == pytest.approx(0, abs=1e-7)
    for share in (0.0, 1.0):
        with pytest.raises(ValueError, match="share"):
            student.quantile(share)


def test_season_drift_and_level_of_three_years() -> None:
    found = trend(12)
    assert found.season == pytest.approx([-0.122683, -0.051616, 0.023860, 0.150440], abs=1e-6)
    assert found.own == pytest.approx(0.020130490, abs=1e-9)
    assert found.drift == pytest.approx(0.015591343, abs=1e-9)
    assert found.level == pytest.approx(4.946665174, abs=2e-9)
    path = [found.damped(ahead) for ahead in (1, 2, 3, 4)]
    assert path == pytest.approx([4.838514, 4.923160, 5.011357, 5.149886], abs=1e-6)


def test_without_damping_the_series_goes_on_by_its_own_drift() -> None:
    found = trend(12)
    steps = found.undamped(8) - found.undamped(4)
    assert steps == pytest.approx(4 * found.own)
    assert found.damped(8) - found.damped(4) < steps


def test_scale_and_spread_of_flows_and_levels() -> None:
    scale = own_scale(trend(12).adjusted, FLOW)
    assert scale == pytest.approx(0.010189391, abs=1e-9)
    assert spread("remaining_sum", periods=12, ahead=4) == pytest.approx(1.621827667, abs=1e-9)
    assert scale * 1.621827667 == pytest.approx(0.016525436, abs=1e-9)
    assert spread("year_sum", periods=11, ahead=5) == pytest.approx(1.771084218, abs=1e-9)
    assert own_scale(trend(11).adjusted, FLOW) * 1.771084218 == pytest.approx(0.018643, abs=1e-6)
    level = trend_of(logs(LEVELS), newest=2, model=LEVEL)
    assert own_scale(level.adjusted, LEVEL) == pytest.approx(0.016177, abs=1e-6)
    assert spread("level", periods=11, ahead=5) == pytest.approx(3.262709343, abs=1e-9)
    assert own_scale(level.adjusted, LEVEL) * 3.262709343 == pytest.approx(0.052782, abs=1e-6)


@pytest.mark.parametrize(
    ("quarters", "ahead", "known", "expected"),
    [
        (12, 4, 0, [571.571, 586.238, 601.281]),
        (10, 2, 246, [540.168, 546.886, 553.757]),
        (11, 5, 897, [1620.608, 1641.833, 1663.681]),
    ],
)
def test_sums_of_coming_quarters_with_their_ends(
    quarters: int, ahead: int, known: float, expected: list[float]
) -> None:
    found = trend(quarters)
    scale = own_scale(found.adjusted, FLOW) * spread("remaining_sum", periods=quarters, ahead=ahead)
    assert ends(known, total(found.damped, ahead), scale) == pytest.approx(expected, abs=6e-4)


def test_a_short_series_moves_the_last_four_quarters_on() -> None:
    values = logs(FLOWS[:6])
    damped, _ = short_paths(values)
    scale = short_scale(values) * spread("remaining_sum", periods=6, ahead=2)
    found = ends(227, total(damped, 2), scale)
    assert found == pytest.approx([466.876, 498.457, 534.195], abs=6e-4)


def test_three_changes_on_the_year_before_leave_the_season_out_of_a_short_scale() -> None:
    seasonal = logs([100, 200, 300, 400, 110, 220, 330])
    assert short_scale(seasonal) < short_scale(seasonal[:6])


def test_more_history_narrows_the_spread_and_more_time_widens_it() -> None:
    near, far = (spread("remaining_sum", periods=12, ahead=ahead) for ahead in (1, 4))
    assert near < far
    short, long = (spread("remaining_sum", periods=n, ahead=4) for n in (8, 16))
    assert long < short
    assert spread("remaining_sum", periods=20, ahead=4) == long


def test_nothing_is_known_of_four_quarters() -> None:
    with pytest.raises(ValueError, match="4 periods"):
        spread("remaining_sum", periods=4, ahead=1)
    with pytest.raises(ValueError, match="no season"):
        trend_of(logs(FLOWS[:7]), newest=2, model=FLOW)
