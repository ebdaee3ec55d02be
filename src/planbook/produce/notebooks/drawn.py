"""Finds the charts that executed notebooks hold, so that each is drawn once, in its chapter."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup


def drawn_figures(chapters: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every figure in the notebooks of a folder: its goal or name, and its output."""
    for page in sorted(chapters.glob("*.ipynb")):
        for cell in json.loads(page.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                about = output.get("metadata", {}).get("planbook", {})
                if about.get("kind") == "figure":
                    yield str(about["id"]), output


def drawn_charts(chapters: Path) -> dict[str, Markup]:
    """Return the charts in the executed notebooks of a folder, as HTML by goal or name."""
    return {
        name: Markup("".join(output["data"]["text/html"]))
        for name, output in drawn_figures(chapters)
        if "text/html" in output["data"]
    }
