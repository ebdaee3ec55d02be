"""Measure the build, in one run, on separate copies of this checkout.

- ``python scripts/bench.py build``: this project and the stock tools in turn, pair by pair
- ``python scripts/bench.py edits``: after random edits the book is the one from nothing
- ``python scripts/bench.py many``: many districts with one command, in processes or on Dask
- ``python scripts/bench.py pdf``: a PDF of each chapter, beside the execution of its notebook
- ``python scripts/bench.py read``: what a reader waits for, beside the stock theme's pages
- ``python scripts/bench.py growth``: CPU seconds of larger plans, and the exponent they grow with
- ``python scripts/bench.py intake``: mistyped numbers that are caught, right ones questioned;
  with ``--speed`` seconds to receive 1,000 workbooks, beside a loop of pandas
- ``python scripts/bench.py sheets``: what yearly tasks, key projects and months add to a whole book
- ``python scripts/bench.py outlook``: what the outlook would have said of past series
- ``python scripts/bench.py scored``: what published outlooks said, beside what came
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

import planbook
from bench_commands import browser, copy_checkout, remove_made, run_in, tool
from bench_intake import CAUGHT, POWERS, SILENT, WARNED, measure
from larger import TIMES, write_project
from outlook import record as outlook_record
from outlook.published import scored_lines
from planbook.produce.downloads.offer import downloads, listed
from planbook.produce.site.write_pages import write_fragments, write_offer, write_pages
from planbook.project_folders import find_root
from planbook.run.command import DATASET, run
from planbook.run.opening import open_workspace
from planbook.run.pipeline import open_book
from planbook.workspace import Workspace

READ = {
    "paint": "打开总览到首次显示（毫秒）",
    "loaded": "总览全部载入（毫秒）",
    "weight": "总览及所用文件（kB）",
    "filter": "筛选总览（毫秒）",
    "catalogue": "打开指标目录到首次显示（毫秒）",
    "search": "搜索一次（毫秒）",
    "searched": "搜索页及所用文件（kB）",
    "index": "其中索引（kB）",
    "pages": "全书网页（kB）",
}


@click.group("scripts/bench.py")
def main() -> None:
    """测量用时。"""


@main.command("build")
@click.option("--rounds", default=3, show_default=True, help="轮数，每轮各种做法各一次")
@click.option("--write", is_flag=True, help="把结果写入 README")
@DATASET
def bench_build(rounds: int, write: bool, dataset: str) -> None:
    """对比两种做法生成整本书的用时：从零、无变化、改动一处，有无 PDF。"""
    import bench_build as building

    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        found = building.measure(find_root(), Path(folder), dataset, rounds, browser())
    text = building.section(found)
    click.echo(text)
    if write:
        page = building.README.read_text(encoding="utf-8")
        written = building.with_section(page, text)
        building.README.write_text(written, encoding="utf-8", newline="\n")


@main.command("edits")
@click.option("--count", default=200, show_default=True, help="改动多少次")
@click.option("--seed", default=2027, show_default=True, help="同一个数得到同样的改动")
@click.option("--pdf", is_flag=True, help="同时生成 PDF 和部门资料包")
@DATASET
def bench_edits(count: int, seed: int, pdf: bool, dataset: str) -> None:
    """随机改动项目，每次增量生成，与从零生成逐字节比较，并核对重做了什么。"""
    from proof.checkout import Checkout
    from proof.trial import Trial, summary

    kinds = {
        "notebooks": "笔记本",
        "read": "读入",
        "pages": "网页",
        "pdfs": "PDF",
        "packs": "资料包",
    }
    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        copy_checkout(find_root(), Path(folder, "project"))
        code = Path(planbook.__file__).parents[1]
        checkout = Checkout.of(Path(folder, "project"), code, Path(folder, "kept"), dataset)
        trial = Trial(checkout, Path(folder, "scratch"), seed, pdf=pdf)
        steps = trial.run(count, click.echo)
    headings = ("次数", "不成书", "相同", "未多做", "秒", *kinds.values())
    table = _table("改动（后几列：重做的个数/内容变了的个数，中位数）", *headings)
    for row in summary(steps, [*kinds]):
        table.add_row(*row)
    Console().print(table)
    wrong = [step for step in steps if not step.is_sound]
    click.echo(f"{len(steps)}次中{len(wrong)}次有问题")
    for step in wrong:
        click.echo(str(step))
    if wrong:
        raise click.exceptions.Exit(1)


@main.command("many")
@click.option("--districts", default="1,4,16,38", show_default=True, help="各次生成多少个区")
@click.option("--workers", default=os.cpu_count() or 1, show_default=True, help="同时生成几个")
@click.option("--on", type=click.Choice(["processes", "dask"]), multiple=True, help="只在其中一处")
@click.option("--whole", is_flag=True, help="各区像示例那样大，有61项目标；默认为小方案")
def bench_many(districts: str, workers: int, on: tuple[str, ...], whole: bool) -> None:
    """测量一次生成许多方案的用时和内存：在本机各进程中，在本机的 Dask 集群上。"""
    import bench_many as many

    counts = [int(count) for count in districts.split(",")]
    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as name:
        folder = Path(name)
        written = many.Districts(folder / "districts", small=not whole)
        written.write(max(counts))
        for where in on or ("processes", "dask"):
            pool = many.dask(folder, workers) if where == "dask" else many.processes(workers)
            with pool as running:
                found = []
                for each in many.measure(written, counts, running, travels=where == "dask"):
                    click.echo(f"{where}，{each.districts}个：{each.seconds:.1f}秒")
                    found.append(each)
            click.echo(f"\n{where}，各区为{written.words}\n\n{many.table(found, workers)}\n")


@main.command("pdf")
@DATASET
def bench_pdf(dataset: str) -> None:
    """测量每章 PDF 的排版用时和大小，与执行该章笔记本的用时相比。"""
    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        copy = Path(folder, "copy")
        copy_checkout(find_root(), copy)
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
@click.option("--rounds", default=5, show_default=True, help="轮数，每轮每本书各一次")
@click.option(
    "--goals",
    multiple=True,
    type=click.Choice([*map(str, TIMES)]),
    help="改为测量有这么多目标的书，可多次给出",
)
@click.option(
    "--html",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="改为测量已生成的书，可多次给出",
)
@DATASET
def bench_read(rounds: int, goals: tuple[str, ...], html: tuple[Path, ...], dataset: str) -> None:
    """测量读者等待的时间：与通用主题的同样内容相比，或各种大小的书。"""
    try:
        from bench_read import LIMITS, measure, stock_configuration
    except ModuleNotFoundError as error:
        raise click.ClickException(
            "须先安装开发环境：pip install -r requirements-dev.txt"
        ) from error
    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        books = {str(path): path.resolve() for path in html}
        for number in goals:
            project = Path(folder, number)
            write_project(project, goals=int(number))
            run_in([sys.executable, str(Path(__file__).with_name("build.py"))], project)
            books[f"{number}项目标"] = project / "_build/html"
        if not books:
            ours, stock = Path(folder, "ours"), Path(folder, "stock")
            copy_checkout(find_root(), ours)
            _our_route(ours, dataset)
            copy_checkout(ours, stock)
            stock_configuration(ours / "_config.yml", stock / "_config.yml")
            run_in([tool("jupyter-book"), "build", "."], stock)
            books = {"本项目": ours / "_build/html", "stock": stock / "_build/html"}
        found = measure(books, rounds)
    names = ["通用主题" if name == "stock" else name for name in books]
    title = "读者的等待（中位数，括号内为最慢一轮；搜索取几种词中最慢、最重的）"
    table = _table(title, *names, "末／首", "上限", "")
    for what, label in READ.items():
        values = [found[name].get(what, []) for name in books]
        medians = [statistics.median(each) for each in values if each]
        own = [statistics.median(found[name][what]) for name in books if name != "stock"]
        grown = f"{medians[-1] / medians[0]:.2f}" if len(medians) > 1 else "—"
        limit = LIMITS.get(what)
        held = "" if limit is None else "符合" if max(own) <= limit else "超过"
        table.add_row(label, *map(_waited, values), grown, str(limit or "—"), held)
    Console().print(table)


def _waited(values: list[float]) -> str:
    """Return the median, with the worst if it is another."""
    if not values:
        return "无此功能"
    median, worst = f"{statistics.median(values):.0f}", f"{max(values):.0f}"
    return median if median == worst else f"{median}（{worst}）"


@main.command("growth")
@click.option("--quick", is_flag=True, help="只测两种规模")
def bench_growth(quick: bool) -> None:
    """测量各步骤的 CPU 用时怎样随方案的规模增长。"""
    from bench_growth import LIMITS, QUICK, exponent, last_exponent, measure
    from larger import TIMES

    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        found = measure(Path(folder), QUICK if quick else tuple(TIMES), click.echo)
    for stages, unit in ((set(LIMITS) - {"history"}, "目标（项）"), ({"history"}, "期数")):
        sizes = next(found[stage] for stage in LIMITS if stage in stages)
        table = _table(
            f"CPU 用时（秒），按{unit}", "步骤", *map(str, sizes), "指数", "上限", "最后一段"
        )
        for stage in (stage for stage in LIMITS if stage in stages):
            cells = [f"{spent:.2f}" for spent in found[stage].values()]
            slopes = [f"{of(found[stage]):.2f}" for of in (exponent, last_exponent)]
            table.add_row(stage, *cells, slopes[0], str(LIMITS[stage]), slopes[1])
        Console().print(table)
    if sys.platform != "linux":
        click.echo("这个系统不数比命令活得更久的进程，build 一行偏少。")


@main.command("sheets")
@click.option("--rounds", default=3, show_default=True, help="轮数，每轮两本书各一次")
@click.option("--pdf", is_flag=True, help="同时生成 PDF 和部门资料包")
def bench_sheets(rounds: int, pdf: bool) -> None:
    """测量年度任务、重点项目和月度快报给示例的整本书增加多少用时。"""
    import bench_sheets as sheets

    with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
        options = ("--pdf",) if pdf else ()
        found = sheets.measure(find_root(), Path(folder), rounds, options, click.echo)
    click.echo(sheets.verdict(found))


@main.command("intake")
@DATASET
@click.option("--missed", is_flag=True, help="列出没有发现的误填和被提问的真值")
@click.option("--speed", is_flag=True, help="改为测量收取大量填报表的用时和内存")
@click.option("--workbooks", default=1000, show_default=True, help="--speed 收取多少份")
@click.option("--rounds", default=3, show_default=True, help="--speed 的轮数，每轮各一次")
def bench_intake(dataset: str, missed: bool, speed: bool, workbooks: int, rounds: int) -> None:
    """把每个已报数值按常见方式填错，测量核对发现多少；或测量收取的快慢。"""
    if speed:
        import bench_receive as receiving

        with tempfile.TemporaryDirectory(prefix="planbook-bench-") as folder:
            found = receiving.measure(Path(folder), workbooks, rounds, click.echo)
        click.echo("\n".join(receiving.lines(found)))
        return
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
    write_fragments(book, workspace.book)
    write_pages(book, workspace.book)
    offered = listed(book, downloads(book))
    write_offer(book, workspace.book, offered)


def _our_route(root: Path, dataset: str, *options: str) -> float:
    remove_made(root)
    start = time.perf_counter()
    run_in([sys.executable, "scripts/build.py", "--dataset", dataset, *options], root)
    return time.perf_counter() - start


def _seconds(root: Path) -> dict[str, float]:
    """Return the seconds of each stage, notebook and PDF, as the build in `root` recorded them."""
    record = json.loads((root / "_build/html/build.json").read_text(encoding="utf-8"))
    seconds: dict[str, float] = record["seconds"]
    return seconds


def _table(title: str, *headings: str) -> Table:
    table = Table(title, box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right")
    return table


if __name__ == "__main__":
    run(main)
