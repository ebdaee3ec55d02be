"""The fonts that the PDF is set in: which characters they have and how wide a text is in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

from planbook.produce.kept import NUMBER_WITH_UNIT

# Letters and marks between which a line may not break; after so many of them it must be allowed to.
# And the other way round: 1—8月 is one word, though a line may break behind a dash, and so is 8项.
_LONG_OR_KEPT = re.compile(
    r"(?P<long>"
    r"[^\s\u2e80-\u2fff\u3040-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]{25,})"
    rf"|\d{{1,4}}年?—\d{{1,4}}[年月日]?|{NUMBER_WITH_UNIT}"
)
_PIECE = 8
_FULL_IN_CHINESE = "—…“”‘’·"  # wider in Chinese text than the font's Latin glyphs
_EDGE = 6.0  # an estimate, in em, of a character that the fonts lack: it is printed as 〔U+1F600〕


@cache
def _sans() -> tuple[dict[int, str], dict[str, tuple[int, int]]]:
    with TTFont(str(sans_path()), lazy=True) as font:
        return font.getBestCmap(), dict(font["hmtx"].metrics)


@cache
def coverage() -> frozenset[int]:
    """Return the code points that Noto Sans SC or Noto Serif SC has."""
    with TTFont(str(serif_path()), lazy=True) as font:
        return frozenset(_sans()[0]) | frozenset(font.getBestCmap())


@cache
def advance(character: str) -> float:
    """Return the width of a character in em, in Noto Sans SC."""
    if character in _FULL_IN_CHINESE:
        return 1.0
    names, metrics = _sans()
    name = names.get(ord(character))
    if name is None:
        return 1.0 if ord(character) in coverage() else _EDGE
    return metrics[name][0] / 1000


def width(text: str) -> float:
    """Return the width of a line of text in em."""
    return sum(map(advance, text))


def printable(text: str, missing: Callable[[str], str]) -> str:
    """Return the text as the fonts can print it: `missing` says what stands for what they lack.

    Control characters are left out, and so are the marks that only vary an emoji.
    """
    has = coverage()
    if has.issuperset(map(ord, text)):
        return text
    return "".join(_kept(c, has, missing) for c in text)


def _kept(character: str, has: frozenset[int], missing: Callable[[str], str]) -> str:
    if ord(character) in has or character.isspace():
        return character
    if unicodedata.category(character) in {"Cc", "Cf", "Cs"} or "\ufe00" <= character <= "\ufe0f":
        return ""
    return missing(character)


def pieces(text: str) -> list[tuple[str, bool]]:
    """Split the text where a very long word must be allowed to break, and around what must not.

    Returns
    -------
    list of (str, bool)
        The parts in order, and whether each stays together on a line.
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
