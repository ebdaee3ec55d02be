"""Measure the build against the stock tools, in one run, on separate copies of this checkout.

``python scripts/bench.py build`` alternates both routes and prints their ratio, pair by pair.

The stock route is what papermill and Jupyter Book document: `papermill` on the command line for
each notebook, one after another, then `jupyter-book build`. Both routes start from nothing, with
the same sources, the same configuration and the same tables and pages to make; they alternate, so
that a busy machine is busy for both.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from planbook.pipeline import open_book
from planbook.plan import load_plan
from planbook.produce.command import run
from planbook.produce.downloads import downloads, listed
from planbook.produce.notebooks import jobs
from planbook.produce.pages import write_pages
from planbook.workspace import Workspace, find_root

SOURCES = ("_config.yml", "_toc.yml", "book", "data", "notebooks", "scripts")
MADE = ("_build", "book/chapters", "book/goals")


@click.group("scripts/bench.py")
def main() -> None:
    """与通用工具对比用时。"""


@main.command("build")
@click.option("--rounds", default=3, show_default=True, help="轮数，每轮两种做法各一次")
@click.option("--dataset", default="demo", show_default=True, help="数据集")
@click.option("--debug", is_flag=True, help="出错时显示详细信息")
def bench_build(rounds: int, dataset: str, debug: bool) -> None:
    """对比两种做法从零生成整本书的用时。"""
    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        stock, ours = Path(folder, "stock"), Path(folder, "ours")
        for copy in (stock, ours):
            _copy_checkout(find_root(), copy)
        pairs, steps = [], []
        for number in range(1, rounds + 1):
            pair = (_stock_route(stock, dataset), _our_route(ours, dataset))
            pairs.append(pair)
            record = json.loads((ours / "_build/html/build.json").read_text(encoding="utf-8"))
            steps.append(record["seconds"])
            times = f"通用做法{pair[0]:.1f}秒，本项目{pair[1]:.1f}秒"
            click.echo(f"第{number}轮：{times}，{pair[0] / pair[1]:.2f}倍")
        _report(pairs, steps)


@main.command("inputs", hidden=True)
@click.argument("dataset")
def make_inputs(dataset: str) -> None:
    """Make the tables and pages that the stock route needs, in the working directory."""
    book = open_book(dataset)
    workspace = Workspace.open(dataset)
    write_pages(book, workspace.book, listed(downloads(book)))


def _stock_route(root: Path, dataset: str) -> float:
    _clean(root)
    workspace = Workspace.open(dataset, root)
    edition = workspace.dataset.current_edition
    (root / "book" / "chapters").mkdir()
    start = time.perf_counter()
    _run([sys.executable, "scripts/bench.py", "inputs", dataset], root)
    for job in jobs(load_plan(workspace.plan), workspace, edition):
        given = [part for item in job.parameters.items() for part in ("-p", *item)]
        _run([_tool("papermill"), str(job.notebook), str(job.page), *given], root)
    _run([_tool("jupyter-book"), "build", "."], root)
    return time.perf_counter() - start


def _our_route(root: Path, dataset: str) -> float:
    _clean(root)
    start = time.perf_counter()
    _run([sys.executable, "scripts/build.py", "--dataset", dataset], root)
    return time.perf_counter() - start


def _report(pairs: Sequence[tuple[float, float]], steps: Sequence[dict[str, float]]) -> None:
    ratios = [stock / ours for stock, ours in pairs]
    stock, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    click.echo(
        f"中位数：通用做法{stock:.1f}秒，本项目{ours:.1f}秒；"
        f"逐轮之比的中位数{statistics.median(ratios):.2f}倍"
    )
    table = Table("本项目的用时（中位数）", box=None, pad_edge=False)
    table.add_column("秒", justify="right")
    medians = {step: statistics.median(taken[step] for taken in steps) for step in steps[0]}
    known = {step: spent for step, spent in medians.items() if not step.endswith(".ipynb")}
    for step, spent in known.items():
        table.add_row(step, f"{spent:.1f}")
    table.add_row("启动、载入和其他", f"{ours - sum(known.values()):.1f}")
    for step, spent in medians.items():
        if step.endswith(".ipynb"):
            table.add_row(f"  其中 {step}（与其他并行）", f"{spent:.1f}")
    Console().print(table)


def _copy_checkout(root: Path, copy: Path) -> None:
    copy.mkdir()
    for name in SOURCES:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, copy / name)
        else:
            shutil.copy2(source, copy / name)


def _clean(root: Path) -> None:
    for name in MADE:
        shutil.rmtree(root / name, ignore_errors=True)


def _tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise click.ClickException(f"{Path(sys.executable).parent} 中没有 {name}")
    return found


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise click.ClickException(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")


if __name__ == "__main__":
    run(main)
