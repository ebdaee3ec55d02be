"""Build the quarterly book: from the workbooks received to the finished HTML in ``_build/html``.

- ``python scripts/build.py``: the demonstration, newest edition
- ``python scripts/build.py --dataset live --edition 2026-Q3``
- ``python scripts/build.py --pdf``: with PDFs of the whole, of each chapter, and packs
- ``python scripts/build.py --list``: datasets, editions and chapters
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING

import click

from planbook.errors import UsageError
from planbook.periods import Edition, editions_between
from planbook.plan import Plan
from planbook.produce.notebooks.execute import execute_notebooks, prepare_workers
from planbook.produce.notebooks.jobs import Job, jobs
from planbook.produce.site.toc import write_toc
from planbook.run.command import run
from planbook.run.lock import only_build
from planbook.run.opening import open_workspace
from planbook.workspace import Workspace

if TYPE_CHECKING:
    from planbook.present.book import Book
    from planbook.present.notebook.opened import OpenBook
    from planbook.produce.packs.write_packs import Pack
    from planbook.produce.pdf.papers import MadePdf, Paper


@click.command("scripts/build.py")
@click.option("--dataset", default="demo", show_default=True, help="数据集，即 data/ 下的文件夹名")
@click.option("--edition", help="期号，如 2026-Q3；默认为该数据集当前一期，也可以是它的下一期")
@click.option("--only", help="只重新执行这一章的笔记本")
@click.option("--pdf", is_flag=True, help="同时生成 PDF（整本书、各章）和部门资料包")
@click.option("--list", "listing", is_flag=True, help="列出数据集、期号和章节，不生成")
@click.option("--debug", is_flag=True, help="出错时显示详细信息")
def main(
    *, dataset: str, edition: str | None, only: str | None, pdf: bool, listing: bool, debug: bool
) -> None:
    """把季度进展报告生成到 _build/html。不带参数时生成示例数据的最新一期。"""
    workspace, plan = open_workspace(dataset)
    if listing:
        list_what_exists(workspace, plan)
        return
    chosen = workspace.edition(edition, plan.about.first_edition)
    chapters = [job.id for job in jobs(plan, workspace, chosen)]
    if only is not None and only not in chapters:
        raise UsageError(f"没有章节「{only}」。现有：{'、'.join(chapters)}")
    with only_build(workspace.build / "build.lock"):
        build(workspace, plan, chosen, only=only, pdf=pdf)


def build(
    workspace: Workspace, plan: Plan, edition: Edition, *, only: str | None, pdf: bool
) -> None:
    """Make every part of the book aside, then put it in place."""
    click.echo(f"{workspace.dataset.title} · {edition.label}")
    workers = prepare_workers(("planbook.run.pipeline",))
    # Imported here, while the workers import: and each of them begins by importing this file.
    from planbook.produce.downloads.offer import downloads, listed, write_downloads
    from planbook.produce.notebooks.progress import Clock
    from planbook.produce.pdf.papers import papers, write_pdfs
    from planbook.produce.site.compile import compile_html, put_back, swap_in
    from planbook.produce.site.write_pages import write_offer, write_pages
    from planbook.run.build_record import build_record, data_digest, write_record
    from planbook.run.pipeline import open_book

    clock = Clock()
    before = workspace.scratch / "html-before"
    put_back(workspace.html, before)

    with clock("读取与评价"):
        book = open_book(workspace.dataset.name, str(edition), workspace.root)
        data = data_digest(workspace, edition)
    tell_analysts(workspace, plan, book)
    chapters = jobs(plan, workspace, edition)
    with clock("执行笔记本"):
        spent = execute(workspace, edition, chapters, only, workers)
    with clock("生成页面"):
        files = downloads(book)
        write_pages(book, workspace.book)
        if write_toc(plan, workspace.root / "_toc.yml"):
            click.echo("_toc.yml 已按方案重新写出，请一并提交。")
    pdfs: list[MadePdf] = []
    if pdf:
        with clock("排版 PDF"):
            wanted = papers(book, chapters, workspace.book, data)
            pdfs = typeset_papers(workspace, wanted, workers)
    with clock("编译网页"):
        write_offer(book, workspace.book, listed(book, files, pdfs), data)
        made = workspace.scratch / "html"
        shutil.rmtree(made, ignore_errors=True)
        pages = compile_html(workspace.root, made, workspace.cache / "doctrees")
    if pdf:
        with clock("生成部门资料包"):
            packs = make_packs(workspace, book, data)
    with clock("写出下载文件"):
        write_downloads(files, made)
        write_pdfs(pdfs, workspace.cache / "pdf", made)
        seconds = {
            **clock.seconds,
            **{f"{id}.ipynb": taken for id, taken in spent.items()},
            **{paper.name: paper.seconds for paper in pdfs if paper.seconds is not None},
        }
        record = build_record(
            workspace, plan, book.tables, edition, data=data, pages=pages, seconds=seconds
        )
        write_record(record, made)
        swap_in(made, workspace.html, before)

    clock.report()
    if pdf:
        click.echo(f"PDF共{len(pdfs)}个：{workspace.html / 'pdf'}")
        click.echo(f"部门资料包共{len(packs)}个：{packs[0].folder.parent}")
    click.echo(f"共{pages}页，用时{clock.total:.1f}秒。请打开 {workspace.html / 'index.html'}")


def tell_analysts(workspace: Workspace, plan: Plan, book: OpenBook) -> None:
    """Print what analysts should know of their own files; none of it stops the book."""
    from planbook.run.pipeline import input_notes

    told = (*plan.notices, *input_notes(workspace, plan, book.edition))
    for note in (*told, *book.commentary_notes(), *book.input_notes()):
        click.echo(note)


def execute(
    workspace: Workspace,
    edition: Edition,
    chapters: Sequence[Job],
    only: str | None,
    workers: BaseContext,
) -> dict[str, float]:
    """Execute the notebooks that changed, under a bar; return the seconds of each."""
    from planbook.produce.digest import digest_of_code
    from planbook.produce.notebooks.progress import ChapterProgress

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
    return spent


def typeset_papers(
    workspace: Workspace, wanted: Sequence[Paper], workers: BaseContext
) -> list[MadePdf]:
    """Typeset what changed of the book on paper, and say what could not be printed as sent."""
    from planbook.produce.pdf import typeset
    from planbook.produce.pdf.papers import make_pdfs, shaped_by

    made = make_pdfs(
        wanted,
        workspace.cache / "pdf",
        made_of=shaped_by(workspace.book),
        typesetter=typeset,
        context=workers,
    )
    for warning in dict.fromkeys(text for pdf in made for text in pdf.warnings):
        click.echo(warning)
    return made


def make_packs(workspace: Workspace, book: Book, data: str) -> Sequence[Pack]:
    """Make each department's pack, and say what could not be printed as sent."""
    from planbook.produce.packs.write_packs import write_packs
    from planbook.produce.pdf.papers import running_words, shaped_by
    from planbook.run.pipeline import next_templates

    packs = write_packs(
        book,
        workspace.build / "packs",
        running=running_words(book, data),
        templates=next_templates(workspace, book.plan, book.edition),
        chapters=workspace.book / "chapters",
        scratch=workspace.scratch,
        records=workspace.cache / "packs.json",
        code=shaped_by(workspace.book),
    )
    for pack in packs:
        for warning in pack.warnings:
            click.echo(f"{pack.unit_name}：{warning}")
    return packs


def list_what_exists(workspace: Workspace, plan: Plan) -> None:
    """Print datasets, the chosen one's editions, and chapters."""
    datasets = sorted(p.parent.name for p in (workspace.root / "data").glob("*/dataset.yaml"))
    editions = editions_between(plan.about.first_edition, workspace.dataset.current_edition)
    click.echo(f"数据集：{'、'.join(datasets)}")
    click.echo(
        f"{workspace.dataset.name} 的期号：{'、'.join(map(str, editions))}，"
        f"可提前收数和生成下一期 {workspace.dataset.newest_open}"
    )
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
    run(main, untouched="已有的书未改动。")
