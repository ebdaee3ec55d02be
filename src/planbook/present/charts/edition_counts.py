"""The chart of all editions: how many goals had each rating, a row of bars a rating.

Bars of one rating stand on a base line of their own, so that each course can be followed. All rows
share one scale. A row is named by word and symbol; its colour only repeats that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from matplotlib.axes import Axes

from planbook.frames import WELL
from planbook.periods import Edition
from planbook.present.charts.axes import month_axis
from planbook.present.charts.canvas import PLAIN, WIDE, Words, sheet_of
from planbook.present.charts.figure import LABEL, SMALL, Figure, compose
from planbook.present.charts.lettering import text_width
from planbook.present.palette import GRID, HOLLOW, MUTED, PAPER, RATING_COLOURS
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.say.summary_words import (
    EDITIONS_KEY,
    counted_goals,
    course_of_rating,
    editions_alt,
    editions_finding,
    named_rating,
)
from planbook.vocabulary import Rating

Counts = Mapping[Edition, Counter[Rating]]  # goals by rating, the oldest edition first

_ABOVE = LABEL + 8  # free above a row's highest bar, for its number
_LOWEST, _UNIT, _ALL = 12.0, 6.0, 300.0  # height of a row's bars, of a goal's share, of all bars
_WIDEST = 2.2  # of a bar, in months: the axis ends 1.2 months beyond the last edition


def edition_counts(counts: Counts, *, source: str) -> Figure | None:
    """Return the number of goals by rating in every edition; ``None`` without any."""
    if not counts:
        return None
    shown = [rating for rating in RATING_ORDER if any(own[rating] for own in counts.values())]
    most = {rating: max(own[rating] for own in counts.values()) for rating in shown}
    unit = min(_UNIT, _ALL / sum(most.values()))
    heights = [max(most[rating] * unit, _LOWEST) + _ABOVE for rating in shown]
    courses = [
        (rating, course_of_rating({edition: own[rating] for edition, own in counts.items()}))
        for rating in shown
    ]
    return compose(
        lambda axes: _draw(axes, counts, dict(zip(shown, heights, strict=True)), unit),
        form="editions",
        id="edition-counts",
        title=editions_finding(
            {edition: sum(own[rating] for rating in WELL) for edition, own in counts.items()},
            counts[max(counts)].total(),
        ),
        subtitle=EDITIONS_KEY,
        alt=editions_alt(courses),
        source=source,
        height=sum(heights),
        left=max(text_width(named_rating(rating), LABEL) for rating in shown) + 20,
        right=text_width(counted_goals(88), LABEL) + 14,
        top=2.0,
    )


def _draw(axes: Axes, counts: Counts, heights: Mapping[Rating, float], unit: float) -> None:
    places = [edition.end.ordinal for edition in counts]
    apart = min((right - left for left, right in pairwise(places)), default=3)
    foot = sum(heights.values())
    axes.set_ylim(0, foot)
    month_axis(axes, min(counts).end, max(counts).end)
    left, right = axes.get_xlim()
    kind = _numbers_kind(counts, apart * float(axes.bbox.width) / (right - left))
    for rating, height in heights.items():
        foot -= height
        values = [own[rating] for own in counts.values()]
        axes.hlines(foot, *axes.get_xlim(), color=GRID, lw=1.0, zorder=1)
        _name_row(axes, rating, foot, values[-1])
        bars = [(x, value) for x, value in zip(places, values, strict=True) if value]
        axes.bar(
            [x for x, _ in bars],
            [value * unit for _, value in bars],
            bottom=foot,
            width=min(0.7 * apart, _WIDEST),
            facecolor=PAPER if rating in HOLLOW else RATING_COLOURS[rating],
            edgecolor=RATING_COLOURS[rating],
            lw=1.2,
            zorder=2,
        )
        for x, value in bars if kind else ():
            _write(axes, (x, foot + value * unit), str(value), kind)


def _numbers_kind(counts: Counts, room: float) -> str:
    """Return on which screens numbers have room between two bars; empty: on none."""
    widest = str(max(max(own.values()) for own in counts.values()))
    sizes = {PLAIN: LABEL, WIDE: SMALL}
    return next((kind for kind, size in sizes.items() if text_width(widest, size) + 2 < room), "")


def _write(axes: Axes, top: tuple[float, float], number: str, kind: str) -> None:
    x, y = axes.transData.transform(top)
    sheet_of(axes).write(Words(float(x), float(y) + 4, number, MUTED, kind=kind))


def _name_row(axes: Axes, rating: Rating, foot: float, newest: int) -> None:
    """Write a row's name at its left and the newest edition's number at its right."""
    sheet, colour = sheet_of(axes), RATING_COLOURS[rating]
    base = float(axes.transData.transform((0, foot))[1]) + 3
    sheet.write(Words(float(axes.bbox.x0) - 8, base, named_rating(rating), colour, "end"))
    sheet.write(Words(float(axes.bbox.x1) + 6, base, counted_goals(newest), colour, "start"))
