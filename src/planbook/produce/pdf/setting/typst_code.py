"""Typst code as text: every word of ours is a string in it, so that none is read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\n\r\t]')


def literal(text: str) -> str:
    """Return the text as a string of Typst."""
    return '"' + _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text) + '"'


def joined(pieces: Iterable[str]) -> str:
    """Return expressions one after the other, as one expression."""
    parts = [piece for piece in pieces if piece]
    if not parts:
        return '""'
    return parts[0] if len(parts) == 1 else "{" + "\n".join(parts) + "}"


def call(function: str, *arguments: str, **named: str) -> str:
    """Return a call; names are written with hyphens for underscores."""
    given = [*arguments, *(f"{name.replace('_', '-')}: {value}" for name, value in named.items())]
    return f"{function}({', '.join(given)})"


def labelled(element: str, name: str) -> str:
    """Return the element with a name that links can lead to."""
    return f"[#{element}#label({literal(name)})]" if name else element


def array(items: Iterable[str]) -> str:
    """Return expressions as an array, also where there is only one."""
    return "(" + "".join(f"{item}, " for item in items) + ")"
