"""The rows of a chart of bullets: bar, limits of the ratings, level due and target of each goal.

What a mark means stands beside it: the level due below its tick in every row, the names of the
limits in the first row that has room for them. A goal without progress has its words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from planbook.present.charts.canvas import Anchor, Words, sheet_of
from planbook.present.charts.figure import EDGE, LABEL, WIDTH
from planbook.present.charts.lettering import shortened, text_width
from planbook.present.charts.way import Progress
from planbook.present.palette import (
    BANDS,
    GRID,
    INK,
    MUTED,
    OBSERVED,
    PAPER,
    RATING_COLOURS,
    TARGET,
)
from planbook.present.say.chart_words import (
    BASE,
    BULLET_AXIS,
    due_at_tick,
    rating_said,
    status_words,
)
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

_BAR, _LINE = 15.0, 26.0  # height of a bar, of a line that has words only
_HALF = _BAR / 2
_ROW = LABEL + 7 + _BAR + LABEL + 8  # name, bar, words below it
_SHOWN = (-0.08, 1.12)  # what lies beyond ends at the edge, with an arrow
_LIMITS = (Rating.FAR_BEHIND, Rating.BEHIND, Rating.ON_COURSE)

Row = tuple[GoalView, Progress | None]


@dataclass(frozen=True, slots=True)
class _Said:
    """A word below a bar: what it names begins at `left` and ends at `right`."""

    left: float
    right: float
    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class _Bar:
    """A goal's bar: where its places are, and the height of its middle."""

    view: GoalView
    at: Progress
    y: float


def rows_height(rows: Sequence[Row]) -> float:
    """Return the height of all rows."""
    return sum(map(_height, rows))


def _height(row: Row) -> float:
    return _LINE if row[1] is None else _ROW


def draw_rows(axes: Axes, rows: Sequence[Row]) -> None:
    """Draw the rows downwards, and the axis that all share above them."""
    total = rows_height(rows)
    axes.set_axis_off()
    axes.set(xlim=_SHOWN, ylim=(-total, 0))
    _axis(axes)
    named = next((view for view, at in rows if at and _names(axes, view, at)), None)
    y, bars = 0.0, list[_Bar]()
    for view, reached in rows:
        _head(axes, view, y - LABEL)
        if reached is not None:
            bars.append(_Bar(view, reached, y - LABEL - 7 - _BAR / 2))
            below = _names(axes, view, reached) if view is named else []
            for said in below or _due(axes, view, reached):
                _write(axes, said, y - LABEL - 7 - _BAR - LABEL)
        y -= _height((view, reached))
    _ground(axes, bars)
    _values(axes, bars)
    _levels(axes, bars)
    axes.vlines(0.0, y, 0.0, color=PAPER, lw=1.0, zorder=2)


def on_chart(place: float) -> float:
    """Return a place, or the edge of the chart where it lies beyond."""
    low, high = _SHOWN
    return min(max(place, low), high)


def _ground(axes: Axes, bars: Sequence[_Bar]) -> None:
    """Draw the limits of the ratings, or a line where the start has met the target already."""
    low, high = _SHOWN
    found = list[tuple[float, float, float, float, str]]()
    for bar in bars:
        if bar.at.limits is None:
            found.append((low, high, bar.y, 0.5, GRID))
        else:
            sides = zip(pairwise(_edges(bar.at)), BANDS, strict=True)
            found += [(left, right, bar.y, _HALF, colour) for (left, right), colour in sides]
    corners = [
        [(left, y - half), (right, y - half), (right, y + half), (left, y + half)]
        for left, right, y, half, _ in found
    ]
    colours = [colour for *_, colour in found]
    axes.add_collection(PolyCollection(corners, facecolors=colours, lw=0, zorder=1), autolim=False)


def _values(axes: Axes, bars: Sequence[_Bar]) -> None:
    """Draw from start to value, hatched where it is an estimate, with the band of that."""
    for estimated in (False, True):
        own = [bar for bar in bars if bar.view.verdict.is_estimate is estimated]
        starts = [on_chart(bar.at.start) for bar in own]
        axes.barh(
            [bar.y for bar in own],
            [on_chart(bar.at.done) - start for bar, start in zip(own, starts, strict=True)],
            left=starts,
            height=_BAR * 0.42,
            facecolor=PAPER if estimated else OBSERVED,
            edgecolor=OBSERVED,
            hatch="//" if estimated else "",
            lw=1.0,
            zorder=3,
        )
    for bar in bars:
        done = on_chart(bar.at.done)
        if done != bar.at.done:
            arrow = ">" if bar.at.done > done else "<"
            axes.plot([done], [bar.y], arrow, color=OBSERVED, ms=8, zorder=4, clip_on=False)
        if bar.at.band is not None:
            ends = [on_chart(end) for end in bar.at.band]
            for colour, width in ((PAPER, 3.6), (INK, 1.4)):
                axes.plot(ends, [bar.y] * 2, color=colour, lw=width, zorder=5)
                axes.plot(ends, [bar.y] * 2, "|", color=colour, ms=6 + width, mew=width, zorder=5)


