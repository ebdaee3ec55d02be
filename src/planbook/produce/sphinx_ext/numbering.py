"""Sphinx extension: figures are numbered only where ``_config.yml`` says so.

Jupyter Book's extension for LaTeX has all of them numbered, in HTML too. Numbers are counted over
all pages, so every page would be loaded for every build.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config


def remember(app: Sphinx, config: Config) -> None:
    """Note what is configured, before another extension changes it."""
    app.planbook_numfig = config.numfig  # type: ignore[attr-defined]  # for `restore`


def restore(app: Sphinx, config: Config) -> None:
    """Let what is configured hold."""
    config.numfig = app.planbook_numfig  # type: ignore[attr-defined]  # set above


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect before and after all others."""
    app.connect("config-inited", remember, priority=1)
    app.connect("config-inited", restore, priority=999)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
