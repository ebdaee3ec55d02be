"""``build``: make the book, or say at once that it is as it would be; list what there is.

Only what decides whether there is anything to do is loaded here; what makes a book is in
`planbook.run.building`, imported when there is.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path

import click

from planbook.project_folders import Folders, root_of
from planbook.run.command import DATASET
from planbook.run.log_lines import FORMATS
from planbook.run.telling import teller_of
from planbook.run.unchanged import LastBuild, last_build, look
from planbook.seldom_collected import collecting_seldom
from planbook.vocabulary import Visibility

UNTOUCHED = "已有的书未改动。"


@click.command("scripts/build.py")
@DATASET
@click.option(
    "--project",
    is_eager=True,  # known before the dataset is looked for in it
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    help="项目文件夹，默认为所在的项目",
)
@click.option("--edition", help="期号，如 2026-Q3；默认为该数据集当前一期，也可以是它的下一期")
@click.option("--only", help="只重新执行这一章的笔记本")
@click.option("--pdf", is_flag=True, help="同时生成 PDF（整本书、各章）和部门资料包")
@click.option("--public", is_flag=True, help="生成公开版到 _build/public/html，不含内部内容")
@click.option("--jobs", type=click.IntRange(min=1), help="同时运行几个进程；默认与处理器核数相同")
@click.option(
    "--log",
    type=click.Choice(FORMATS),
    default=FORMATS[0],
    help="写 json 时，进度是给程序读的，每行一条；默认为给人看的文字",
)
@click.option("--list", "listing", is_flag=True, help="列出数据集、期号和章节，不生成")
def main(
    *,
    dataset: str,
    project: Path | None,
    edition: str | None,
    only: str | None,
    pdf: bool,
    public: bool,
    jobs: int | None,
    log: str,
    listing: bool,
) -> None:
    """把一期进展报告生成到 _build/html。不带参数时生成示例数据的最新一期。"""
    begun = time.perf_counter()
    if listing:
        from planbook.run.building import list_what_exists

        list_what_exists(dataset, project)
        return
    visibility = Visibility.PUBLIC if public else Visibility.INTERNAL
    folders = Folders(root_of(project), dataset, visibility)
    seen = look(folders)
    if seen is not None and only is None:
        last = last_build(folders, seen, edition, pdf=pdf, today=dt.date.today())
        if last is not None:
            tell_again(last, begun, log)
            return
    with collecting_seldom():
        from planbook.run.processes import start_workers

        start_workers(pdf=pdf)
        from planbook.run.building import Asked, build  # while the workers import

        build(Asked(folders, edition, only, pdf, jobs, begun), seen, log)


def tell_again(last: LastBuild, begun: float, log: str) -> None:
    """Say what the last build said, and that nothing has changed since."""
    with teller_of(log, bars=False) as teller:
        teller.heading(last.heading)
        for note in last.notes:
            teller.note(note)
        seconds = time.perf_counter() - begun
        teller.finished(replace(last.outcome, seconds=seconds), changed=False)
