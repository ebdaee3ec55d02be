"""Rating, pace, the value due and the path drawn say the same of every kind of target.

A reader sees them side by side: no value that meets may stand below what was due, none that is
behind above it, and no ratio below zero beside a word of praise.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from planbook.assess.path import path
from planbook.periods import TimePeriod
from planbook.plan.cycle import QUARTERLY
from planbook.vocabulary import RatedBy, Rating

RATIO = {"nature": "ratio", "unit": "%"}
COUNT = {"nature": "count_stock", "unit": "家"}
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "a balance": ("level_at_end", {}),
    "a share": ("level_at_end", RATIO),
    "a count": ("level_at_end", COUNT),
    "a yearly total": ("annual_flow", {"accumulation": "year", "frequency": "annual"}),
}
TARGETS: dict[str, dict[str, Any]] = {
    "at least": {"comparator": ">="},
    "more than": {"comparator": ">"},
    "about": {"comparator": "~"},
    "at most": {"comparator": "<=", "direction": "down"},
    "about, falling": {"comparator": "~", "direction": "down"},
    "a range": {"comparator": "range", "target_high": 60},
}
BASES = (20, 39, 40, 50, 70)  # below, within the tolerance, there, within the range, above
QUARTERS = [f"{year}-{month:02}" for year in (2025, 2026, 2027) for month in (3, 6, 9, 12)][:-1]
VALUES = (15, 21, 66, 38, 39.5, 40, 75, 45, 37.5, 55, 30)  # around every base and every end
BETTER = {"已达成", "达成待稳"}
NOISE = 1e-9


def judged(
    world: Any, kind: str, target: str, base: float, values: dict[str, float]
) -> tuple[Any, list[Any]]:
    name, indicator = KINDS[kind]
    made = world(
        name,
        values=values,
        baseline=base,
        target=40,
        goal=TARGETS[target],
        indicator=indicator,
    )
    rows = made.verdicts(*(str(QUARTERLY.containing(TimePeriod.parse(at))) for at in values))
    return made, list(rows)


def series(kind: str) -> list[dict[str, float]]:
    """Return values by month: a level has one each quarter, a yearly total one each year."""
    if kind != "a yearly total":
        turned = (*VALUES[5:], *VALUES[:5])
        return [dict(zip(QUARTERS, values, strict=True)) for values in (VALUES, turned)]
    return [{"2025-12": early, "2026-12": late} for early, late in pairwise(VALUES[::2])]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", KINDS)
def test_rating_pace_and_what_is_due_agree_in_sign(
    world: Any, kind: str, target: str, base: float
) -> None:
    sign = -1 if TARGETS[target].get("direction") == "down" else 1
    for values in series(kind):
        made, rows = judged(world, kind, target, base, values)
        drawn = dict(path(made.plan, made.plan.goals[0], baseline=base))
        for row in rows:
            value, due, pace = row.observed_value, row.path_value, row.pace
            case = f"{kind}, {target}, from {base} to {value}: {row.rating}, {due} due, {pace}"
            better, in_units = sign * (value - due), row.rated_by is RatedBy.WHOLE_UNITS
            if row.met:
                assert better >= -NOISE, case
                assert pace is None or pace >= 1 - NOISE, case
                assert row.rating in BETTER, case
            elif row.rating is Rating.REVERSING:
                assert better < 0, case
                assert pace is None or pace < 0, case
            elif row.rating is Rating.ON_COURSE:
                assert pace is None or pace >= 0.95 - NOISE, case
                assert in_units or pace is None or pace < 1 or better >= -NOISE, case
            else:
                assert row.rating in (Rating.BEHIND, Rating.FAR_BEHIND), case
                assert better <= NOISE, case
            if pace is not None and pace < 1 - NOISE:
                assert better <= NOISE, case
            assert drawn[row.observed_period] == pytest.approx(due), case


@pytest.mark.parametrize("kind", KINDS)
def test_a_floor_that_was_met_before_has_no_way_to_go_and_none_back(world: Any, kind: str) -> None:
    made, rows = judged(world, kind, "at least", 70, {"2025-12": 75, "2026-12": 50})
    for row in rows:
        assert row.met
        assert (row.pace, row.linear_pace, row.growth_pace) == (None, None, None)
    assert {due for _, due in path(made.plan, made.plan.goals[0], baseline=70)} == {40}
