"""How wide a text is in a chart: the room that labels are laid out by.

The charts keep text as text, so a reader's own font shows it; the width is that of the fonts that
`planbook.fonts` knows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile
from unicodedata import category

from planbook.errors import PlanbookError
from planbook.fonts import FALLBACK, SANS, advance

READERS_FONTS = (  # what a reader's machine may have; Chinese sans on Windows, macOS, Linux
    f"'{SANS}', 'Source Han Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', "
    f"'Hiragino Sans GB', 'WenQuanYi Micro Hei', SimHei, '{FALLBACK}', sans-serif"
)
_IN_WORD = re.compile(r"[\u0021-\u024f\u0370-\u03ff\u2070-\u209c]{2}")  # Latin, Greek, digits
# Marks that close what stands before them, and that open what stands behind, by Unicode class.
_NEVER_FIRST, _NEVER_LAST = frozenset({"Po", "Pe", "Pf", "Zs"}), frozenset({"Ps", "Pi"})
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
    words = [at for at in _breaks(text) if at <= len(shown)]
    if words and words[-1] * 2 > len(shown):  # a word longer than the line is cut all the same
        shown = shown[: words[-1]]
    return f"{shown.rstrip()}…"


def halved(text: str, size: float, width: float) -> list[str]:
    """Return the text in one line, or in two of about the same length: as much as fits.

    Words in Latin letters, and numbers, stay whole.
    """
    if text_width(text, size) <= width:
        return [text]
    parts = [(text[:at].rstrip(), text[at:].lstrip()) for at in _breaks(text)]
    if not parts:
        return [shortened(text, size, width)]
    best = min(parts, key=lambda two: max(text_width(part, size) for part in two))
    return [shortened(part, size, width) for part in best]


def _breaks(text: str) -> list[int]:
    """Return where a text may be broken: at spaces, and beside characters that are no letters."""
    return [
        at
        for at in range(1, len(text))
        if not (_IN_WORD.fullmatch(text[at - 1 : at + 1]) or category(text[at]) in _NEVER_FIRST)
        and category(text[at - 1]) not in _NEVER_LAST
    ]


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
