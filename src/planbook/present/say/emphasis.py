"""Ratings within running text: word and symbol stay together in one line, in their colour."""

from __future__ import annotations

from planbook.present.palette import RATING_CLASSES
from planbook.vocabulary import Rating


def rating_marked(safe: str) -> str:
    """Return escaped HTML in which each 滞后▲ is one piece of its colour."""
    for rating in Rating:
        words = f"{rating}{rating.symbol}"
        kept = f'<span class="pb-kept pb-{RATING_CLASSES[rating]}">{words}</span>'
        safe = safe.replace(words, kept)
    return safe
