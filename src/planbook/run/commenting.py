"""What the commands of ``commentary`` do: begin one, hold it against the data, confirm it."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from planbook.collect.decided.commentary_files import (
    STARTER,
    FrontMatter,
    commentary_file,
    parse_commentary,
)
from planbook.errors import ProblemsFound, UsageError
from planbook.periods import Edition
from planbook.present.notebook.opened import OpenBook
from planbook.present.say.commentary_words import UNWRITTEN
from planbook.present.tables.commentary_box import state_words
from planbook.project_folders import find_root
from planbook.put_in_place import put, put_new
from planbook.run.arguments import known_unit
from planbook.run.pipeline import open_book
from planbook.workspace import Workspace, how_to_correct


def new(
    *, chapter: str, unit: str, date: dt.datetime | None, dataset: str, edition: str | None
) -> None:
    """Begin the commentary on a chapter, with the figures of today."""
    book, path = _opened(chapter, dataset, edition)
    known_unit(book.plan, unit)
    written_on = date.date() if date else dt.date.today()
    front = FrontMatter(unit=unit, date=written_on, written_for=book.figures(chapter))
    if not put_new(path, commentary_file(front, STARTER).encode("utf-8")):
        raise UsageError(
            f"已有点评 {_shown(path)}。\n"
            f"  处理：直接修改该文件，复核数据后运行 {_again('confirm', chapter, dataset, edition)}"
        )
    click.echo(f"已新建 {_shown(path)}。写完后重新生成本书，即刊于该章。")
    if edition is None:
        click.echo(f"期号未指定，写入当前一期 {book.edition}；其他期号用 --edition 指定。")


def check(*, dataset: str, edition: str | None) -> None:
    """Tell whose figures have changed; leave with code 1 if a text must be read again."""
    book = open_book(dataset, edition)
    click.echo(f"{book.dataset.title} · {book.edition.label}")
    for written, changed in book.commentaries.values():
        click.echo(f"{written.title}（{written.author}，{written.written_on}）")
        click.echo(f"  {state_words(written, changed)}")
        for said in written.mistakes():
            click.echo(f"  {said}")
    for title in book.unwritten:
        click.echo(f"{title}\n  {UNWRITTEN}。写好正文、删去提示行后重新生成本书")
    if not book.commentaries and not book.unwritten:
        click.echo("本期没有分析点评。")
    if book.commentary_notes():
        sys.exit(1)


def confirm(*, chapter: str, dataset: str, edition: str | None) -> None:
    """Write today's figures into a commentary that was read again."""
    book, path = _opened(chapter, dataset, edition)
    if chapter not in book.commentaries and path.exists():
        raise UsageError(f"{_shown(path)} {UNWRITTEN}。\n  处理：写好正文，删去提示行后再运行")
    if chapter not in book.commentaries:
        raise UsageError(
            f"本期没有「{chapter}」的点评。\n"
            f"  处理：运行 {_again('new', chapter, dataset, edition)} --unit <撰写单位>"
        )
    source = path.parent.with_name(
        str(book.tables.commentary.set_index("chapter").edition[chapter])
    )
    path = source / path.name
    front, text, problems = parse_commentary(path.read_text(encoding="utf-8"), path.name)
    if front is None or problems:
        raise ProblemsFound("分析点评", problems)
    front = front.model_copy(update={"written_for": book.figures(chapter)})
    _write(path, commentary_file(front, text))
    click.echo(f"已更新 {_shown(path)} 所依据的数据。撰写日期未改，需要时请自行修改。")


def _opened(chapter: str, dataset: str, edition: str | None) -> tuple[OpenBook, Path]:
    """Return the edition's book and where the commentary of a chapter lies."""
    workspace = Workspace.open(dataset)
    _refuse_published(workspace, edition)
    book = open_book(dataset, edition, workspace.root)
    book.chapter(chapter)  # refuses one that does not exist
    return book, workspace.commentary / str(book.edition) / f"{chapter}.md"


def _refuse_published(workspace: Workspace, text: str | None) -> None:
    """Refuse to write about an edition that says what it says for good."""
    register = workspace.editions
    try:
        edition = workspace.dataset.current_edition if text is None else Edition.parse(text)
    except ValueError:
        return  # said where the edition is looked up
    if register.is_published(edition):
        newest = register.newest_published
        fix = f"写在 {register.current} 的点评中"
        if edition == newest and register.open_correction is None:
            command = how_to_correct(workspace.dataset.name, edition)
            fix += f"；须更正的，先运行 {command}，再用 --edition 指定更正版"
        raise UsageError(f"{edition} 已发布，点评不能再改\n  处理：{fix}")


def _shown(path: Path) -> str:
    """Return a file of the project as people name it."""
    return path.relative_to(find_root()).as_posix()


def _again(verb: str, chapter: str, dataset: str, edition: str | None) -> str:
    """Return the command to give next, for the same dataset and edition."""
    of = f" --edition {edition}" if edition else ""
    return f"python -m planbook commentary {verb} {chapter} --dataset {dataset}{of}"


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, content.encode("utf-8"))
