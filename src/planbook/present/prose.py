"""A piece of a page that is text: Markdown for every medium, and HTML where pages show more.

HTML pages show the second where there is one; the PDF, which knows no style sheet, the first.
"""

from __future__ import annotations

import html as _html
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from planbook.present.escaping import Html, markdown


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 is the page's own."""

    level: int
    text: str


@dataclass(frozen=True)
class Prose:
    """Text that a notebook shows.

    Attributes
    ----------
    text
        Markdown; every untrusted part of it is escaped already.
    html
        The same for pages, without blank lines. `None`: the Markdown says all.
    kind
        ``dateline``: the line below a page's title; ``text``: running text; ``heading``: a heading
        that a page has in its contents, though code made it.
    """

    text: str
    html: Markup | None = None
    kind: str = "text"

    def __repr__(self) -> str:
        return _html.unescape(self.text)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"text/markdown": self.text, "text/plain": repr(self)}
        if self.html is not None:
            data["text/html"] = str(self.html)
        return data, {"planbook": {"kind": self.kind}}


def dateline(words: str) -> Prose:
    """Return the line below a page's title: edition, data as of, and 示例数据 where it is so."""
    shown = Html('<p class="pb-dateline">{}</p>').format(words)
    return Prose(markdown(words), shown, "dateline")


def heading(level: int, words: str) -> Prose:
    """Return a heading as a notebook shows it; `level` 1 is the page's own."""
    return Prose(f"{'#' * level} {markdown(words)}", kind="heading")
