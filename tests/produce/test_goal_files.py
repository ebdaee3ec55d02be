import json
from pathlib import Path

from planbook.produce.notebooks.drawn import drawn_charts


def page(path: Path, *outputs: dict[str, object]) -> None:
    cells = [{"cell_type": "markdown", "source": "#"}, {"cell_type": "code", "outputs": outputs}]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")


def output(kind: str, id: str, html: str) -> dict[str, object]:
    return {"data": {"text/html": html}, "metadata": {"planbook": {"kind": kind, "id": id}}}


def test_charts_are_taken_from_the_chapters_by_goal(tmp_path: Path) -> None:
    page(tmp_path / "a.ipynb", output("figure", "lawyers", "<figure>1</figure>"))
    page(tmp_path / "b.ipynb", output("table", "t", "<table>"), output("figure", "x", "<figure>"))
    assert drawn_charts(tmp_path) == {"lawyers": "<figure>1</figure>", "x": "<figure>"}


def test_without_chapters_there_are_no_charts(tmp_path: Path) -> None:
    assert drawn_charts(tmp_path / "none") == {}
