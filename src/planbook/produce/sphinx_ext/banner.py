"""Sphinx extension: what every page says of the book it belongs to, read from ``book.json``.

``scripts/build.py`` writes the file beside the fragments that pages include; `BookFacts` is its
shape. A demonstration's banner becomes the theme's announcement, edition and source stand in the
footer of every page, and a page that has a PDF links it. A book that is to be published loads
``editions.js`` of its site, which knows the other editions. The extension also drops thebe, which
Jupyter Book always loads and which names a server on the internet.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from planbook.produce.site.book_facts import BookFacts

_DATELINE = re.compile(r'(<p class="pb-dateline">.*?)(</p>)', re.DOTALL)


def apply_book_facts(app: Sphinx, config: Config) -> None:
    """Put banner and footer into the theme's options before the theme reads them."""
    path = Path(app.srcdir, config.planbook_book_facts)
    try:
        facts = BookFacts.read(path)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            f"还没有 {config.planbook_book_facts}。请先运行 python -m planbook build"
        ) from error
    options = config.html_theme_options
    options["announcement"] = html.escape(facts.banner)
    options["extra_footer"] = f"<p>{html.escape(facts.footer)}</p>"
    app.planbook_facts = facts  # type: ignore[attr-defined]  # for what follows


def tell_correction(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Say on every page of a correction edition that it is one, below the dateline or the title."""
    notice: str = app.planbook_facts.correction  # type: ignore[attr-defined]  # set above
    if not notice or "</h1>" not in context.get("body", ""):
        return
    first, where = app.config.root_doc, ""
    if pagename != first:  # which has the table
        where = f'逐项见<a href="{html.escape(context["pathto"](first))}">导读</a>。'
    told = (
        '<div class="admonition attention pb-correction"><p class="admonition-title">更正版</p>'
        f"<p>{html.escape(notice)}{where}</p></div>"
    )
    body: str = context["body"]
    dated = _DATELINE.search(body)
    at = dated.end() if dated else body.index("</h1>") + len("</h1>")
    context["body"] = f"{body[:at]}\n{told}{body[at:]}"


def link_pdf(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Link a page's PDF at the end of its dateline, or below its title where it has none."""
    folder = PurePosixPath(app.config.root_doc).parent
    pdfs: Mapping[str, str] = app.planbook_facts.pdfs  # type: ignore[attr-defined]  # set above
    for page, address in pdfs.items():
        if pagename == (folder / page).as_posix():
            href = html.escape(context["pathto"](address, 1))
            name = "整本 PDF" if pagename == app.config.root_doc else "本章 PDF"
            link = f'<a class="pb-pdf" href="{href}" type="application/pdf">{name}</a>'
            context["body"] = _with_link(context["body"], link)


def _with_link(body: str, link: str) -> str:
    linked, dated = _DATELINE.subn(lambda found: f"{found[1]} {link}{found[2]}", body, count=1)
    if dated:
        return linked
    return body.replace("</h1>", f'</h1>\n<p class="pb-dateline">{link}</p>', 1)


def load_editions(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Have a page of a publication load the script of its site, and tell it which page it is.

    The script lies above the book and is no part of it: what is published never changes, what is
    known of its edition does.
    """
    facts: BookFacts = app.planbook_facts  # type: ignore[attr-defined]  # set above
    if facts.publication:
        page = unquote(app.builder.get_target_uri(pagename))
        address = f"{'../' * (page.count('/') + 1)}editions.js"
        told = f'data-edition="{html.escape(facts.edition)}" data-page="{html.escape(page)}"'
        script = f'<script src="{address}" defer {told}></script>'
        context["metatags"] = f"{context.get('metatags') or ''}\n    {script}"


def drop_thebe(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Take thebe's scripts off the page: one of them is a constant with an address outside."""
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if "thebe" not in str(getattr(script, "filename", "") or "")
        and "THEBE" not in str(getattr(script, "attributes", {}).get("body", ""))
    ]


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the events; ``planbook_book_facts`` says where ``book.json`` lies."""
    app.add_config_value("planbook_book_facts", "book/chapters/_fragments/book.json", "html", str)
    app.connect("config-inited", apply_book_facts)
    app.connect("html-page-context", tell_correction)
    app.connect("html-page-context", link_pdf)
    app.connect("html-page-context", load_editions)
    app.connect("html-page-context", drop_thebe, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
