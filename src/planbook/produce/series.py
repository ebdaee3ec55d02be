"""The values behind the charts: drawn once, in the chapters, and taken from there; a CSV for each.

Turns executed notebooks into charts by goal, for the goals' own pages, and a book into the files
that the links under its charts lead to.
"""

from __future__ import annotations

import json
from pathlib import Path

from planbook.present.chapter import Book
from planbook.present.chart_data import data_csv
from planbook.present.series import series_address, series_of


def drawn_charts(chapters: Path) -> dict[str, str]:
    """Return the charts in the executed notebooks of a folder, as HTML by goal or name."""
    found = {}
    for page in sorted(chapters.glob("*.ipynb")):
        for cell in json.loads(page.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                about = output.get("metadata", {}).get("planbook", {})
                if about.get("kind") == "figure" and "text/html" in output["data"]:
                    found[str(about["id"])] = "".join(output["data"]["text/html"])
    return found


def write_series(book: Book, html: Path) -> None:
    """Write the values behind every goal's chart below the book's root."""
    for view in book.views.values():
        if view.kind.by_people:
            continue
        path = html / series_address(view.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        series, history = series_of(book.plan, view, book.tables), book.history(view.id)
        demonstration = book.dataset.demonstration
        path.write_bytes(data_csv(view, series, history, demonstration=demonstration))
