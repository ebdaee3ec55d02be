"""What the search knows of pages that an earlier build has read, so that it need not read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planbook.made_of import sha256
from planbook.produce.sphinx_ext.search_grams import page_grams
from planbook.produce.sphinx_ext.search_text import PageText, Section, page_text


class KnownTexts:
    """Texts and grams of pages that were read before, by sha256 of the page, as JSON can keep them.

    `before` is what an earlier build left in `now`.
    """

    def __init__(self) -> None:
        self.before: Mapping[str, Any] = {}
        self.now: dict[str, Any] = {}

    def of(self, page: bytes) -> tuple[PageText, Mapping[str, int]]:
        """Return what `page_text` does, and `page_grams` of it; remember both."""
        key = sha256(page)
        if key in self.before:
            title, sections, grams = self.now[key] = self.before[key]
            return PageText(title, tuple(Section(*section) for section in sections)), grams
        text = page_text(page.decode("utf-8"))
        grams = page_grams(text)
        sections = [[s.anchor, s.heading, s.text] for s in text.sections]
        self.now[key] = [text.title, sections, grams]
        return text, grams
