"""The rows of a chart of bullets: bar, limits of the ratings, level due and target of each goal.

What a mark means stands beside it: the level due below its tick in every row, the names of the
limits in the first row that has room for them. A goal without progress has its words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes

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
    y = 0.0
    for view, reached in rows:
        _head(axes, view, y - LABEL)
        if reached is not None:
            _bar(axes, view, reached, y - LABEL - 7 - _BAR / 2)
            below = _names(axes, view, reached) if view is named else []
            for said in below or _due(axes, view, reached):
                _write(axes, said, y - LABEL - 7 - _BAR - LABEL)
        y -= _height((view, reached))
    axes.vlines(0.0, y, 0.0, color=PAPER, lw=1.0, zorder=2)


def on_chart(place: float) -> float:
    """Return a place, or the edge of the chart where it lies beyond."""
    low, high = _SHOWN
    return min(max(place, low), high)


def _bar(axes: Axes, view: GoalView, reached: Progress, middle: float) -> None:
    half = _BAR * 0.5
    start, done, due = (on_chart(place) for place in (reached.start, reached.done, reached.due))
    _ground(axes, reached, middle)
    axes.barh(
        middle,
        done - start,
        left=start,
        height=_BAR * 0.42,
        facecolor=PAPER if view.verdict.is_estimate else OBSERVED,
        edgecolor=OBSERVED,
        hatch="//" if view.verdict.is_estimate else "",
        lw=1.0,
        zorder=3,
    )
    if done != reached.done:
        arrow = ">" if reached.done > done else "<"
        axes.plot([done], [middle], arrow, color=OBSERVED, ms=8, zorder=4, clip_on=False)
    if reached.band is not None:
        ends = [on_chart(end) for end in reached.band]
        for colour, width in ((PAPER, 3.6), (INK, 1.4)):
            axes.hlines(middle, ends[0], ends[1], color=colour, lw=width, zorder=5)
            axes.plot(ends, [middle] * 2, "|", color=colour, ms=6 + width, mew=width, zorder=5)
    if reached.meeting != 1:
        met = on_chart(reached.meeting)
        axes.vlines(met, middle - half - 2, middle + half + 2, color=TARGET, lw=1.2, zorder=4)
    axes.vlines(1.0, middle - half - 2, middle + half + 2, color=TARGET, lw=3.0, zorder=4)
    axes.vlines(due, middle - half, middle + half, color=INK, lw=2.6, zorder=6)


def _ground(axes: Axes, reached: Progress, middle: float) -> None:
    """Draw the limits of the ratings, or a line where the start has met the target already."""
    low = _SHOWN[0]
    if reached.limits is None:
        axes.barh(middle, _SHOWN[1] - low, left=low, height=1.0, color=GRID, zorder=1)
        axes.plot([reached.start], [middle], "o", ms=7, mfc=PAPER, mec=INK, mew=1.6, zorder=5)
    else:
        for (left, right), colour in zip(pairwise(_edges(reached)), BANDS, strict=True):
            axes.barh(middle, right - left, left=left, height=_BAR, color=colour, zorder=1)
    if reached.high is not None:  # a target that is a range has a box, from its lower end
        side = on_chart(max(reached.high, 1.0)) - 1
        axes.barh(
            middle, side, left=1.0, height=_BAR + 4, facecolor="none", edgecolor=TARGET, lw=1.4
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
