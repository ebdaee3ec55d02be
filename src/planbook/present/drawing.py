"""How a goal's values are drawn: what was observed, the path due, yearly targets and the target.

Three forms: a line over months (levels, cumulative counts), a bar a year with this year's part and
its estimate (yearly totals), growth rates against the rate wanted. Labels stand at what they name;
there is no legend.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from planbook.periods import TimePeriod
from planbook.present import numbers
from planbook.present.axes import label, month_axis, value_axis, year_axis
from planbook.present.palette import (
    HOLLOW,
    INK,
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
_DASHES = (0, (4, 3))
_BAR = 0.5  # of a year


def target_label(view: GoalView) -> str:
    """Return the words at the target's mark."""
    value = view.number("target_value")
    if view.kind is Kind.GROWTH_VS_BASE and value is not None:
        return f"目标 {view.value_words(value)}"
    return f"目标 {view.target_words(short=True)}"


def draw_level(axes: Axes, *, view: GoalView, series: Series) -> None:
    """Draw a level or a cumulative count over months."""
    start, due = series.baseline, series.due
    drawn = [*series.observed, *series.elsewhere, *series.targets, *due]
    month_axis(axes, min(p.period for p in [*drawn, *([start] if start else [])]), view.due)
    _line(axes, due, PATH, dashed=True)
    from_value = start is not None and start.value != 0
    line = [start, *series.observed] if start is not None and from_value else series.observed
    _line(axes, line, OBSERVED)
    _dots(axes, line, OBSERVED)
    _dots(axes, series.elsewhere, PALE)
    _crosses(axes, series.superseded)
    _target(axes, view, view.due.ordinal)
    value_axis(axes, view.decimals, from_zero=not from_value)
    if start is not None and from_value:
        said = f"基期 {numbers.number(start.value, view.decimals)}"
        rising = bool(due) and due[-1].value > start.value
        x = start.period.ordinal
        label(axes, x, start.value, said, MUTED, dx=2 if rising else 0, dy=-6 if rising else 6)
    _yearly_targets(axes, [(p.period.ordinal, p.value) for p in series.targets], view)
    if series.observed:
        latest = series.observed[-1]
        below = _is_below(view, latest.value)
        _name_path(axes, due, after=latest.period, above=below)
        _mark(axes, view, latest.period.ordinal, latest.value)
        text, colour = view.value_words(latest.value), RATING_COLOURS[view.rating]
        dy = -8 if below else 8
        label(axes, latest.period.ordinal, latest.value, text, colour, dy=dy, ha="center")


def draw_years(axes: Axes, *, view: GoalView, series: Series) -> None:
    """Draw yearly totals; of the year that is not over its part and, hatched, its estimate."""
    last = max((*series.observed, *series.elsewhere), key=lambda p: p.period, default=None)
    part = last if last is not None and not last.period.is_year_end else None
    totals = series.years
    years = [*totals, *(p.period.year for p in series.due), view.due.year]
    year_axis(axes, min([*years, *([last.period.year] if last else [])]), view.due.year, part)
    axes.bar(list(totals), list(totals.values()), width=_BAR, color=OBSERVED, zorder=2)
    for year, value in totals.items():
        if last is None or part is not None or year != last.period.year:
            said = numbers.number(value, view.decimals)
            label(axes, year, value, said, INK, dy=3, ha="center")
    _yearly_due(axes, view, series)
    points = [(p.period.year, p.value) for p in series.targets]
    if part is not None:
        _part_year(axes, view, part, comparable=part in series.observed)
    elif last is not None:
        said = f"{numbers.number(last.value, view.decimals)} {view.rating.symbol}"
        colour = RATING_COLOURS[view.rating]
        label(axes, last.period.year, last.value, said, colour, dy=3, ha="center")
    value_axis(axes, view.decimals, from_zero=True)
    _yearly_targets(axes, points, view)


def draw_growth(axes: Axes, *, view: GoalView, series: Series, history: Sequence[GoalView]) -> None:
    """Draw the growth reported, the average of complete years, and the average wanted."""
    reached: dict[TimePeriod, float] = {}
    for then in history:
        period, value = then.period("observed_period"), then.number("observed_value")
        if period is not None and value is not None:
            reached[period] = value
    ends = [p.period for p in series.growth] + list(reached)
    month_axis(axes, min([*ends, (view.goal.base_period or view.due).plus(1)]), view.due)
    _line(axes, series.growth, PALE)
    _dots(axes, series.growth, MUTED)
    if view.goal.target is not None:
        axes.axhline(view.goal.target, color=TARGET, lw=1.3, zorder=1)
        label(axes, view.due.ordinal, view.goal.target, target_label(view), TARGET, dx=10)
    value_axis(axes, 1, from_zero=False)
    if series.growth:
        newest = series.growth[-1]
        said = f"累计同比 {numbers.number(newest.value, 1)}%"
        label(axes, newest.period.ordinal, newest.value, said, MUTED, dx=7)
    for period, value in list(reached.items())[-1:]:
        _mark(axes, view, period.ordinal, value)
        said, colour = f"年均 {numbers.number(value, 1)}%", RATING_COLOURS[view.rating]
        below = view.goal.target is not None and value < view.goal.target
        label(axes, period.ordinal, value, said, colour, dy=-8 if below else 8, ha="center")


