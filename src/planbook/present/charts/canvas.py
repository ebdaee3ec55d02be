"""A drawing with its letters kept apart from its marks.

matplotlib draws the marks. Letters stay text in the SVG, and where they stand and how wide they are
is known (`lettering`), so they are written straight into it, which is also many times faster.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planbook.present.escaping import Html
from planbook.present.palette import PAPER

Anchor = Literal["start", "middle", "end"]
HALO = "halo"  # with a pale edge around the letters, which lie on marks
WIDE = "wide"  # left out on narrow screens
PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `x` and `y` are where its base line begins, ends or has its middle.

    Printer's points from the lower left corner. `kind` is `HALO`, `WIDE` or `PLAIN`.
    """

    x: float
    y: float
    text: str
    colour: str
    anchor: Anchor = "middle"
    kind: str = PLAIN


class Sheet(Figure):
    """A matplotlib figure that collects words."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(figsize=(width / 72, height / 72), dpi=72)
        self.patch.set_visible(False)
        self.words: list[Words] = []

    def write(self, words: Words) -> None:
        """Add a line of text."""
        self.words.append(words)

    def letters(self) -> Markup:
        """Return all words as SVG, those without a halo first."""
        height = float(self.bbox.height)
        groups = {kind: [w for w in self.words if w.kind == kind] for kind in (PLAIN, WIDE, HALO)}
        return Html("").join(_group(kind, words, height) for kind, words in groups.items() if words)


def sheet_of(axes: Axes) -> Sheet:
    """Return the sheet that the axes are on."""
    sheet = axes.figure
    if not isinstance(sheet, Sheet):
        raise TypeError("these axes are not on a Sheet")
    return sheet


def _group(kind: str, words: list[Words], height: float) -> Markup:
    halo = f' style="paint-order:stroke;stroke:{PAPER};stroke-width:3.5"' if kind == HALO else ""
    text = Html('<text x="{}" y="{}" text-anchor="{}" style="fill:{}">{}</text>')
    lines = (
        text.format(f"{w.x:.1f}", f"{height - w.y:.1f}", w.anchor, w.colour, w.text) for w in words
    )
    return Html('<g class="pb-{}"{}>{}</g>').format(kind, Html(halo), Html("").join(lines))
