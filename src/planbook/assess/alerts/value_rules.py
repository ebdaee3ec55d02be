"""Warnings about the values themselves: one out of line, a trend that turned, a large revision.

They are about indicators: of several goals on one, the first has the warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

from planbook.assess.alerts.evidence import Evidence
from planbook.assess.alerts.past import YEAR, Past
from planbook.assess.outlook.outliers import one_step
from planbook.frames import RevisionRow, Verdict
from planbook.plan import Indicator
from planbook.watch_frames import AlertRow, AlertRule

_NOISE = 1e-9  # what floating point adds to a relative change


def outlier(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the indicators whose newest value the series before it did not lead to expect.

    Outside the one-step interval of the outlook made without it, on either side: a value that is
    too good may be a mistake as well. Not the distance from the median, which gives five times as
    many false alarms. `measured` is the amount of the single period, or the level; `limit` the end
    of the interval that it lies beyond, `compared` the other end. A value that is only rounded out
    of it is not. False alarms on 219 public series: 0.6 to 1.5 % of quarters, from eight before it;
    a value wrong by 30 % is found in 70 %.
    """
    for goal, past in _pasts(evidence):
        if past.window.valued is not None:  # carried on to the end of its period
            continue
        *before, newest = past.transformed()
        position = past.window.position(-1)
        expected = one_step(before, newest=position, flow=past.flow, sure=evidence.limits.outlier)
        if expected is None or expected.holds(newest):
            continue
        low, high, value = past.newest(expected.low), past.newest(expected.high), past.values[-1]
        beyond, other = (low, high) if value < low else (high, low)
        if abs(value - beyond) > past.rounding:
            yield evidence.about(
                AlertRule.OUTLIER,
                goal,
                measured=value,
                limit=beyond,
                compared=other,
                period=past.window.newest,
            )


def reversal(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the indicators whose yearly changes have all gone the wrong way after a good year.

    The last ones, each on the same quarter of the year before, after a year in which they went the
    right way on average. One change of sign says nothing: that happens in 34 % of quarters.
    `measured` is the mean yearly change of the falling quarters, `compared` of the four before, as
    a share, of a ratio in percentage points; `limit` how many quarters. Found in 5.3 % of quarters
    of 219 public series; the year after also fell in 62 % of them, of all quarters in 34 %.
    """
    count = evidence.limits.falling_quarters
    for goal, past in _pasts(evidence):
        changes = past.changes()
        falling, before = changes[-count:], changes[-count - YEAR : -count]
        if len(before) < YEAR:
            continue
        sign = goal.direction.sign
        if max(sign * each for each in falling) < 0 < sign * fmean(before):
            yield evidence.about(
                AlertRule.REVERSAL,
                goal,
                measured=fmean(falling),
                limit=count,
                compared=fmean(before),
                period=past.window.newest,
            )


def large_revision(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the indicators of which this edition changed a value by more than is usual.

    More than the plan's limit and than twice the rounding; of several values the one changed most.
    `measured` is the new value, `compared` the old one, `limit` the relative change allowed,
    `period` the value's. Not measured on public series, which come without their revisions.
    """
    for id, goal in evidence.first_goals.items():
        verdict = evidence.verdict(goal.id)
        indicator = evidence.plan.indicator(id)
        own = [row for row in evidence.revisions if row.indicator_id == id]
        found = max(own, key=lambda row: _excess(evidence, indicator, row), default=None)
        if verdict is None or found is None or _excess(evidence, indicator, found) <= 0:
            continue
        yield evidence.about(
            AlertRule.LARGE_REVISION,
            verdict,
            measured=found.new_value,
            limit=_allowed(evidence, indicator, found.old_value or 0.0),
            compared=found.old_value,
            period=found.time_period,
        )


def _pasts(evidence: Evidence) -> Iterator[tuple[Verdict, Past]]:
    for goal in evidence.first_goals.values():
        verdict, past = evidence.verdict(goal.id), evidence.past(goal.id)
        if verdict is not None and past is not None:
            yield verdict, past


def _excess(evidence: Evidence, indicator: Indicator, row: RevisionRow) -> float:
    """Return by how much more than allowed a value was changed, relative to the old one."""
    if not row.old_value or row.new_value is None:
        return 0.0
    changed = abs(row.new_value - row.old_value) / abs(row.old_value)
    excess = changed - _allowed(evidence, indicator, row.old_value)
    return excess if excess > _NOISE else 0.0


def _allowed(evidence: Evidence, indicator: Indicator, old: float) -> float:
    rounding = 0.0 if indicator.counts_whole else 10.0**-indicator.decimals
    return max(evidence.limits.revision, 2 * rounding / abs(old))
