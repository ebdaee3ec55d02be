"""The chart of all editions: how many goals had each rating, a row of bars a rating.

Bars of one rating stand on a base line of their own, so that each course can be followed. All rows
share one scale. A row is named by word and symbol; its colour only repeats that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from matplotlib.axes import Axes

from planbook.periods import Edition
from planbook.present.charts.axes import month_axis
from planbook.present.charts.canvas import PLAIN, WIDE, Words, sheet_of
from planbook.present.charts.figure import LABEL, SMALL, Figure, compose
from planbook.present.charts.lettering import text_width
from planbook.present.palette import GRID, HOLLOW, MUTED, PAPER, RATING_COLOURS
from planbook.present.say.sentences import RATING_ORDER
from planbook.vocabulary import Rating

Counts = Mapping[Edition, Counter[Rating]]  # goals by rating, the oldest edition first

_WELL = (Rating.MET, Rating.MET_UNSTEADY, Rating.ON_COURSE)
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
    courses = "；".join(f"{rating}{_course(counts, rating)}" for rating in shown)
    return compose(
        lambda axes: _draw(axes, counts, dict(zip(shown, heights, strict=True)), unit),
        id="edition-counts",
        title=_finding(counts),
        subtitle="单位：项；每行一种状态，各行比例相同，右端为最新一期的项数",
        alt=f"各期目标按状态计数图。{courses}。",
        source=source,
        height=sum(heights),
        left=max(text_width(_name(rating), LABEL) for rating in shown) + 20,
        right=text_width("88项", LABEL) + 14,
        top=2.0,
    )


def _name(rating: Rating) -> str:
    return f"{rating.symbol} {rating}"


def _course(counts: Counts, rating: Rating) -> str:
    """Return a rating's numbers from first to last edition in words."""
    values = {edition: own[rating] for edition, own in counts.items()}
    first, last = next(iter(values)), next(reversed(values))
    if first == last:
        return f"{last.label}{values[last]}项"
    high, low = max(values.values()), min(values.values())
    between = f"，其间最多{high}项、最少{low}项" if high != low else ""
    return f"{first.label}{values[first]}项，{last.label}{values[last]}项{between}"


def _finding(counts: Counts) -> str:
    """Return how many goals did well in the first edition and in the last."""
    well = {edition: sum(own[rating] for rating in _WELL) for edition, own in counts.items()}
    first, last = next(iter(well)), next(reversed(well))
    total, name = counts[last].total(), "已达成或达序时的目标"
    if first == last:
        return f"{last.label}{name}{well[last]}项，共{total}项"
    if well[first] == well[last]:
        return f"{last.label}{name}{well[last]}项，与{first.label}相同，共{total}项"
    moved = "增至" if well[last] > well[first] else "减至"
    return f"{name}由{first.label}的{well[first]}项{moved}{last.label}的{well[last]}项，共{total}项"


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
    sheet.write(Words(float(axes.bbox.x0) - 8, base, _name(rating), colour, "end"))
    sheet.write(Words(float(axes.bbox.x1) + 6, base, f"{newest}项", colour, "start"))
