"""Goals on a level at the due date, and the progress of a value along its path due.

`along_path` is shared with yearly totals: both start from a baseline and are due at a date.
"""

from __future__ import annotations

import math

from planbook.assess.case import Case, Outcome, number
from planbook.assess.kinds.whole_units import judge_in_units
from planbook.assess.pace import (
    growth_pace,
    linear_pace,
    pace_without_distance,
    required_growth,
)
from planbook.assess.path import DuePath, as_value, due_path, rated_by_growth, way_in_units
from planbook.assess.rating import rating
from planbook.vocabulary import Note, RatedBy


def judge_level(case: Case) -> Outcome:
    """Judge a level by its latest value: money by growth, counts and shares along the line."""
    value, time = case.latest.value, case.latest.period
    if value is None:
        return Outcome()
    outcome = Outcome(
        observed_value=value,
        observed_period=time,
        met_period=time,
        target_value=case.target.number,
    )
    outcome.meet(case.target, value)
    outcome.remaining = case.target.remaining(value)
    along_path(case, outcome)
    outcome.step(
        done=value - number(case.baseline),
        quarters=time.years_since(case.start) * 4,
        quarters_left=case.due.years_since(time) * 4,
    )
    return outcome


def along_path(case: Case, outcome: Outcome) -> None:
    """Fill in completion, paces and what is due, from the outcome's observed and target values.

    The path ends at ``T*``, the value that meets, and so do the paces and what is still required.
    目标完成率 and 增量完成率 are shares of the target as the plan has it.
    """
    value, target, time = outcome.observed_value, outcome.target_value, outcome.observed_period
    if time is None:
        return
    outcome.horizon = case.due.years_since(case.start)
    # A later value that stands for the due date had all the time there is, and no more.
    outcome.elapsed = min(time.years_since(case.start), outcome.horizon)
    outcome.time_elapsed = outcome.elapsed / outcome.horizon
    if case.direction > 0 and target > 0:
        outcome.completion = value / target
    outcome.meeting_value = number(as_value(case.goal, case.target.meeting, case.baseline))
    if case.baseline is None:
        return
    line = due_path(
        start=case.start,
        baseline=case.baseline,
        due=case.due,
        target=outcome.meeting_value,
        geometric=_pace_along(case, outcome, case.baseline),
        in_units=way_in_units(case.target, case.baseline, small=case.small_target) is not None,
    )
    outcome.path_value = line.at(time)
    judge_in_units(case, outcome, baseline=case.baseline, share=line.share_of_time(time))
    _increments(case, outcome, line)


def _pace_along(case: Case, outcome: Outcome, baseline: float) -> bool:
    """Fill in both paces and the one that rates; return whether that is growth."""
    value, meeting = outcome.observed_value, outcome.meeting_value
    growth, linear = (
        pace(
            baseline=baseline,
            current=value,
            target=meeting,
            elapsed=outcome.elapsed,
            horizon=outcome.horizon,
            direction=case.direction,
        )
        for pace in (growth_pace, linear_pace)
    )
    outcome.growth_pace, outcome.linear_pace = number(growth), number(linear)
    by_growth = rated_by_growth(case.indicator, case.goal) and growth is not None
    outcome.pace = outcome.growth_pace if by_growth else outcome.linear_pace
    outcome.rated_by = RatedBy.GROWTH if by_growth else RatedBy.LINEAR
    if meeting == baseline:
        outcome.rate = rate_without_way(case, value, baseline)
    if by_growth and outcome.remaining:
        outcome.required_rate = number(
            required_growth(current=value, target=meeting, years=outcome.horizon - outcome.elapsed)
        )
    if growth is not None and linear is not None and _word(case, growth) != _word(case, linear):
        outcome.notes.add(Note.PACES_DISAGREE)
    return by_growth


def rate_without_way(case: Case, value: float, meeting: float) -> float:
    """Return what rates a value where there is no way to ``T*``: as good as it is on its path."""
    if case.target.reaches(value, meeting) and not case.target.strict:
        return math.inf
    return pace_without_distance(baseline=meeting, current=value, direction=case.direction)


def _increments(case: Case, outcome: Outcome, line: DuePath) -> None:
    """Fill in what part of the way is covered and due; none has a baseline past the target."""
    way = case.direction * (line.target - line.baseline)
    if way < 0 or (way == 0 and not case.target.strict):
        outcome.notes.add(Note.BASELINE_PAST_TARGET)
        return
    due = outcome.path_value - line.baseline
    if way and outcome.share_due != outcome.share_due:
        outcome.share_due = due / (line.target - line.baseline)
    whole = outcome.target_value - line.baseline
    if whole:
        outcome.increment_completion = (outcome.observed_value - line.baseline) / whole
        outcome.increment_due = due / whole


def _word(case: Case, pace: float) -> str:
    return rating(pace=pace, met=False, adverse=False, due_passed=False, thresholds=case.thresholds)
