"""Properties of progress along a path, whatever the numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planbook.assess.case import Case, Outcome
from planbook.assess.kinds.levels import judge_level
from planbook.assess.path import as_value, due_path, rated_by_growth, way_in_units
from planbook.assess.rating import rating
from planbook.assess.series import Series
from planbook.assess.targets import Target
from planbook.periods import CALENDAR, TimePeriod
from planbook.plan import Goal, Indicator, Thresholds
from planbook.plan.cycle import QUARTERLY
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    Direction,
    Kind,
    Nature,
    Note,
    RatedBy,
    Rating,
)
from tests.observed import observation

# their other fields do not count here
part_of_goal: Any = Goal.model_construct
part_of_indicator: Any = Indicator.model_construct
THRESHOLDS = Thresholds(on_course=0.95, far_behind=0.6)
START, DUE = TimePeriod(2024, 12), TimePeriod(2027, 12)
RISING = (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.ABOUT)
amounts = st.floats(0.5, 5000).map(lambda number: round(number, 2))
counts = st.integers(0, 400).map(float)


def case_of(
    *,
    baseline: float,
    target: float,
    value: float,
    month: int,
    comparator: Comparator | None,
    counted: bool,
    direction: Direction = Direction.UP,
    rated_by: RatedBy = RatedBy.LINEAR,
) -> Case:
    goal = part_of_goal(id="thing", kind=Kind.LEVEL_AT_END, direction=direction, rated_by=rated_by)
    return Case(
        goal=goal,
        indicator=part_of_indicator(id="thing", nature=Nature.COUNT_STOCK),
        target=Target(target, None, comparator, direction, 0.05, counted),
        start=START,
        due=DUE,
        series=Series("", Accumulation.END_OF_PERIOD, (), {}, CALENDAR),
        latest=observation(START.plus(month), value),
        baseline=baseline,
        thresholds=THRESHOLDS,
        small_target=10,
        due_passed=False,
        cycle=QUARTERLY,
    )


def word(outcome: Outcome) -> Rating:
    return rating(
        pace=outcome.rated.measure,
        met=outcome.meeting.met,
        adverse=False,
        due_passed=False,
        thresholds=THRESHOLDS,
    )


def on_the_path(case: Case) -> float:
    """Return the value due at the case's time on the path that its judgement should follow."""
    baseline = case.baseline
    assert baseline is not None
    end = as_value(case.goal, case.target.meeting, baseline)
    assert end is not None
    return due_path(
        start=START,
        baseline=baseline,
        due=DUE,
        target=end,
        geometric=rated_by_growth(case.indicator, case.goal),
        direction=case.direction,
        in_units=way_in_units(case.target, baseline, small=10) is not None,
    ).at(case.latest.time_period)


@given(
    amounts,
    amounts,
    st.integers(1, 35),
    st.sampled_from(RISING),
    st.sampled_from([RatedBy.GROWTH, RatedBy.LINEAR]),
)
def test_a_path_that_ends_as_met_is_never_behind(
    baseline: float, target: float, month: int, comparator: Comparator, rated_by: RatedBy
) -> None:
    numbers: dict[str, Any] = {"baseline": baseline, "target": target, "month": month}
    same: dict[str, Any] = {"comparator": comparator, "counted": False, "rated_by": rated_by}
    case = case_of(**numbers, value=0, **same)
    assume(case.target.meeting > baseline * 1.0001)
    outcome = judge_level(case_of(**numbers, value=on_the_path(case), **same))
    assert word(outcome) in (Rating.ON_COURSE, Rating.MET)
    assert outcome.rated.pace == pytest.approx(1, rel=1e-6)


@given(counts, st.integers(1, 10), st.integers(1, 35), st.sampled_from(RISING))
def test_a_short_count_that_ends_as_met_is_never_behind(
    baseline: float, way: int, month: int, comparator: Comparator
) -> None:
    numbers: dict[str, Any] = {"baseline": baseline, "target": baseline + way, "month": month}
    same: dict[str, Any] = {"comparator": comparator, "counted": True}
    case = case_of(**numbers, value=0, **same)
    due = on_the_path(case)
    outcome = judge_level(case_of(**numbers, value=due, **same))
    assert word(outcome) in (Rating.ON_COURSE, Rating.MET)
    if outcome.rated.rated_by is RatedBy.WHOLE_UNITS:
        assert due == int(due)


@given(amounts, amounts, amounts, st.integers(1, 36), st.sampled_from([1e-3, 7.0, 1e4]))
def test_the_unit_changes_nothing(
    baseline: float, target: float, value: float, month: int, unit: float
) -> None:
    def judged(scale: float) -> Outcome:
        numbers: dict[str, Any] = {
            "baseline": baseline * scale,
            "target": target * scale,
            "value": value * scale,
        }
        return judge_level(
            case_of(**numbers, month=month, comparator=Comparator.ABOUT, counted=False)
        )

    plain, scaled = judged(1), judged(unit)
    assert scaled.rated.pace == pytest.approx(plain.rated.pace, rel=1e-6, abs=1e-9, nan_ok=True)
    assert scaled.way.increment_due == pytest.approx(plain.way.increment_due, rel=1e-6, nan_ok=True)
    assert plain.remaining is not None
    assert scaled.remaining == pytest.approx(plain.remaining * unit, rel=1e-6, abs=1e-9)


@given(
    st.integers(-400, 400),
    st.integers(-400, 400),
    st.integers(-400, 400),
    st.integers(1, 36),
    st.booleans(),
)
def test_negating_values_and_turning_the_direction_changes_nothing(
    baseline: int, target: int, value: int, month: int, counted: bool
) -> None:
    same: dict[str, Any] = {"month": month, "comparator": Comparator.ABOUT, "counted": counted}
    up = judge_level(case_of(baseline=baseline, target=target, value=value, **same))
    down = judge_level(
        case_of(
            baseline=-baseline,
            target=-target,
            value=-value,
            direction=Direction.DOWN,
            **same,
        )
    )
    assert word(up) is word(down)
    assert up.rated.pace == pytest.approx(down.rated.pace, nan_ok=True)
    assert down.rated.path_value is not None
    assert up.rated.path_value == pytest.approx(-down.rated.path_value)
    assert up.way.increment_due == pytest.approx(down.way.increment_due, nan_ok=True)
    only_above_zero = {Note.PACES_DISAGREE}  # values below zero have no growth pace to disagree
    assert up.notes - only_above_zero == down.notes - only_above_zero
