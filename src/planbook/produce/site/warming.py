"""Import what compiling needs ahead of it: a second that somebody else may wait for."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from planbook.produce.site.process_state import same_logging

_EXTENSIONS = "planbook.produce.sphinx_ext"
_IMPORTED_LATE = (  # by extensions, when they are set up or first write a page
    "docutils.languages.zh_cn",
    "docutils.parsers.rst.languages.zh_cn",
    "jinja2.ext",
    "myst_nb.ext.execution_tables",
    "myst_nb.ext.glue.directives",
    "myst_nb.ext.glue.domain",
    "myst_nb.ext.glue.roles",
    "myst_nb.sphinx_ext",
    "myst_parser.sphinx_ext.directives",
    "myst_parser.sphinx_ext.main",
    "myst_parser.sphinx_ext.mathjax",
    "myst_parser.sphinx_ext.myst_refs",
    "sphinx.builders.html.transforms",
    "sphinx.builders.latex.transforms",
    "sphinx.ext.mathjax",
    "sphinx_design.extension",
    "sphinx_external_toc.collectors",
    "sphinx_external_toc.events",
    "sphinx_jupyterbook_latex.events",
    "sphinx_multitoc_numbering",
)


def warm() -> None:
    """Import what `compile_html` will need, for whoever has something else to wait for."""
    with same_logging():
        import soupsieve  # noqa: PLC0415
        from jupyter_book.config import get_default_sphinx_config  # noqa: PLC0415
        from pygments.styles import get_all_styles, get_style_by_name  # noqa: PLC0415
        from sphinx.application import builtin_extensions  # noqa: PLC0415

        own = iter_modules(import_module(_EXTENSIONS).__path__, f"{_EXTENSIONS}.")
        extensions = (*builtin_extensions, *get_default_sphinx_config()["extensions"])
        for name in (*extensions, *(module.name for module in own), *_IMPORTED_LATE):
            import_module(name)
        for style in get_all_styles():  # all of which the theme looks at
            get_style_by_name(style)
        soupsieve.compile("li.warm > a[href]")  # makes the patterns of its parser
