"""What went wrong when a notebook ran: which cell, why, and a remedy that works."""

from __future__ import annotations

import re
from collections.abc import Iterator

from click import unstyle
from nbformat import NotebookNode

from planbook.errors import Problem
from planbook.produce.notebooks.cell_names import page_cell_name
from planbook.produce.notebooks.stock_kernel import Account
from planbook.produce.notebooks.tags import RAISES

_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_REMEDY = "\n  处理："  # before the remedy that an error of this package has in its text

_KNOWN = {  # by the name of what was raised: what it means, where it does not say so; the remedy
    "ModuleNotFoundError": (
        "",
        "在生成本书的电脑上安装这个库；自己写的模块放在笔记本旁边",
    ),
    "FileNotFoundError": ("", "相对路径从笔记本所在的文件夹算起，核对文件名和位置"),
    "StdinNotImplementedError": (
        "单元格要求输入（input），生成本书时没有人回答",
        "把要输入的值写在单元格里",
    ),
    "SystemExit": (
        "单元格结束了程序（exit 或 sys.exit），其后的单元格不会运行",
        "删去这一句；不要的单元格删去，或者改为原始（Raw）单元格",
    ),
    "WriteRefused": ("", "改为写到笔记本所在的文件夹，文件名不要与笔记本相同；或者写到项目以外"),
}


def failure_of(
    executed: NotebookNode, account: Account, where: str, seen_in: str
) -> Problem | None:
    """Return what stopped a notebook: the end of its kernel, or an error.

    An error of a cell that is allowed to fail belongs to the page.

    Parameters
    ----------
    where
        What messages call the chapter, before the name of the cell.
    seen_in
        The file in which the whole error can be read.
    """
    if account.ended is not None or not account.survived:
        return _ended(executed, account, where)
    for index, output, tags in _outputs(executed):
        if output.output_type == "error" and RAISES not in tags:
            return _of_error(executed, index, output, where, seen_in)
    return None


def no_output(executed: NotebookNode, error: Exception, where: str) -> Problem:
    """Return what stopped a notebook whose cell showed what no notebook can hold."""
    said = str(error).partition("\n")[0]
    fix = "单元格用 display(…, raw=True) 给出的各种内容都写成文字，图片写成 base64"
    place = page_cell_name(executed, (cells_that_ran(executed) or [-1])[-1], "")
    return Problem(f"单元格的输出不合笔记本的格式（{said}）", f"{where}，{place}", fix)


def cells_that_ran(executed: NotebookNode) -> list[int]:
    """Return the indexes of the cells that ran, in order."""
    return [
        index
        for index, cell in enumerate(executed.cells)
        if cell.cell_type == "code"
        and cell.source.strip()
        and cell.metadata.get("papermill", {}).get("start_time")
    ]


def _outputs(executed: NotebookNode) -> Iterator[tuple[int, NotebookNode, set[str]]]:
    """Yield each output with the index and the tags of its cell."""
    for index, cell in enumerate(executed.cells):
        for output in cell.get("outputs", ()):
            yield index, output, set(cell.metadata.get("tags", ()))


def _ended(executed: NotebookNode, account: Account, where: str) -> Problem:
    ran = cells_that_ran(executed)
    at = ran[account.ended - 1 if account.ended else -1] if ran else -1
    place = f"{where}，{page_cell_name(executed, at, '')}"
    if account.ended:
        return Problem("单元格结束了内核（exit 或 quit）", place, _KNOWN["SystemExit"][1])
    fix = "单元格用 os._exit 之类结束进程的，删去这一句；否则检查内存是否不足"
    return Problem("内核中途退出", place, fix)


def _of_error(
    executed: NotebookNode, index: int, output: NotebookNode, where: str, seen_in: str
) -> Problem:
    source = executed.cells[index].source.splitlines()
    at = _LINE.findall(unstyle("\n".join(output.traceback)))
    line = min(int(at[0]), len(source)) if at and source else 0
    said = f"：{source[line - 1].strip()}" if line else ""
    what, fix = _words(output.ename, unstyle(output.evalue))
    otherwise = "在 JupyterLab 中重启内核，从头运行该笔记本排查"
    return Problem(
        what,
        f"{where}，{page_cell_name(executed, index, '', line)}{said}",
        f"{fix or otherwise}。出错时的全文见 {seen_in}",
    )


def _words(raised: str, said: str) -> tuple[str, str]:
    """Return what an error means and its remedy, if one is known."""
    meaning, fix = _KNOWN.get(raised, ("", ""))
    if raised in ("UsageError", "WriteRefused"):
        meaning, _, own = said.partition(_REMEDY)
        fix = fix or own
    return meaning or f"{raised}: {said}", fix
