"""Sphinx extension: what a page is about, in its head, for whoever lists pages or links to them.

The ``description`` of a page is its own lead sentence where it has one (class ``pb-lede``), else
its first paragraph that is a sentence. With ``og:`` tags a link to the page can be shown with title
and description; the page 下载 says in JSON-LD what data there are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from sphinx.application import Sphinx

from planbook.present.addresses import DOWNLOADS
from planbook.produce.site.book_facts import BookFacts

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
    """Add to the page's head what it is about."""
    title = _text(str(context.get("title") or context.get("docstitle") or app.config.project))
    description = described(str(context.get("body") or ""), title)
    facts: BookFacts = app.planbook_facts  # type: ignore[attr-defined]  # set by `banner`
    folder = PurePosixPath(app.config.root_doc).parent
    first = pagename == app.config.root_doc
    address = facts.address and facts.address + app.builder.get_target_uri(pagename)
    tags = [
        f'<meta name="description" content="{html.escape(description)}" />',
        *link_preview(title, description, facts, address, first=first),
    ]
    if pagename == (folder / DOWNLOADS).as_posix() and facts.dataset_ld:
        tags.append(f'<script type="application/ld+json">{facts.dataset_ld}</script>')
    context["metatags"] = "\n    ".join([context.get("metatags") or "", *tags])


def link_preview(
    title: str, description: str, facts: BookFacts, address: str, *, first: bool
) -> Iterator[str]:
    """Yield the ``og:`` tags of a page; without an address, none of its address."""
    said = {
        "title": title,
        "description": description,
        "type": "website" if first else "article",
        "locale": "zh_CN",
        "site_name": facts.book,
        "url": address,
    }
    for name, content in said.items():
        if content:
            yield f'<meta property="og:{name}" content="{html.escape(content)}" />'


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the event that carries a page's body."""
    app.connect("html-page-context", describe)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
