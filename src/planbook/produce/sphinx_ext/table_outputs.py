"""MyST-NB renderer: our tables are no outputs gone missing, pictures have their own words.

MyST-NB finds this by its entry point ``myst_nb.mime_renderers`` (`pyproject.toml`), not by
``_config.yml``. The page shows a table's HTML; any type that nobody knows is still told.
"""

from __future__ import annotations

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from planbook.present.tables.table import MIME


class TableOutputs:
    """Shows nothing for a table's own type, and pictures with the alternative text of each."""

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Return what to show of an output; `None`: as MyST-NB does."""
        if data.mime_type == MIME:
            return []
        if not data.mime_type.startswith("image/") or not data.output_metadata.get("alt"):
            return None
        shown: list[nodes.Element] = renderer.render_image(data)
        for node in shown:
            node["alt"] = data.output_metadata["alt"]
        return shown
