"""Axes that people read: quarters, half years or years, as there is room, and grouped thousands.

Time is counted in months (`TimePeriod.ordinal`), also where the values are of years, so that charts
of different goals can share it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.markers import TICKDOWN
from matplotlib.ticker import MaxNLocator

from planbook.periods import FiscalYear, TimePeriod
from planbook.present import numbers
from planbook.present.charts.canvas import PLAIN, WIDE, Words, sheet_of
from planbook.present.charts.figure import EDGE, LABEL, SMALL, WIDTH
from planbook.present.charts.lettering import text_width
from planbook.present.charts.marked_values import YEAR_MIDDLE
from planbook.present.palette import GRID, MUTED
from planbook.present.points import Point
from planbook.present.say.chart_words import month_name, months_to_date, short_year, year_name

_STEPS = (1, 2, 2.5, 5, 10)
_APART = 4.0  # kept free between two names on an axis
_NARROW = 24.0  # a year of this width has a line of its own only if it is named
_ROOM_ABOVE, _ROOM_BELOW = 0.17, 0.23  # of the values' range, for labels


def month_axis(axes: Axes, first: TimePeriod, last: TimePeriod) -> None:
    """Set an axis of months: a tick a quarter, and each year's name below its months.

    Half years are named on every screen, the quarters between them where there is room; every month
    where all have room. Where half years have none, the axis is one of years, of which as many are
    named as there is room for.
    """
    axes.set_xlim(first.ordinal - 1.2, last.ordinal + 1.2)
    month = _month_width(axes)
    each = month >= _room_of("12月", LABEL)
    halves = 6 * month >= _room_of("12月", LABEL)
    quarters = 3 * month >= _room_of("12月", SMALL)
    every = range(first.ordinal, last.ordinal + 1) if halves else ()
    ends = [month for month in every if each or month % 3 == 2]
    _base_line(axes, ends)
    for end in ends:
        if quarters or end % 6 == 5:
            always = each or end % 6 == 5
            _below(axes, end, month_name(end % 12 + 1), kind=PLAIN if always else WIDE)
    _year_names(axes, first, last, line=1 if halves else 0)
    starts = [year * 12 - 0.5 for year in years_lined(axes, first.year, last.year)]
    axes.vlines(starts, 0, 1, transform=axes.get_xaxis_transform(), color=GRID, lw=1.0, zorder=0)


def few_axis(axes: Axes, dates: Mapping[TimePeriod, str]) -> None:
    """Set an axis that names the few times there are, and no axis of values beside it.

    Of names that have no room between their neighbours the earlier ones go, but the first.
    """
    box = axes.get_position()
    axes.set_position((EDGE / WIDTH, box.y0, 1 - 2 * EDGE / WIDTH, box.height))
    first, last = min(dates), max(dates)
    axes.set_xlim(first.ordinal - 1.2, last.ordinal + 2.4)
    low, high = float(axes.dataLim.ymin), float(axes.dataLim.ymax)
    span = high - low or abs(high) or 1.0
    axes.set_ylim(low - span * _ROOM_BELOW, high + span * _ROOM_ABOVE)
    _base_line(axes, [date.ordinal for date in dates])
    month, taken = _month_width(axes), list[tuple[float, float]]()
    for date in (first, *sorted(dates.keys() - {first}, reverse=True)):
        half = _room_of(dates[date], LABEL) / 2
        middle = (date.ordinal - first.ordinal + 1.2) * month + EDGE
        middle = min(max(middle, half), WIDTH - half)
        if all(middle + half <= left or middle - half >= right for left, right in taken):
            taken.append((middle - half, middle + half))
            _below(axes, date.ordinal, dates[date])


def year_axis(axes: Axes, year: FiscalYear, first: int, last: int, part: Point | None) -> None:
    """Set an axis of years; the year that is not over says which months it holds."""
    axes.set_xlim(year.end(first).ordinal - 12.0, year.end(last).ordinal + 1.0)
    _base_line(axes, [])
    for number in named_years(axes, first, last, short_year(year, last)):
        _below(axes, year.end(number).ordinal - YEAR_MIDDLE, short_year(year, number))
    if part is not None:
        middle = year.end_of(part.period).ordinal - YEAR_MIDDLE
        _below(axes, middle, months_to_date(year, part.period), line=1)


def name_axis(axes: Axes, names: Sequence[str]) -> None:
    """Set an axis of names, one at each whole number: all, or every second, third … of them."""
    last = len(names) - 1
    axes.set_xlim(-0.4, last + 0.4)
    width = float(axes.bbox.width) / (last + 0.8)
    apart = math.ceil(max(_room_of(name, LABEL) for name in names) / width)
    _base_line(axes, range(0, last + 1, apart))
    for n in range(0, last + 1, apart):
        _below(axes, n, names[n])


def named_years(axes: Axes, first: int, last: int, form: str = "{}年") -> list[int]:
    """Return the years that have room for their names: all, or every second, fifth, tenth …

    `form` is how a year is written. The limits of the axis must be set.
    """
    width = 12 * _month_width(axes)
    fitting = int((last - first) * width / _room_of(form.format(last), LABEL))
    if last == first or fitting >= last - first:
        return list(range(first, last + 1))
    locator = MaxNLocator(max(fitting, 1), integer=True, min_n_ticks=1, steps=(1, 2, 5, 10))
    found = (round(float(tick)) for tick in locator.tick_values(first, last))
    return [year for year in found if first <= year <= last]


def years_lined(axes: Axes, first: int, last: int, form: str = "{}年") -> list[int]:
    """Return the years that a line begins: all but the first, or the named ones if too narrow."""
    wide = 12 * _month_width(axes) > _NARROW
    years = range(first, last + 1) if wide else named_years(axes, first, last, form)
    return [year for year in years if year > first]


def value_axis(axes: Axes, decimals: int, *, from_zero: bool) -> None:
    """Set the value axis to what is drawn: about five round numbers, a faint line at each.

    To be called before `month_axis` or `year_axis`: it moves the axes right as far as the numbers
    need room.
    """
    low, high = float(axes.dataLim.ymin), float(axes.dataLim.ymax)
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


def _year_names(axes: Axes, first: TimePeriod, last: TimePeriod, *, line: int) -> None:
    """Name years below their months; one of a few months only where its neighbour leaves room."""
    places = {
        year: (max(first.ordinal, year * 12) + min(last.ordinal, year * 12 + 11)) / 2
        for year in named_years(axes, first.year, last.year)
    }
    room = _room_of(year_name(last.year), LABEL) / _month_width(axes)
    for year, place in places.items():
        whole = first.ordinal <= year * 12 and year * 12 + 11 <= last.ordinal
        others = [abs(place - other) for other in places.values() if other != place]
        if whole or min(others, default=room) >= room:
            _below(axes, place, year_name(year), line=line)


def _month_width(axes: Axes) -> float:
    """Return the width of a month on the axis, in printer's points."""
    left, right = axes.get_xlim()
    return float(axes.bbox.width) / (right - left)


def _room_of(text: str, size: float) -> float:
    return text_width(text, size) + _APART


def _below(axes: Axes, x: float, text: str, *, line: int = 0, kind: str = PLAIN) -> None:
    """Write under the line of time, in the first or the second line, and on the sheet."""
    px, py = axes.transData.transform((x, axes.get_ylim()[0]))
    y = float(py) - 6 - (0.95 + 1.15 * line) * LABEL
    half = text_width(text, LABEL) / 2 + 1
    at = min(max(float(px), half), WIDTH - half)
    sheet_of(axes).write(Words(at, y, text, MUTED, kind=kind))
