"""The marks of a goal's chart: what was observed, the path due, the targets, what is expected.

Three forms: a line over months (levels, cumulative counts), a bar a year with this year's part and
its estimate (yearly totals), growth rates against the rate wanted. All on one axis of months. No
text here: a single chart has its labels from `goal_labels`, a panel among many from `multiples`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matplotlib.axes import Axes

from planbook.present.charts import marked_values
from planbook.present.charts.fan import draw_fan
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
from planbook.present.points import Point, Series, band
from planbook.present.views import GoalView
from planbook.vocabulary import Kind

BAR = 7.4  # months wide
_TICK = 1.0  # half a mark of what is due by a year's end, months
_DASHES = (0, (4, 3))
_LINE, _THIN = 2.2, 1.6
_DOT = 6  # points that a dot takes


def draw(axes: Axes, view: GoalView, series: Series, history: Sequence[GoalView]) -> None:
    """Draw the marks of a goal in the form that its kind has."""
    draw_fan(axes, view, series)
    if view.kind is Kind.CAGR:
        _draw_growth(axes, view, series, history)
    elif view.of_yearly_totals:
        _draw_years(axes, view, series)
    else:
        _draw_level(axes, view, series)


def mark(axes: Axes, view: GoalView, x: float, y: float, *, size: float = 10) -> None:
    """Draw a value with the shape and colour of its rating, half filled where that is 初步."""
    colour, marker = RATING_COLOURS[view.verdict.rating], RATING_MARKERS[view.verdict.rating]
    face = PAPER if view.verdict.rating in HOLLOW else colour
    filled: Literal["bottom", "full"] = "bottom" if view.verdict.rating_provisional else "full"
    axes.plot(
        [x],
        [y],
        marker,
        ms=size * 1.4 if marker == "*" else size,
        fillstyle=filled,
        mfc=face,
        mfcalt=PAPER,
        mec=colour,
        mew=1.6,
        zorder=6,
        clip_on=False,
    )


def _draw_level(axes: Axes, view: GoalView, series: Series) -> None:
    due = marked_values.due_line(view, series)
    axes.plot([x for x, _ in due], [y for _, y in due], color=PATH, ls=_DASHES, lw=_THIN, zorder=2)
    line = series.line
    if series.observed and not marked_values.is_few(view, series):
        xs, ys = [p.period.ordinal for p in line], [p.value for p in line]
        axes.plot(xs, ys, color=OBSERVED, lw=_LINE, zorder=3)
    _superseded(axes, series)
    _dots(axes, line if marked_values.has_base(series) else series.observed, OBSERVED)
    if series.elsewhere:  # told by shape too
        xs, ys = ([p.period.ordinal for p in series.elsewhere], [p.value for p in series.elsewhere])
        axes.plot(xs, ys, "s", ms=6, mfc=PALE, mec=MUTED, mew=0.8, zorder=4, clip_on=False)
    _target(axes, view, view.due.ordinal)
    _yearly_targets(
        axes, [(p.period.ordinal, p.value) for p in marked_values.before_due(view, series)]
    )
    point = marked_values.judged(view, series)
    if point is not None:
        by_now = view.verdict.path_value
        if by_now is not None:
            axes.plot([point.period.ordinal], [by_now], "_", color=PATH, ms=20, mew=2.4, zorder=4)
        _band(axes, view, point.period.ordinal)
        mark(axes, view, point.period.ordinal, point.value)


def _draw_years(axes: Axes, view: GoalView, series: Series) -> None:
    part = marked_values.part_year(series)
    ends = [p for p in (*series.observed, *series.elsewhere) if series.year.is_end(p.period)]
    if series.baseline is not None and all(p.period != series.baseline.period for p in ends):
        ends.append(series.baseline)
    for point in ends:
        _bar(axes, series, point, comparable=point not in series.elsewhere)
    if part is not None:
        _bar(axes, series, part, comparable=part in series.observed)
        whole = marked_values.estimate(view, part)
        if whole is not None:
            _estimate(axes, series, part, whole, comparable=part in series.observed)
        _band(
            axes, view, marked_values.year_x(series, part.period) + 0.32 * BAR
        )  # beside the mark of what is due
    _quarters(axes, series, part)
    for point in series.superseded:
        if series.year.is_end(point.period) or (part is not None and point.period == part.period):
            x = (
                marked_values.year_x(series, point.period) + BAR / 2 + 0.8
            )  # beside the bar, on paper
            axes.plot([x], [point.value], "x", color=MUTED, ms=7, mew=1.8, zorder=5)
    _yearly_due(axes, view, series)
    _yearly_targets(
        axes,
        [
            (marked_values.year_x(series, p.period), p.value)
            for p in marked_values.before_due(view, series)
        ],
    )


def _draw_growth(axes: Axes, view: GoalView, series: Series, history: Sequence[GoalView]) -> None:
    xs, ys = [p.period.ordinal for p in series.growth], [p.value for p in series.growth]
    axes.plot(xs, ys, color=PATH, lw=_THIN, zorder=3)
    for marker, computed in (("o", False), ("s", True)):
        shown = [p for p in series.growth if p.is_computed is computed]
        xs, ys = [p.period.ordinal for p in shown], [p.value for p in shown]
        axes.plot(xs, ys, marker, color=PATH, ms=5.5, mfc=PAPER, mew=1.4, zorder=3)
    if view.goal.target is not None:
        axes.axhline(view.goal.target, color=TARGET, lw=_THIN, zorder=1)
    meeting = marked_values.meeting_level(view)
    if meeting is not None:
        axes.axhline(meeting, color=TARGET, lw=1.0, ls=_DASHES, zorder=1)
    reached = marked_values.newest_average(history)
    if reached is not None:
        mark(axes, view, reached.period.ordinal, reached.value)


def _dots(axes: Axes, points: Sequence[Point], colour: str) -> None:
    """Draw values; where they stand too close to be told apart, those that may move alone."""
    if _crowded(axes, points):
        points = [point for point in points if point.provisional]
    for provisional in (True, False):
        shown = [p for p in points if p.provisional is provisional]
        if shown:
            xs, ys = [p.period.ordinal for p in shown], [p.value for p in shown]
            face = PAPER if provisional else colour
            axes.plot(xs, ys, "o", ms=6, mfc=face, mec=colour, mew=1.6, zorder=4, clip_on=False)


def _crowded(axes: Axes, points: Sequence[Point]) -> bool:
    """Tell whether so many values stand in these axes that their dots would be one band."""
    return float(axes.bbox.width) < _DOT * (len(points) - 1)


def _superseded(axes: Axes, series: Series) -> None:
    """Draw what was reported before as crosses, each on a thread to the value that replaced it."""
    now = {point.period: point.value for point in series.observed}
    for point in series.superseded:
        x = point.period.ordinal
        axes.plot([x], [point.value], "x", color=MUTED, ms=7, mew=1.8, zorder=3)
        if point.period in now:
            ys = [point.value, now[point.period]]
            axes.plot([x, x], ys, color=MUTED, lw=1.0, ls=":", zorder=2)


def _bar(axes: Axes, series: Series, point: Point, *, comparable: bool) -> None:
    """Draw a total: full where it is final, hollow where it may move, pale in another scope."""
    colour = OBSERVED if comparable else PALE
    axes.bar(
        marked_values.year_x(series, point.period),
        point.value,
        width=BAR,
        facecolor=PAPER if point.provisional else colour,
        edgecolor=colour,
        lw=1.8,
        zorder=2,
    )


def _estimate(axes: Axes, series: Series, part: Point, whole: float, *, comparable: bool) -> None:
    axes.bar(
        marked_values.year_x(series, part.period),
        whole - part.value,
        bottom=part.value,
        width=BAR,
        facecolor=PAPER,
        edgecolor=OBSERVED if comparable else PALE,
        hatch="//",
        lw=1.0,
        zorder=2,
    )


def _quarters(axes: Axes, series: Series, part: Point | None) -> None:
    """Draw, within the bars, what each year had reached by the end of its earlier quarters.

    The quarter that this year has come to is the strongest: it is what is compared.
    """
    shown = marked_values.quarters(series, part)
    same = marked_values.same_period(series, part) if part is not None else []
    hollow = {series.year.of(p.period) for p in series.observed if p.provisional}
    for strong in (False, True):
        points = [point for point in shown if (point in same) is strong]
        if points:
            xs = [marked_values.year_x(series, point.period) for point in points]
            on_dark = [series.year.of(point.period) not in hollow for point in points]
            half = BAR / 2 if strong else BAR / 2 - 0.4
            axes.hlines(
                [point.value for point in points],
                [x - half for x in xs],
                [x + half for x in xs],
                color=[PALE if dark else OBSERVED for dark in on_dark],
                lw=2.2 if strong else 0.9,
                zorder=3,
            )


def _yearly_due(axes: Axes, view: GoalView, series: Series) -> None:
    """Draw where each year should be: one level for every year, else the path to the target."""
    due = marked_values.years_due(series)
    if view.kind is Kind.EVERY_YEAR and due:
        axes.hlines(due[0][1], *across_years(due), color=TARGET, lw=1.8, zorder=4)
        by_now = marked_values.due_by_now(view, series)
        if by_now is not None:
            x, y = by_now
            axes.hlines(y, x - _TICK * 2, x + _TICK * 2, color=PATH, lw=2.4, zorder=5)
        return
    if len(due) > 1:
        axes.plot(*zip(*due, strict=True), color=PATH, ls=_DASHES, lw=_THIN, zorder=4)
        for x, y in due[1:-1]:
            axes.hlines(y, x - _TICK, x + _TICK, color=PATH, lw=2.4, zorder=4)
    _target(axes, view, marked_values.year_x(series, view.due))


def across_years(due: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return where the level of a goal for every year begins and ends, on the axis."""
    return due[0][0] - 0.7 * BAR, due[-1][0] + 0.7 * BAR


