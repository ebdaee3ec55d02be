"""Which kernel a notebook runs in: this package's own, in the worker's process, or a stock one.

Our own starts at once and is kept for notebooks that only call the book (`plain_code`), where both
give the same. Any other notebook gets what JupyterLab would give it, in a process of its own, and
whoever builds is told which and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planbook.errors import Problem
from planbook.produce.notebooks.plain_code import not_plain

if TYPE_CHECKING:
    from nbformat import NotebookNode

PYTHON = "python3"  # the kernel of the environment that builds


@dataclass(frozen=True)
class Kernel:
    """What a notebook is executed in.

    Attributes
    ----------
    name
        Of a stock kernel in a process of its own; ``None``: the worker's own process.
    language
        That parameters are written in.
    why
        A line for whoever builds; empty where there is nothing to tell.
    """

    name: str | None = None
    language: str = "python"
    why: str = ""

    @property
    def is_python(self) -> bool:
        return self.language.lower() == "python"


def kernel_of(notebook: NotebookNode, shown: str) -> tuple[Kernel, list[Problem]]:
    """Return the kernel that a notebook needs, or a problem where it is not installed here.

    Parameters
    ----------
    shown
        What messages call the notebook.
    """
    spec: dict[str, Any] = dict(notebook.metadata.get("kernelspec", {}))
    name = str(spec.get("name", PYTHON))
    called = str(spec.get("display_name") or name)
    said = spec.get("language") or notebook.metadata.get("language_info", {}).get("name")
    language = str(said or "python")
    if name not in (PYTHON, "python") and _is_installed(name):
        if language.lower() != "python" and not _takes_parameters(name, language):
            what = f"不知道怎样把参数交给内核「{called}」（语言 {language}）"
            return Kernel(), [Problem(what, shown, "改用 Python、R、Julia 等内核")]
        return Kernel(name, language, f"{shown} 在它指定的内核「{called}」中运行"), []
    if language.lower() != "python":
        what = f"笔记本指定的内核「{called}」没有安装"
        fix = f"在生成本书的电脑上安装这个内核（名称 {name}），或改用 Python 3 内核"
        return Kernel(), [Problem(what, shown, fix)]
    instead = "" if name in (PYTHON, "python") else f"指定的内核「{called}」没有安装，改用 Python 3"
    found = not_plain(
        (number, cell.source)
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code"
    )
    if found is None:
        return Kernel(why=f"{shown} {instead}" if instead else ""), []
    because = f"第{found[0]}个单元格有「{found[1]}」"
    also = f"；{instead}" if instead else ""
    return Kernel(PYTHON, why=f"{shown} 在单独的标准内核中运行：{because}{also}"), []


def _takes_parameters(name: str, language: str) -> bool:
    from papermill.exceptions import PapermillException  # noqa: PLC0415 - rarely needed
    from papermill.translators import papermill_translators  # noqa: PLC0415 - as above

    try:
        return bool(papermill_translators.find_translator(name, language))
    except PapermillException:
        return False


def _is_installed(name: str) -> bool:
    from jupyter_client.kernelspec import KernelSpecManager  # noqa: PLC0415 - rarely needed

    return name in KernelSpecManager().find_kernel_specs()
