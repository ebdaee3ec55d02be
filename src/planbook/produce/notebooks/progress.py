"""What the person at the keyboard sees while a book is made: a bar, then a table of seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from planbook.produce.notebooks.jobs import Job


class Clock:
    """Takes the seconds of each step: ``with clock("编译网页"): …``."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[step] = time.perf_counter() - start

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    def report(self, console: Console | None = None) -> None:
        """Print a row a step."""
        table = Table("步骤", box=None, pad_edge=False)
        table.add_column("用时（秒）", justify="right")
        for step, taken in self.seconds.items():
            table.add_row(step, f"{taken:.1f}")
        (console or Console()).print(table)


class ChapterProgress:
    """A bar over the book's notebooks, with the one that was done last."""

    def __init__(self, total: int, console: Console | None = None) -> None:
        columns = (
            TextColumn("执行笔记本"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
        )
        self._bar = Progress(*columns, console=console)
        self._task = self._bar.add_task("", total=total)

    def done(self, job: Job, seconds: float | None) -> None:
        """Count a job; `seconds` is None where its page was up to date."""
        said = "未变" if seconds is None else f"{seconds:.1f}秒"
        self._bar.update(self._task, advance=1, description=f"{job.title}({said})")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()
