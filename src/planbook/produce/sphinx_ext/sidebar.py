"""Sphinx extension: a side bar that many pages share is made once, others of what they show.

For every page Sphinx resolves the whole table of contents anew, and then cuts it at the depth the
theme asks for. Pages below that depth in one folder under one parent, such as all goals, get the
same result: here it is kept. With 61 goals this is a third of the time that writing takes. Pages
above it, as the chapters, each have one of their own; for them the contents are cut beforehand, or
each of ever more chapters would go through ever more goals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from planbook.produce.site.own_titles import own_title

Toctree = Callable[..., str]


@dataclass
class Shared:
    """What pages of a build share: who stands under whom, and side bars that were made."""

    made: dict[object, str] = field(default_factory=dict)
    _parents: dict[str, str] | None = None
    _cut: dict[int, dict[str, nodes.bullet_list]] = field(default_factory=dict)

    @contextmanager
    def cut(self, env: BuildEnvironment, deepest: int) -> Iterator[None]:
        """Let the contents go no deeper for a while; whatever lies there is not shown anyway."""
        if deepest not in self._cut:
            parents, root = self.parents(env.toctree_includes), env.config.root_doc
            self._cut[deepest] = {
                docname: own_title(toc)
                if depth_and_parent(docname, parents, root)[0] >= deepest
                else toc
                for docname, toc in env.tocs.items()
            }
        whole, env.tocs = env.tocs, self._cut[deepest]
        try:
            yield
        finally:
            env.tocs = whole

    def parents(self, includes: Mapping[str, list[str]]) -> Mapping[str, str]:
        """Return the page under which each page stands; all are read when the first is written."""
        if self._parents is None:
            self._parents = parents_of(includes)
        return self._parents


def parents_of(includes: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the page under which each page stands."""
    return {child: parent for parent, children in includes.items() for child in children}


def depth_and_parent(docname: str, parents: Mapping[str, str], root: str) -> tuple[int, str | None]:
    """Return how far below the root document a page stands, and the page it stands under.

    ``(1, root)`` for pages of the first level; ``(0, None)`` for the root and for pages outside.
    """
    depth, current = 0, docname
    while current != root and current in parents:
        current = parents[current]
        depth += 1
    return (depth, parents[docname]) if depth and current == root else (0, None)


def share_sidebar(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Replace the page's ``toctree`` by one that remembers what pages like it got."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or "toctree" not in context:
        return
    made: Toctree = context["toctree"]
    shared: Shared = app.planbook_sidebars  # type: ignore[attr-defined]  # set below
    parents = shared.parents(app.env.toctree_includes)
    depth, parent = depth_and_parent(pagename, parents, app.config.root_doc)
    folder = builder.get_target_uri(pagename).rpartition("/")[0]
    kept = shared.made

    def toctree(**options: Any) -> str:
        deepest = options.get("maxdepth")
        if not isinstance(deepest, int) or deepest <= 0:
            return made(**options)
        if depth <= deepest:
            with shared.cut(app.env, deepest):
                return made(**options)
        key = (folder, parent, tuple(sorted(options.items())))
        if key not in kept:
            kept[key] = made(**options)
        return kept[key]

    context["toctree"] = toctree


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect before the theme, which calls ``toctree`` from its own handler."""
    app.planbook_sidebars = Shared()  # type: ignore[attr-defined]  # as long as the app: one build
    app.connect("html-page-context", share_sidebar, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
