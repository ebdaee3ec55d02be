"""Lines that a cell was broken into, as the one line that was meant."""

from __future__ import annotations

import re

_BREAK = re.compile(r"\s*[\n\t\u2028\u2029]\s*")
_CHINESE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\U00020000-\U0003ffff]"
)
_WITHIN_A_WORD = re.compile(r"\w[-\u2010]")  # long- and term: its own hyphen, kept as it stands


def one_line(text: str) -> str:
    """Return a text without its breaks, words in Latin letters apart as they were.

    Between two of them, or numbers, a break stood for a space; beside a Chinese letter or mark it
    stood for nothing.
    """

    def joined(match: re.Match[str]) -> str:
        before, after = text[: match.start()], text[match.end() :]
        beside = _CHINESE.search(f"{before[-1:]}{after[:1]}")
        return "" if beside or _WITHIN_A_WORD.fullmatch(before[-2:]) else " "

    return _BREAK.sub(joined, text)
