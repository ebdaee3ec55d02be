"""Direct labels that do not lie on each other, on marks or, if it can be helped, on lines.

Turns texts, each with the point it names, into texts with a place. Each takes the best place that
is free when it comes, so the important ones come first. All lengths are printer's points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from matplotlib.axes import Axes

from planbook.present.charts.canvas import HALO, PLAIN, Anchor, Words, sheet_of
from planbook.present.charts.lettering import ASCENT, DESCENT, text_width
from planbook.present.palette import INK

Side = Literal[
    "above", "below", "left", "right", "left above", "right above", "left below", "right below"
]
AROUND: tuple[Side, ...] = (
    "above",
    "below",
    "right above",
    "left above",
    "right below",
    "left below",
    "right",
    "left",
)
_STEPS = (1.0, 2.6, 4.6)  # distances tried, times the gap
_CLEAR = 1.5  # kept free around a text
_ON_TEXT, _ON_MARK, _ON_BAR, _ON_LINE, _LATER = 1000.0, 8.0, 4.0, 0.5, 0.3  # costs of a place


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the figure, the origin at its lower left."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """Return the area that two boxes share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(width, 0.0) * max(height, 0.0)

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


@dataclass(frozen=True, slots=True)
class _Place:
    box: Box
    x: float
    anchor: Anchor
    cost: float


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to place a text: beside a point, at a distance, so many ways being better."""

    x: float
    y: float
    side: Side
    gap: float
    order: int


class Labels:
    """The labels of one set of axes; `size` is the height of their letters.

    They stay on the sheet or, with `inside`, below the upper edge of the axes.
    """

    def __init__(self, axes: Axes, size: float, *, inside: bool = False) -> None:
        self._axes, self._size, self._sheet = axes, size, sheet_of(axes)
        self._top = float(axes.bbox.y1 if inside else self._sheet.bbox.height)
        self._texts: list[Box] = []
        self._marks: list[Box] = []
        self._lines: list[Box] = []
        self._bars: list[Box] = []

    def keep_off_mark(self, x: float, y: float, radius: float = 5.0) -> None:
        """Keep labels off a mark at a point of the data."""
        px, py = self._at(x, y)
        self._marks.append(Box(px - radius, py - radius, px + radius, py + radius))

    def keep_off_bar(self, x: float, width: float, top: float) -> None:
        """Keep labels, where there is room, off a bar that stands on zero."""
        left, bottom = self._at(x - width / 2, min(top, 0.0))
        right, high = self._at(x + width / 2, max(top, 0.0))
        self._bars.append(Box(left, bottom, right, high))

    def keep_off_line(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Keep labels, where there is room, off a line through points of the data."""
        points = [self._at(x, y) for x, y in zip(xs, ys, strict=True)]
        for (x0, y0), (x1, y1) in pairwise(points):
            steps = max(int(max(abs(x1 - x0), abs(y1 - y0)) / 8), 1)
            for n in range(steps + 1):
                x, y = x0 + (x1 - x0) * n / steps, y0 + (y1 - y0) * n / steps
                self._lines.append(Box(x - 3, y - 3, x + 3, y + 3))

    def place(
        self,
        x: float,
        y: float,
        text: str,
        colour: str = INK,
        *,
        sides: Sequence[Side] = AROUND,
        gap: float = 6.0,
        near: bool = False,
        if_free: bool = False,
    ) -> None:
        """Write `text` beside a point of the data, on the first of `sides` that is free.

        `near` keeps it at the first distance; with `if_free` it is left out rather than written on
        another text.
        """
        px, py = self._at(x, y)
        steps = _STEPS[:1] if near else _STEPS
        ways = [(side, gap * step) for step in steps for side in sides]
        found = [_Way(px, py, side, far, n) for n, (side, far) in enumerate(ways)]
        self._take(found, text, colour, most=_ON_TEXT if if_free else math.inf)

    def place_if_free(
        self, x: float, y: float, text: str, colour: str = INK, *, gap: float = 9.0
    ) -> bool:
        """Write `text` beside a point of the data if it then lies on no text and no mark."""
        px, py = self._at(x, y)
        ways = [_Way(px, py, side, gap, n) for n, side in enumerate(AROUND)]
        return self._take(ways, text, colour, most=_ON_MARK)

    def place_along(self, xs: Sequence[float], ys: Sequence[float], text: str, colour: str) -> None:
        """Write `text` above or below a line, where along it there is most room."""
        shares = (0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2)
        sides: tuple[Side, ...] = ("left above", "right below", "right above", "left below")
        if ys[-1] < ys[0]:
            sides = ("right above", "left below", "left above", "right below")
        ways = []
        for n, share in enumerate(shares):
            x = xs[0] + (xs[-1] - xs[0]) * share
            right = next(m for m in range(1, len(xs)) if xs[m] >= x)
            part = (x - xs[right - 1]) / (xs[right] - xs[right - 1])
            px, py = self._at(x, ys[right - 1] + (ys[right] - ys[right - 1]) * part)
            ways += [_Way(px, py, side, 3.0, n + m) for m, side in enumerate(sides)]
        self._take(sorted(ways, key=lambda way: way.order), text, colour)

    def inside(self, x: float, top: float, text: str, colour: str) -> None:
        """Write `text` centred just below the top of a bar, on the bar."""
        px, py = self._at(x, top)
        box = self._box(px, py - 5 - self._size / 2, text, "middle")
        self._write(_Place(box, px, "middle", 0.0), text, colour, PLAIN)

    def height_of(self, low: float, high: float) -> float:
        """Return the distance of two values."""
        return self._at(0, high)[1] - self._at(0, low)[1]

    def width_of(self, left: float, right: float) -> float:
        """Return the distance of two times."""
        return self._at(right, 0)[0] - self._at(left, 0)[0]

    def _at(self, x: float, y: float) -> tuple[float, float]:
        px, py = self._axes.transData.transform((x, y))
        return float(px), float(py)

    def _take(
        self, ways: Sequence[_Way], text: str, colour: str, *, most: float = math.inf
    ) -> bool:
        """Write `text` at the cheapest of the ways, which come in the order of preference.

        Tell whether it was written: not where even that costs `most` or more.
        """
        best: _Place | None = None
        for way in ways:
            if best is not None and best.cost <= _LATER * way.order:
                break  # no later way can be cheaper
            found = self._place(way, text)
            if best is None or found.cost < best.cost:
                best = found
        if best is None or best.cost >= most:
            return False
        self._write(best, text, colour, HALO)
        return True

    def _box(self, x: float, middle: float, text: str, anchor: Anchor) -> Box:
        width = text_width(text, self._size)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        return Box(left, middle - self._size / 2, left + width, middle + self._size / 2)

    def _place(self, way: _Way, text: str) -> _Place:
        side, gap = way.side, way.gap
        anchor: Anchor = "end" if "left" in side else "start" if "right" in side else "middle"
        dx = {"end": -gap, "start": gap, "middle": 0.0}[anchor]
        lift = self._size / 2 + gap
        dy = lift if "above" in side else -lift if "below" in side else 0.0
        if dx and dy:
            dx /= 3
        box = self._box(way.x + dx, way.y + dy, text, anchor)
        width = float(self._sheet.bbox.width)
        left = max(2.0, float(self._axes.bbox.x0) + 2)  # the values' names stand left of the axes
        shift = max(0.0, left - box.left) - max(0.0, box.right - width + 2)
        floor = float(self._axes.bbox.y0) + 3
        rise = max(0.0, floor - box.bottom)
        box = Box(box.left + shift, box.bottom + rise, box.right + shift, box.top + rise)
        return _Place(box, way.x + dx + shift, anchor, self._cost(box, way.order))

    def _cost(self, box: Box, order: int) -> float:
        grown = box.grown(_CLEAR)
        return (
            _ON_TEXT * sum(grown.overlap(other) > 0 for other in self._texts)
            + _ON_TEXT * (box.top > self._top)
            + _ON_MARK * sum(grown.overlap(other) > 0 for other in self._marks)
            + _ON_BAR * sum(grown.overlap(other) > 0 for other in self._bars)
            + _ON_LINE * sum(box.overlap(other) > 0 for other in self._lines)
            + _LATER * order
        )

    def _write(self, place: _Place, text: str, colour: str, kind: str) -> None:
        self._texts.append(place.box)
        y = place.box.bottom + DESCENT / (ASCENT + DESCENT) * self._size
        self._sheet.write(Words(place.x, y, text, colour, place.anchor, kind))
