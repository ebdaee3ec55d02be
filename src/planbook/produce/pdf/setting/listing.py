"""Blocks of code as they are typed; a line longer than the page is broken where it must be."""

from __future__ import annotations

from planbook.present.escaping import display_width
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.typst_code import call, literal

COLUMNS = 88  # half-width characters of a listing on an upright page


def set_listing(text: str, galley: Galley) -> str:
    """Return a block of code as an expression."""
    shown = galley.printable(text.rstrip("\n").expandtabs(4))
    lines = [part for line in shown.split("\n") for part in _broken(line)]
    return call("raw", literal("\n".join(lines)), block="true")


def _broken(line: str) -> list[str]:
    parts = []
    while display_width(line) > COLUMNS:
        fits = next(n for n in range(len(line), 0, -1) if display_width(line[:n]) <= COLUMNS)
        space = line.rfind(" ", COLUMNS // 3, fits)
        cut = space + 1 if space > 0 else fits
        parts.append(line[:cut])
        line = "    " + line[cut:]
    return [*parts, line]
