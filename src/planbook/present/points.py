"""The points of a goal's chart and history: what was observed, what it replaced, what was due.

Turns the saved observations, verdicts and yearly targets into tuples of points. No drawing here.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planbook.assess.path import as_values, path
from planbook.assess.share_due import shares_drawn
from planbook.frames import OBSERVATIONS
from planbook.periods import Edition, TimePeriod
from planbook.plan.model import Plan
from planbook.present.views import GoalView
from planbook.saved import Tables
from planbook.vocabulary import Kind, Reason, ReleaseStage, YearVerdict

_NOT_FINAL = (ReleaseStage.FLASH, ReleaseStage.ESTIMATE)


@dataclass(frozen=True, slots=True)
class Point:
    """A value at the end of a month; `provisional` where it may still move.

    `stage` says how final it is and `scope` what area it covers, where they were reported.
    """

    period: TimePeriod
    value: float
    provisional: bool = False
    stage: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """What a chart of one goal draws, each in order of time.

    `superseded` are values that were revised since; `elsewhere` are values of a
    scope that cannot be compared; `growth` is the reported 同比 in percent; `targets` are the
    yearly targets, as values of the indicator where it has them, and `year_verdicts` what became
    of each by now; `due` is the path due.
    """

    observed: tuple[Point, ...]
    superseded: tuple[Point, ...]
    elsewhere: tuple[Point, ...]
    growth: tuple[Point, ...]
    targets: tuple[Point, ...]
    year_verdicts: Mapping[int, YearVerdict]
    due: tuple[Point, ...]
    baseline: Point | None

    @property
    def line(self) -> tuple[Point, ...]:
        """What was observed, with the baseline in its place: values may be older than it."""
        known = {point.period for point in self.observed}
        base = [b for b in (self.baseline,) if b is not None and b.period not in known]
        return _in_time((*self.observed, *base))

    @property
    def years(self) -> dict[int, float]:
        """Values of complete years, the baseline's included."""
        found = {self.baseline.period.year: self.baseline.value} if self.baseline else {}
        return found | {p.period.year: p.value for p in self.observed if p.period.is_year_end}


def _in_time(points: Iterable[Point]) -> tuple[Point, ...]:
    return tuple(sorted(points, key=lambda point: point.period))


def due_now(view: GoalView) -> float | None:
    """Return the value due at the observed period on the path that rates."""
    return view.number("path_value")


def starting_value(view: GoalView) -> float | None:
    """Return the value that the way to the target begins at; a sum or a rate begins at nothing."""
    from_zero = view.kind in (Kind.CUMULATIVE, Kind.EVERY_YEAR, Kind.CAGR)
    return 0.0 if from_zero else view.number("baseline_value")


def band(view: GoalView) -> tuple[float, float] | None:
    """Return the 80 % band of an estimate; ``None`` where there is none or none is known."""
    low, high = view.number("band_low"), view.number("band_high")
    return None if low is None or high is None else (low, high)


def drawable(view: GoalView, series: Series) -> bool:
    """Whether a chart would show more than the target: a rate of growth needs rates."""
    if view.kind is Kind.CAGR:
        return bool(series.growth) or view.number("observed_value") is not None
    return bool(series.observed or series.elsewhere or series.growth or series.baseline)


def series_of(plan: Plan, view: GoalView, tables: Tables) -> Series:
    """Return the points of a goal as known in the edition of its verdict."""
    rows = _own(tables.observations, view)
    values, growth = [], []
    for row in sorted(rows, key=lambda row: str(row["time_period"])):
        period, scope = TimePeriod.parse(str(row["time_period"])), str(row["scope"])
        value, yoy, stage = float(row["obs_value"]), float(row["yoy"]), str(row["release_stage"])
        if not math.isnan(value):
            values.append((scope, Point(period, value, stage in _NOT_FINAL, stage, scope)))
        if not math.isnan(yoy):
            growth.append((scope, Point(period, yoy, stage in _NOT_FINAL, stage, scope)))
    scope = _scope(view, [scope for scope, _ in values or growth])
    base = view.number("baseline_value")
    yearly = yearly_targets(view, tables.annual_targets)
    latest = view.period("latest_period") or view.edition.end
    shares = shares_drawn(
        plan, view.goal, OBSERVATIONS.rows(tables.observations), scope=scope, latest=latest
    )
    due = path(plan, view.goal, baseline=base, shares=shares)
    if view.kind is not Kind.CAGR:
        yearly = as_values(view.goal, base, yearly)
    return Series(
        observed=tuple(point for other, point in values if other == scope),
        superseded=_in_time(
            Point(TimePeriod.parse(str(row["time_period"])), float(row["old_value"]))
            for row in _own(tables.revisions, view)
            if str(row["scope"]) == scope and not math.isnan(float(row["old_value"]))
        ),
        elsewhere=tuple(point for other, point in values if other != scope),
        growth=tuple(point for other, point in growth if other == scope),
        targets=tuple(Point(TimePeriod(year, 12), yearly[year]) for year in sorted(yearly)),
        year_verdicts=_year_verdicts(view, tables.annual_verdicts),
        due=_in_time(Point(period, value) for period, value in due),
        baseline=_baseline(view),
    )


def _own(frame: pd.DataFrame, view: GoalView) -> list[dict[Hashable, Any]]:
    return frame[frame["indicator_id"] == view.indicator.id].to_dict("records")


def _scope(view: GoalView, scopes: list[str]) -> str:
    """Return the scope drawn as the goal's own: the one it is judged in.

    Where the newest value covers another area than the baseline, the older ones are the goal's own.
    """
    if view.reason is Reason.SCOPE_MISMATCH:
        return scopes[0] if len(set(scopes)) > 1 else ""
    wanted = view.text("scope")
    return wanted if wanted in scopes or not scopes else scopes[-1]


def _year_verdicts(view: GoalView, verdicts: pd.DataFrame) -> dict[int, YearVerdict]:
    """Return what became of the yearly targets by year, as known in the edition."""
    own = verdicts[verdicts["goal_id"] == view.id]
    return {int(row["year"]): YearVerdict(str(row["verdict"])) for row in own.to_dict("records")}


def _baseline(view: GoalView) -> Point | None:
    value, period = view.number("baseline_value"), view.period("baseline_period")
    if view.kind is Kind.CUMULATIVE and view.goal.since is not None:
        return Point(view.goal.since, 0.0)
    return None if value is None or period is None else Point(period, value)


def yearly_targets(view: GoalView, targets: pd.DataFrame) -> dict[int, float]:
    """Return the yearly targets in force by year, the newest decision of each."""
    own = targets[targets["goal_id"] == view.id].to_dict("records")
    valid = [r for r in own if Edition.parse(str(r["from_edition"])) <= view.edition]
    valid.sort(key=lambda r: Edition.parse(str(r["from_edition"])))
    return {int(r["year"]): float(r["target_value"]) for r in valid}
