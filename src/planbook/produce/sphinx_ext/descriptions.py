"""Sphinx extension: what a page is about, in one line, for whoever lists pages.

The ``description`` of a page is its own lead sentence where it has one (class ``pb-lede``), else
its first paragraph that is a sentence.
"""

from __future__ import annotations

import html
import re
from typing import Any

from sphinx.application import Sphinx

LONGEST = 160  # characters, in the middle of which no sentence is cut if it can be helped
SHORTEST = 8  # a shorter paragraph says nothing of its page

_PARAGRAPH = re.compile(r"<p(?P<attributes>[^>]*)>(?P<text>.*?)</p>", re.DOTALL)
_NOT_PROSE = re.compile(r'class="[^"]*\bpb-(?:head|dateline|source|note)\b')
_LEDE = re.compile(r'class="[^"]*\bpb-lede\b')


def described(body: str, title: str) -> str:
    """Return the description of the page with this body, or the title where it has no sentence."""
    paragraphs = [
        (found["attributes"], _text(found["text"])) for found in _PARAGRAPH.finditer(body)
    ]
    ledes = [text for attributes, text in paragraphs if _LEDE.search(attributes)]
    prose = [
        text
        for attributes, text in paragraphs
        if not _NOT_PROSE.search(attributes) and len(text) >= SHORTEST and text.endswith("。")
    ]
    first = next(iter([*ledes, *prose]), "")
    if not first:
        return title
    return _cut(first if title in first else f"{title}：{first}")


def _text(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", markup))).strip()


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = text.rfind("。", 0, LONGEST) + 1
    return text[:end] if end > LONGEST // 3 else text[: LONGEST - 1] + "…"


def describe(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Add the description to the page's head."""
    title = _text(str(context.get("title") or context.get("docstitle") or app.config.project))
    description = described(str(context.get("body") or ""), title)
    meta = f'<meta name="description" content="{html.escape(description)}" />'
    context["metatags"] = f"{context.get('metatags') or ''}\n    {meta}"


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the event that carries a page's body."""
    app.connect("html-page-context", describe)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
