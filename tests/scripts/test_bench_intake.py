"""The intake catches mistyped numbers: the measure of `bench.py intake`, on two units."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench_intake import CAUGHT, POWERS, SLIPS, TRUE, WARNED, Cells, Score, measure, transposed
from planbook.plan import load_plan
from planbook.workspace import Workspace

UNITS = ("port", "greenfin")


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    workspace = Workspace.open("demo", Path(__file__).resolve().parents[2])
    return list(measure(load_plan(workspace.plan), workspace, UNITS).values())


def test_every_slip_was_made_and_counted(scores: list[Score]) -> None:
    for score in scores:
        assert all(score.outcomes[slip].total() >= 10 for slip in (TRUE, *SLIPS))


def test_powers_of_ten_are_refused_with_a_history_and_without(scores: list[Score]) -> None:
    for score in scores:
        assert score.share(POWERS, CAUGHT) == 1


def test_half_as_much_again_is_found_with_a_history(scores: list[Score]) -> None:
    assert scores[0].share(["×1.5"], CAUGHT, WARNED) >= 0.8


def test_true_values_are_left_alone(scores: list[Score]) -> None:
    for score in scores:
        assert score.share([TRUE], CAUGHT) == 0
        assert score.share([TRUE], WARNED) <= 0.05


def test_digits_are_transposed_only_where_that_makes_another_number() -> None:
    assert transposed(Cells(44.73, None, None)) == 47.43
    assert transposed(Cells(120.0, None, None)) == 210.0
    assert transposed(Cells(7.0, None, None)) is None
    assert transposed(Cells(88.0, None, None)) is None
