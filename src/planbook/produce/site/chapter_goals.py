"""The pages of a chapter's goals and their charts, made here or in a process of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from planbook.present.addresses import FRAGMENTS
from planbook.present.book import Book
from planbook.present.notebook.noted_book import NotedBook
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages import goal_pages
from planbook.present.prose import Prose
from planbook.produce.notebooks.drawn import CHARTS

Charts = Mapping[str, Markup | None]
"""A chapter's goals, each with its chart as HTML where one is drawn already."""


@dataclass(frozen=True)
class ChapterGoals:
    """What was made for a chapter's goals.

    Attributes
    ----------
    files
        Texts by name below ``book``.
    reads, chart_reads
        The names of what was read for them, and for the charts drawn here.
    drawn
        These charts, to be kept; ``None`` where they were given.
    """

    files: Mapping[str, str]
    reads: frozenset[str]
    chart_reads: frozenset[str]
    drawn: bytes | None


def chapter_goals(
    opened: Callable[[], OpenBook], chapter: str, charts: Charts, drawn: bytes | None = None
) -> ChapterGoals:
    """Make a chapter's pages and the charts that are not `drawn` yet.

    These charts lie in a file beside the pages, for whoever prints them.
    """
    reads: set[str] = set()
    part = NotedBook(opened(), reads.add).part(chapter)
    outputs = json.loads(drawn) if drawn is not None else _outputs(part, charts)
    chart_reads = frozenset(reads)
    known = {**charts, **{id: Markup(each["data"]["text/html"]) for id, each in outputs.items()}}
    files = {f"{name}.md": text for name, text in goal_pages.goal_pages(part, known).items()}
    printed = {id: {**each, "data": _without_html(each["data"])} for id, each in outputs.items()}
    files[f"{FRAGMENTS}/{CHARTS.format(chapter)}"] = _json(printed)
    kept = None if drawn is not None else _json(outputs).encode()
    return ChapterGoals(files, frozenset(reads), chart_reads, kept)


def _outputs(part: Book, charts: Charts) -> dict[str, Any]:
    """Draw the charts that are missing; return each as a notebook's output."""
    from planbook.present.charts.trajectory import goal_chart  # noqa: PLC0415 - matplotlib, 0.5 s

    shown = {id: goal_chart(part, id) for id, chart in charts.items() if chart is None}
    drawn = {id: c._repr_mimebundle_() for id, c in shown.items() if not isinstance(c, Prose)}
    return {id: {"data": data, "metadata": about} for id, (data, about) in drawn.items()}


def _without_html(data: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: content for kind, content in data.items() if kind != "text/html"}


def _json(outputs: Mapping[str, Any]) -> str:
    return json.dumps(outputs, ensure_ascii=False) + "\n"
