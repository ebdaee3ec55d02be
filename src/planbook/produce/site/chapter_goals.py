"""The pages of a chapter's goals and their charts, made here or in a process of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from markupsafe import Markup

from planbook.present.addresses import FRAGMENTS
from planbook.present.notebook.noted_book import NotedBook
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages import goal_pages
from planbook.present.prose import Prose
from planbook.produce.notebooks.drawn import CHARTS

Charts = Mapping[str, Markup | None]
"""A chapter's goals, each with its chart as HTML where one is drawn already."""


def chapter_goals(
    opened: Callable[[], OpenBook], chapter: str, charts: Charts
) -> tuple[dict[str, str], set[str]]:
    """Return the texts of files by name below ``book``, and the names of what was read for them.

    Charts that are drawn here lie in a file beside the pages, for whoever prints them.
    """
    from planbook.present.charts.trajectory import goal_chart  # noqa: PLC0415 - matplotlib, 0.5 s

    reads: set[str] = set()
    part = NotedBook(opened(), reads.add).part(chapter)
    shown = {id: goal_chart(part, id) for id, chart in charts.items() if chart is None}
    drawn = {id: c._repr_mimebundle_() for id, c in shown.items() if not isinstance(c, Prose)}
    known = {**charts, **{id: Markup(data.pop("text/html")) for id, (data, _) in drawn.items()}}
    files = {f"{name}.md": text for name, text in goal_pages.goal_pages(part, known).items()}
    outputs = {id: {"data": data, "metadata": about} for id, (data, about) in drawn.items()}
    files[f"{FRAGMENTS}/{CHARTS.format(chapter)}"] = json.dumps(outputs, ensure_ascii=False) + "\n"
    return files, reads
