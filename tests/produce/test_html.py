from __future__ import annotations

from pathlib import Path

import nbformat

from planbook.produce.notebooks.cell_names import number_cells
from planbook.produce.notebooks.finish import finished
from planbook.produce.site.compile_messages import messages


def test_each_message_of_sphinx_becomes_a_problem_with_its_place(tmp_path: Path) -> None:
    said = (
        "book/handbook.md:12: WARNING: 'myst' cross-reference target not found: 'x'\n"
        "WARNING: a message without a place\n"
        "and its second line\n"
    )
    first, second = (each.problem(tmp_path) for each in messages(said, tmp_path))
    assert first.where == "book/handbook.md:12"
    assert "target not found" in first.what
    assert "second line" in second.what


def test_a_message_of_several_lines_is_of_its_page(tmp_path: Path) -> None:
    said = "book/own.md:3: WARNING: cannot read\n\\frac{1}{\n[mathml]\n"
    (message,) = messages(said, tmp_path)
    assert (message.file, message.line) == ("book/own.md", 3)
    assert message.what == "cannot read\n  \\frac{1}{\n  [mathml]"


def test_a_place_without_a_line_is_the_page(tmp_path: Path) -> None:
    said = "book/own.md:: WARNING: 'myst' cross-reference target not found: 'x'\n"
    (message,) = messages(said, tmp_path)
    assert message.file == "book/own.md"
    assert message.problem(tmp_path).where == "book/own.md"


def test_a_message_about_a_page_names_the_cell_of_its_authors_notebook(tmp_path: Path) -> None:
    new = nbformat.v4
    cells = [
        new.new_code_cell("x = 1", metadata={"tags": ["parameters"]}),
        new.new_markdown_cell("# 甲"),
        new.new_markdown_cell("乙\n\n[丙](#没有)"),
    ]
    notebook = new.new_notebook(cells=cells)
    number_cells(notebook, "notebooks/a.ipynb")
    (tmp_path / "a.ipynb").write_bytes(finished(notebook, tmp_path))
    said = f"{tmp_path}/a.ipynb:20003: WARNING: target not found\n{tmp_path}/a.ipynb: ERROR: x\n"
    of_cell, of_page = (each.problem(tmp_path) for each in messages(said, tmp_path))
    assert of_cell.where == "notebooks/a.ipynb，第3个单元格"
    assert of_page.where == "notebooks/a.ipynb"
