"""What ``build`` does where there is something to do: make the book, tell, and remember it."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planbook.errors import ProblemsFound
from planbook.periods import Edition, editions_between
from planbook.project_folders import Folders, dataset_names
from planbook.run.edition_words import editions_listed, standing_words
from planbook.run.log_lines import Heading, Outcome
from planbook.run.opening import book_jobs, open_workspace
from planbook.run.telling import teller_of
from planbook.run.unchanged import LastBuild, Seen, days_alike, keep
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace

if TYPE_CHECKING:
    from planbook.run.built_book import BuiltBook


@dataclass(frozen=True)
class Asked:
    """The book that is asked for, as `build_book` takes it.

    `begun` is when the command began, on `time.perf_counter`.
    """

    folders: Folders
    edition: str | None
    only: str | None
    pdf: bool
    jobs: int | None
    begun: float


def build(asked: Asked, seen: Seen | None, log: str) -> None:
    """Build a book and tell how that goes on.

    Parameters
    ----------
    seen
        What it depends on, before anything of it was read; with ``None`` it is not remembered.
    log
        How it is told, one of `planbook.run.log_lines.FORMATS`.
    """
    folders, today = asked.folders, dt.date.today()
    with teller_of(log, _seconds(folders.html / "build.json")) as teller:
        workspace, plan = open_workspace(folders.name, folders.root)
        chosen = workspace.edition(asked.edition, plan.about.first_edition)
        stands = standing_words(workspace.editions, chosen)
        now = workspace
        if workspace.editions.is_published(chosen):
            from planbook.run.freezing import as_published  # noqa: PLC0415 - reads workbooks

            workspace, plan = as_published(workspace, plan, chosen)
        book_jobs(workspace.of(folders.visibility), plan, chosen, asked.only)
        if stands:
            how = "按发布时封存的数据和方案生成" if workspace.unpacked else "按现有数据重新计算"
            stands = f"{stands}，{how}"
        heading = _heading(workspace, folders.visibility, chosen, stands)
        teller.heading(heading)
        from planbook.run.build import build_book  # noqa: PLC0415 - while the workers import

        built = build_book(
            workspace,
            plan,
            chosen,
            only=asked.only,
            pdf=asked.pdf,
            visibility=folders.visibility,
            jobs=asked.jobs,
            watcher=teller,
        )
        outcome = _outcome(built)
        if seen is not None and asked.only is None and not built.problems:
            after, until = days_alike(now.deadlines_known().values(), today)
            newest = chosen == now.dataset.current_edition
            again = replace(outcome, made={})
            told = (heading, built.notes, again, newest, after, until, built.read)
            keep(folders, seen, LastBuild(*told))
        seconds = time.perf_counter() - asked.begun
        teller.finished(replace(outcome, seconds=seconds), changed=True)
        if built.problems:
            raise ProblemsFound("笔记本和页面（其余各页已经生成）", built.problems)


def list_what_exists(dataset: str, root: Path | None = None) -> None:
    """Print datasets, the chosen one's editions, and chapters."""
    workspace, plan = open_workspace(dataset, root)
    datasets = dataset_names(workspace.root)
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


def _heading(
    workspace: Workspace, visibility: Visibility, edition: Edition, standing: str
) -> Heading:
    kind = " · 公开版" if visibility is Visibility.PUBLIC else ""
    title = f"{workspace.dataset.title} · {edition.label}{kind}"
    return Heading(workspace.dataset.name, str(edition), str(visibility), title, standing)


def _outcome(built: BuiltBook) -> Outcome:
    return Outcome(
        html=str(built.html),
        pages=built.pages,
        pdfs=len(built.pdfs),
        packs=str(built.packs[0].folder.parent) if built.packs else "",
        units=len(built.packs),
        made={kind: len(names) for kind, names in built.made.items()},
    )


def _seconds(record: Path) -> Mapping[str, float]:
    """Return the seconds of each stage of the last build; nothing where there is no record."""
    try:
        told = json.loads(record.read_bytes())["seconds"]
        return {str(stage): float(seconds) for stage, seconds in told.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
