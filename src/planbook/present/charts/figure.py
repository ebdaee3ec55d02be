"""How every chart looks, and the frame of words that it must have.

With `palette` and `lettering`, the only module that owns a font, a colour or a size. Turns a
drawing function and its words into a `Figure`: a chart that carries title, unit, period, source
and alternative text, as it cannot be made without. A missing font is an error.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from planbook.fonts import FALLBACK, SANS
from planbook.present.addresses import legend_address
from planbook.present.charts.canvas import Sheet
from planbook.present.charts.lettering import FigureError
from planbook.present.charts.svg import drawn, page_svg, whole_svg
from planbook.present.escaping import Html, html
from planbook.present.palette import GRID, INK, MUTED
from planbook.present.say.emphasis import rating_marked
from planbook.present.tables.table import Table

# All lengths are printer's points. A page scales the drawing to its column: up to 720 px wide, and
# down to 340 px on a telephone, where letters of LABEL are then 10 px high.
WIDTH = 620.0
LABEL = 18.0  # the letters that a drawing is laid out for
SMALL = 13.0  # the same letters where there is room
_MONTHS, _KEPT = re.compile(r"\d+—\d+月"), r'<span class="pb-kept">\g<0></span>'
HEIGHT = 240.0  # of a goal's chart, without its axis
EDGE = 8.0  # free at the left and right of a drawing

_RC: Any = {  # matplotlib types its keys one by one
    "font.family": [SANS, FALLBACK],
    "font.size": LABEL,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "xtick.labelsize": LABEL,
    "ytick.labelsize": LABEL,
    "xtick.major.size": 4,
    "ytick.major.size": 0,
    "grid.color": GRID,
    "grid.linewidth": 1.0,
    "lines.linewidth": 2.2,
    "hatch.linewidth": 1.2,
    "axes.facecolor": "none",
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "svg.fonttype": "none",  # small, searchable, selectable
    "svg.hashsalt": "planbook",  # the same bytes for the same drawing
}


class _Raise(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise FigureError(f"图表字体有问题：{record.getMessage()}")


@cache
def _settings() -> Any:  # as `_RC`
    """Return matplotlib's own settings, whatever a computer's matplotlibrc or a cell says."""
    known = mpl.rcParamsDefault.items()
    return {name: value for name, value in known if not name.startswith("backend")}


@contextmanager
def drawing_style() -> Iterator[None]:
    """Draw in the book's style, and turn a missing font into `FigureError`."""
    log = logging.getLogger("matplotlib.font_manager")
    handler = _Raise(level=logging.WARNING)
    log.addHandler(handler)
    try:
        with mpl.rc_context({**_settings(), **_RC}):
            yield
    finally:
        log.removeHandler(handler)


@dataclass(frozen=True, eq=False)
class Figure:
    """A finished chart with all its words.

    Attributes
    ----------
    id
        What it shows: a goal's id, or a name such as ``summary-digital``.
    title
        The finding, as a statement.
    subtitle
        Unit and period, and what the marks mean.
    alt
        A sentence with the numbers, for readers who do not see the chart.
    source
        Where the values come from, printed below.
    drawing
        The matplotlib figure, with its letters.
    data
        The values drawn, as a table that readers can unfold.
    csv
        The address of the same values as a file, from a page one folder below the book's root.
    form
        Which section of 图例 says how to read it; empty: none of them alone.
    """

    id: str
    title: str
    subtitle: str
    alt: str
    source: str
    drawing: Drawing = field(repr=False)
    data: Table | None = field(default=None, repr=False)
    csv: str = ""
    form: str = ""

    def __post_init__(self) -> None:
        for name in ("id", "title", "subtitle", "alt", "source"):
            if not getattr(self, name):
                raise FigureError(f"图表缺少{name}")

    @cached_property
    def _inside(self) -> Markup:
        with drawing_style():
            return drawn(self.drawing, self.id)

    @property
    def _height(self) -> float:
        return float(self.drawing.bbox.height)

    def svg(self) -> str:
        """Return the bare drawing as an SVG file: the same text for the same data.

        Title, units and source are not in it: whoever prints it sets them around it, with a number.
        """
        return whole_svg(self._inside, width=WIDTH, height=self._height, size=SMALL)

    def html(self) -> Markup:
        """Return the chart with its words for a page, without blank lines."""
        return Html(
            '<figure class="pb-figure" id="chart-{}">\n<figcaption>'
            '<span class="pb-finding">{}</span> <span class="pb-units">{}</span></figcaption>\n{}\n'
            '<p class="pb-source">{}</p>{}\n</figure>'
        ).format(
            self.id,
            rating_marked(self.title),
            Html(_MONTHS.sub(_KEPT, str(html(self.subtitle)))),
            page_svg(self._inside, width=WIDTH, height=self._height, size=SMALL, alt=self.alt),
            self.source,
            self._details(),
        )

    def _details(self) -> Markup:
        if self.data is None:
            return Html("")
        link = Html(
            '<p class="pb-note"><a href="{}" download>下载数据（CSV）</a>　'
            '<a href="{}">怎样读图</a></p>'
        )
        return Html(
            '\n<details class="pb-data"><summary>图中数据</summary>\n{}\n{}</details>'
        ).format(
            self.data.html(), link.format(self.csv, legend_address(self.form)) if self.csv else ""
        )

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        words = {"kind": "figure", "id": self.id, "title": self.title}
        words |= {"units": self.subtitle, "alt": self.alt, "source": self.source}
        data = {"text/html": str(self.html()), "image/svg+xml": self.svg(), "text/plain": self.alt}
        return data, {"planbook": words}


def compose(
    draw: Callable[[Axes], object],
    *,
    id: str,
    title: str,
    subtitle: str,
    alt: str,
    source: str,
    height: float = HEIGHT,
    left: float = 50.0,
    right: float = EDGE,
    top: float = 12.0,
    foot: float = 52.0,
    data: Table | None = None,
    csv: str = "",
    form: str = "",
) -> Figure:
    """Return the figure that `draw` makes on one set of axes, framed with its words.

    Parameters
    ----------
    draw
        Called once with empty axes of `height`, `left` and `right` from the edges, below `top`
        and above `foot`, which is for the labels of the axis.
    """
    with drawing_style():
        total = top + height + foot
        made = Sheet(WIDTH, total)
        width = WIDTH - left - right
        axes = made.add_axes((left / WIDTH, foot / total, width / WIDTH, height / total))
        draw(axes)
    return Figure(id, title, subtitle, alt, source, made, data, csv, form)
