"""What a goal's chart marks, and where: the values, without a drawing of them.

Drawing, labels and the data under a chart all ask here, so that they cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from planbook.periods import TimePeriod
from planbook.present.points import Point, Series
from planbook.present.views import GoalView
from planbook.vocabulary import Comparator, Kind, RatedBy

YEAR_MIDDLE = 5.5  # months from the middle of a year to its last one


def first_month(view: GoalView, series: Series) -> TimePeriod:
    """Return the first month that a line over months needs."""
    if view.kind is Kind.CAGR:
        ends = [point.period for point in series.growth]
        return min([*ends, (view.goal.base_period or view.due).plus(1)])
    points = [*series.observed, *series.elsewhere, *series.targets, *series.due]
    start = [series.baseline] if series.baseline is not None else []
    return min((point.period for point in [*points, *start]), default=view.due)


def years_shown(view: GoalView, series: Series) -> tuple[int, int]:
    """Return the first and the last year of a chart with a bar a year."""
    points = [*series.observed, *series.elsewhere, *series.due]
    due = series.year.of(view.due)
    years = [*series.years, *(series.year.of(point.period) for point in points), due]
    return min(years), due


def part_year(series: Series) -> Point | None:
    """Return the newest value if its year is not over; older than the baseline it is history."""
    last = max((*series.observed, *series.elsewhere), key=lambda p: p.period, default=None)
    if last is None or series.year.is_end(last.period):
        return None
    base = series.baseline
    return None if base is not None and has_base(series) and last.period < base.period else last


def estimate(view: GoalView, part: Point) -> float | None:
    """Return the estimate of the whole year, where it rates the goal."""
    whole = view.estimated
    return whole if whole is not None and whole > part.value else None


def target_level(view: GoalView) -> float | None:
    """Return the target where the chart draws it; ``None`` if it cannot be known yet."""
    if view.kind is Kind.CAGR:
        return view.goal.target
    value = view.verdict.target_value
    return view.goal.target if value is None and not view.is_growth else value


def range_end(view: GoalView) -> float | None:
    """Return the upper end of a target that is a range, as a value; ``None`` for all others."""
    high, target, value = view.goal.target_high, view.goal.target, target_level(view)
    if view.goal.comparator is not Comparator.RANGE or high is None or not target or value is None:
        return None
    if view.kind is Kind.GROWTH_VS_BASE:  # from a rate to a value: both ends grow from one base
        return value * (100 + high) / (100 + target)
    return high


def meeting_level(view: GoalView) -> float | None:
    """Return the value that counts as met where that is not the target itself."""
    meeting, target = view.verdict.meeting_value, target_level(view)
    if meeting is None or target is None or math.isclose(meeting, target):
        return None
    return meeting


def judged(view: GoalView, series: Series) -> Point | None:
    """Return the value that the rating is about: of the observed period, else the newest.

    What came in from before the base tells the past. Where nothing is newer than the base, it is
    the base itself that is marked; where that is not known either, nothing is.
    """
    period, begin = view.verdict.observed_period, view.goal.base_period or view.goal.since
    if not series.observed:
        return None
    told = series.line if has_base(series) else series.observed
    since = [point for point in told if begin is None or point.period >= begin]
    newest = since[-1] if since else None
    return next((point for point in series.observed if point.period == period), newest)


def due_line(view: GoalView, series: Series) -> list[tuple[float, float]]:
    """Return the corners of the path due, in months and values.

    What is due by steps (whole units, a batch at the year's end) holds until the next one.
    """
    corners = [(float(p.period.ordinal), p.value) for p in series.due]
    rises = [later != earlier for (_, earlier), (_, later) in pairwise(corners)]
    by_steps = any(rises) and not all(rises)
    if not by_steps and view.verdict.rated_by is not RatedBy.WHOLE_UNITS:
        return corners
    found = corners[:1]
    for (_, before), (x, value) in pairwise(corners):
        found += [(x, before), (x, value)]
    return found


def due_by_now(view: GoalView, series: Series) -> tuple[float, float] | None:
    """Return what an every-year goal should have reached in the year that is not over."""
    part, due = part_year(series), view.verdict.path_value
    if view.kind is not Kind.EVERY_YEAR or part is None or due is None:
        return None
    return year_x(series, part.period), due


def years_due(series: Series) -> list[tuple[float, float]]:
    """Return what is due by the end of each year, at its middle on the axis."""
    return [(year_x(series, p.period), p.value) for p in series.due if series.year.is_end(p.period)]


def has_base(series: Series) -> bool:
    """Whether the line starts from a baseline that is a value, not from nothing."""
    return series.baseline is not None and series.baseline.value != 0


def year_x(series: Series, period: TimePeriod) -> float:
    """Return the middle of a month's year on the axis of months."""
    return series.year.end_of(period).ordinal - YEAR_MIDDLE


def newest_average(history: Sequence[GoalView]) -> Point | None:
    """Return the newest average growth of complete years."""
    reached = averages(history)
    return Point(max(reached), reached[max(reached)]) if reached else None


def averages(history: Sequence[GoalView]) -> dict[TimePeriod, float]:
    """Return the average growth of complete years, by the end of the last one."""
    found = {}
    for then in history:
        period, value = then.verdict.observed_period, then.verdict.observed_value
        if period is not None and value is not None:
            found[period] = value
    return found


def before_due(view: GoalView, series: Series) -> list[Point]:
    """Return the yearly targets before the due date: there the target itself stands."""
    return [point for point in series.targets if point.period < view.due]


def same_period(series: Series, part: Point) -> list[Point]:
    """Return the values of the same month in earlier years that have a bar."""
    return [
        point
        for point in series.observed
        if point.period.month == part.period.month
        and series.year.of(point.period) in series.years
        and point.period < part.period
    ]


def is_few(view: GoalView, series: Series) -> bool:
    """Whether so few values are known that a line through them would tell of a course."""
    by_months = not view.of_yearly_totals and view.kind is not Kind.CAGR
    return by_months and len(series.line) < 3 and not series.elsewhere and not series.fan


def quarters(series: Series, part: Point | None) -> list[Point]:
    """Return what years with a bar had reached each quarter before their last value.

    Where values come a month late, quarters are counted from the month of the newest.
    """
    year = series.year
    late = 0 if part is None else (year.end_of(part.period).ordinal - part.period.ordinal) % 3
    return [
        point
        for point in series.observed
        if not year.is_end(point.period)
        and (year.end_of(point.period).ordinal - point.period.ordinal) % 3 == late
        and (
            year.of(point.period) in series.years
            or (part is not None and point.period < part.period)
        )
    ]
