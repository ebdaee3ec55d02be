"""The fan of a forecast: where a value ends in 80 and in 95 of 100 cases, and the median.

Over months it opens from the newest value to the due date; of yearly totals and of average growth
it is a box at each year's end. The running year, whose estimate has a band, has no box besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planbook.outlook_frames import FanRow
from planbook.present.charts import marked_values
from planbook.present.palette import FAN, OBSERVED
from planbook.present.points import Point, Series, band
from planbook.present.say import course_words
from planbook.present.say.outlook_sentences import implied_growth
from planbook.present.views import GoalView
from planbook.vocabulary import Kind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DOTS = (0, (1, 1.4))
YEAR_BOX, GROWTH_BOX = 4.6, 2.6  # widths of a box of a yearly total, and of growth, months


def fan_drawn(view: GoalView, series: Series) -> list[FanRow]:
    """Return what of a forecast the chart draws, on its scale and in order of time."""
    if not _by_boxes(view):
        return list(series.fan)
    if view.kind is Kind.CAGR:
        ends = [row for row in series.fan if view.year.is_end(row.time_period)]
        return [rates for row in ends if (rates := _as_growth(view, row)) is not None]
    part = marked_values.part_year(series)
    told = view.year.end_of(part.period) if part is not None and band(view) is not None else None
    return [
        row for row in series.fan if view.year.is_end(row.time_period) and row.time_period != told
    ]


def fan_marks(view: GoalView, series: Series) -> str:
    """Say what the shades mean; empty without any."""
    if not fan_drawn(view, series):
        return ""
    return course_words.FAN_OF_YEARS if _by_boxes(view) else course_words.FAN


def draw_fan(axes: Axes, view: GoalView, series: Series) -> None:
    """Draw the shades and the median."""
    rows = fan_drawn(view, series)
    if not rows:
        return
    if _by_boxes(view):
        _boxes(axes, view, series, rows)
        return
    xs, edges = _opening(series, rows)
    for low, high, colour, order in ((0, 4, FAN[0], 1.2), (1, 3, FAN[1], 1.3)):
        axes.fill_between(xs, edges[low], edges[high], color=colour, lw=0, zorder=order)
    axes.plot(xs, edges[2], color=OBSERVED, lw=2.0, ls=_DOTS, zorder=2.5)


def fan_lines(view: GoalView, series: Series) -> list[tuple[list[float], list[float]]]:
    """Return the lines that labels keep off: the median, and where the darker shade ends."""
    rows = fan_drawn(view, series)
    if not rows:
        return []
    if _by_boxes(view):
        half = _width(view) / 2
        return [
            ([x - half, x + half], [value, value])
            for row in rows
            for x in (_x(view, series, row),)
            for value in (row.outlook_low80, row.outlook_mid, row.outlook_high80)
        ]
    xs, edges = _opening(series, rows)
    return [(xs, edges[n]) for n in (1, 2, 3)]


def _as_growth(view: GoalView, row: FanRow) -> FanRow | None:
    """Return the average growth that amounts at a time imply, in percent."""
    low95, low80, mid, high80, high95 = (
        implied_growth(view, value, row.time_period) for value in _values(row)
    )
    if low95 is None or low80 is None or mid is None or high80 is None or high95 is None:
        return None
    return FanRow(
        goal_id=row.goal_id,
        time_period=row.time_period,
        outlook_low95=low95,
        outlook_low80=low80,
        outlook_mid=mid,
        outlook_high80=high80,
        outlook_high95=high95,
    )


def _by_boxes(view: GoalView) -> bool:
    return view.of_yearly_totals or view.kind is Kind.CAGR


def _values(row: FanRow) -> tuple[float, ...]:
    return (
        row.outlook_low95,
        row.outlook_low80,
        row.outlook_mid,
        row.outlook_high80,
        row.outlook_high95,
    )


def _opening(series: Series, rows: Sequence[FanRow]) -> tuple[list[float], list[list[float]]]:
    """Return months, and the five edges of a fan that opens from the newest value."""
    start = _newest_before(series, rows[0])
    xs = [float(row.time_period.ordinal) for row in rows]
    edges = [list(edge) for edge in zip(*map(_values, rows), strict=True)]
    if start is None:
        return xs, edges
    return [float(start.period.ordinal), *xs], [[start.value, *edge] for edge in edges]


def _newest_before(series: Series, first: FanRow) -> Point | None:
    known = [point for point in series.line if point.period < first.time_period]
    return known[-1] if known else None


def _boxes(axes: Axes, view: GoalView, series: Series, rows: Sequence[FanRow]) -> None:
    half = _width(view) / 2
    for row in rows:
        x = _x(view, series, row)
        sides = [x - half, x + half]
        low95, low80, mid, high80, high95 = _values(row)
        axes.fill_between(sides, low95, high95, color=FAN[0], lw=0, zorder=2.1)
        axes.fill_between(sides, low80, high80, color=FAN[1], lw=0, zorder=2.2)
        axes.hlines(mid, x - half, x + half, color=OBSERVED, lw=2.0, zorder=3)


def _width(view: GoalView) -> float:
    return YEAR_BOX if view.of_yearly_totals else GROWTH_BOX


def _x(view: GoalView, series: Series, row: FanRow) -> float:
    if view.of_yearly_totals:
        return marked_values.year_x(series, row.time_period)
    return float(row.time_period.ordinal)
