"""Characters of a plan's files that no font of the book has: told when the plan is loaded.

They stop nothing: a reader's own fonts may have them, and paper prints their number. Whoever keeps
the plan learns of them before anything is drawn, with the file, the key and whose text it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planbook.errors import Problem
from planbook.fonts import as_number, undrawable
from planbook.yamlfile import Location, place


def rare_characters(raw: Any, where: str) -> Iterator[Problem]:
    """Yield a notice for each text of a file that holds characters which no font has."""
    for owner, at, text in _texts(raw, "", ()):
        lacking = undrawable(text)
        if lacking:
            said = "、".join(f"「{c}」（{as_number(c)[1:-1]}）" for c in lacking)
            yield Problem(
                f"「{owner or text}」的 {at[-1]} 有图和 PDF 的字体所没有的字符：{said}",
                place(where, at),
                "不改也能成书：网页上照原样显示，PDF 中印作编号；换用字体中有的字符即可避免",
            )


def _texts(raw: Any, owner: str, at: Location) -> Iterator[tuple[str, Location, str]]:
    """Yield every text below `raw`, with the name of what it belongs to and its place."""
    match raw:
        case str():
            yield owner, at, raw
        case Mapping():
            called = next((raw[key] for key in ("name", "title") if raw.get(key)), owner)
            for key, value in raw.items():
                yield from _texts(value, str(called), (*at, str(key)))
        case list():
            for number, value in enumerate(raw):
                yield from _texts(value, owner, (*at, number))
