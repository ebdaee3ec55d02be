"""``build-all``: the books of many plans, on this computer or a cluster, with an index over all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from planbook.errors import PlanbookError
from planbook.run.command import DATASET_OF_EACH
from planbook.run.log_lines import FORMATS
from planbook.run.telling import is_terminal

if TYPE_CHECKING:
    from planbook.run.many.plan_lines import PlanLines

UNTOUCHED = "已完成的书都在原位，再运行一次同样的命令会接着做。"


@click.command("-m planbook build-all")
@click.argument("projects", nargs=-1, required=True, metavar="项目…")
@click.option(
    "--to", required=True, metavar="位置", help="书和一览页放在哪里：文件夹或网址（s3://…）"
)
@DATASET_OF_EACH
@click.option("--edition", help="期号，如 2026-Q3；默认为各数据集的当前一期")
@click.option("--pdf", is_flag=True, help="同时生成 PDF 和部门资料包")
@click.option("--public", is_flag=True, help="生成公开版，不含内部内容")
@click.option(
    "--workers", type=click.IntRange(min=1), help="本机同时生成几个方案；默认与处理器核数相同"
)
@click.option("--scheduler", metavar="地址", help="用已有的 Dask 集群，如 tcp://10.0.0.5:8786")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="每个方案用几个进程"
)
@click.option(
    "--log",
    type=click.Choice(FORMATS),
    default=FORMATS[0],
    help="写 json 时，进度是给程序读的，每行一条；默认为给人看的文字",
)
def main(
    *,
    projects: tuple[str, ...],
    to: str,
    dataset: str | None,
    edition: str | None,
    pdf: bool,
    public: bool,
    workers: int | None,
    scheduler: str | None,
    jobs: int,
    log: str,
) -> None:
    """一次生成许多方案的书，并写出一览页。

    项目可写项目文件夹、装有若干项目的文件夹、通配符，或逐行列出它们的 .txt 文件。
    已经生成、来源没有变化的不再生成；一个方案出错，不影响其他方案。
    """
    if workers is not None and scheduler is not None:
        raise click.UsageError("--workers 用于本机，--scheduler 用于集群，只写其中一个")
    from concurrent.futures import ThreadPoolExecutor

    from planbook.run.many.build_all import build_all, refuse
    from planbook.run.many.orders import Wanted
    from planbook.run.many.projects import projects_of

    found, wanted = projects_of(projects), Wanted(dataset, edition, pdf, public, jobs)
    refuse(found, to)
    with _telling(log) as teller:
        if scheduler is not None:
            from planbook.run.many.cluster import on_cluster

            with on_cluster(scheduler) as (executor, threads):
                report = build_all(
                    found, to, executor, wanted, workers=threads, travels=True, watcher=teller
                )
        else:
            many = workers or os.cpu_count() or 1
            with ThreadPoolExecutor(many) as executor:  # each thread waits for a process
                report = build_all(
                    found, to, executor, wanted, workers=lambda: many, watcher=teller
                )
        teller.finished(report)
    if report.failed:
        raise PlansFailed(f"{len(report.failed)}个方案没有生成，其余已就位。改正后再运行一次")


@contextmanager
def _telling(log: str) -> Iterator[PlanLines]:
    """Give who tells how it goes on; a terminal gets a bar below the lines."""
    from planbook.run.many.plan_lines import PlanEvents, PlanLines

    if log == "json":
        yield PlanEvents()
    elif not is_terminal():
        yield PlanLines()
    else:
        from planbook.run.many.plans_bar import PlansBar

        with PlansBar() as bar:
            yield bar


class PlansFailed(PlanbookError):
    """Some plans have no new book; which, and why, was told."""
