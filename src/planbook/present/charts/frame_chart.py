"""Lines or bars of a data frame, on the axes that all charts of the book have."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.transforms import IdentityTransform

from planbook.periods import FiscalYear, TimePeriod
from planbook.present.charts.axes import month_axis, name_axis, value_axis, year_axis
from planbook.present.charts.canvas import HALO, Anchor, Words, sheet_of
from planbook.present.charts.figure import EDGE, LABEL, WIDTH
from planbook.present.charts.frame_values import FrameValues
from planbook.present.charts.lettering import text_width, told_apart
from planbook.present.palette import INK, MUTED, SERIES

_LINE = 1.4 * LABEL  # between lines of the key, and between rows of bars
_NAMES = 0.4 * WIDTH  # at most, of the names beside bars
_SAMPLE = 30.0  # a piece of a line in the key
_MARKERS = ("o", "s", "^", "D", "v")  # so that no series is told by its colour alone
_DASHES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (3, 1)))


def key_height(values: FrameValues) -> float:
    """Return the room above the drawing that the names of several series need."""
    return _LINE * len(_key_lines(values.series)) + 12.0


def draw_lines(values: FrameValues) -> Callable[[Axes], None]:
    """Return what draws a line a series; it is broken where a value or a time is missing."""
    months = [at.month for at in values.places if at.month is not None]
    xs = months or [float(n) for n in range(len(values.places))]
    breaks = values.breaks()

    def draw(axes: Axes) -> None:
        for n in range(len(values.series)):
            line: list[tuple[float, float]] = []
            for k, (x, row) in enumerate(zip(xs, values.rows, strict=True)):
                value = row[n]
                line.append((x, math.nan if value is None else value))
                line += [(x, math.nan)] if k in breaks else []
            axes.plot(*zip(*line, strict=True), **_look(n), clip_on=False, zorder=4)
        value_axis(axes, values.decimals, from_zero=False)
        if not months:
            name_axis(axes, [at.name for at in values.places])
        elif values.places[0].is_year:
            ends = [int(x) // 12 for x in (months[0], months[-1])]
            year_axis(axes, FiscalYear(), ends[0], ends[1], None)
        else:
            month_axis(axes, _month(months[0]), _month(months[-1]))
        _key(axes, values.series)
        if len(values.series) == 1:
            _last_value(axes, xs, values)

    return draw


def bars_height(values: FrameValues) -> float:
    """Return the height of all rows of bars."""
    return len(values.places) * _row(values)


def names_width(values: FrameValues) -> float:
    """Return the room that the names beside bars have."""
    names = [at.name for at in values.places]
    return min(max(text_width(name, LABEL) for name in names), _NAMES) + EDGE + 8


def draw_bars(values: FrameValues) -> Callable[[Axes], None]:
    """Return what draws a row a place with a bar a series, its value behind it."""
    names = told_apart([at.name for at in values.places], LABEL, _NAMES)
    known = [value for row in values.rows for value in row if value is not None]
    low, high = min(0.0, *known), max(0.0, *known)
    said = max(text_width(values.printed(value), LABEL) for value in known) + 8

    def draw(axes: Axes) -> None:
        axes.set_axis_off()
        width = float(axes.bbox.width)
        free = width - said * ((high > 0) + (low < 0))
        each = (high - low or 1.0) / free  # of the values, a printer's point
        end = high + said * each * (high > 0) if high > low else 1.0
        axes.set_xlim(low - said * each * (low < 0), end)
        axes.set_ylim(len(names) - 0.5, -0.5)
        thick = 0.72 / len(values.series)
        for y, (name, row) in enumerate(zip(names, values.rows, strict=True)):
            _write(axes, (low, y), name, -8 - said * (low < 0))
            for n, value in enumerate(row):
                at = y + thick * (n - (len(row) - 1) / 2)
                if value is not None:
                    axes.barh(at, value, height=thick * 0.86, color=SERIES[n], zorder=3)
                end = value or 0.0
                _write(axes, (end, at), values.printed(value), -4 if end < 0 else 4)
        axes.axvline(0, color=MUTED, lw=1.0, zorder=4)
        _key(axes, values.series, bars=True)

    return draw


def _row(values: FrameValues) -> float:
    return _LINE * len(values.series) + 6.0


def _look(number: int) -> dict[str, Any]:
    look = {"color": SERIES[number], "ls": _DASHES[number], "marker": _MARKERS[number]}
    return {**look, "ms": 6}


def _month(ordinal: float) -> TimePeriod:
    return TimePeriod(*divmod(round(ordinal), 12)).plus(1)


def _write(axes: Axes, place: tuple[float, float], text: str, aside: float) -> None:
    """Write beside a place of the data: to its right, or to its left where `aside` is negative."""
    px, py = axes.transData.transform(place)
    anchor: Anchor = "end" if aside < 0 else "start"
    base = float(py) - 0.36 * LABEL
    sheet_of(axes).write(Words(float(px) + aside, base, text, INK, anchor))


def _last_value(axes: Axes, xs: Sequence[float], values: FrameValues) -> None:
    """Print the last value above its mark, or below where the line comes from above."""
    known = [(x, row[0]) for x, row in zip(xs, values.rows, strict=True) if row[0] is not None]
    x, value = known[-1]
    falls = len(known) > 1 and known[-2][1] > value
    px, py = axes.transData.transform((x, value))
    said = values.printed(value)
    half = text_width(said, LABEL) / 2
    middle = min(max(float(px), half), WIDTH - half)
    aside = -8 - LABEL if falls else 10
    sheet_of(axes).write(Words(middle, float(py) + aside, said, INK, kind=HALO))


def _key_lines(names: Sequence[str]) -> list[list[tuple[int, str, float]]]:
    """Return the names of several series in lines, each with its number and where it begins."""
    lines: list[list[tuple[int, str, float]]] = []
    x = WIDTH
    for n, name in enumerate(names if len(names) > 1 else ()):
        wide = _SAMPLE + 8 + text_width(name, LABEL) + 18
        if x + wide > WIDTH:
            lines.append([])
            x = EDGE
        lines[-1].append((n, name, x))
        x += wide
    return lines


def _key(axes: Axes, names: Sequence[str], *, bars: bool = False) -> None:
    sheet, on_sheet = sheet_of(axes), IdentityTransform()
    for k, line in enumerate(_key_lines(names)):
        y = float(sheet.bbox.height) - (k + 0.6) * _LINE
        for n, name, x in line:
            look = {"color": SERIES[n], "lw": 10} if bars else {**_look(n), "markevery": [1]}
            xs = [x, x + _SAMPLE / 2, x + _SAMPLE]
            axes.plot(xs, [y, y, y], transform=on_sheet, clip_on=False, **look)
            sheet.write(Words(x + _SAMPLE + 8, y - 0.36 * LABEL, name, INK, "start"))
