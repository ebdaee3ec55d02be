"""``lab``: JupyterLab in the project's notebooks, in which they open the book that is asked for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec

import click

from planbook.run.command import DATASET


@click.command("-m planbook lab")
@DATASET
@click.option("--edition", help="期号，如 2026-Q3；默认为该数据集当前一期")
@click.argument("options", nargs=-1, metavar="[-- JupyterLab 的选项…]")
def main(*, dataset: str, edition: str | None, options: tuple[str, ...]) -> None:
    """打开 JupyterLab；笔记本不改参数，打开的就是这里指定的数据集和期号。"""
    from planbook.errors import UsageError
    from planbook.produce.notebooks.jobs import DATASET as DATASET_OF
    from planbook.produce.notebooks.jobs import EDITION as EDITION_OF
    from planbook.put_in_place import put_new
    from planbook.run.opening import open_workspace
    from planbook.run.own_pages import TEMPLATE, begun, outside_the_book

    workspace, plan = open_workspace(dataset)
    chosen = workspace.edition(edition, plan.about.first_edition)
    if find_spec("jupyterlab") is None:
        raise UsageError(
            "没有安装 JupyterLab。\n"
            f"  处理：运行 {sys.executable} -m pip install jupyterlab，再运行一次"
        )
    if not outside_the_book(workspace, plan):
        put_new(workspace.notebooks / f"{TEMPLATE}.ipynb", begun(TEMPLATE))  # one in the book stays
    click.echo(f"笔记本打开 {dataset} 的 {chosen}；自己的分析从 {TEMPLATE}.ipynb「我的分析」做起。")
    click.echo(f"做好后列入书中：python -m planbook analysis add {TEMPLATE} --dataset {dataset}")
    chosen_here = {DATASET_OF: dataset, EDITION_OF: str(chosen)}
    command = [sys.executable, "-m", "jupyterlab", *options]
    environment = {**os.environ, **chosen_here}
    signal.signal(signal.SIGINT, signal.default_int_handler)  # Ctrl-C alone does not end it
    with subprocess.Popen(command, cwd=workspace.notebooks, env=environment) as lab:
        while lab.returncode is None:
            with suppress(KeyboardInterrupt):  # JupyterLab itself asks whether to end
                lab.wait()
    sys.exit(lab.returncode)
