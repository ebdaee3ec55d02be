"""A pack's sections as notebooks that look executed, so that they take the chapters' way to paper.

Nothing is run: headings become Markdown cells, everything else the output that the same thing would
leave in a notebook. A chart that a chapter has drawn is taken from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict

from planbook.present.charts.trajectory import goal_chart
from planbook.present.escaping import Prose, markdown
from planbook.present.packs.sections import Chart, Heading, Section, Shown, UnitPack
from planbook.produce.notebooks.drawn import drawn_figures

Output = Mapping[str, Any]
Charts = Mapping[str, Output]  # by goal


def drawn_outputs(chapters: Path) -> dict[str, Output]:
    """Return the charts in the executed notebooks of a folder, as outputs by goal or name."""
    found = {}
    for name, output in drawn_figures(chapters):
        whole = {kind: "".join(text) for kind, text in output["data"].items()}
        found[name] = _output(whole, output["metadata"])
    return found


def section_notebook(pack: UnitPack, section: Section, charts: Charts) -> NotebookNode:
    """Return a section of a pack as an executed notebook; charts not in `charts` are drawn."""
    following = (*section.content[1:], None)
    cells = [
        {"id": f"cell-{number}", **_cell(pack, item, charts, held=_leads_to(after))}
        for number, (item, after) in enumerate(zip(section.content, following, strict=True), 1)
    ]
    # nbformat's own functions check every cell they make, which takes longer than all the rest.
    made = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    notebook: NotebookNode = from_dict(made)
    return notebook


def _leads_to(after: Shown | None) -> bool:
    """Whether what comes before this stays on its page: a chart, or a formula."""
    return isinstance(after, Chart) or (isinstance(after, Prose) and after.text.startswith("```"))


def _cell(pack: UnitPack, item: Shown, charts: Charts, *, held: bool) -> dict[str, Any]:
    """Return a cell; what is `held` stays on the page of the chart or formula that follows."""
    match item:
        case Heading(level, text):
            source = f"{'#' * level} {markdown(text)}"
            return {"cell_type": "markdown", "metadata": {}, "source": source}
        case Chart(goal_id):
            known = charts.get(goal_id)
            output = _shown(pack, goal_chart(pack.book, goal_id)) if known is None else known
        case _:
            output = _shown(pack, item, held=held)
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"tags": ["remove-input"]},
        "outputs": [output],
        "source": "",
    }


def _shown(pack: UnitPack, item: Any, *, held: bool = False) -> Output:
    data, metadata = item._repr_mimebundle_()
    about = metadata["planbook"] | ({"held": True} if held else {})
    if about["kind"] == "table":  # a chapter's tables say that several units reported
        about["source"] = pack.book.source(pack.unit.name)
    return _output(data, metadata | {"planbook": about})


def _output(data: Mapping[str, str], metadata: Mapping[str, Any]) -> Output:
    return {"output_type": "display_data", "data": dict(data), "metadata": dict(metadata)}
