"""Pages put together of blocks: Markdown, tables, or nothing."""

from __future__ import annotations

from planbook.present.tables.table import Table


def page_of(*blocks: str | None) -> str:
    """Return a page of the blocks that there are."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def with_heading(heading: str, table: Table) -> list[str]:
    """Return heading and table, or nothing for a table without rows."""
    return [heading, table.html()] if table.count else []
