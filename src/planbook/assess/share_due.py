"""What share of its way a number that is added up should have covered by a month.

Closed years count by their months. The running year counts by the share that it usually has reached
by then, by its months where that is unknown, or not before it ends where the goal is recognised
once a year (``path: steps``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean

from planbook.assess.series import SHARE_YEARS, Series
from planbook.frames import ObservationRow
from planbook.periods import FiscalYear, TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import Frequency, Kind, Nature, PathShape


def share_due(
    period: TimePeriod,
    *,
    start: TimePeriod,
    due: TimePeriod,
    shape: PathShape,
    usual: float | None,
    year: FiscalYear,
) -> float:
    """Return the share of the way due at the end of a month, from 0 to 1.

    ``(months of closed years + 12·s of the running year) / all months``.

    Parameters
    ----------
    start, due
        Where the way begins and ends. In a year that is not wholly between them months count.
    usual
        ``s``, the share of a year usually reached by this month; ``None`` if it is unknown.
    year
        The years of the plan.
    """
    if period >= due:
        return 1.0
    closed = max(year.end(year.last_closed(period)), start)
    if period <= closed or shape is PathShape.STEPS:
        running = 0.0
    elif usual is not None and is_whole_year(period, start=start, due=due, year=year):
        running = 12 * usual
    else:
        running = period.ordinal - closed.ordinal
    return max(closed.ordinal - start.ordinal + running, 0.0) / (due.ordinal - start.ordinal)


def shares_due(
    goal: Goal,
    indicator: Indicator,
    *,
    start: TimePeriod,
    due: TimePeriod,
    usual: Mapping[int, float],
    year: FiscalYear,
) -> list[tuple[TimePeriod, float]]:
    """Return the shares due at the months where they begin to grow in another measure, for a chart.

    `usual` are the usual shares by month of the year; empty where there are none.
    """
    if goal.path is PathShape.STEPS:
        bends: Collection[int] = (11, 12)
    elif usual:
        bends = (*usual, 12)
    else:
        bends = (12,) if indicator.frequency is Frequency.ANNUAL else (3, 6, 9, 12)
    between = (start.plus(months) for months in range(1, due.ordinal - start.ordinal))
    times = [start, *(time for time in between if year.month_of(time) in bends), due]
    return [
        (
            time,
            share_due(
                time,
                start=start,
                due=due,
                shape=goal.path,
                usual=usual.get(year.month_of(time)),
                year=year,
            ),
        )
        for time in times
    ]


def usual_shares(increments: Series, *, before: int) -> dict[int, float]:
    """Return the share of a year usually added by each month of it; the year's end left out.

    The mean over the last complete years, at most three, in which something was added, month by
    month never less, and never more than the year's total.

    Parameters
    ----------
    increments
        Since each year began, as `increments_of_years` returns them.
    before
        The running year, which says nothing of itself.
    """
    found: dict[int, list[float]] = {}
    years = {increments.year.of(period) for period in increments.values}
    for year in sorted((year for year in years if year < before), reverse=True):
        for month, share in _shares_of(increments, year).items():
            found.setdefault(month, []).append(share)
    return {month: fmean(shares[:SHARE_YEARS]) for month, shares in sorted(found.items())}


def shares_drawn(
    plan: Plan,
    goal: Goal,
    observations: Iterable[ObservationRow],
    *,
    scope: str,
    latest: TimePeriod,
) -> dict[int, float]:
    """Return the usual shares on which a goal's path rests, for `planbook.assess.path.path`.

    Parameters
    ----------
    observations
        As known in an edition, of any indicators.
    scope, latest
        In which the goal is judged, and the period of its newest value.

    Returns
    -------
    dict of int to float
        By month of the year; empty of goals that are not added up by the usual course of a year.
    """
    indicator = plan.indicator_of(goal)
    if goal.kind is not Kind.CUMULATIVE or not follows_the_year(goal, indicator):
        return {}
    series = Series(
        scope=scope,
        accumulation=indicator.accumulation,
        observations=tuple(
            row for row in observations if (row.indicator_id, row.scope) == (indicator.id, scope)
        ),
        baselines={},
        year=plan.year,
    )
    increments = series.increments_of_years(plan.goal_start(goal))
    return usual_shares(increments, before=plan.year.of(latest))


def follows_the_year(goal: Goal, indicator: Indicator) -> bool:
    """Whether the amount due follows the course that a year usually takes.

    Not in steps; and net numbers move both ways, so that no year is an example for another.
    """
    return goal.path is not PathShape.STEPS and indicator.nature is not Nature.COUNT_NET


def is_whole_year(
    period: TimePeriod, *, start: TimePeriod, due: TimePeriod, year: FiscalYear
) -> bool:
    """Whether the year of a month lies wholly between start and due date."""
    return start <= year.before(period) and year.end_of(period) <= due


def _shares_of(increments: Series, year: int) -> dict[int, float]:
    """Return the shares of a complete year by month; empty where it cannot serve as an example."""
    so_far = {m: increments.known(increments.year.month(year, m)) for m in range(1, 13)}
    total = so_far.pop(12)
    if total is None or total <= 0:
        return {}
    shares = {month: value / total for month, value in so_far.items() if value is not None}
    return shares if _is_rising([0.0, *shares.values(), 1.0]) else {}


def _is_rising(shares: Sequence[float]) -> bool:
    return all(before <= after for before, after in pairwise(shares))
