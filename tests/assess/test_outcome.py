"""What a judgement finds and what its verdict says: the same numbers under the same names."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any

import pytest

from planbook.assess.case import Estimate, Meeting, Outcome, Rated, Steps, Way
from planbook.frames import Verdict

PARTS = (Outcome, Way, Rated, Meeting, Estimate, Steps)
NOT_SHOWN = {
    *("way", "rated", "meeting", "estimate", "steps"),  # the parts themselves
    *("rate", "capped", "unsteady", "running"),  # what the word and its openness are found from
    *("reason", "notes", "own_notes"),  # the verdict has its own
}
KINDS = ("level_at_end", "annual_flow", "cumulative", "cagr", "growth_vs_base", "every_year")


def test_every_number_of_an_outcome_is_a_column_of_the_verdict() -> None:
    found = {each.name for part in PARTS for each in fields(part)}
    assert found - NOT_SHOWN < {each.name for each in fields(Verdict)}
    assert Outcome().columns().keys() == (found - NOT_SHOWN) | {"time_elapsed"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("baseline", [100, 0, None])
def test_what_is_undefined_is_none_and_never_nan(world: Any, kind: str, baseline: Any) -> None:
    values = {"2024-06": 40, "2025-06": 60, "2025-12": 120, "2026-06": 0, "2026-09": -3}
    small = world(kind, baseline=baseline, values=values)
    for found in small.verdicts("2025-Q1", "2025-Q2", "2025-Q4", "2026-Q2", "2026-Q3"):
        numbers = [getattr(found, each.name) for each in fields(found)]
        assert not any(isinstance(each, float) and math.isnan(each) for each in numbers)
