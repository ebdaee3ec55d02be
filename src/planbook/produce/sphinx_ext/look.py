"""Sphinx extension: how the pages look, and what can be done on them.

The style sheets and scripts of ``assets/look`` belong to the program, so that every project has
those that fit its pages. A project adds its own by ``html_css_files``, which come after these.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

LOOK = Path(__file__).resolve().parents[1] / "assets" / "look"
STYLES = (  # each may correct those before it
    "palette.css",
    "page.css",
    "tables.css",
    "ratings.css",
    "rating_counts.css",
    "briefing.css",
    "scoreboard.css",
    "goal.css",
    "charts.css",
    "cards.css",
    "print.css",
    "theme.css",
)
SCRIPTS = ("sortable.js", "sort_heads.js", "cards.js", "scoreboard.js", "folds.js", "print.js")
_AFTER_THE_THEME = 700  # and before a project's own, which Sphinx adds at 800


def add_files(app: Sphinx) -> None:
    """Let the files be copied; a path of this installation stays out of the recorded settings."""
    app.config.html_static_path.append(str(LOOK))


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx calls this."""
    app.setup_extension("planbook.produce.sphinx_ext.folded_sections")
    for name in STYLES:
        app.add_css_file(name, priority=_AFTER_THE_THEME)
    for name in SCRIPTS:
        app.add_js_file(name, priority=_AFTER_THE_THEME, defer="defer")
    app.connect("builder-inited", add_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
