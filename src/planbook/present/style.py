"""How everything looks: fonts, colours, marks, and the frame that every figure must have.

With `palette`, the only module that owns a font, a colour or a size. Turns a drawing function and
its words into a `Figure`: a chart that carries title, unit, period, source and alternative text,
as it cannot be made without. Text stays text in the SVG; a character the font lacks is an error.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from pylopdf_fonts_zh_cn import sans_path

from planbook.errors import PlanbookError
from planbook.present.palette import GRID, INK, MUTED, PAPER
from planbook.present.text import display_width, wrap

FONT = "Noto Sans SC"
READERS_FONTS = (  # what a reader's machine may have; Chinese sans on Windows, macOS, Linux
    "'Noto Sans SC', 'Source Han Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', "
    "'Hiragino Sans GB', 'WenQuanYi Micro Hei', SimHei, sans-serif"
)
WIDTH = 6.8  # inches; 653 px, the text column of the book
TITLE, SUBTITLE, LABEL, SOURCE = 12.0, 9.5, 9.0, 8.0  # points
MARGIN_LEFT, MARGIN_RIGHT = 0.62, 1.12  # inches; room for tick labels and for direct labels
LINE_HEIGHT = 1.45

_RC: Any = {  # matplotlib types its keys one by one
    "font.family": FONT,
    "font.size": LABEL,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": LABEL,
    "ytick.labelsize": LABEL,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "lines.linewidth": 1.8,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "axes.facecolor": "none",
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "svg.fonttype": "none",  # small, searchable, selectable
    "svg.hashsalt": "planbook",  # the same bytes for the same drawing
}


class FigureError(PlanbookError):
    """A figure would have reached the reader with a missing character, font or word."""


class _Raise(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise FigureError(f"图表字体有问题：{record.getMessage()}")


@contextmanager
def drawing_style() -> Iterator[None]:
    """Draw in the book's style, and turn a missing glyph or font into `FigureError`."""
    log = logging.getLogger("matplotlib.font_manager")
    handler = _Raise(level=logging.WARNING)
    if FONT not in font_manager.fontManager.get_font_names():
        font_manager.fontManager.addfont(sans_path())
    log.addHandler(handler)
    try:
        with mpl.rc_context(_RC), warnings.catch_warnings():
            warnings.filterwarnings("error", message=".*missing from font.*")
            yield
    except UserWarning as warning:
        raise FigureError(f"图表中有字体没有的字符：{warning}") from warning
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
        Unit and period.
    alt
        A sentence with the numbers, for readers who do not see the chart.
    source
        Where the values come from, printed below.
    drawing
        The matplotlib figure.
    """

    id: str
    title: str
    subtitle: str
    alt: str
    source: str
    drawing: Drawing = field(repr=False)

    def __post_init__(self) -> None:
        absent = [n for n in ("id", "title", "subtitle", "alt", "source") if not getattr(self, n)]
        if absent:
            raise FigureError(f"图表缺少{'、'.join(absent)}")

    def svg(self) -> str:
        """Return the chart as SVG: the same text for the same data."""
        with drawing_style(), io.StringIO() as out:
            self.drawing.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
            text = out.getvalue()
        text = text[text.index("<svg") :].replace(f"'{FONT}'", READERS_FONTS)
        return re.sub(r"\n\s*", "\n", text)

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        words = {"kind": "figure", "id": self.id, "title": self.title}
        words |= {"alt": self.alt, "source": self.source}
        return {"image/svg+xml": self.svg(), "text/plain": self.alt}, {"planbook": words}


def compose(
    draw: Callable[[Axes], None],
    *,
    id: str,
    title: str,
    subtitle: str,
    alt: str,
    source: str,
    height: float = 2.5,
    left: float = MARGIN_LEFT,
    right: float = MARGIN_RIGHT,
    foot: float = 0.52,
) -> Figure:
    """Return the figure that `draw` makes on one set of axes, framed with its words.

    Parameters
    ----------
    draw
        Called once with empty axes of `height` inches, `left` and `right` inches from the edges
        and `foot` inches, for tick labels, above the source line.
    """
    with drawing_style():
        titles = wrap(title, _columns(TITLE))
        subtitles = wrap(subtitle, _columns(SUBTITLE))
        sources = wrap(source, _columns(SOURCE))
        top = _block(titles, TITLE) + _block(subtitles, SUBTITLE) + 0.16
        bottom = _block(sources, SOURCE) + foot
        total = top + height + bottom
        made = Drawing(figsize=(WIDTH, total))
        y = total - _block(titles, TITLE)
        _write(made, titles, y, size=TITLE, colour=INK)
        y -= _block(subtitles, SUBTITLE)
        _write(made, subtitles, y, size=SUBTITLE, colour=MUTED)
        _write(made, sources, 0.02, size=SOURCE, colour=MUTED)
        axes = made.add_axes(
            (left / WIDTH, bottom / total, (WIDTH - left - right) / WIDTH, height / total)
        )
        draw(axes)
    return Figure(id=id, title=title, subtitle=subtitle, alt=alt, source=source, drawing=made)


def text_inches(text: str, size: float = LABEL) -> float:
    """Return about how wide `text` is at `size` points: a Chinese character is as wide as high."""
    return display_width(text) / 2 * size / 72


def _columns(size: float) -> int:
    """Return how many half-width columns fit the figure at `size` points."""
    return int(WIDTH * 72 / size * 1.9)  # Latin letters are a little wider than half


def _block(lines: list[str], size: float) -> float:
    return len(lines) * size * LINE_HEIGHT / 72


def _write(made: Drawing, lines: list[str], bottom: float, *, size: float, colour: str) -> None:
    for n, line in enumerate(reversed(lines)):
        y = (bottom + (n + 0.25) * size * LINE_HEIGHT / 72) / made.get_figheight()
        made.text(0.0, y, line, fontsize=size, color=colour, ha="left", va="baseline")
