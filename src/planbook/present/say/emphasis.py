"""Ratings within running text: word and symbol stay together in one line, in their colour."""

from __future__ import annotations

from markupsafe import Markup

from planbook.present.escaping import Html, html
from planbook.present.palette import RATING_CLASSES
from planbook.vocabulary import Rating


def rating_marked(text: str) -> Markup:
    """Return text as HTML in which each 滞后▲ is one piece of its colour."""
    safe = html(text)
    for rating in Rating:
        words = f"{rating}{rating.symbol}"
        kept = Html('<span class="pb-kept pb-{}">{}</span>').format(RATING_CLASSES[rating], words)
        safe = safe.replace(words, kept)
    return safe
