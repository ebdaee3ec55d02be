"""Charts of decades: labels that fit, dots only where they can be told apart."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes

from planbook.periods import TimePeriod
from planbook.present.charts.goal_marks import _dots
from planbook.present.palette import OBSERVED
from planbook.present.points import Point


def points(count: int, provisional: int = 0) -> list[Point]:
    start = TimePeriod(1985, 3)
    return [
        Point(start.plus(3 * n), float(n), bool(n >= count - provisional)) for n in range(count)
    ]


def dots(axes: Axes) -> int:
    return sum(np.size(line.get_xdata()) for line in axes.lines)


@pytest.mark.parametrize(("count", "drawn"), [(1, 1), (40, 40), (160, 0)])
def test_dots_of_quarters_are_drawn_as_long_as_they_are_apart(count: int, drawn: int) -> None:
    figure, axes = plt.subplots(figsize=(6, 2), dpi=72)
    _dots(axes, points(count), OBSERVED)
    assert dots(axes) == drawn
    plt.close(figure)


def test_values_that_may_change_keep_their_dots_in_any_series() -> None:
    figure, axes = plt.subplots(figsize=(6, 2), dpi=72)
    _dots(axes, points(160, provisional=2), OBSERVED)
    assert dots(axes) == 2
    plt.close(figure)
