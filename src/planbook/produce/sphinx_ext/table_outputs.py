"""MyST-NB renderer: the tables that notebooks keep beside their HTML are no outputs gone missing.

MyST-NB finds this by its entry point ``myst_nb.mime_renderers`` (`pyproject.toml`), not by
``_config.yml``. The page shows the HTML; any other type that it does not know is still told.
"""

from __future__ import annotations

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from planbook.present.tables.table import MIME


class TableOutputs:
    """Shows nothing for a table's own type."""

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Return nothing to show for a table; `None`: another type, which is not ours."""
        return [] if data.mime_type == MIME else None
