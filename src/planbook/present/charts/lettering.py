"""How wide a text is in a chart: the room that labels are laid out by.

The charts keep text as text, so a reader's own font shows it; the width is that of the fonts that
`planbook.fonts` knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile

from planbook.errors import PlanbookError
from planbook.fonts import FALLBACK, SANS, advance

READERS_FONTS = (  # what a reader's machine may have; Chinese sans on Windows, macOS, Linux
    f"'{SANS}', 'Source Han Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', "
    f"'Hiragino Sans GB', 'WenQuanYi Micro Hei', SimHei, '{FALLBACK}', sans-serif"
)
_HEAD = 2  # characters that begin a text told from others by its end
ASCENT, DESCENT = 0.88, 0.12  # of the size, above and below the base line


class FigureError(PlanbookError):
    """A figure would have reached the reader without one of its words or its font."""


def text_width(text: str, size: float) -> float:
    """Return the width of a line of text at `size`, in the unit of `size`."""
    return sum(map(advance, text)) * size


def shortened(text: str, size: float, width: float) -> str:
    """Return the text, or as much of its beginning as fits into `width`, with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    shown = text
    while shown and text_width(f"{shown}…", size) > width:
        shown = shown[:-1]
    return f"{shown.rstrip()}…"


def told_apart(texts: Sequence[str], size: float, width: float) -> list[str]:
    """Return the texts shortened; those that would then read alike without what they share."""
    alike: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        alike[shortened(text, size, width)].append(text)
    shown = dict[str, str]()
    for short, own in alike.items():
        columns = takewhile(lambda column: len(set(column)) == 1, zip(*own, strict=False))
        shared = len(list(columns)) if len(own) > 1 else 0
        for text in own:
            apart = f"{text[:_HEAD]}…{text[shared:]}"
            shown[text] = shortened(apart, size, width) if shared > _HEAD else short
    return [shown[text] for text in texts]
