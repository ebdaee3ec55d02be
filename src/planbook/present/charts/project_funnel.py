"""The chart of the reserve: a row a stage, how many projects are in it and what they amount to.

Both columns of bars begin at a line of their own and have a scale of their own; a number stands at
the end of each bar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.charts.canvas import Anchor, Words, sheet_of
from planbook.present.charts.figure import EDGE, LABEL, Figure, compose
from planbook.present.charts.lettering import text_width
from planbook.present.palette import GRID, INK, MUTED, OBSERVED
from planbook.present.reserve import by_stage, live, sum_of
from planbook.present.say.project_words import (
    FUNNEL_UNITS,
    amount_words,
    count_of,
    funnel_alt,
    funnel_title,
)
from planbook.project_frames import ProjectRow, ProjectStage

_ROW, _BAR = 34.0, 20.0  # heights of a row and of its bars
_BETWEEN = 24.0  # from the numbers of one column to the bars of the next
_HEADS = ("项目", "总投资")


def project_funnel(book: Book) -> Figure | None:
    """Return projects and total investment by stage; ``None`` of an empty reserve."""
    rows = live(book.rows.projects)
    if not rows:
        return None
    found = by_stage(rows)
    return compose(
        lambda axes: _draw(axes, found),
        id="project-funnel",
        title=funnel_title(found),
        subtitle=FUNNEL_UNITS,
        alt=funnel_alt(found),
        source=book.source("各填报单位"),
        height=_ROW * len(found),
        left=max(text_width(stage.label, LABEL) for stage in found) + 2 * EDGE,
        top=LABEL + 12,
        foot=EDGE,
    )


def _labels(own: Sequence[ProjectRow]) -> tuple[str, str]:
    amount = sum_of(own, "total_investment").amount
    return count_of(len(own)), numbers.ABSENT if amount is None else amount_words(amount)


def _draw(axes: Axes, found: Mapping[ProjectStage, Sequence[ProjectRow]]) -> None:
    """Draw in points: the axes are as wide and as high as they say."""
    width, height = float(axes.bbox.width), _ROW * len(found)
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.axis("off")
    labels = [_labels(own) for own in found.values()]
    rooms = [max(text_width(label[n], LABEL) for label in labels) + EDGE for n in (0, 1)]
    middle = width * 0.4
    amounts = [sum_of(own, "total_investment").amount or 0.0 for own in found.values()]
    columns = (
        (0.0, middle - _BETWEEN - rooms[0], [float(len(own)) for own in found.values()]),
        (middle, width - middle - rooms[1], amounts),
    )
    bases = [height - _ROW * (n + 0.5) for n in range(len(found))]
    for stage, base in zip(found, bases, strict=True):
        _write(axes, (-EDGE, base), stage.label, INK, "end")
    for n, (start, room, values) in enumerate(columns):
        _write(axes, (start, height + LABEL * 0.9), _HEADS[n], MUTED, "start")
        axes.vlines(start, 0, height, color=GRID, lw=1.0, zorder=1)
        scale = room / (max(values) or 1.0)
        for base, value, label in zip(bases, values, labels, strict=True):
            axes.barh(base, value * scale, _BAR, left=start, color=OBSERVED, lw=0, zorder=2)
            _write(axes, (start + value * scale + EDGE / 2, base), label[n], INK, "start")


def _write(axes: Axes, at: tuple[float, float], text: str, colour: str, anchor: Anchor) -> None:
    """Write a line of text whose middle is at a height."""
    x, y = axes.transData.transform(at)
    sheet_of(axes).write(Words(float(x), float(y) - LABEL * 0.36, text, colour, anchor))
