"""Notebooks as editors, version control and old programs leave them."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest

from planbook.errors import Problem
from planbook.produce.notebooks.notebook_files import declared_parameters, read_notebook
from tests.books import notebook

SHOWN = "notebooks/x.ipynb"


def read(path: Path) -> nbformat.NotebookNode:
    found, problems = read_notebook(path, "章节「甲」", SHOWN)
    assert not problems
    assert found is not None
    return found


def refused(path: Path) -> Problem:
    found, (problem,) = read_notebook(path, "章节「甲」", SHOWN)
    assert found is None
    assert problem.where == "章节「甲」"
    return problem


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return notebook(tmp_path / "x.ipynb", ["print(1)", "2"])


def test_cells_bear_their_numbers_and_the_notebook_its_name(path: Path) -> None:
    found = read(path)
    assert [cell.id for cell in found.cells] == ["cell-1", "cell-2", "cell-3"]
    assert found.metadata.planbook.notebook == SHOWN


def test_tags_are_read_as_they_are_meant(path: Path) -> None:
    raw = json.loads(path.read_text("utf-8"))
    raw["cells"][1]["metadata"]["tags"] = ["skip_execution", " raises_exception", "mine"]
    path.write_text(json.dumps(raw), "utf-8")
    assert read(path).cells[1].metadata.tags == ["mine", "raises-exception", "skip-execution"]


def test_ids_that_occur_twice_are_read_without_a_word(path: Path) -> None:
    raw = json.loads(path.read_text("utf-8"))
    for cell in raw["cells"]:
        cell["id"] = "same"
    path.write_text(json.dumps(raw), "utf-8")
    assert len(read(path).cells) == 3


def test_the_format_before_is_read(path: Path) -> None:
    old = nbformat.v3.new_notebook(
        worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell("1")])]
    )
    path.write_text(nbformat.v3.writes_json(old), "utf-8")
    assert read(path).cells[0].source == "1"


def test_a_merge_conflict_is_named_with_its_line(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines[:5], "<<<<<<< HEAD", *lines[5:]]), "utf-8")
    problem = refused(path)
    assert problem.what == "笔记本里有没有解决的合并冲突（第6行「<<<<<<< HEAD」）"
    assert "冲突标记" in problem.fix


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8-sig", "UTF-8（带 BOM）"), ("utf-16", "UTF-16"), ("gbk", "不是 UTF-8")],
)
def test_another_encoding_is_named_with_a_remedy_that_works(
    path: Path, encoding: str, said: str
) -> None:
    path.write_text(path.read_text("utf-8").replace("print(1)", "'中'"), encoding)
    problem = refused(path)
    assert said in problem.what
    assert "另存为不带 BOM 的 UTF-8" in problem.fix
    path.write_text(path.read_text(encoding), "utf-8")
    assert len(read(path).cells) == 3


@pytest.mark.parametrize("content", ['{"cells": [', "[]", '{"cells": [{}], "nbformat": 4}', "{}"])
def test_what_is_no_notebook_is_refused(path: Path, content: str) -> None:
    path.write_text(content, "utf-8")
    assert "不是可读的笔记本" in refused(path).what


@pytest.mark.parametrize("depth", [101, 200_000])
@pytest.mark.parametrize(
    ("before", "cell"),
    [('{"cells": [{"a": "}\\"]"}, {"outputs": ', "，第2个单元格"), ('{"metadata": ', "")],
)
def test_what_is_nested_too_deep_is_named_with_its_cell(
    path: Path, depth: int, before: str, cell: str
) -> None:
    path.write_text(before + "[" * depth + "]" * depth + "}", "utf-8")
    _, (problem,) = read_notebook(path, "章节「甲」", SHOWN)
    assert problem.what == "内容嵌套超过100层，无法读取"
    assert problem.where == f"{SHOWN}{cell}"
    assert "清除这个单元格的输出" in problem.fix


def test_what_is_nested_as_deep_as_may_be_is_read(path: Path) -> None:
    raw = json.loads(path.read_text("utf-8"))
    for _ in range(95):
        raw["metadata"] = {"x": raw["metadata"]}
    path.write_text(json.dumps(raw), "utf-8")
    assert deepcopy(read(path)).metadata.x.x


def test_a_missing_notebook_and_a_folder_are_refused(path: Path, tmp_path: Path) -> None:
    assert refused(tmp_path / "y.ipynb").what == "没有这个笔记本"
    path.unlink()
    path.mkdir()
    assert "无法读取" in refused(path).what


def test_parameters_may_have_types(tmp_path: Path) -> None:
    cell = "# 参数\nedition: str | None = None  # 期号\ndataset: str = 'demo'\nlater: int\n"
    made = read(notebook(tmp_path / "x.ipynb", [], cell))
    assert declared_parameters(made, SHOWN) == ({"edition", "dataset"}, [])


def test_two_parameters_cells_are_refused_as_the_second_would_win(path: Path) -> None:
    made = read(path)
    made.cells[2].metadata.tags = ["parameters"]
    _, (problem,) = declared_parameters(made, SHOWN)
    assert problem.where == "notebooks/x.ipynb，第3个单元格"
    assert "第1、3个" in problem.what


def test_a_parameters_cell_that_is_no_python_is_named_with_its_line(tmp_path: Path) -> None:
    made = read(notebook(tmp_path / "x.ipynb", [], "edition = None\ndataset = = 1"))
    _, (problem,) = declared_parameters(made, SHOWN)
    assert problem.where == "notebooks/x.ipynb，第1个单元格第2行"
