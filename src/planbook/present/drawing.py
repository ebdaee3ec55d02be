"""The marks of a goal's chart: what was observed, the path due, yearly targets and the target.

Three forms: a line over months (levels, cumulative counts), a bar a year with this year's part and
its estimate (yearly totals), growth rates against the rate wanted. All on one axis of months. No
text here: a single chart has its labels from `labelling`, a panel among many from `multiples`.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from planbook.periods import TimePeriod
from planbook.present.axes import YEAR_MIDDLE
from planbook.present.palette import (
    HOLLOW,
    MUTED,
    OBSERVED,
    PALE,
    PAPER,
    PATH,
    RATING_COLOURS,
    RATING_MARKERS,
    TARGET,
)
from planbook.present.series import Point, Series
from planbook.present.views import GoalView
from planbook.vocabulary import Kind

YEARLY = (Kind.ANNUAL_FLOW, Kind.GROWTH_VS_BASE, Kind.EVERY_YEAR)
BAR = 7.4  # months wide
_DASHES = (0, (4, 3))
_LINE, _THIN = 2.2, 1.6


def draw(axes: Axes, view: GoalView, series: Series, history: Sequence[GoalView]) -> None:
    """Draw the marks of a goal in the form that its kind has."""
    if view.kind is Kind.CAGR:
        _draw_growth(axes, view, series, history)
    elif view.kind in YEARLY:
        _draw_years(axes, view, series)
    else:
        _draw_level(axes, view, series)


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
    years = [*series.years, *(point.period.year for point in points), view.due.year]
    return min(years), view.due.year


def part_year(series: Series) -> Point | None:
    """Return the newest value if its year is not over."""
    last = max((*series.observed, *series.elsewhere), key=lambda p: p.period, default=None)
    return last if last is not None and not last.period.is_year_end else None


def estimate(view: GoalView, part: Point) -> float | None:
    """Return the estimate of the whole year, where it rates the goal."""
    value = view.number("observed_value")
    return value if view.flag("is_estimate") and value is not None and value > part.value else None


def target_level(view: GoalView) -> float | None:
    """Return the target where the chart draws it; ``None`` if it cannot be known yet."""
    if view.kind is Kind.CAGR:
        return view.goal.target
    value = view.number("target_value")
    return view.goal.target if value is None and not view.is_growth else value


def due_by_now(view: GoalView, series: Series) -> tuple[float, float] | None:
    """Return what an every-year goal should have reached in the year that is not over."""
    part, due = part_year(series), view.number("path_value")
    if view.kind is not Kind.EVERY_YEAR or part is None or due is None:
        return None
    return year_x(part.period.year), due


def has_base(series: Series) -> bool:
    """Whether the line starts from a baseline that is a value, not from nothing."""
    return series.baseline is not None and series.baseline.value != 0


def year_x(year: int) -> float:
    """Return the middle of a year on the axis of months."""
    return year * 12 + YEAR_MIDDLE


def mark(axes: Axes, view: GoalView, x: float, y: float, *, size: float = 10) -> None:
    """Draw a value with the shape and colour of its rating."""
    colour, marker = RATING_COLOURS[view.rating], RATING_MARKERS[view.rating]
    face = PAPER if view.rating in HOLLOW else colour
    size = size * 1.4 if marker == "*" else size
    axes.plot([x], [y], marker, ms=size, mfc=face, mec=colour, mew=1.6, zorder=6, clip_on=False)


def _draw_level(axes: Axes, view: GoalView, series: Series) -> None:
    start = series.baseline
    _line(axes, series.due, PATH, dashed=True)
    line = [start, *series.observed] if start is not None else series.observed
    _line(axes, line if series.observed else (), OBSERVED)
    _superseded(axes, series)
    _dots(axes, line if has_base(series) else series.observed, OBSERVED)
    _dots(axes, series.elsewhere, PALE)
    _target(axes, view, view.due.ordinal)
    _yearly_targets(axes, [(p.period.ordinal, p.value) for p in before_due(view, series)])
    if series.observed:
        mark(axes, view, series.observed[-1].period.ordinal, series.observed[-1].value)


def _draw_years(axes: Axes, view: GoalView, series: Series) -> None:
    part = part_year(series)
    ends = [p for p in (*series.observed, *series.elsewhere) if p.period.is_year_end]
    if series.baseline is not None and all(p.period != series.baseline.period for p in ends):
        ends.append(series.baseline)
    for point in ends:
        _bar(axes, point, comparable=point not in series.elsewhere)
    if part is not None:
        _bar(axes, part, comparable=part in series.observed)
        _same_period(axes, series, part)
        whole = estimate(view, part)
        if whole is not None:
            _estimate(axes, part, whole, comparable=part in series.observed)
    for point in series.superseded:
        if point.period.is_year_end or (part is not None and point.period == part.period):
            x = year_x(point.period.year) + BAR / 2 + 0.8  # beside the bar, on paper
            axes.plot([x], [point.value], "x", color=MUTED, ms=7, mew=1.8, zorder=5)
    _yearly_due(axes, view, series)
    _yearly_targets(axes, [(year_x(p.period.year), p.value) for p in before_due(view, series)])


def _draw_growth(axes: Axes, view: GoalView, series: Series, history: Sequence[GoalView]) -> None:
    axes.plot(
        [p.period.ordinal for p in series.growth],
        [p.value for p in series.growth],
        color=PATH,
        lw=_THIN,
        marker="o",
        ms=5.5,
        mfc=PAPER,
        mew=1.4,
        zorder=3,
    )
    if view.goal.target is not None:
        axes.axhline(view.goal.target, color=TARGET, lw=_THIN, zorder=1)
    reached = averages(history)
    if reached:
        last = max(reached)
        mark(axes, view, last.ordinal, reached[last])


def averages(history: Sequence[GoalView]) -> dict[TimePeriod, float]:
    """Return the average growth of complete years, by the end of the last one."""
    found = {}
    for then in history:
        period, value = then.period("observed_period"), then.number("observed_value")
        if period is not None and value is not None:
            found[period] = value
    return found


def before_due(view: GoalView, series: Series) -> list[Point]:
    """Return the yearly targets before the due date: there the target itself stands."""
    return [point for point in series.targets if point.period < view.due]


def _line(axes: Axes, points: Sequence[Point], colour: str, *, dashed: bool = False) -> None:
    xs, ys = [p.period.ordinal for p in points], [p.value for p in points]
    style = {"ls": _DASHES, "lw": _THIN} if dashed else {"lw": _LINE}
    axes.plot(xs, ys, color=colour, zorder=2 if dashed else 3, **style)


def _dots(axes: Axes, points: Sequence[Point], colour: str) -> None:
    for provisional in (True, False):
        shown = [p for p in points if p.provisional is provisional]
        if shown:
            xs, ys = [p.period.ordinal for p in shown], [p.value for p in shown]
            face = PAPER if provisional else colour
            axes.plot(xs, ys, "o", ms=6, mfc=face, mec=colour, mew=1.6, zorder=4, clip_on=False)


def _superseded(axes: Axes, series: Series) -> None:
    """Draw what was reported before as crosses, each on a thread to the value that replaced it."""
    now = {point.period: point.value for point in series.observed}
    for point in series.superseded:
        x = point.period.ordinal
        axes.plot([x], [point.value], "x", color=MUTED, ms=7, mew=1.8, zorder=3)
        if point.period in now:
            ys = [point.value, now[point.period]]
            axes.plot([x, x], ys, color=MUTED, lw=1.0, ls=":", zorder=2)


def _bar(axes: Axes, point: Point, *, comparable: bool) -> None:
    """Draw a total: full where it is final, hollow where it may move, pale in another scope."""
    colour = OBSERVED if comparable else PALE
    axes.bar(
        year_x(point.period.year),
        point.value,
        width=BAR,
        facecolor=PAPER if point.provisional else colour,
        edgecolor=colour,
        lw=1.8,
        zorder=2,
    )


def _estimate(axes: Axes, part: Point, whole: float, *, comparable: bool) -> None:
    axes.bar(
        year_x(part.period.year),
        whole - part.value,
        bottom=part.value,
        width=BAR,
        facecolor=PAPER,
        edgecolor=OBSERVED if comparable else PALE,
        hatch="//",
        lw=1.0,
        zorder=2,
    )


def _same_period(axes: Axes, series: Series, part: Point) -> None:
    """Draw, within the bars of earlier years, what they had reached by the same month."""
    for point in same_period(series, part):
        x = year_x(point.period.year)
        axes.hlines(point.value, x - BAR / 2, x + BAR / 2, color=PALE, lw=1.6, zorder=3)


def same_period(series: Series, part: Point) -> list[Point]:
    """Return the values of the same month in earlier years that have a bar."""
    return [
        point
        for point in series.observed
        if point.period.month == part.period.month
        and point.period.year in series.years
        and point.period < part.period
    ]


def _yearly_due(axes: Axes, view: GoalView, series: Series) -> None:
    """Draw where each year should be: one level for every year, else the path to the target."""
    due = [(year_x(p.period.year), p.value) for p in series.due if p.period.is_year_end]
    if view.kind is Kind.EVERY_YEAR and due:
        low, high = due[0][0] - 0.7 * BAR, due[-1][0] + 0.7 * BAR
        axes.hlines(due[0][1], low, high, color=TARGET, lw=1.8, zorder=4)
        by_now = due_by_now(view, series)
        if by_now is not None:
            axes.plot(*by_now, "_", color=PATH, ms=44, mew=2.4, zorder=5)
        return
    if len(due) > 1:
        axes.plot(*zip(*due, strict=True), color=PATH, ls=_DASHES, lw=_THIN, zorder=4)
        axes.plot(*zip(*due[1:-1], strict=True), "_", color=PATH, ms=22, mew=2.4, zorder=4)
    _target(axes, view, year_x(view.due.year))


def _target(axes: Axes, view: GoalView, x: float) -> None:
    value = target_level(view)
    if value is not None:
        axes.plot([x], [value], "D", ms=9, color=TARGET, zorder=5, clip_on=False)


def _yearly_targets(axes: Axes, points: Sequence[tuple[float, float]]) -> None:
    if points:
        axes.plot(*zip(*points, strict=True), "D", ms=8, mfc=PAPER, mec=TARGET, mew=1.6, zorder=5)
