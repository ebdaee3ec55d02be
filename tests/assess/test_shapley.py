"""A difference divided among four factors: the published example, and what holds of any game."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.assess.pace import growth_pace
from planbook.assess.reasons.shapley import mixtures, shapley

FACTORS = ("data", "revision", "time", "target")


def growth(new: frozenset[str]) -> float:
    """1100 of then, 1090 as revised, in the fourth quarter of twelve; 1130 in the fifth."""
    before = 1090 if "revision" in new else 1100
    found = growth_pace(
        baseline=1010 if "revision" in new else 1000,
        current=1130 if "data" in new else before,
        target=1480 if "target" in new else 1500,
        elapsed=(5 if "time" in new else 4) / 4,
        horizon=3,
        direction=1,
    )
    assert found is not None
    return found


def test_the_parts_of_the_worked_example() -> None:
    parts = shapley(growth, FACTORS)
    assert growth(frozenset()) == pytest.approx(0.691017, abs=1e-6)
    assert growth(frozenset(FACTORS)) == pytest.approx(0.691824, abs=1e-6)
    expected = {"data": 0.220601, "revision": -0.084367, "time": -0.160363, "target": 0.024936}
    assert parts == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("order", "steps"),
    [
        (
            ("revision", "target", "time", "data"),
            (-0.128955, 0.021077, -0.120211, 0.228896),
        ),
        (
            ("data", "time", "target", "revision"),
            (0.207305, -0.188553, 0.025982, -0.043927),
        ),
    ],
)
def test_one_order_alone_gives_other_parts(
    order: tuple[str, ...], steps: tuple[float, ...]
) -> None:
    found = [
        growth(frozenset(order[: n + 1])) - growth(frozenset(order[:n])) for n in range(len(order))
    ]
    assert found == pytest.approx(steps, abs=1e-6)


GAMES = st.lists(st.floats(-10, 10), min_size=16, max_size=16).map(
    lambda values: dict(zip(mixtures(FACTORS), values, strict=True))
)


@given(GAMES)
def test_the_parts_add_up_whatever_is_divided(worth: dict[frozenset[str], float]) -> None:
    parts = shapley(worth.__getitem__, FACTORS)
    difference = worth[frozenset(FACTORS)] - worth[frozenset()]
    assert math.fsum(parts.values()) == pytest.approx(difference, abs=1e-12)


@given(GAMES)
def test_the_order_of_the_factors_is_irrelevant(worth: dict[frozenset[str], float]) -> None:
    one, other = (
        shapley(worth.__getitem__, order) for order in (FACTORS, tuple(reversed(FACTORS)))
    )
    assert one == pytest.approx(other, abs=1e-12)


@given(GAMES, st.sampled_from(FACTORS))
def test_what_changes_nothing_gets_exactly_nothing(
    worth: dict[frozenset[str], float], idle: str
) -> None:
    assert shapley(lambda mixture: worth[mixture - {idle}], FACTORS)[idle] == 0


def test_alike_factors_get_alike_parts() -> None:
    parts = shapley(lambda mixture: float(len(mixture) ** 2), FACTORS)
    assert parts == pytest.approx(dict.fromkeys(FACTORS, 4.0))
