"""Sphinx extension: sections that a page folds away behind their headings.

A page's front matter says which: ``folded: true`` for all below its title, else the headings of
some, with ``|`` between. What is folded is part of the page: it is found, printed and linked to as
before, and a script (``assets/look/folds.js``) opens what a link leads to.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

FOLDED = "folded"  # the key in the front matter


def fold(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the sections in question into ``<details>``, their headings into its ``<summary>``."""
    said = str(app.env.metadata[docname].get(FOLDED, "")).strip()
    if not said or app.builder.format != "html":
        return
    wanted = {heading.strip() for heading in said.split("|")}
    for page in doctree.findall(nodes.section):
        for section in page.children:
            if isinstance(section, nodes.section):
                title = section[0].astext()
                if said.lower() == "true" or title in wanted:
                    _fold(section)
        return  # the first section is the page


def _fold(section: nodes.section) -> None:
    section.insert(1, _html("</summary>"))
    section.insert(0, _html('<details class="pb-section"><summary>'))
    section.append(_html("</details>"))


def _html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect where pages are written: contents and search have read the sections by then."""
    app.connect("doctree-resolved", fold)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
