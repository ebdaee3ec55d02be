"""What the person at the keyboard sees while a book is made: a bar, then a table of seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table

from planbook.produce.notebooks.execute import Progress
from planbook.produce.notebooks.jobs import Job


class Screen:
    """Prints what a build tells, and a bar over its notebooks with the one that was done last."""

    def note(self, text: str) -> None:
        """Print a line."""
        click.echo(text)

    @contextmanager
    def executing(self, chapters: int) -> Iterator[Progress]:
        """Show the bar as long as notebooks are executed."""
        columns = (
            TextColumn("执行笔记本"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
        )
        with Bar(*columns) as bar:
            task = bar.add_task("", total=chapters)

            def done(job: Job, seconds: float | None) -> None:
                said = "未变" if seconds is None else f"{seconds:.1f}秒"
                bar.update(task, advance=1, description=f"{job.title}({said})")

            yield done


def print_seconds(seconds: Mapping[str, float]) -> None:
    """Print a row a stage."""
    table = Table("步骤", box=None, pad_edge=False)
    table.add_column("用时（秒）", justify="right")
    for stage, taken in seconds.items():
        table.add_row(stage, f"{taken:.1f}")
    Console().print(table)
