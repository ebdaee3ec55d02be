"""Sphinx extension: a search that finds Chinese text, also from ``file://``.

Sphinx's own search cuts pages into words at spaces, of which Chinese has none, and the theme loads
its index on every page. Here that index is not made. The search page alone loads the names of all
pages, and for each query the few files that can answer it (`search_index`); the scripts in
``assets/static/search*.js`` choose, load and look through them.

The index is made of the pages in the output folder, so it is whole also when Sphinx has written
only some of them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from planbook.present.addresses import CATALOGUE
from planbook.produce.sphinx_ext.search_index import PAGES, write_index
from planbook.produce.sphinx_ext.search_known import KnownTexts

ASSETS = Path(__file__).resolve().parents[1] / "assets"
PAGE = "search"
SCRIPTS = ("search_files.js", "search_ranking.js", PAGES, "search.js")  # each uses those before it

logger = logging.getLogger(__name__)


def replace_stock_search(app: Sphinx) -> None:
    """Let Sphinx make no index and no search page, and add this extension's own files.

    Paths of this installation are added only now that the builder has recorded its configuration:
    the record must not differ from computer to computer.
    """
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or not builder.search:
        return
    builder.search = False
    app.config.html_static_path.append(str(ASSETS / "static"))
    app.config.templates_path.append(str(ASSETS / "templates"))
    builder.templates.init(builder, builder.theme)
    app.planbook_searchable = True  # type: ignore[attr-defined]  # for `search_page`


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write the index of the pages, all of which are there by now, and ask for the search page."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or not hasattr(app, "planbook_searchable"):
        return
    catalogue = (PurePosixPath(app.config.root_doc).parent / CATALOGUE).as_posix()
    texts: KnownTexts = app.planbook_texts  # type: ignore[attr-defined]  # set below
    pages, grams = {}, {}
    for docname in _goals_first(list(app.env.collect_relations()), catalogue):
        path = Path(builder.get_outfilename(docname))
        try:
            address = builder.get_target_uri(docname)
            pages[address], grams[address] = texts.of(path.read_bytes())
        except (OSError, ValueError) as error:
            logger.warning("搜索索引读不出这一页：%s", error, location=docname)
    write_index(Path(builder.outdir, "_static"), pages, grams)
    known = catalogue in app.env.found_docs
    yield PAGE, {"catalogue": catalogue if known else None}, f"{PAGE}.html"


def add_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load scripts and style on the search page and nowhere else."""
    if pagename == PAGE and hasattr(app, "planbook_searchable"):
        app.add_css_file("search.css")
        for number, script in enumerate(SCRIPTS):
            app.add_js_file(script, loading_method="defer", priority=600 + number)


def _goals_first(docnames: list[str], catalogue: str) -> list[str]:
    folder = PurePosixPath(catalogue).parent
    return sorted(
        docnames, key=lambda name: name == catalogue or PurePosixPath(name).parent != folder
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect before other extensions, which may add to the templates made anew here."""
    app.planbook_texts = KnownTexts()  # type: ignore[attr-defined]
    app.connect("builder-inited", replace_stock_search, priority=100)
    app.connect("html-collect-pages", search_page)
    app.connect("html-page-context", add_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