def _levels(axes: Axes, bars: Sequence[_Bar]) -> None:
    """Draw targets, what counts as met, ends of ranges, levels due; starts past the target."""
    for marks, reach, colour, width, order in (
        ([(1.0, bar.y) for bar in bars], 2, TARGET, 3.0, 4),
        ([(b.at.meeting, b.y) for b in bars if b.at.meeting != 1], 2, TARGET, 1.2, 4),
        ([(bar.at.due, bar.y) for bar in bars], 0, INK, 2.6, 6),
    ):
        low, high = ([y + side * (_HALF + reach) for _, y in marks] for side in (-1, 1))
        xs = [on_chart(x) for x, _ in marks]
        axes.vlines(xs, low, high, color=colour, lw=width, zorder=order)
    for bar in bars:
        if bar.at.limits is None:
            axes.plot([bar.at.start], [bar.y], "o", ms=7, mfc=PAPER, mec=INK, mew=1.6, zorder=5)
        if bar.at.high is not None:  # a box from the lower end
            side = on_chart(max(bar.at.high, 1.0)) - 1
            axes.barh(
                bar.y, side, left=1.0, height=_BAR + 4, facecolor="none", edgecolor=TARGET, lw=1.4
            )


def _edges(reached: Progress) -> list[float]:
    end = on_chart(reached.meeting)
    limits = reached.limits or ()
    return [_SHOWN[0], *(min(on_chart(limit), end) for limit in limits), end]


def _head(axes: Axes, view: GoalView, y: float) -> None:
    """Write the goal's name and, at the other end, value, target and rating."""
    sheet = sheet_of(axes)
    base = float(axes.transData.transform((0, y))[1]) + 2
    said = f"{status_words(view)} {rating_said(view)}".strip()
    room = WIDTH - 2 * EDGE - text_width(said, LABEL) - LABEL
    sheet.write(Words(EDGE, base, shortened(view.name, LABEL, room), INK, "start"))
    sheet.write(Words(WIDTH - EDGE, base, said, RATING_COLOURS[view.verdict.rating], "end"))


def _due(axes: Axes, view: GoalView, reached: Progress) -> list[_Said]:
    """Return the level due, right of its tick or, where there is no room, left of it.

    Of a start that has met the target already, the word at its mark too.
    """
    text, x = due_at_tick(view), _px(axes, on_chart(reached.due)) - 1
    width = text_width(text, LABEL)
    left = x if x + width <= WIDTH - EDGE else max(x + 2 - width, EDGE)
    said = [_Said(left, left + width, text, INK)]
    if reached.limits is None:
        half = text_width(BASE, LABEL) / 2
        middle = max(_px(axes, on_chart(reached.start)), EDGE + half)
        said += _free([_Said(middle - half, middle + half, BASE, MUTED)], said)
    return said


def _names(axes: Axes, view: GoalView, reached: Progress) -> list[_Said]:
    """Return the level due and the names of the limits; nothing where these have no room."""
    if reached.limits is None:
        return []
    due = _due(axes, view, reached)
    found = []
    for (left, right), rating in zip(pairwise(_edges(reached)), _LIMITS, strict=True):
        low, high, width = _px(axes, left), _px(axes, right), text_width(rating, LABEL)
        if rating is Rating.ON_COURSE:
            low = max(low, due[0].right + 8)
        middle = (low + high) / 2
        if high - low >= width:
            found.append(_Said(middle - width / 2, middle + width / 2, rating, MUTED))
    free = _free(found, due)
    return [*due, *free] if len(free) == len(_LIMITS) else []


def _free(said: Sequence[_Said], others: Sequence[_Said]) -> list[_Said]:
    """Return what touches none of the others."""
    return [
        one
        for one in said
        if all(one.right + 4 <= other.left or other.right + 4 <= one.left for other in others)
    ]


def _px(axes: Axes, x: float) -> float:
    return float(axes.transData.transform((x, 0))[0])


def _write(axes: Axes, said: _Said, y: float) -> None:
    """Write a word where it keeps its place in letters of any size."""
    base = float(axes.transData.transform((0, y))[1]) + 1
    anchor: Anchor = "start" if said.colour == INK else "middle"
    x = said.left if anchor == "start" else (said.left + said.right) / 2
    sheet_of(axes).write(Words(x, base, said.text, said.colour, anchor))


def _axis(axes: Axes) -> None:
    """Name start, half-way and target above the first row."""
    sheet = sheet_of(axes)
    for x, text, colour in zip((0.0, 0.5, 1.0), BULLET_AXIS, (MUTED, MUTED, TARGET), strict=True):
        px, py = axes.transData.transform((x, 0.0))
        axes.vlines(x, 0, 5, color=colour, lw=1.2, clip_on=False)
        sheet.write(Words(float(px), float(py) + 9, text, colour))
