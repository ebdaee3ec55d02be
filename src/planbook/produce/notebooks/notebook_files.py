"""Notebooks as people left them on disk: read, or what is wrong with the file and how to mend it.

JupyterLab cannot open a file with a merge conflict or in another encoding either, so each cause
has a remedy of its own.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planbook.errors import Problem, system_words
from planbook.produce.notebooks.cell_names import cell_name, number_cells
from planbook.produce.notebooks.tags import tags_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

PARAMETERS = "parameters"  # the tag of the cell that declares what a build gives

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_OF_CELLS = 2  # how deep the list of cells lies
_DEEPEST = 100  # far more than any output needs; programs copy it by functions that call themselves
_CONFLICT = ("<<<<<<<", ">>>>>>>")
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\xef\xbb\xbf": "UTF-8（带 BOM）"}
_SAVE_AGAIN = "用文本编辑器另存为不带 BOM 的 UTF-8 编码；JupyterLab 打不开这样的文件"


def read_notebook(path: Path, where: str, shown: str) -> tuple[NotebookNode | None, list[Problem]]:
    """Read a notebook in any format that Jupyter reads, its cells numbered as `cell_names` has it.

    Parameters
    ----------
    where
        What problems of the file name.
    shown
        What messages call the notebook.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        fix = "补上文件，或在 data/plan 中改正 notebook"
        return None, [Problem("没有这个笔记本", where, fix)]
    except OSError as error:
        what = f"笔记本无法读取（{system_words(error)}）"
        return None, [Problem(what, where, "换成文件，并关闭正在使用它的程序")]
    problem = _not_plain_text(content, where)
    if problem is None:
        notebook, problem = _parsed(content.decode("utf-8"), where, shown)
        if notebook is not None:
            return notebook, []
    return None, [problem] if problem else []


def _not_plain_text(content: bytes, where: str) -> Problem | None:
    for mark, encoding in _BOMS.items():
        if content.startswith(mark):
            return Problem(f"笔记本的编码是 {encoding}，不是 UTF-8", where, _SAVE_AGAIN)
    try:
        lines = content.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return Problem("笔记本的编码不是 UTF-8", where, _SAVE_AGAIN)
    for number, line in enumerate(lines, start=1):
        if line.startswith(_CONFLICT):
            return Problem(
                f"笔记本里有没有解决的合并冲突（第{number}行「{line[:40]}」）",
                where,
                "用文本编辑器删去冲突标记和不要的一方，或用 git checkout --ours 取整个文件",
            )
    return None


def _parsed(text: str, where: str, shown: str) -> tuple[NotebookNode | None, Problem | None]:
    import nbformat  # noqa: PLC0415 - by then the processes that execute are busy importing

    broken = "从版本库取回完好的一份，或在 JupyterLab 中新建笔记本后把单元格抄过去"
    deep = _nested_too_deep(text)
    if deep is not None:
        what = f"内容嵌套超过{_DEEPEST}层，无法读取"
        fix = (
            "在 JupyterLab 中清除这个单元格的输出，删去它元数据中多余的内容，然后保存；"
            "打不开的，用文本编辑器删去这一段"
        )
        return None, Problem(what, cell_name(shown, deep or None), fix)
    try:
        json.loads(text)
    except ValueError as error:
        return None, Problem(f"不是可读的笔记本，JSON 有误：{_json_words(error)}", where, broken)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # ids of cells: they get their numbers
            notebook = nbformat.v4.upgrade(nbformat.convert(nbformat.reader.reads(text), 4))
        for cell in notebook.cells:
            cell.metadata["tags"] = sorted(tags_of(cell))
        number_cells(notebook, shown)
        nbformat.validate(notebook)
    except (nbformat.ValidationError, ValueError, AttributeError, KeyError, TypeError) as error:
        return None, Problem(f"不是可读的笔记本：{_first_line(error)}", where, broken)
    return notebook, None


def _nested_too_deep(text: str) -> int | None:
    """Return the number of the cell that holds what no program could read, 0 for none of them.

    ``None``: there is no such thing.
    """
    depth, cell, key = 0, 0, ""
    in_cells = False
    for token in _TOKEN.findall(text):
        if token in "{[":
            depth += 1
            in_cells = in_cells or (depth == _OF_CELLS and key == "cells" and token == "[")
            cell += in_cells and depth == _OF_CELLS + 1
            if depth > _DEEPEST:
                return cell if in_cells else 0
        elif token in "}]":
            in_cells = in_cells and depth != _OF_CELLS
            depth -= 1
        elif depth == 1:
            key = token.strip('"')
    return None


def _json_words(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第{error.lineno}行第{error.colno}列（{error.msg}）"
    return _first_line(error)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def declared_parameters(notebook: NotebookNode, shown: str) -> tuple[set[str], list[Problem]]:
    """Return the names that the `parameters` cell assigns, and what is wrong with that cell."""
    tagged = [
        (number, cell)
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code" and PARAMETERS in cell.metadata.get("tags", ())
    ]
    if len(tagged) > 1:
        numbers = "、".join(str(number) for number, _ in tagged)
        what = f"带 parameters 标签的单元格不止一个（第{numbers}个），后一个会盖掉所给的参数"
        return set(), [
            Problem(what, cell_name(shown, tagged[1][0]), "并成一个单元格，其余的去掉标签")
        ]
    names: set[str] = set()
    for number, cell in tagged:
        try:
            names |= _assigned(ast.parse(cell.source))
        except SyntaxError as error:
            where = cell_name(shown, number, error.lineno)
            return set(), [Problem(f"参数单元格不是 Python 语句：{error.msg}", where, "改正这一行")]
    return names, []


def _assigned(tree: ast.Module) -> set[str]:
    targets: list[Any] = []
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=several):
                targets += several
            case ast.AnnAssign(target=one, value=ast.expr()):
                targets.append(one)
    return {target.id for target in targets if isinstance(target, ast.Name)}
