"""The book's table of contents, from the plan: ``_toc.yml`` as Jupyter Book reads it.

The file is committed so that ``jupyter-book build .`` works by hand; `write_toc` keeps it equal to
the plan and nobody edits it. Pages that people write are named here; all others come from the
plan's chapters and goals.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planbook.plan.model import Plan
from planbook.present.addresses import CATALOGUE, CHAPTERS, DOWNLOADS, GOALS, PROGRAMMES, UNITS
from planbook.present.pages.measure_pages import fields_with_pages
from planbook.present.pages.unit_pages import INDEX as UNIT_LIST
from planbook.put_in_place import write_if_changed

EXPLANATIONS = ("methodology", "revision-policy", "legend", "glossary", "handbook")

_HEADER = """\
# Written by a build from data/plan; edits are lost.
format: jb-book
root: book/index
parts:
"""


def table_of_contents(plan: Plan) -> str:
    """Return the text of ``_toc.yml``: the chapters, then data and goals, then explanations."""
    front = [f"{CHAPTERS}/{page.id}" for page in plan.about.front]
    chapters = [f"{CHAPTERS}/{chapter.id}" for chapter in plan.chapters]
    back = [f"{CHAPTERS}/{page.id}" for page in plan.about.back]
    goals = [f"{GOALS}/{goal.id}" for goal in plan.goals]
    units = {UNIT_LIST: [f"{UNITS}/{unit.id}" for unit in plan.units]}
    programmes = {
        f"{CHAPTERS}/{chapter.id}": [f"{PROGRAMMES}/{f.id}" for f in fields_with_pages(chapter)]
        for chapter in plan.chapters
    }
    return (
        _HEADER
        + _part("进展", [*front, UNIT_LIST, *chapters], units | programmes)
        + _part("数据", [*back, CATALOGUE, DOWNLOADS], {CATALOGUE: goals})
        + _part("说明", EXPLANATIONS)
    )


def write_toc(plan: Plan, path: Path) -> bool:
    """Write ``_toc.yml`` if it differs from the plan; say whether it did."""
    return write_if_changed(path, table_of_contents(plan).encode("utf-8"))


def _part(caption: str, pages: Sequence[str], sections: dict[str, list[str]] | None = None) -> str:
    lines = [f"  - caption: {caption}", "    chapters:"]
    for page in pages:
        lines.append(f"      - file: book/{page}")
        below = (sections or {}).get(page, [])
        if below:
            lines.append("        sections:")
            lines += [f"          - file: book/{section}" for section in below]
    return "\n".join(lines) + "\n"
