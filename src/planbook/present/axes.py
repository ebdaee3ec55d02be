"""Axes that people read: quarters or whole years under one line of time, grouped thousands.

Time is counted in months (`TimePeriod.ordinal`), also where the values are of years, so that charts
of different goals can share it.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.markers import TICKDOWN
from matplotlib.ticker import MaxNLocator

from planbook.periods import TimePeriod
from planbook.present import numbers
from planbook.present.lettering import text_width
from planbook.present.palette import GRID, MUTED
from planbook.present.series import Point
from planbook.present.sheet import PLAIN, WIDE, Words, sheet_of
from planbook.present.style import EDGE, LABEL, SMALL, WIDTH

YEAR_MIDDLE = 5.5  # months from January to the middle of a year
_STEPS = (1, 2, 2.5, 5, 10)
_ROOM_ABOVE, _ROOM_BELOW = 0.17, 0.23  # of the values' range, for labels


def month_axis(axes: Axes, first: TimePeriod, last: TimePeriod) -> None:
    """Set an axis of months with a tick a quarter, and each year's name below its months.

    Half years are named on every screen, the quarters between them where there is room.
    """
    axes.set_xlim(first.ordinal - 1.2, last.ordinal + 1.2)
    ends = [o for o in range(first.ordinal, last.ordinal + 1) if o % 3 == 2]
    _base_line(axes, ends)
    for end in ends:
        _below(axes, end, f"{end % 12 + 1}月", kind=PLAIN if end % 6 == 5 else WIDE)
    starts = []
    for year in range(first.year, last.year + 1):
        months = [o for o in range(year * 12, year * 12 + 12) if first.ordinal <= o <= last.ordinal]
        if len(months) > 3 or year == first.year:
            _below(axes, (months[0] + months[-1]) / 2, f"{year}年", line=1)
        if year > first.year:
            starts.append(year * 12 - 0.5)
    axes.vlines(starts, 0, 1, transform=axes.get_xaxis_transform(), color=GRID, lw=1.0, zorder=0)


def year_axis(axes: Axes, first: int, last: int, part: Point | None) -> None:
    """Set an axis of years; the year that is not over says which months it holds."""
    axes.set_xlim(first * 12 - 1.0, last * 12 + 12.0)
    _base_line(axes, [])
    for year in range(first, last + 1):
        _below(axes, year * 12 + YEAR_MIDDLE, f"{year}年")
    if part is not None:
        middle = part.period.year * 12 + YEAR_MIDDLE
        _below(axes, middle, f"1—{part.period.month}月", line=1)


def value_axis(
    axes: Axes, decimals: int, *, include: Sequence[float] = (), from_zero: bool
) -> None:
    """Set the value axis to what is drawn: about five round numbers, a faint line at each.

    To be called before `month_axis` or `year_axis`: it moves the axes right as far as the numbers
    need room.
    """
    low, high = float(axes.dataLim.ymin), float(axes.dataLim.ymax)
    for value in include:
        low, high = min(low, value), max(high, value)
    if from_zero:
        low, high = min(0.0, low), max(0.0, high)
    span = high - low or abs(high) or 1.0
    floor = low if from_zero and low == 0 else low - span * _ROOM_BELOW
    bottom, top = floor, high + span * _ROOM_ABOVE
    axes.set_ylim(bottom, top)
    locator = MaxNLocator(5, integer=decimals == 0, min_n_ticks=2, steps=_STEPS)
    ticks = [float(tick) for tick in locator.tick_values(bottom, top) if bottom <= tick <= top]
    names = [numbers.short(tick, 3) for tick in ticks]
    left = EDGE + max(text_width(name, LABEL) for name in names) + 6
    box = axes.get_position()
    axes.set_position((left / WIDTH, box.y0, box.x1 - left / WIDTH, box.height))
    axes.hlines(ticks, 0, 1, transform=axes.get_yaxis_transform(), color=GRID, lw=1.0, zorder=0)
    for tick, name in zip(ticks, names, strict=True):
        y = float(axes.transData.transform((0, tick))[1]) - 0.36 * SMALL
        sheet_of(axes).write(Words(left - 6, y, name, MUTED, "end"))
    if low < 0 < high:
        axes.axhline(0, color=MUTED, lw=1.0, zorder=1)


def _base_line(axes: Axes, ticks: Sequence[float]) -> None:
    """Draw the line of time and its ticks. matplotlib's own would cost most of a chart's time."""
    axes.set_axis_off()
    across = axes.get_xaxis_transform()
    axes.hlines(0, *axes.get_xlim(), transform=across, color=MUTED, lw=1.0, zorder=1)
    if ticks:
        axes.plot(
            ticks,
            [0] * len(ticks),
            color=MUTED,
            ls="none",
            marker=TICKDOWN,
            ms=4,
            transform=across,
            clip_on=False,
        )


def _below(axes: Axes, x: float, text: str, *, line: int = 0, kind: str = PLAIN) -> None:
    """Write under the line of time, in the first or the second line."""
    px, py = axes.transData.transform((x, axes.get_ylim()[0]))
    y = float(py) - 6 - (0.95 + 1.15 * line) * LABEL
    sheet_of(axes).write(Words(float(px), y, text, MUTED, kind=kind))
