"""Sphinx extension: a number and its unit stay on one line: 8项, 29.8%, 未报送1项.

A line of Chinese may break anywhere, also between a number and what it counts. The two are held
together in every text of a finished page, whoever wrote it.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

from planbook.present.numbers import NUMBER_WITH_UNIT

_UNIT = re.compile(NUMBER_WITH_UNIT)
_SHORT = 8  # characters: a text that is no longer has hardly a place to break at
_TEXT = re.compile(
    r"<(?P<whole>svg|math|script|style|pre|code|title)\b.*?</(?P=whole)>"
    rf"|(?<=>)(?P<text>[^<]{{{_SHORT + 1},}})",
    re.DOTALL,
)


def kept_together(body: str) -> str:
    """Return HTML in which no line breaks between a number and its unit."""

    def held(found: re.Match[str]) -> str:
        text = found["text"]
        return found[0] if text is None else _UNIT.sub(r'<span class="pb-kept">\g<0></span>', text)

    return _TEXT.sub(held, body)


def keep_on_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Hold numbers and units together in the page's body."""
    if "body" in context:
        context["body"] = kept_together(str(context["body"]))


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to every page as it is written."""
    app.connect("html-page-context", keep_on_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
