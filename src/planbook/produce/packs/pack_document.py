"""A pack as a document to be printed: its sections, with the charts that are drawn already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from planbook.present.packs import sections
from planbook.present.packs.sections import Section, UnitPack
from planbook.present.prose import Prose
from planbook.produce.notebooks.drawn import drawn_figures, drawn_for_pages
from planbook.produce.pdf import Chart, Document, Part, Running, chart_of
from planbook.produce.pdf.setting.document import Shown


def drawn_charts(chapters: Path) -> dict[str, Chart]:
    """Return the charts of the executed notebooks and goals' pages of a book, by goal or name."""
    return {
        name: chart_of(
            {kind: "".join(text) for kind, text in output["data"].items()}, output["metadata"]
        )
        for name, output in chain(drawn_for_pages(chapters), drawn_figures(chapters))
    }


def pack_document(pack: UnitPack, running: Running, charts: Mapping[str, Chart]) -> Document:
    """Return a pack's document; charts not in `charts` are drawn.

    Its first page has the unit's name for a title and needs no other source of its tables.
    """
    parts = (_part(pack, section, charts) for section in pack.sections)
    return Document(pack.title, (replace(next(parts), source=None, tight=True), *parts), running)


def _part(pack: UnitPack, section: Section, charts: Mapping[str, Chart]) -> Part:
    # A chapter's tables say that several units reported, a pack's that this one did.
    source = pack.book.table_source(pack.unit.name)
    return Part(section.id, section.title, _content(pack, section, charts), source=source)


def _content(pack: UnitPack, section: Section, charts: Mapping[str, Chart]) -> tuple[Shown, ...]:
    return tuple(
        charts.get(item.goal_id) or _drawn(pack, item.goal_id)
        if isinstance(item, sections.Chart)
        else item
        for item in section.content
    )


def _drawn(pack: UnitPack, goal_id: str) -> Chart | Prose:
    from planbook.present.charts.trajectory import goal_chart  # noqa: PLC0415 - matplotlib, 0.5 s

    shown = goal_chart(pack.book, goal_id)
    return shown if isinstance(shown, Prose) else chart_of(*shown._repr_mimebundle_())
