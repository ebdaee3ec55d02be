"""Sphinx extension: what every page says of the book it belongs to, read from ``book.json``.

``scripts/build.py`` writes the file beside the fragments that pages include; `BookFacts` is its
shape. A demonstration's banner becomes the theme's announcement, edition and source stand in the
footer of every page. The extension also drops thebe, which Jupyter Book always loads and which
names a server on the internet.
"""

from __future__ import annotations

import html
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError


@dataclass(frozen=True)
class BookFacts:
    """Which book this is. `banner` is empty unless the data are a demonstration."""

    plan_title: str
    edition: str
    edition_label: str
    dataset: str
    dataset_title: str
    demonstration: bool
    banner: str

    @property
    def footer(self) -> str:
        """One line that says which edition of which data a page shows."""
        return f"{self.edition_label} · {self.dataset_title} · 依据《{self.plan_title}》"

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def read(cls, path: Path) -> BookFacts:
        """Read what `to_json` wrote; else ``OSError``, ``ValueError`` or ``TypeError``."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def apply_book_facts(app: Sphinx, config: Config) -> None:
    """Put banner and footer into the theme's options before the theme reads them."""
    path = Path(app.srcdir, config.planbook_book_facts)
    try:
        facts = BookFacts.read(path)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            f"还没有 {config.planbook_book_facts}。请先运行 scripts/build.py"
        ) from error
    options = config.html_theme_options
    options["announcement"] = html.escape(facts.banner)
    options["extra_footer"] = f"<p>{html.escape(facts.footer)}</p>"


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
    """Connect to the two events; ``planbook_book_facts`` says where ``book.json`` lies."""
    app.add_config_value("planbook_book_facts", "book/chapters/_fragments/book.json", "html", str)
    app.connect("config-inited", apply_book_facts)
    app.connect("html-page-context", drop_thebe, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
