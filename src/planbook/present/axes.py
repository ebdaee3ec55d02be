"""Axes that people read: quarters under their year, grouped thousands, labels at what they name."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planbook.periods import TimePeriod
from planbook.present import numbers
from planbook.present.palette import GRID, MUTED, PAPER
from planbook.present.series import Point
from planbook.present.style import LABEL

_STEPS = (1, 2, 2.5, 5, 10)
_ROOM = 0.16  # of the values' range, left free above and below for labels


def month_axis(axes: Axes, first: TimePeriod, last: TimePeriod) -> None:
    """Set a time axis of months with a tick a quarter, and each year's name below its months."""
    axes.set_xlim(first.ordinal - 0.9, last.ordinal + 0.6)
    ends = [o for o in range(first.ordinal, last.ordinal + 1) if o % 3 == 2]
    axes.set_xticks(ends, [f"{o % 12 + 1}月" for o in ends])
    for year in range(first.year, last.year + 1):
        months = [o for o in range(year * 12, year * 12 + 12) if first.ordinal <= o <= last.ordinal]
        axes.annotate(
            f"{year}年",
            ((months[0] + months[-1]) / 2, 0),
            (0, -19),
            xycoords=axes.get_xaxis_transform(),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=LABEL,
            color=MUTED,
            annotation_clip=False,
        )
        if year > first.year:
            axes.axvline(year * 12 - 0.5, color=GRID, lw=0.8, zorder=0)


def year_axis(axes: Axes, first: int, last: int, part: Point | None) -> None:
    """Set an axis of years; the year that is not over says which months it holds."""
    axes.set_xlim(first - 0.6, last + 0.6)
    names = {year: f"{year}年" for year in range(first, last + 1)}
    if part is not None:
        names[part.period.year] += f"\n1—{part.period.month}月"
    axes.set_xticks(list(names), list(names.values()))
    axes.tick_params(axis="x", length=0)


def value_axis(axes: Axes, decimals: int, *, from_zero: bool) -> None:
    """Set the value axis to what is drawn: about five round numbers, a faint line at each.

    Labels added later do not move it.
    """
    low, high = float(axes.dataLim.ymin), float(axes.dataLim.ymax)
    if from_zero:
        low, high = min(0.0, low), max(0.0, high)
    room = (high - low or abs(high) or 1.0) * _ROOM
    axes.set_ylim(low if from_zero and low == 0 else low - room, high + room)
    whole = decimals == 0
    axes.yaxis.set_major_locator(
        MaxNLocator(5, integer=whole, min_n_ticks=1 if whole else 3, steps=_STEPS)
    )
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value)))
    axes.grid(axis="y")
    if low < 0 < high:
        axes.axhline(0, color=MUTED, lw=0.8, zorder=1)


def label(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    colour: str,
    *,
    dx: float = 0,
    dy: float = 0,
    ha: Any = "left",
    bare: bool = False,
) -> None:
    """Write `text` beside a point, `dx` and `dy` printer's points away from it.

    It stands above the point if `dy` > 0, below it if `dy` < 0. A pale ground keeps it legible on
    lines; `bare` leaves that out.
    """
    axes.annotate(
        text,
        (x, y),
        (dx, dy),
        textcoords="offset points",
        color=colour,
        fontsize=LABEL,
        ha=ha,
        va="bottom" if dy > 0 else "top" if dy < 0 else "center",
        annotation_clip=False,
        zorder=8,
        bbox=None if bare else {"fc": PAPER, "ec": "none", "alpha": 0.75, "pad": 0.8},
    )


def _tick(value: float) -> str:
    text = numbers.number(value, 3)
    return text.rstrip("0").rstrip(".") if "." in text else text
