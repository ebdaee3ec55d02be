"""Fold away the older rows of a long table, so that a page stays short for decades."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from planbook.present.escaping import Html
from planbook.present.say import goal_page_words
from planbook.present.tables.table import Table

_SHOWN = 12  # three years of quarters, a year of months


def with_older_folded(table: Table, counted: str) -> Markup:
    """Return a table with its first rows shown and the others below a line that opens them.

    Parameters
    ----------
    counted
        What a row is, in front of which stands how many are folded: 期.
    """
    if len(table.groups) != 1 or table.count <= _SHOWN:
        return table.html()
    (group,) = table.groups
    newest, older = (
        replace(group, **{name: getattr(group, name)[part] for name in ("rows", "levels", "data")})
        for part in (slice(None, _SHOWN), slice(_SHOWN, None))
    )
    said = goal_page_words.older_rows(len(older.rows), counted)
    rest = replace(table, id=f"{table.id}-older", caption=said, groups=(older,), note="")
    folded = Html('{}\n<details class="pb-data"><summary>{}</summary>\n{}\n</details>')
    return folded.format(replace(table, groups=(newest,)).html(), said, rest.html())
