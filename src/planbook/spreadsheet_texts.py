"""Texts that a spreadsheet program could run as a formula: in CSV files an apostrophe guards them.

What is offered for download has it for good; in files that analysts keep it is taken off again when
they are read, so that a text is what was typed however often it goes through Excel.
"""

from __future__ import annotations

import re
import unicodedata

_GUARD = "'"
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def could_run(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula, which begins with ``= + - @``.

    White space and characters without width before it do not count, and their full-width, small
    and raised kin are the same character: some programs and input methods make them so. A tab or a
    line's end in front is enough, since some programs part cells there.
    """
    if text.startswith(("\t", "\r", "\n")):
        return True
    for character in text:
        if not character.isspace() and unicodedata.category(character)[0] != "C":
            return unicodedata.normalize("NFKC", character)[0] in "=+-@"
    return False


def guarded(text: str) -> str:
    """Return a cell as it is written into a file that is read again; numbers stay numbers."""
    runs = could_run(text.lstrip(_GUARD)) and not _NUMBER.fullmatch(text)
    return f"{_GUARD}{text}" if runs else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` wrote; any other cell as it is."""
    if cell.startswith(_GUARD) and could_run(cell.lstrip(_GUARD)):
        return cell.removeprefix(_GUARD)
    return cell
