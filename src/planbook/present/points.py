"""The points of a goal's chart and history: what was observed, what it replaced, what was due.

Turns the saved observations, verdicts and yearly targets into tuples of points. No drawing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from planbook.assess.pace import average_growth
from planbook.assess.path import as_values, path
from planbook.assess.share_due import shares_drawn
from planbook.frames import AnnualTargetRow, ObservationRow
from planbook.outlook_frames import FanRow
from planbook.periods import FiscalYear, TimePeriod
from planbook.present.book import Book
from planbook.present.views import GoalView
from planbook.vocabulary import Kind, Reason, ReleaseStage, YearVerdict

_NOT_FINAL = (ReleaseStage.FLASH, ReleaseStage.ESTIMATE)
COMPUTED_STAGE = "按全年数计算"  # of a growth that nobody reported


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

    @property
    def is_computed(self) -> bool:
        """Whether this is the growth of a whole year over the year before, computed here."""
        return self.stage == COMPUTED_STAGE


@dataclass(frozen=True, slots=True)
class Series:
    """What a chart of one goal draws, each in order of time.

    `superseded` are values that were revised since; `elsewhere` are values of a
    scope that cannot be compared; `growth` is the 同比 in percent as reported, and where a whole
    year came without one, computed from two years that follow each other; `targets` are the yearly
    targets, as values of the indicator where it has them, and `year_verdicts` what became of each
    by now; `due` is the path due; `fan` is what is expected up to the due date.
    """

    observed: tuple[Point, ...]
    superseded: tuple[Point, ...]
    elsewhere: tuple[Point, ...]
    growth: tuple[Point, ...]
    targets: tuple[Point, ...]
    year_verdicts: Mapping[int, YearVerdict]
    due: tuple[Point, ...]
    baseline: Point | None
    year: FiscalYear
    fan: tuple[FanRow, ...] = ()

    @property
    def line(self) -> tuple[Point, ...]:
        """What was observed, with the baseline in its place: values may be older than it."""
        known = {point.period for point in self.observed}
        base = [b for b in (self.baseline,) if b is not None and b.period not in known]
        return _in_time((*self.observed, *base))

    @property
    def years(self) -> dict[int, float]:
        """Values of complete years, the baseline's included."""
        year, base = self.year, self.baseline
        found = {year.of(base.period): base.value} if base else {}
        return found | {year.of(p.period): p.value for p in self.observed if year.is_end(p.period)}


def _in_time(points: Iterable[Point]) -> tuple[Point, ...]:
    return tuple(sorted(points, key=lambda point: point.period))


def starting_value(view: GoalView) -> float | None:
    """Return the value that the way to the target begins at; a sum or a rate begins at nothing."""
    from_zero = view.kind in (Kind.CUMULATIVE, Kind.EVERY_YEAR, Kind.CAGR)
    return 0.0 if from_zero else view.verdict.baseline_value


def band(view: GoalView) -> tuple[float, float] | None:
    """Return the 80 % band of an estimate; ``None`` where there is none or none is known."""
    low, high = view.verdict.band_low, view.verdict.band_high
    return None if low is None or high is None else (low, high)


def drawable(view: GoalView, series: Series) -> bool:
    """Whether there is a value to draw: a target and a baseline alone make no chart."""
    if view.is_withheld:
        return False
    if view.kind is Kind.CAGR:
        return bool(series.growth) or view.verdict.observed_value is not None
    return bool(series.observed or series.elsewhere)


def series_of(book: Book, view: GoalView) -> Series:
    """Return the points of a goal as known in the edition of its verdict."""
    rows = book.observations.get(view.indicator.id, [])
    values = [_point(row, row.obs_value) for row in rows if row.obs_value is not None]
    growth = [_point(row, row.yoy) for row in rows if row.yoy is not None]
    scope = _scope(view, [point.scope for point in values or growth])
    base = view.verdict.baseline_value
    yearly = yearly_targets(view, book.rows.annual_targets)
    latest = view.verdict.latest_period or view.verdict.edition.end
    shares = shares_drawn(book.plan, view.goal, rows, scope=scope, latest=latest)
    due = path(book.plan, view.goal, baseline=base, shares=shares)
    if view.kind is not Kind.CAGR:
        yearly = as_values(view.goal, base, yearly)
    observed = tuple(point for point in values if point.scope == scope)
    base_point = _baseline(view)
    reported = [point for point in growth if point.scope == scope]
    totals = (*observed, *([base_point] if base_point is not None else []))
    return Series(
        observed=observed,
        superseded=_in_time(
            Point(row.time_period, row.old_value)
            for row in book.rows.revisions
            if row.indicator_id == view.indicator.id
            and row.scope == scope
            and row.old_value is not None
        ),
        elsewhere=tuple(point for point in values if point.scope != scope),
        growth=_in_time((*reported, *_computed(totals, reported, book.plan.year))),
        targets=tuple(Point(book.plan.year.end(year), yearly[year]) for year in sorted(yearly)),
        year_verdicts={
            row.year: row.verdict for row in book.rows.annual_verdicts if row.goal_id == view.id
        },
        due=_in_time(Point(period, value) for period, value in due),
        baseline=base_point,
        year=book.plan.year,
        fan=book.fan(view.id) if view.verdict.edition == book.edition else (),
    )


def _computed(
    values: Iterable[Point], reported: Iterable[Point], year: FiscalYear
) -> Iterator[Point]:
    """Yield the growth of whole years that came without one, as past values mostly do."""
    known = {point.period for point in reported}
    ends = {point.period: point for point in values if year.is_end(point.period)}
    for before, point in pairwise(_in_time(ends.values())):
        follows = year.of(point.period) - year.of(before.period) == 1
        if follows and point.period not in known:
            rate = average_growth(baseline=before.value, current=point.value, years=1)
            if rate is not None:
                yield Point(
                    point.period, rate * 100, point.provisional, COMPUTED_STAGE, point.scope
                )


def _point(row: ObservationRow, value: float) -> Point:
    stage = row.release_stage
    return Point(row.time_period, value, stage in _NOT_FINAL, stage or "", row.scope)


def _scope(view: GoalView, scopes: list[str]) -> str:
    """Return the scope drawn as the goal's own: the one it is judged in.

    Where the newest value covers another area than the baseline, the older ones are the goal's own.
    """
    if view.verdict.reason is Reason.SCOPE_MISMATCH:
        return scopes[0] if len(set(scopes)) > 1 else ""
    wanted = view.verdict.scope
    return wanted if wanted in scopes or not scopes else scopes[-1]


def _baseline(view: GoalView) -> Point | None:
    value, period = view.verdict.baseline_value, view.verdict.baseline_period
    if view.kind is Kind.CUMULATIVE and view.goal.since is not None:
        return Point(view.goal.since, 0.0)
    return None if value is None or period is None else Point(period, value)


def yearly_targets(view: GoalView, targets: Iterable[AnnualTargetRow]) -> dict[int, float]:
    """Return the yearly targets in force by year, the newest decision of each."""
    own = [row for row in targets if row.goal_id == view.id]
    valid = [row for row in own if row.from_edition <= view.verdict.edition]
    valid.sort(key=lambda row: row.from_edition)
    return {row.year: row.target_value for row in valid}
