"""The font of the charts: how wide a text is in it, and whether it has every character of a text.

The charts keep text as text, so a reader's own font shows it; the width in this one is what
labels are laid out by.
"""

from __future__ import annotations

from functools import cache

from matplotlib.ft2font import FT2Font
from pylopdf_fonts_zh_cn import sans_path

from planbook.errors import PlanbookError

FONT = "Noto Sans SC"
READERS_FONTS = (  # what a reader's machine may have; Chinese sans on Windows, macOS, Linux
    "'Noto Sans SC', 'Source Han Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', "
    "'Hiragino Sans GB', 'WenQuanYi Micro Hei', SimHei, sans-serif"
)
ASCENT, DESCENT = 0.88, 0.12  # of the size, above and below the base line


class FigureError(PlanbookError):
    """A figure would have reached the reader with a missing character, font or word."""


def text_width(text: str, size: float) -> float:
    """Return the width of a line of text at `size`, in the unit of `size`."""
    return sum(_advance(character) for character in text) * size


def shortened(text: str, size: float, width: float) -> str:
    """Return the text, or as much of its beginning as fits into `width`, with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    shown = text
    while shown and text_width(f"{shown}…", size) > width:
        shown = shown[:-1]
    return f"{shown.rstrip()}…"


def check_characters(text: str) -> None:
    """Raise `FigureError` for a character that the font lacks: a reader would see a box."""
    missing = sorted({c for c in text if not c.isspace() and not _font().get_char_index(ord(c))})
    if missing:
        raise FigureError(f"图表中有字体没有的字符：{'、'.join(missing)}（在「{text}」中）")


@cache
def _advance(character: str) -> float:
    """Return how far a character moves the pen, as a share of the size."""
    check_characters(character)
    return float(_font().load_char(ord(character)).linearHoriAdvance) / 65536 / 100


@cache
def _font() -> FT2Font:
    font = FT2Font(str(sans_path()))
    font.set_size(100, 72)
    return font
