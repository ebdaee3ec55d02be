"""A figure that somebody drew with matplotlib, seaborn or pandas, put into the book's style.

Its marks, numbers and words stay. Letters, axes, greys and the colours that matplotlib and seaborn
give to series by themselves become the book's, so that they follow the page's theme; a colour that
its author chose stays, and so do several greys that tell series apart. The figure is the book's
from then on: pyplot shows it no more.
"""

from __future__ import annotations

import sys
from collections.abc import Set
from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib import color_sequences
from matplotlib.axes import Axes
from matplotlib.collections import Collection, QuadMesh
from matplotlib.colors import to_hex, to_rgb, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from planbook.fonts import FALLBACK, SANS
from planbook.present.charts.figure import LABEL, WIDTH, drawing_style
from planbook.present.palette import GRID, INK, MUTED, PAPER, SERIES

_USUAL = (6.4, 4.8)  # inches: what nobody chose
_HEIGHT = 340.0  # of such a figure
_FADED = 0.75  # seaborn paints areas so much less saturated
_DEEP = ("#4c72b0", "#dd8452", "#55a868", "#c44e52", "#8172b3")  # seaborn's own first colours
_GREYS = ((0.4, INK), (0.7, MUTED), (0.97, GRID), (1.0, PAPER))  # up to which lightness
_WORDS = {  # that seaborn writes at axes by itself
    "Count": "个数",
    "Density": "密度",
    "Frequency": "频率",
    "Percent": "百分比",
    "Probability": "概率",
    "Proportion": "比例",
}
_OFF_WHITE = "#fefefe"  # white that stays: on a plane of colours, which no theme changes


def figure_of(shown: Any) -> Figure | None:
    """Return the whole figure that a figure, axes or a grid of seaborn's belongs to, if any."""
    own = shown if isinstance(shown, Figure) else getattr(shown, "figure", None)
    whole = getattr(own, "figure", None)  # of a part of a figure
    return whole if isinstance(whole, Figure) else None


def is_drawn(figure: Figure) -> bool:
    """Whether anything stands in a figure besides empty axes."""
    wholes = [figure, *figure.subfigs]
    free = [[*one.texts, *one.patches, *one.images, *one.artists, *one.lines] for one in wholes]
    placed = [[*one.texts, *one.patches, *one.artists, *one.tables] for one in figure.axes]
    return any([*free, *placed, *(axes.has_data() for axes in figure.axes)])


def shows_nothing(figure: Figure, *, without_flat_bars: bool) -> bool:
    """Whether a figure was drawn of no value: no mark on any axes, or none but bars of no length.

    Bars of no length are what a histogram of nothing has, and what zeros look like.
    """
    if figure.texts or figure.images or figure.patches or figure.artists or figure.lines:
        return False
    for axes in figure.axes:
        if axes.images or axes.tables or axes.artists or axes.texts:
            return False
        bars = [patch.get_window_extent() for patch in axes.patches]
        flat = without_flat_bars and not any(bar.width * bar.height for bar in bars)
        if np.isfinite(axes.dataLim.extents).all() and not (bars and flat):
            return False
    return True


def take_title(figure: Figure) -> str:
    """Return the one title that a figure has; it will not be printed twice."""
    titles = [text for text in _titles(figure) if text.get_text().strip()]
    if len(titles) != 1:
        return ""
    titles[0].set_visible(False)
    return " ".join(titles[0].get_text().split())


def take(figure: Figure) -> None:
    """Take a figure from pyplot, which would show it once more below its cell."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(figure)


def restyle(figure: Figure) -> None:
    """Put a figure into the book's style; what has been done already is done again."""
    wide, high = figure.get_size_inches()
    figure.set_dpi(72)
    usual = bool(np.allclose((wide, high), _USUAL))
    figure.set_size_inches(WIDTH / 72, (_HEIGHT if usual else WIDTH * high / wide) / 72)
    figure.patch.set_visible(False)
    for axes in figure.axes:
        _restyle_axes(axes)
    on_planes = {text for axes in figure.axes if _has_plane(axes) for text in axes.texts}
    kept = _greys_told_apart(figure)
    for mark in figure.findobj():
        _restyle_mark(mark, on_planes, kept)
    for key in figure.legends:
        key.set_loc("outside right upper")
    with drawing_style():
        _lay_out(figure)
        figure.draw_without_rendering()
        for axes in figure.axes:
            _turn_names(axes)
            _lighten_on_dark(axes)


def _lay_out(figure: Figure) -> None:
    """Let all letters have room; where a colour bar stands, as far as what placed it can."""
    engine = figure.get_layout_engine()
    if not any(hasattr(axes, "_colorbar") for axes in figure.axes):
        figure.set_layout_engine("constrained")
    elif engine is None or engine.colorbar_gridspec:
        figure.set_layout_engine("tight")


def _titles(figure: Figure) -> list[Text]:
    suptitle = getattr(figure, "_suptitle", None)
    return [*([suptitle] if suptitle else []), *(axes.title for axes in figure.axes)]


