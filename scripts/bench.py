"""Measure the build, in one run, on separate copies of this checkout.

- ``python scripts/bench.py build``: this project and the stock tools in turn, pair by pair
- ``python scripts/bench.py pdf``: a PDF of each chapter, beside the execution of its notebook
- ``python scripts/bench.py read``: what a reader waits for, beside the stock theme's pages
- ``python scripts/bench.py growth``: CPU seconds of larger plans, and the exponent they grow with
- ``python scripts/bench.py intake``: mistyped numbers that are caught, right ones questioned
- ``python scripts/bench.py outlook``: what the outlook would have said of past series
- ``python scripts/bench.py scored``: what published outlooks said, beside what came

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
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bench_intake import CAUGHT, POWERS, SILENT, WARNED, measure
from outlook import record as outlook_record
from outlook.published import scored_lines
from planbook.produce.downloads.offer import downloads, listed
from planbook.produce.notebooks.jobs import jobs
from planbook.produce.site.write_pages import write_offer, write_pages
from planbook.project_folders import find_root
from planbook.run.build_record import data_digest
from planbook.run.command import DATASET, run
from planbook.run.opening import open_workspace
from planbook.run.pipeline import open_book
from planbook.workspace import Workspace

SOURCES = ("_config.yml", "_toc.yml", "book", "data", "notebooks", "scripts")
MADE = ("_build", "book/chapters", "book/goals")
READ = {
    "paint": "打开总览到首次显示（毫秒）",
    "loaded": "总览全部载入（毫秒）",
    "weight": "总览及所用文件（kB）",
    "search": "搜索一次（毫秒）",
    "filter": "筛选总览（毫秒）",
}


@click.group("scripts/bench.py")
def main() -> None:
    """测量用时。"""


@main.command("build")
@click.option("--rounds", default=3, show_default=True, help="轮数，每轮两种做法各一次")
@DATASET
def bench_build(rounds: int, dataset: str) -> None:
    """对比两种做法从零生成整本书的用时。"""
    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        stock, ours = Path(folder, "stock"), Path(folder, "ours")
        for copy in (stock, ours):
            _copy_checkout(find_root(), copy)
        pairs, steps = [], []
        for number in range(1, rounds + 1):
            pair = (_stock_route(stock, dataset), _our_route(ours, dataset))
            pairs.append(pair)
            steps.append(_seconds(ours))
            times = f"通用做法{pair[0]:.1f}秒，本项目{pair[1]:.1f}秒"
            click.echo(f"第{number}轮：{times}，{pair[0] / pair[1]:.2f}倍")
        _report(pairs, steps)


@main.command("pdf")
@DATASET
def bench_pdf(dataset: str) -> None:
    """测量每章 PDF 的排版用时和大小，与执行该章笔记本的用时相比。"""
    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        copy = Path(folder, "copy")
        _copy_checkout(find_root(), copy)
        _our_route(copy, dataset, "--pdf")
        seconds, first = _seconds(copy), f"{Workspace.open(dataset).dataset.current_edition}-"
        table = _table("PDF", "KB", "排版（秒）", "执行笔记本（秒）", "排版/执行")
        for path in sorted((copy / "_build/html/pdf").glob("*.pdf")):
            spent, executed = (
                seconds[path.name],
                seconds.get(f"{path.stem.removeprefix(first)}.ipynb"),
            )
            compared = [f"{executed:.2f}", f"{spent / executed:.2f}"] if executed else []
            size = path.stat().st_size / 1024
            table.add_row(path.stem, f"{size:.0f}", f"{spent:.2f}", *compared)
    Console().print(table)
    click.echo("两者都从零开始，各在几个进程中并行。")


@main.command("read")
@click.option("--rounds", default=5, show_default=True, help="轮数，每轮两本书各一次")
@DATASET
def bench_read(rounds: int, dataset: str) -> None:
    """测量读者等待的时间，与通用主题的同样内容相比。"""
    try:
        from bench_read import LIMITS, measure, stock_configuration
    except ModuleNotFoundError as error:
        raise click.ClickException(
            "须先安装开发环境：pip install -r requirements-dev.txt"
        ) from error
    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        ours, stock = Path(folder, "ours"), Path(folder, "stock")
        _copy_checkout(find_root(), ours)
        _our_route(ours, dataset)
        _copy_checkout(ours, stock)
        stock_configuration(ours / "_config.yml", stock / "_config.yml")
        _run([_tool("jupyter-book"), "build", "."], stock)
        found = measure(ours / "_build/html", stock / "_build/html", rounds)
    table = _table("读者的等待（中位数）", "本项目", "通用主题", "倍数", "上限")
    for what, label in READ.items():
        mine, theirs = found[what]["ours"], found[what]["stock"]
        cells = [f"{mine:.0f}", "无此功能" if theirs is None else f"{theirs:.0f}"]
        ratio = f"{theirs / mine:.2f}" if mine and theirs is not None else "—"
        table.add_row(label, *cells, ratio, str(LIMITS.get(what, "—")))
    Console().print(table)


@main.command("growth")
@click.option("--quick", is_flag=True, help="只测两种规模")
def bench_growth(quick: bool) -> None:
    """测量各步骤的 CPU 用时怎样随方案的规模增长。"""
    from bench_growth import LIMITS, QUICK, exponent, measure
    from larger import TIMES

    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        found = measure(Path(folder), QUICK if quick else tuple(TIMES), click.echo)
    for stages, of in ((set(LIMITS) - {"history"}, "目标（项）"), ({"history"}, "期数")):
        sizes = next(found[stage] for stage in LIMITS if stage in stages)
        table = _table(f"CPU 用时（秒），按{of}", "步骤", *map(str, sizes), "指数", "上限")
        for stage in (stage for stage in LIMITS if stage in stages):
            cells = [f"{spent:.2f}" for spent in found[stage].values()]
            table.add_row(stage, *cells, f"{exponent(found[stage]):.2f}", str(LIMITS[stage]))
        Console().print(table)


@main.command("intake")
@DATASET
@click.option("--missed", is_flag=True, help="列出没有发现的误填和被提问的真值")
def bench_intake(dataset: str, missed: bool) -> None:
    """把每个已报数值按常见方式填错，测量核对发现多少。"""
    workspace, plan = open_workspace(dataset)
    for name, score in measure(plan, workspace).items():
        table = _table(name, "个", "拦下（错误）", "提示", "无声", "发现率")
        for slip, outcomes in score.outcomes.items():
            counts = (outcomes[outcome] for outcome in (CAUGHT, WARNED, SILENT))
            shown = f"{score.share([slip], CAUGHT, WARNED):.1%}"
            table.add_row(slip, str(outcomes.total()), *map(str, counts), shown)
        Console().print(table)
        click.echo(f"十的幂次误填被拦下 {score.share(POWERS, CAUGHT):.1%}")
        if missed:
            click.echo("\n".join(score.missed))


@main.command("outlook")
@click.option("--write", is_flag=True, help="写入检验记录和「方法」一页")
@click.option("--quick", is_flag=True, help="不与其他办法比较")
def bench_outlook(write: bool, quick: bool) -> None:
    """用公开的历史数列检验达标可能性。"""
    if write and quick:
        raise click.UsageError("--write 须与其他办法比较，不能同时用 --quick")
    begun = time.perf_counter()
    try:
        from outlook.figures import measure

        record = measure(date.today(), others=not quick)
    except ModuleNotFoundError as error:
        raise click.ClickException("须先安装：pip install --group fit") from error
    click.echo(outlook_record.section(record))
    for each in record.rows("choices"):
        scores = (record.value("choices", each, of, "brier") for of in outlook_record.QUANTITIES)
        click.echo(f"按现有步伐可以达到的，{each}：" + "，".join(f"{x:.5f}" for x in scores if x))
    click.echo(f"用时{time.perf_counter() - begun:.0f}秒")
    if write:
        outlook_record.write(record)


@main.command("scored")
@DATASET
def bench_scored(dataset: str) -> None:
    """对照各期所说的达标可能性与结果；未到期的，对照全年推算的误差范围。"""
    rows = open_book(dataset).rows
    for line in scored_lines(rows.outlooks, rows.history):
        click.echo(line)


@main.command("inputs", hidden=True)
@click.argument("dataset")
def make_inputs(dataset: str) -> None:
    """Make the tables and pages that the stock route needs, in the working directory."""
    book = open_book(dataset)
    workspace = Workspace.open(dataset)
    write_pages(book, workspace.book)
    offered = listed(book, downloads(book))
    write_offer(book, workspace.book, offered, data_digest(workspace, book.edition))


def _stock_route(root: Path, dataset: str) -> float:
    _clean(root)
    workspace, plan = open_workspace(dataset, root)
    (root / "book" / "chapters").mkdir()
    start = time.perf_counter()
    _run([sys.executable, "scripts/bench.py", "inputs", dataset], root)
    for job in jobs(plan, workspace, workspace.dataset.current_edition):
        given = [part for item in job.parameters.items() for part in ("-p", *item)]
        _run([_tool("papermill"), str(job.notebook), str(job.page), *given], root)
    _run([_tool("jupyter-book"), "build", "."], root)
    return time.perf_counter() - start


def _our_route(root: Path, dataset: str, *options: str) -> float:
    _clean(root)
    start = time.perf_counter()
    _run([sys.executable, "scripts/build.py", "--dataset", dataset, *options], root)
    return time.perf_counter() - start


def _seconds(root: Path) -> dict[str, float]:
    """Return the seconds of each stage, notebook and PDF, as the build in `root` recorded them."""
    record = json.loads((root / "_build/html/build.json").read_text(encoding="utf-8"))
    seconds: dict[str, float] = record["seconds"]
    return seconds


def _report(pairs: Sequence[tuple[float, float]], steps: Sequence[dict[str, float]]) -> None:
    ratios = [stock / ours for stock, ours in pairs]
    stock, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    click.echo(
        f"中位数：通用做法{stock:.1f}秒，本项目{ours:.1f}秒；"
        f"逐轮之比的中位数{statistics.median(ratios):.2f}倍"
    )
    table = _table("本项目的用时（中位数）", "秒")
    medians = {step: statistics.median(taken[step] for taken in steps) for step in steps[0]}
    known = {step: spent for step, spent in medians.items() if not step.endswith(".ipynb")}
    for step, spent in known.items():
        table.add_row(step, f"{spent:.1f}")
    table.add_row("启动、载入和其他", f"{ours - sum(known.values()):.1f}")
    for step, spent in medians.items():
        if step.endswith(".ipynb"):
            table.add_row(f"  其中 {step}（与其他并行）", f"{spent:.1f}")
    Console().print(table)


def _table(title: str, *headings: str) -> Table:
    table = Table(title, box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right")
    return table


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


def _run(command: Sequence[str], folder: Path) -> str:
    """Run a command; return what it printed."""
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
    return done.stdout


if __name__ == "__main__":
    run(main)
