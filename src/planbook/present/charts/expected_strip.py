"""A strip of squares, one a goal, in the four groups of what is expected: how large each group is.

Drawn without matplotlib, in no letters: its numbers stand in the table beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planbook.present.briefing.expected import Expected
from planbook.present.palette import INK, OBSERVED, PALE, PAPER, RATING_COLOURS
from planbook.present.say.summary_words import strip_alt
from planbook.vocabulary import Rating

_WIDTH, _HEIGHT, _BETWEEN = 620.0, 18.0, 14.0  # of the drawing; between two groups
_LOOKS = (  # of a square, by group: ground, edge, whether a bar crosses it; told apart in grey too
    (RATING_COLOURS[Rating.MET], INK, False),
    (PALE, INK, False),
    (PAPER, RATING_COLOURS[Rating.FAR_BEHIND], True),
    (PAPER, OBSERVED, False),
)


@dataclass(frozen=True)
class Strip:
    """The drawing as SVG, and what it shows in words."""

    svg: str
    alt: str


def expected_strip(groups: Sequence[Expected]) -> Strip | None:
    """Return the strip of four groups; ``None`` without goals."""
    total = sum(group.count for group in groups)
    if not total:
        return None
    step = (_WIDTH - _BETWEEN * (len(groups) - 1)) / total
    side = min(step * 0.8, _HEIGHT - 2)
    squares = "".join(_squares(groups, step, side))
    box = f'viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" xmlns="http://www.w3.org/2000/svg"'
    said = strip_alt(total, [(group.name, group.count) for group in groups])
    return Strip(f"<svg {box}>{squares}</svg>", said)


def _squares(groups: Sequence[Expected], step: float, side: float) -> Iterator[str]:
    x, y = 0.0, (_HEIGHT - side) / 2
    for group, (ground, edge, crossed) in zip(groups, _LOOKS, strict=True):
        for _ in group.views:
            yield (
                f'<rect x="{x + 1:.2f}" y="{y:.2f}" width="{side:.2f}" height="{side:.2f}" '
                f'fill="{ground}" stroke="{edge}" stroke-width="1"/>'
            )
            if crossed:
                yield (
                    f'<path d="M{x + 1:.2f} {y + side:.2f}L{x + 1 + side:.2f} {y:.2f}" '
                    f'stroke="{edge}" stroke-width="1.6"/>'
                )
            x += step
        x += _BETWEEN