def _restyle_axes(axes: Axes) -> None:
    axes.patch.set_visible(False)
    for side, spine in axes.spines.items():
        spine.set_edgecolor(MUTED)
        spine.set_linewidth(1.0)
        if side in ("top", "right"):
            spine.set_visible(False)
    axes.tick_params(
        color=MUTED,
        labelcolor=MUTED,
        labelsize=LABEL,
        labelfontfamily=[SANS, FALLBACK],
        grid_color=GRID,
        grid_linewidth=1.0,
    )
    axes.set_axisbelow(True)
    for axis in (axes.xaxis, axes.yaxis):
        axis.label.set_text(_WORDS.get(axis.label.get_text(), axis.label.get_text()))
    legend = axes.get_legend()
    if legend is not None:
        legend.set_frame_on(False)
    if axes.name == "rectilinear" and axes.has_data() and not _has_plane(axes):
        axes.grid(True, axis="y", color=GRID)


def _has_plane(axes: Axes) -> bool:
    """Whether it holds a picture or a heat map."""
    return bool(axes.images) or any(isinstance(c, QuadMesh) for c in axes.collections)


def _restyle_mark(mark: Any, on_planes: set[Text], kept: Set[str]) -> None:
    if isinstance(mark, Text):
        mark.set_fontfamily([SANS, FALLBACK])
        mark.set_fontsize(LABEL)
        mark.set_fontweight("normal")
        if mark in on_planes:
            mark.set_color(_OFF_WHITE if to_hex(mark.get_color()) == PAPER else mark.get_color())
        else:
            mark.set_color(_of_book(mark.get_color(), kept))
    elif isinstance(mark, Line2D):
        mark.set_color(_of_book(mark.get_color(), kept))
        mark.set_markerfacecolor(_of_book(mark.get_markerfacecolor(), kept))
        mark.set_markeredgecolor(_of_book(mark.get_markeredgecolor(), kept))
    elif isinstance(mark, Patch):
        mark.set_facecolor(_with_alpha(mark.get_facecolor(), kept))
        mark.set_edgecolor(_with_alpha(mark.get_edgecolor(), kept))
    elif isinstance(mark, Collection) and mark.get_array() is None:
        mark.set_facecolor(_with_alphas(mark.get_facecolor(), kept))
        mark.set_edgecolor(_with_alphas(mark.get_edgecolor(), kept))


def _greys_told_apart(figure: Figure) -> Set[str]:
    """Return the greys of marks that are several where the book has one: they tell series apart."""
    found: dict[str, set[str]] = {}
    for axes in figure.axes:
        lines = [line.get_color() for line in axes.lines]
        areas = [patch.get_facecolor() for patch in axes.patches]
        others = [c for each in axes.collections for c in to_rgba_array(each.get_facecolor())]
        for colour in (*lines, *areas, *others):
            if (grey := _grey_of_book(colour)) in (INK, MUTED, GRID):
                found.setdefault(grey, set()).add(to_hex(colour))
    return {grey for several in found.values() if len(several) > 1 for grey in several}


def _grey_of_book(colour: Any) -> str:
    """Return the book's grey for a grey, and nothing for a colour."""
    if isinstance(colour, str) and colour == "none":
        return ""
    red, green, blue = to_rgb(colour)
    if max(red, green, blue) - min(red, green, blue) >= 0.02:
        return ""
    return next(own for lightness, own in _GREYS if red <= lightness)


def _of_book(colour: Any, kept: Set[str]) -> Any:
    """Return the book's colour for one that nobody chose, and for a grey; any other as it is."""
    none = isinstance(colour, str) and colour == "none"
    return colour if none or to_hex(colour) in kept else _swapped(colour)


def _swapped(colour: Any) -> Any:
    return _grey_of_book(colour) or _colours().get(to_hex(colour), colour)


def _with_alpha(colour: Any, kept: Set[str]) -> Any:
    return tuple(_with_alphas([colour], kept)[0])


def _with_alphas(colours: Any, kept: Set[str]) -> Any:
    found = to_rgba_array(colours)
    for one in found:
        one[:3] = to_rgb(_of_book(one[:3], kept))
    return found


@cache
def _colours() -> dict[str, str]:
    """Return the book's colour by each that is given to series without anybody's choice."""
    found = {}
    for usual in (color_sequences["tab10"][: len(SERIES)], _DEEP):
        for given, own in zip(usual, SERIES, strict=True):
            found[to_hex(given)] = own
            hue, light, full = rgb_to_hls(*to_rgb(given))
            found[to_hex(hls_to_rgb(hue, light, full * _FADED))] = own
    return found


def _lighten_on_dark(axes: Axes) -> None:
    """Write words that lie on a filled area in the colour of the page."""
    for text in axes.texts:
        place = text.get_window_extent()
        middle = ((place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2)
        below = [area for area in axes.patches if area.contains_point(middle)]
        if any(to_hex(area.get_facecolor()) in SERIES for area in below):
            text.set_color(PAPER)


def _turn_names(axes: Axes) -> None:
    """Turn the names below an axis where, in the book's letters, they would run into each other."""
    names = [name for name in axes.get_xticklabels() if name.get_text() and name.get_visible()]
    boxes = sorted((name.get_window_extent() for name in names), key=lambda box: box.x0)
    if any(after.x0 < before.x1 + 2 for before, after in pairwise(boxes)):
        axes.tick_params(axis="x", labelrotation=40)
        for name in names:
            name.set_horizontalalignment("right")
            name.set_rotation_mode("anchor")
