"""The characters of a PDF: how wide a text is, what stands for those that no font has."""

from __future__ import annotations

import re
from collections.abc import Callable

from planbook import fonts
from planbook.present.numbers import NUMBER_WITH_UNIT

# Letters and marks between which a line may not break; after so many of them it must be allowed to.
# And the other way round: 1—8月, 69.17—70.32 and 8项 are one word, though a line may break behind a
# dash.
_LONG_OR_KEPT = re.compile(
    r"(?P<long>"
    r"[^\s\u2e80-\u2fff\u3040-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]{25,})"
    rf"|{NUMBER_WITH_UNIT}"
)
_PIECE = 8
_FULL_IN_CHINESE = "—…“”‘’·"  # wider in Chinese text than the font's Latin glyphs


def width(text: str) -> float:
    """Return the width of a line of text in em."""
    return sum(1.0 if c in _FULL_IN_CHINESE else fonts.advance(c) for c in text)


def printable(text: str, missing: Callable[[str], str]) -> str:
    """Return the text as the fonts can print it: `missing` says what stands for what they lack.

    Control characters are left out, and so are the marks that only vary an emoji.
    """
    if fonts.is_common(text):
        return text
    lacking = set(fonts.undrawable(text))
    return "".join(
        missing(c) if c in lacking else c for c in text if c.isspace() or not fonts.unseen(c)
    )


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return the parts of the text in order, and whether each stays together on a line.

    A very long word is split where it must be allowed to break.
    """
    found: list[tuple[str, bool]] = []
    end = 0
    for match in _LONG_OR_KEPT.finditer(text):
        if match.start() > end:
            found.append((text[end : match.start()], False))
        word, size = match[0], _PIECE if match["long"] else len(match[0])
        found += [(word[n : n + size], True) for n in range(0, len(word), size)]
        end = match.end()
    if end < len(text):
        found.append((text[end:], False))
    return found