def _part_year(axes: Axes, view: GoalView, part: Point, *, comparable: bool) -> None:
    """Draw the year so far and, hatched above it, its estimate, with the rating's symbol."""
    year, top = part.period.year, part.value
    axes.bar(year, part.value, width=_BAR, color=OBSERVED if comparable else PALE, zorder=2)
    estimate, so_far = view.number("observed_value"), numbers.number(part.value, view.decimals)
    said = so_far
    if view.flag("is_estimate") and estimate is not None and estimate > part.value:
        top = estimate
        axes.bar(
            year,
            estimate - part.value,
            bottom=part.value,
            width=_BAR,
            facecolor=PAPER,
            edgecolor=OBSERVED if comparable else PALE,
            hatch="////",
            lw=0.9,
            zorder=2,
        )
        inside = PAPER if comparable else INK
        label(axes, year, part.value, so_far, inside, dy=-3, ha="center", bare=True)
        said = f"推算 {numbers.number(estimate, min(view.decimals, 1))}"
    said, colour = f"{said} {view.rating.symbol}", RATING_COLOURS[view.rating]
    label(axes, year, top, said, colour, dy=3, ha="center")


def _yearly_due(axes: Axes, view: GoalView, series: Series) -> None:
    """Draw where each year should be: one level for every year, else the path to the target."""
    due = [(p.period.year, p.value) for p in series.due if p.period.is_year_end]
    if view.kind is Kind.EVERY_YEAR and due:
        axes.hlines(due[0][1], due[0][0] - 0.4, due[-1][0] + 0.4, color=TARGET, lw=1.3, zorder=4)
        label(axes, due[-1][0] + 0.4, due[0][1], target_label(view), TARGET, dx=5)
        return
    if len(due) > 1:
        axes.plot(*zip(*due, strict=True), color=PATH, ls=_DASHES, lw=1.3, zorder=4)
        axes.plot(*zip(*due[1:-1], strict=True), "_", color=PATH, ms=16, mew=2, zorder=4)
        middle = (due[-1][1] + due[-2][1]) / 2
        label(axes, due[-1][0] - 0.5, middle, "应达路径", MUTED, dx=8, dy=-5)
    _target(axes, view, view.due.year)


def _target(axes: Axes, view: GoalView, x: float) -> None:
    value = view.number("target_value")
    if value is None:
        value = None if view.is_growth else view.goal.target
    if value is not None:
        axes.plot([x], [value], "D", ms=6.5, color=TARGET, zorder=5, clip_on=False)
        label(axes, x, value, target_label(view), TARGET, dx=9)


def _yearly_targets(axes: Axes, points: Sequence[tuple[float, float]], view: GoalView) -> None:
    """Draw the yearly targets; the last one before the due date is named."""
    end = view.due.year if view.kind in YEARLY else view.due.ordinal
    before = [point for point in points if point[0] < end]
    if before:
        axes.plot(*zip(*before, strict=True), "D", ms=5.5, mfc=PAPER, mec=TARGET, mew=1.3, zorder=5)
        yearly = view.kind in YEARLY
        x, y = before[0] if yearly else before[-1]
        dx, dy = (16.0, 6.0) if yearly else (3.0, -6.0)
        label(axes, x, y, "年度目标", TARGET, dx=dx, dy=dy)


def _name_path(axes: Axes, due: Sequence[Point], *, after: TimePeriod, above: bool) -> None:
    """Name the dashed line halfway between the newest value and its end, on the free side."""
    if len(due) < 2 or after >= due[-1].period:
        return
    x = after.ordinal + (due[-1].period.ordinal - after.ordinal) * 0.55
    right = next(n for n, point in enumerate(due) if point.period.ordinal >= x)
    left_point, right_point = due[max(right - 1, 0)], due[max(right, 1)]
    width = right_point.period.ordinal - left_point.period.ordinal
    share = (x - left_point.period.ordinal) / width
    y = left_point.value + (right_point.value - left_point.value) * share
    rising = due[-1].value >= due[0].value
    ha = "right" if above is rising else "left"
    label(axes, x, y, "应达路径", MUTED, dy=4 if above else -4, ha=ha)


def _is_below(view: GoalView, value: float) -> bool:
    due = view.number("path_value")
    return due is not None and value < due


def _line(axes: Axes, points: Sequence[Point], colour: str, *, dashed: bool = False) -> None:
    xs, ys = [p.period.ordinal for p in points], [p.value for p in points]
    style = {"ls": _DASHES, "lw": 1.3} if dashed else {"lw": 1.8}
    axes.plot(xs, ys, color=colour, zorder=2 if dashed else 3, **style)


def _dots(axes: Axes, points: Sequence[Point], colour: str) -> None:
    """Draw values as dots, those that may still move as hollow ones."""
    for provisional in (False, True):
        some = [p for p in points if p.provisional is provisional]
        if some:
            xs, ys = [p.period.ordinal for p in some], [p.value for p in some]
            face = PAPER if provisional else colour
            axes.plot(xs, ys, "o", ms=4.5, mfc=face, mec=colour, mew=1.2, zorder=4)


def _crosses(axes: Axes, points: Sequence[Point]) -> None:
    xs, ys = [p.period.ordinal for p in points], [p.value for p in points]
    axes.plot(xs, ys, "x", color=MUTED, ms=5, zorder=3)


def _mark(axes: Axes, view: GoalView, x: float, y: float) -> None:
    """Draw a value with the shape and colour of its rating."""
    colour, marker = RATING_COLOURS[view.rating], RATING_MARKERS[view.rating]
    face, size = PAPER if view.rating in HOLLOW else colour, 11 if marker == "*" else 8
    axes.plot([x], [y], marker, ms=size, mfc=face, mec=colour, mew=1.4, zorder=6)
