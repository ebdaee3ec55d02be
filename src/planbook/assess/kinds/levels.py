"""Goals on a level at the due date, and the progress of a value along its path due.

`along_path` is shared with yearly totals: both start from a baseline and are due at a date.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from planbook.assess.case import NO_NOTES, Case, Meeting, Outcome, Rated, Steps, Way
from planbook.assess.kinds.whole_units import rated_in_units
from planbook.assess.pace import growth_pace, linear_pace, pace_without_distance, required_growth
from planbook.assess.path import DuePath, due_path, rated_by_growth, way_in_units
from planbook.assess.rating import rating
from planbook.periods import TimePeriod
from planbook.vocabulary import Note, RatedBy, Rating


def judge_level(case: Case) -> Outcome:
    """Judge a level by its latest value: money by growth, counts and shares along the line."""
    value, time = case.latest.obs_value, case.time(case.latest.time_period)
    if value is None:
        return Outcome()
    remaining = case.target.remaining(value)
    return Outcome(
        observed_value=value,
        observed_period=time,
        target_value=case.target.number,
        remaining=remaining,
        way=along_path(case, value, time, remaining=remaining),
        meeting=Meeting.of(case.target, value, time),
        steps=Steps.of(
            cycle=case.cycle,
            done=None if case.baseline is None else value - case.baseline,
            months=time.ordinal - case.start.ordinal,
            remaining=remaining,
            months_left=case.due.ordinal - time.ordinal,
        ),
    )


def along_path(case: Case, value: float, time: TimePeriod, *, remaining: float | None) -> Way:
    """Return how far a value, observed or estimated, has come by a time, and what was due by then.

    The path ends at ``T*``, the value that meets, and so do the paces and what is still required.
    目标完成率 and 增量完成率 are shares of the target as the plan has it. Without a baseline there
    is no path. From a baseline past the target there is no way to go: only a value that has fallen
    below the target has a pace, which says how fast it fell.
    """
    target, meeting = case.as_value(case.target.number), case.as_value(case.target.meeting)
    # A later value that stands for the due date had all the time there is, and no more.
    elapsed = min(time.years_since(case.start), case.horizon)
    way = Way(
        meeting_value=meeting,
        elapsed=elapsed,
        horizon=case.horizon,
        completion=case.completion(value, target),
    )
    if case.baseline is None or target is None or meeting is None:
        return way
    past = _past_target(case, case.baseline, meeting)
    paces = _paces(case, value, case.baseline, meeting, elapsed)
    if past and case.target.reaches(value, meeting):
        paces = replace(paces, growth=None, linear=None)  # below zero, and yet as good as demanded
    line = due_path(
        start=case.start,
        baseline=case.baseline,
        due=case.due,
        target=meeting,
        geometric=paces.by_growth,
        direction=case.direction,
        in_units=way_in_units(case.target, case.baseline, small=case.small_target) is not None,
    )
    share = line.share_of_time(time)
    rated = rated_in_units(case, value, baseline=case.baseline, share=share)
    rated = rated or _rated_along(case, line, value, line.at(time), paces)
    required = None
    if paces.by_growth and remaining:
        required = required_growth(current=value, target=meeting, years=case.horizon - elapsed)
    way = replace(
        way,
        growth_pace=paces.growth,
        linear_pace=paces.linear,
        required_rate=required,
        rated=rated,
    )
    if past:
        return replace(way, notes=frozenset({Note.BASELINE_PAST_TARGET}))
    return replace(
        way,
        increment_completion=_part(value, case.baseline, target),
        increment_due=_part(rated.path_value, case.baseline, target),
    )


@dataclass(frozen=True)
class _Paces:
    growth: float | None
    linear: float | None
    by_growth: bool  # whether growth rates


def _paces(case: Case, value: float, baseline: float, meeting: float, elapsed: float) -> _Paces:
    growth, linear = (
        pace(
            baseline=baseline,
            current=value,
            target=meeting,
            elapsed=elapsed,
            horizon=case.horizon,
            direction=case.direction,
        )
        for pace in (growth_pace, linear_pace)
    )
    by_growth = rated_by_growth(case.indicator, case.goal) and growth is not None
    return _Paces(growth, linear, by_growth)


def _rated_along(case: Case, line: DuePath, value: float, due: float, paces: _Paces) -> Rated:
    """Return what rates a value on its path, by growth or along the straight line."""
    way = line.target - line.baseline
    disagree = (
        paces.growth is not None
        and paces.linear is not None
        and _word(case, paces.growth) != _word(case, paces.linear)
    )
    return Rated(
        rated_by=RatedBy.GROWTH if paces.by_growth else RatedBy.LINEAR,
        pace=paces.growth if paces.by_growth else paces.linear,
        rate=None if way else rate_without_way(case, value, line.baseline),
        path_value=due,
        share_due=(due - line.baseline) / way if case.direction * way > 0 else None,
        notes=frozenset({Note.PACES_DISAGREE}) if disagree else NO_NOTES,
    )


def rate_without_way(case: Case, value: float, meeting: float) -> float:
    """Return what rates a value where there is no way to ``T*``: as good as it is on its path."""
    if case.target.reaches(value, meeting) and not case.target.strict:
        return math.inf
    return pace_without_distance(baseline=meeting, current=value, direction=case.direction)


def _past_target(case: Case, baseline: float, meeting: float) -> bool:
    """Whether the baseline has met already, so that no part of a way can be covered or due."""
    way = case.direction * (meeting - baseline)
    return way < 0 or (way == 0 and not case.target.strict)


def _part(value: float | None, baseline: float, target: float) -> float | None:
    """Return what part of the way to the target a value has covered; ``None`` of no way."""
    whole = target - baseline
    return None if value is None or not whole else (value - baseline) / whole


def _word(case: Case, pace: float) -> Rating:
    return rating(pace=pace, met=False, adverse=False, due_passed=False, thresholds=case.thresholds)
