"""``build``: make the book, or list what there is."""

from __future__ import annotations

import click

from planbook.periods import editions_between
from planbook.plan import Plan
from planbook.run.command import DATASET
from planbook.run.edition_words import editions_listed, standing_words
from planbook.run.opening import book_jobs, open_workspace
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace

UNTOUCHED = "已有的书未改动。"


@click.command("scripts/build.py")
@DATASET
@click.option("--edition", help="期号，如 2026-Q3；默认为该数据集当前一期，也可以是它的下一期")
@click.option("--only", help="只重新执行这一章的笔记本")
@click.option("--pdf", is_flag=True, help="同时生成 PDF（整本书、各章）和部门资料包")
@click.option("--public", is_flag=True, help="生成公开版到 _build/public/html，不含内部内容")
@click.option("--list", "listing", is_flag=True, help="列出数据集、期号和章节，不生成")
def main(
    *,
    dataset: str,
    edition: str | None,
    only: str | None,
    pdf: bool,
    public: bool,
    listing: bool,
) -> None:
    """把一期进展报告生成到 _build/html。不带参数时生成示例数据的最新一期。"""
    workspace, plan = open_workspace(dataset)
    if listing:
        list_what_exists(workspace, plan)
        return
    chosen = workspace.edition(edition, plan.about.first_edition)
    stands = standing_words(workspace.editions, chosen)
    if workspace.editions.is_published(chosen):
        from planbook.run.freezing import as_published

        workspace, plan = as_published(workspace, plan, chosen)
    visibility = Visibility.PUBLIC if public else Visibility.INTERNAL
    book_jobs(workspace.of(visibility), plan, chosen, only)
    kind = " · 公开版" if public else ""
    click.echo(f"{workspace.dataset.title} · {chosen.label}{kind}")
    if stands:
        how = "按发布时封存的数据和方案生成" if workspace.unpacked else "按现有数据重新计算"
        click.echo(f"{stands}，{how}")
    from planbook.run.processes import start_workers

    start_workers(pdf=pdf)
    from planbook.run.build import build_book  # while the workers import
    from planbook.run.screen import Screen, print_seconds

    built = build_book(
        workspace, plan, chosen, only=only, pdf=pdf, visibility=visibility, watcher=Screen()
    )
    print_seconds(built.seconds)
    if pdf:
        click.echo(f"PDF共{len(built.pdfs)}个：{built.html / 'pdf'}")
    if built.packs:
        click.echo(f"部门资料包共{len(built.packs)}个：{built.packs[0].folder.parent}")
    total = sum(built.seconds.values())
    click.echo(f"共{built.pages}页，用时{total:.1f}秒。请打开 {built.html / 'index.html'}")


def list_what_exists(workspace: Workspace, plan: Plan) -> None:
    """Print datasets, the chosen one's editions, and chapters."""
    datasets = sorted(p.parent.name for p in (workspace.root / "data").glob("*/dataset.yaml"))
    editions = editions_between(plan.about.first_edition, workspace.dataset.current_edition)
    click.echo(f"数据集：{'、'.join(datasets)}")
    click.echo(
        f"{workspace.dataset.name} 的期号：{'、'.join(map(str, editions))}，"
        f"可提前收数和生成下一期 {workspace.dataset.newest_open}"
    )
    for line in editions_listed(workspace.editions):
        click.echo(f"  {line}")
    click.echo("章节：")
    for job in book_jobs(workspace, plan, editions[-1]):
        click.echo(f"  {job.id}  {job.title}")
