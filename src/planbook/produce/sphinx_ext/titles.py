"""Sphinx extension: a page's title is text wherever the theme prints it, and may have a short form.

A page whose title is a sentence says in its front matter under which `SHORT` name side bar and
links to the neighbours list it. The theme puts two titles into its templates as they are, and
Sphinx's templates escape nothing by themselves: a goal whose name holds ``<script>`` would run it
on its page.
"""

from __future__ import annotations

import html
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

SHORT = "short_title"  # the key in the front matter
PRINTED_RAW = ("pagetitle", "root_title")  # names in the context of sphinx-book-theme's templates


def escape_titles(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Escape the titles that the theme has added to the page's context; print the long one."""
    if "pagetitle" in context and pagename in app.env.longtitles:
        context["pagetitle"] = app.env.longtitles[pagename].astext()
    for name in PRINTED_RAW:
        if name in context:
            context[name] = html.escape(str(context[name]))


def shorten_title(app: Sphinx, doctree: nodes.document) -> None:
    """Let others list a page by its short title; the page itself keeps the long one."""
    docname = app.env.docname
    short = app.env.metadata[docname].get(SHORT)
    if short:
        app.env.titles[docname] = nodes.title("", str(short))


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect after the theme, which sets the titles in its own handler."""
    app.connect("html-page-context", escape_titles, priority=900)
    app.connect("doctree-read", shorten_title, priority=900)  # after Sphinx has collected titles
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
