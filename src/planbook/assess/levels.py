"""Goals on a level at the due date, and the progress of a value along its path due.

`along_path` is shared with yearly totals: both start from a baseline and are due at a date.
"""

from __future__ import annotations

from planbook.assess.case import Case, Outcome, number
from planbook.assess.pace import (
    growth_pace,
    linear_pace,
    pace_without_distance,
    required_growth,
)
from planbook.assess.path import due_path, rated_by_growth
from planbook.assess.rating import rating
from planbook.vocabulary import Comparator, Note, RatedBy


def judge_level(case: Case) -> Outcome:
    """Judge a level by its latest value: money by growth, counts and shares along the line."""
    value, target = case.latest.value, case.target.number
    if value is None:
        return Outcome()
    outcome = Outcome(observed_value=value, observed_period=case.latest.period, target_value=target)
    outcome.meet(case.target, value)
    outcome.remaining = case.target.remaining(value)
    along_path(case, outcome)
    time = case.latest.period
    outcome.step(
        done=value - number(case.baseline),
        quarters=time.years_since(case.start) * 4,
        quarters_left=case.due.years_since(time) * 4,
    )
    if case.target.counted and abs(target) <= case.small_target:
        outcome.notes.add(Note.SMALL_TARGET)
    return outcome


def along_path(case: Case, outcome: Outcome) -> None:
    """Fill in completion, paces and what is due, from the outcome's observed and target values."""
    value, target, time = outcome.observed_value, outcome.target_value, outcome.observed_period
    if time is None:
        return
    outcome.elapsed = time.years_since(case.start)
    outcome.horizon = case.due.years_since(case.start)
    outcome.time_elapsed = outcome.elapsed / outcome.horizon
    if case.direction > 0 and target != 0:
        outcome.completion = value / target
    if case.baseline is None:
        return
    baseline = case.baseline
    way = case.direction * (target - baseline)
    if way > 0:
        outcome.increment_completion = (value - baseline) / (target - baseline)
    elif way < 0 or case.target.comparator is not Comparator.ABOVE:
        outcome.notes.add(Note.BASELINE_PAST_TARGET)
    growth, linear = (
        pace(
            baseline=baseline,
            current=value,
            target=target,
            elapsed=outcome.elapsed,
            horizon=outcome.horizon,
            direction=case.direction,
        )
        for pace in (growth_pace, linear_pace)
    )
    outcome.growth_pace, outcome.linear_pace = number(growth), number(linear)
    by_growth = rated_by_growth(case.indicator, case.goal) and growth is not None
    plain = growth if by_growth else linear
    outcome.pace = number(plain)
    outcome.rated_by = RatedBy.GROWTH if by_growth else RatedBy.LINEAR
    if target == baseline:
        outcome.rate = pace_without_distance(
            baseline=baseline, current=value, direction=case.direction
        )
    line = due_path(
        start=case.start, baseline=baseline, due=case.due, target=target, geometric=by_growth
    )
    outcome.path_value = line.at(time)
    if by_growth and outcome.remaining:
        outcome.required_rate = number(
            required_growth(current=value, target=target, years=outcome.horizon - outcome.elapsed)
        )
    if growth is None or linear is None:
        return
    if _word(case, growth) != _word(case, linear):
        outcome.notes.add(Note.PACES_DISAGREE)


def _word(case: Case, pace: float) -> str:
    return rating(pace=pace, met=False, adverse=False, due_passed=False, thresholds=case.thresholds)
