"""Finds the charts that are drawn already, so that each is drawn once.

Executed notebooks hold some; those of the other goals lie beside their pages as `CHARTS` files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from planbook.present.addresses import FRAGMENTS

CHARTS = "charts-{}.json"
"""The file, among the fragments, of a chapter's charts that no notebook drew: outputs by goal."""


def drawn_figures(chapters: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every figure in the notebooks of a folder: its goal or name, and its output."""
    for page in sorted(chapters.glob("*.ipynb")):
        for cell in json.loads(page.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                about = output.get("metadata", {}).get("planbook", {})
                if about.get("kind") == "figure":
                    yield str(about["id"]), output


def drawn_for_pages(chapters: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the charts that were drawn for goals' pages, as `drawn_figures` does."""
    for charts in sorted((chapters / Path(FRAGMENTS).name).glob(CHARTS.format("*"))):
        yield from json.loads(charts.read_text(encoding="utf-8")).items()


def drawn_charts(chapters: Path) -> dict[str, Markup]:
    """Return the charts in the executed notebooks of a folder, as HTML by goal or name."""
    return {
        name: Markup("".join(output["data"]["text/html"]))
        for name, output in drawn_figures(chapters)
        if "text/html" in output["data"]
    }
