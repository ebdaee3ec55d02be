"""Build the quarterly book: from the workbooks received to the finished HTML in ``_build/html``.

- ``python scripts/build.py``: the demonstration, newest edition
- ``python scripts/build.py --dataset live --edition 2026-Q3``
- ``python scripts/build.py --list``: datasets, editions and chapters
"""

from __future__ import annotations

import shutil

import click

from planbook.errors import UsageError
from planbook.periods import Edition, editions_between
from planbook.plan import Plan, load_plan
from planbook.produce.command import run
from planbook.produce.execute import execute_notebooks, prepare_workers
from planbook.produce.notebooks import jobs
from planbook.produce.toc import write_toc
from planbook.workspace import Workspace


@click.command("scripts/build.py")
@click.option("--dataset", default="demo", show_default=True, help="数据集，即 data/ 下的文件夹名")
@click.option("--edition", help="期号，如 2026-Q3；默认为该数据集最新一期")
@click.option("--only", metavar="CHAPTER", help="只重新执行这一章的笔记本")
@click.option("--list", "listing", is_flag=True, help="列出数据集、期号和章节，不生成")
@click.option("--debug", is_flag=True, help="出错时显示详细信息")
def main(dataset: str, edition: str | None, only: str | None, listing: bool, debug: bool) -> None:
    """把季度进展报告生成到 _build/html。不带参数时生成示例数据的最新一期。"""
    workspace = Workspace.open(dataset)
    plan = load_plan(workspace.plan)
    if listing:
        list_what_exists(workspace, plan)
        return
    chosen = workspace.edition(edition, plan.about.first_edition)
    chapters = [job.id for job in jobs(plan, workspace, chosen)]
    if only is not None and only not in chapters:
        raise UsageError(f"没有章节「{only}」。现有：{'、'.join(chapters)}")
    build(workspace, plan, chosen, only)


def build(workspace: Workspace, plan: Plan, edition: Edition, only: str | None) -> None:
    """Make every part of the book aside, then put it in place."""
    click.echo(f"{workspace.dataset.title} · {edition.label}")
    workers = prepare_workers(("planbook.pipeline",))
    # Imported here, while the workers import: and each of them begins by importing this file.
    from planbook.pipeline import open_book
    from planbook.produce.digest import digest_of_code
    from planbook.produce.downloads import downloads, listed, write_downloads
    from planbook.produce.html import compile_html, put_back, swap_in
    from planbook.produce.pages import write_pages
    from planbook.produce.progress import ChapterProgress, Clock
    from planbook.produce.record import build_record, write_record
    from planbook.produce.series import write_series

    clock = Clock()
    before = workspace.scratch / "html-before"
    put_back(workspace.html, before)

    with clock("读取与评价"):
        book = open_book(workspace.dataset.name, str(edition), workspace.root)
    for note in book.commentary_notes():
        click.echo(note)
    with clock("执行笔记本"):
        chapters = jobs(plan, workspace, edition)
        with ChapterProgress(len(chapters)) as progress:
            spent = execute_notebooks(
                chapters,
                root=workspace.root,
                scratch=workspace.scratch / "chapters",
                records=workspace.cache / "chapters.json",
                data=shown_data(workspace, edition),
                code=digest_of_code(),
                only=only,
                context=workers,
                progress=progress.done,
            )
        also = [job.title for job in chapters if job.id in spent and job.id != only]
        if only is not None and also:
            click.echo(f"这些章节没有本期可用的页面，已一并执行：{'、'.join(also)}")
    with clock("生成页面"):
        files = downloads(book)
        write_pages(book, workspace.book, listed(files))
        if write_toc(plan, workspace.root / "_toc.yml"):
            click.echo("_toc.yml 已按计划重新写出，请一并提交。")
    with clock("编译网页"):
        made = workspace.scratch / "html"
        shutil.rmtree(made, ignore_errors=True)
        pages = compile_html(workspace.root, made, workspace.cache / "doctrees")
    with clock("写出下载文件"):
        write_downloads(files, made)
        write_series(book, made)
        seconds = {**clock.seconds, **{f"{id}.ipynb": taken for id, taken in spent.items()}}
        record = build_record(workspace, plan, book.tables, edition, pages=pages, seconds=seconds)
        write_record(record, made)
        swap_in(made, workspace.html, before)

    clock.report()
    click.echo(f"共{pages}页，用时{clock.total:.1f}秒。请打开 {workspace.html / 'index.html'}")


def list_what_exists(workspace: Workspace, plan: Plan) -> None:
    """Print datasets, the chosen one's editions, and chapters."""
    datasets = sorted(p.parent.name for p in (workspace.root / "data").glob("*/dataset.yaml"))
    editions = editions_between(plan.about.first_edition, workspace.dataset.current_edition)
    click.echo(f"数据集：{'、'.join(datasets)}")
    click.echo(f"{workspace.dataset.name} 的期号：{'、'.join(map(str, editions))}")
    click.echo("章节：")
    for job in jobs(plan, workspace, editions[-1]):
        click.echo(f"  {job.id}  {job.title}")


def shown_data(workspace: Workspace, edition: Edition) -> str:
    """Return a digest of everything a notebook could show."""
    from planbook.produce.digest import digest, digest_of_files

    return digest(
        {
            "tables": digest_of_files(workspace.tables(edition), "*.csv"),
            "plan": digest_of_files(workspace.plan, "*.yaml"),
            "commentary": digest_of_files(workspace.data / "commentary"),
            "dataset": digest_of_files(workspace.data, "dataset.yaml"),
        }
    )


if __name__ == "__main__":
    run(main)