def _target(axes: Axes, view: GoalView, x: float) -> None:
    """Draw the target, and a dash at the value that counts as met where that is another one.

    One that is a range has a bar between two marks.
    """
    value, meeting = marked_values.target_level(view), marked_values.meeting_level(view)
    high = marked_values.range_end(view)
    if value is not None and high is not None:
        axes.plot([x, x], [value, high], "D-", ms=7, lw=4, color=TARGET, zorder=5, clip_on=False)
    elif value is not None:
        axes.plot([x], [value], "D", ms=9, color=TARGET, zorder=5, clip_on=False)
    if meeting is not None:
        axes.plot([x], [meeting], "_", ms=20, mew=2.4, color=TARGET, zorder=5, clip_on=False)


def _band(axes: Axes, view: GoalView, x: float) -> None:
    """Draw the band of an estimate as a thin bar with ends, on a pale edge of its own."""
    found = band(view)
    if found is None:
        return
    for colour, width in ((PAPER, 3.6), (INK, 1.4)):
        axes.vlines(x, *found, color=colour, lw=width, zorder=5)
        axes.plot([x, x], found, "_", color=colour, ms=7 + width, mew=width, zorder=5)


def _yearly_targets(axes: Axes, points: Sequence[tuple[float, float]]) -> None:
    if points:
        axes.plot(*zip(*points, strict=True), "D", ms=8, mfc=PAPER, mec=TARGET, mew=1.6, zorder=5)
