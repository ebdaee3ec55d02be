"""Write commentary on a chapter, and see whether its figures still hold.

python scripts/commentary.py new digital --unit general --dataset live
python scripts/commentary.py check --dataset live           exit code 1 if a text must be read again
python scripts/commentary.py confirm digital --dataset live
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from planbook.collect.decided.commentary_files import STARTER, commentary_file, parse_commentary
from planbook.errors import ProblemsFound, UsageError
from planbook.present.notebook.opened import OpenBook
from planbook.present.tables.commentary_box import UNWRITTEN, state_words
from planbook.run.command import run
from planbook.run.pipeline import open_book
from planbook.workspace import Workspace, find_root


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that all commands share."""
    for option in (
        click.option("--debug", is_flag=True, help="出错时显示详细信息"),
        click.option("--edition", help="期号，如 2026-Q3；默认为该数据集当前一期"),
        click.option(
            "--dataset", default="demo", show_default=True, help="数据集，即 data/ 下的文件夹名"
        ),
    ):
        command = option(command)
    return command


@click.group("scripts/commentary.py")
def main() -> None:
    """分析点评：新建、核对、复核后确认。"""


@main.command("new")
@click.argument("chapter", metavar="章节")
@click.option("--unit", required=True, help="撰写单位的编号（见 data/plan/units.yaml）")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="撰写日期；默认为今天")
@options
def new(
    *,
    chapter: str,
    unit: str,
    date: dt.datetime | None,
    dataset: str,
    edition: str | None,
    debug: bool,
) -> None:
    """新建一章的点评，写入撰写时的数据。"""
    book, path = opened(chapter, dataset, edition)
    known = [unit.id for unit in book.plan.units]
    if unit not in known:
        raise UsageError(f"没有填报单位「{unit}」。现有：{'、'.join(known)}")
    if path.exists():
        raise UsageError(
            f"已有点评 {shown(path)}。\n"
            f"  处理：直接修改该文件，复核数据后运行 {again('confirm', chapter, dataset, edition)}"
        )
    written_on = date.date() if date else dt.date.today()
    write(path, commentary_file(unit, written_on, book.figures(chapter), STARTER))
    click.echo(f"已新建 {shown(path)}。写完后重新生成本书，即刊于该章。")
    if edition is None:
        click.echo(f"期号未指定，写入当前一期 {book.edition}；其他期号用 --edition 指定。")


@main.command("check")
@options
def check(dataset: str, edition: str | None, debug: bool) -> None:
    """核对各章点评所依据的数据是否有变化。"""
    book = open_book(dataset, edition)
    click.echo(f"{book.dataset.title} · {book.edition.label}")
    for written, changed in book.commentaries.values():
        click.echo(f"{written.title}（{written.author}，{written.written_on}）")
        click.echo(f"  {state_words(written, changed)}")
    for title in book.unwritten:
        click.echo(f"{title}\n  {UNWRITTEN}")
    if not book.commentaries and not book.unwritten:
        click.echo("本期没有分析点评。")
    if book.commentary_notes():
        sys.exit(1)


@main.command("confirm")
@click.argument("chapter", metavar="章节")
@options
def confirm(chapter: str, dataset: str, edition: str | None, debug: bool) -> None:
    """复核并改好正文之后，把所依据的数据更新为现有数据。"""
    book, path = opened(chapter, dataset, edition)
    if chapter not in book.commentaries and path.exists():
        raise UsageError(f"{shown(path)} {UNWRITTEN}。\n  处理：写好正文，删去提示行后再运行")
    if chapter not in book.commentaries:
        raise UsageError(
            f"本期没有「{chapter}」的点评。\n"
            f"  处理：运行 {again('new', chapter, dataset, edition)} --unit <撰写单位>"
        )
    source = path.parent.with_name(
        str(book.tables.commentary.set_index("chapter").edition[chapter])
    )
    path = source / path.name
    front, text, problems = parse_commentary(path.read_text(encoding="utf-8"), path.name)
    if front is None or problems:
        raise ProblemsFound("分析点评", problems)
    write(path, commentary_file(front.unit, front.date, book.figures(chapter), text))
    click.echo(f"已更新 {shown(path)} 所依据的数据。撰写日期未改，需要时请自行修改。")


def opened(chapter: str, dataset: str, edition: str | None) -> tuple[OpenBook, Path]:
    """Return the edition's book and where the commentary of a chapter lies."""
    workspace = Workspace.open(dataset)
    book = open_book(dataset, edition, workspace.root)
    book.chapter(chapter)  # refuses one that does not exist
    return book, workspace.data / "commentary" / str(book.edition) / f"{chapter}.md"


def shown(path: Path) -> str:
    """Return a file of the project as people name it."""
    return path.relative_to(find_root()).as_posix()


def again(verb: str, chapter: str, dataset: str, edition: str | None) -> str:
    """Return the command to give next, for the same dataset and edition."""
    of = f" --edition {edition}" if edition else ""
    return f"python scripts/commentary.py {verb} {chapter} --dataset {dataset}{of}"


def write(path: Path, content: str) -> None:
    """Write a commentary's file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    run(main)
