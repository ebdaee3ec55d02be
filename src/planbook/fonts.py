"""The fonts of charts and PDFs: which characters they have and how far each moves the pen.

Noto Sans SC and Noto Serif SC hold Chinese and most of what stands beside it; DejaVu Sans, which
comes with matplotlib, holds the Latin, Greek, sub- and superscript letters that they lack. What
none of them has is printed on paper as its number, 〔U+20BB7〕, and has that room in a chart: one
name never stops a book. `planbook.plan.rare` says where in a plan such characters stand.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

SANS, SERIF, FALLBACK = "Noto Sans SC", "Noto Serif SC", "DejaVu Sans"
# Characters that Noto Sans SC surely has (a test looks): most texts hold no other, and then no font
# needs to be read.
_COMMON = re.compile("[\\s!-~—…“”‘’·×、-」（），：；？！％\u4e00-\u9fef]*")


class Face:
    """A font, read as far as it is asked."""

    def __init__(self, path: Path) -> None:
        from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - needed for rare characters only

        # Copies of a process share the position in a file that is open, so none is left open.
        self._font = FT2Font(BytesIO(path.read_bytes()))

    def has(self, character: str) -> bool:
        """Whether there is a glyph for a character."""
        return self._font.get_char_index(ord(character)) != 0

    def advance(self, character: str) -> float:
        """Return how far a character that it has moves the pen, in em."""
        from matplotlib.ft2font import LoadFlags  # noqa: PLC0415 - as above

        glyph = self._font.load_char(ord(character), LoadFlags.NO_SCALE)
        return glyph.horiAdvance / self._font.units_per_EM


def font_file(family: str) -> Path:
    """Return the file of one of the three fonts."""
    if family == FALLBACK:
        found = find_spec("matplotlib")  # found, not imported: that takes longer than all the rest
        assert found is not None
        assert found.origin is not None
        return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
    from pylopdf_fonts_zh_cn import sans_path, serif_path  # noqa: PLC0415 - as above

    return Path(sans_path() if family == SANS else serif_path())


@cache
def face(family: str) -> Face:
    """Return one of the fonts, read once a process."""
    return Face(font_file(family))


@cache
def advance(character: str) -> float:
    """Return how far a character moves the pen, in em; if no font has it, its number does."""
    for family in (SANS, FALLBACK, SERIF):
        if face(family).has(character):
            return face(family).advance(character)
    return 0.0 if unseen(character) else sum(map(advance, as_number(character)))


def is_common(text: str) -> bool:
    """Whether a text holds only characters that Noto Sans SC is known to have."""
    return _COMMON.fullmatch(text) is not None


def undrawable(text: str) -> list[str]:
    """Return the characters of a text that no font has, each once; of unseen ones none."""
    if is_common(text):
        return []
    return [c for c in dict.fromkeys(text) if not (unseen(c) or _has(c))]


def unseen(character: str) -> bool:
    """Whether a character is not meant to be seen: spaces, controls, marks that vary an emoji."""
    return (
        character.isspace()
        or unicodedata.category(character) in {"Cc", "Cf", "Cs"}
        or "\ufe00" <= character <= "\ufe0f"
    )


def as_number(character: str) -> str:
    """Return what stands for a character that no font has: 〔U+20BB7〕."""
    return f"〔U+{ord(character):04X}〕"


@cache
def other_font(character: str) -> str:
    """Return the family that a character is set in where that is not Noto Sans SC, else nothing."""
    if face(SANS).has(character):
        return ""
    return next((f for f in (FALLBACK, SERIF) if face(f).has(character)), "")


def _has(character: str) -> bool:
    return face(SANS).has(character) or other_font(character) != ""
