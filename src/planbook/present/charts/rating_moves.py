"""The chart of what changed since the edition before: a row a rating, a square a goal that moved.

Left of the middle stand the goals that a rating lost, right of it those that it won; the letter in
a square is the main reason. So a row leads from the last edition's count to this one's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from planbook.present.charts.canvas import Anchor, Words, sheet_of
from planbook.present.charts.figure import EDGE, LABEL, WIDTH, Figure, compose
from planbook.present.charts.lettering import text_width
from planbook.present.palette import GRID, MUTED, RATING_COLOURS
from planbook.present.say import summary_words
from planbook.present.say.change_sentences import REASONS, reason_group
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.say.summary_words import BEFORE, CAME, LEFT, NOW
from planbook.present.tables.table import Table
from planbook.vocabulary import Rating
from planbook.watch_frames import ChangeReasonRow

_SIDE, _STEP = 22.0, 25.0  # of a square, and from one to the next
_AROUND = 10.0  # between two rows, and between squares and the middle


@dataclass(frozen=True)
class Moves:
    """A rating's goals: how many there were, the reasons why some left and came, how many now."""

    before: int
    left: tuple[str, ...]
    came: tuple[str, ...]
    now: int


def moves_of(rows: Sequence[ChangeReasonRow], counts: Mapping[Rating, int]) -> dict[Rating, Moves]:
    """Return what became of each rating that has or had a goal, best first.

    Parameters
    ----------
    rows
        Of the goals whose rating changed.
    counts
        Goals by rating now.
    """
    found = {}
    for rating in RATING_ORDER:
        left = _in_order(row for row in rows if row.old_rating is rating)
        came = _in_order(row for row in rows if row.new_rating is rating)
        now = counts.get(rating, 0)
        if now or left:
            found[rating] = Moves(now + len(left) - len(came), left, came, now)
    return found


def rating_moves(
    rows: Sequence[ChangeReasonRow],
    counts: Mapping[Rating, int],
    *,
    before: str,
    source: str,
    data: Table,
) -> Figure | None:
    """Return the chart; ``None`` where no rating changed.

    Parameters
    ----------
    rows
        Of goals that changed, those whose rating did among them.
    counts
        Goals by rating now.
    before
        What the edition before is called.
    data
        The goals drawn.
    """
    moved = [row for row in rows if row.old_rating is not row.new_rating]
    if not moved:
        return None
    moves = moves_of(moved, counts)
    left = max(text_width(summary_words.named_rating(rating), LABEL) for rating in moves) + 2 * EDGE
    heights = {rating: _lines(own, left) * _STEP + _AROUND for rating, own in moves.items()}
    told = [name for name in REASONS if any(reason_group(row) == name for row in moved)]
    return compose(
        lambda axes: _draw(axes, moves, heights),
        form="moves",
        id="rating-moves",
        title=summary_words.moves_finding(before, sum(counts.values()), _counted(moved)),
        subtitle=summary_words.moves_key({name: REASONS[name] for name in told}),
        alt=summary_words.moves_alt(
            before,
            [
                summary_words.course_of_moves(rating, own.before, own.left, own.came, own.now)
                for rating, own in moves.items()
            ],
        ),
        source=source,
        height=sum(heights.values()),
        left=left,
        top=LABEL + _AROUND,
        foot=EDGE,
        data=data,
    )


def _in_order(rows: Iterable[ChangeReasonRow]) -> tuple[str, ...]:
    """Return the main reasons of some goals, like with like."""
    return tuple(sorted(map(reason_group, rows), key=list(REASONS).index))


def _counted(moved: Sequence[ChangeReasonRow]) -> dict[str, int]:
    """Return the goals by main reason, in the order of the reasons."""
    counted = Counter(map(reason_group, moved))
    return {name: counted[name] for name in REASONS if counted[name]}


_NUMBER = (
    text_width(summary_words.counted_goals(888), LABEL) + EDGE
)  # room for a count at either side


def _in_a_line(left: float) -> int:
    """Return how many squares have room at one side of the middle."""
    half = (WIDTH - left - EDGE) / 2 - _NUMBER - _AROUND
    return int((half + _STEP - _SIDE) // _STEP)


def _lines(own: Moves, left: float) -> int:
    most = max(len(own.left), len(own.came), 1)
    return -(-most // _in_a_line(left))


def _draw(axes: Axes, moves: Mapping[Rating, Moves], heights: Mapping[Rating, float]) -> None:
    """Draw in points: the axes are as wide and as high as they say."""
    box = axes.bbox
    width, foot = float(box.width), sum(heights.values())
    axes.set_xlim(0, width)
    axes.set_ylim(0, foot)
    axes.axis("off")
    middle = width / 2
    heads = {_NUMBER - EDGE: BEFORE, middle - _NUMBER / 2: LEFT, middle + _NUMBER / 2: CAME}
    for x, word in (*heads.items(), (width, NOW)):
        anchor: Anchor = "end" if word in (BEFORE, NOW) else "middle"
        _write(axes, (x, foot + _AROUND), word, MUTED, anchor)
    axes.vlines(middle, 0, foot, color=GRID, lw=1.0, zorder=1)
    for rating, own in moves.items():
        axes.hlines(foot, -float(box.x0) + EDGE, width, color=GRID, lw=1.0, zorder=1, clip_on=False)
        head = foot - _AROUND / 2 - _STEP / 2
        base, colour = head - LABEL * 0.36, RATING_COLOURS[rating]
        _write(axes, (-EDGE, base), summary_words.named_rating(rating), colour, "end")
        _write(axes, (_NUMBER - EDGE, base), summary_words.counted_goals(own.before), MUTED, "end")
        _write(axes, (width, base), summary_words.counted_goals(own.now), colour, "end")
        for reasons, side, ink in ((own.left, -1, MUTED), (own.came, 1, colour)):
            for n, reason in enumerate(reasons):
                line, place = divmod(n, _in_a_line(float(box.x0)))
                x = middle + side * (_AROUND + _SIDE / 2 + place * _STEP)
                _square(axes, x, head - line * _STEP, REASONS[reason], ink)
        foot -= heights[rating]


def _square(axes: Axes, x: float, y: float, letter: str, colour: str) -> None:
    """Draw a square around a place, with its letter."""
    corner = (x - _SIDE / 2, y - _SIDE / 2)
    axes.add_patch(Rectangle(corner, _SIDE, _SIDE, fill=False, edgecolor=colour, lw=1.6, zorder=2))
    _write(axes, (x, y - LABEL * 0.36), letter, colour, "middle")


def _write(axes: Axes, at: tuple[float, float], text: str, colour: str, anchor: Anchor) -> None:
    x, y = axes.transData.transform(at)
    sheet_of(axes).write(Words(float(x), float(y), text, colour, anchor))
