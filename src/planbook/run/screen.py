"""What the person at a terminal sees while a book is made: a line a stage, with a bar and times."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.progress_bar import ProgressBar
from rich.text import Text

from planbook.run.log_lines import PlainLines, ended_words
from planbook.run.watching import Stage


class AboveBars:
    """Shows bars while it is entered, and prints lines above them."""

    _console: Console
    _bars: Progress

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def print(self, text: str) -> None:
        """Print a line above the bars, as long as it is."""
        self._console.print(text, markup=False, soft_wrap=True)


class Screen(AboveBars, PlainLines):
    """Shows the stages that go on as bars below what has been said.

    A stage that has ended becomes a plain line. What remains is reckoned by the things that are
    done, where they are told, else by the seconds the stage took the last time.
    """

    def __init__(self, expected: Mapping[str, float], console: Console | None = None) -> None:
        super().__init__()
        self._expected = expected
        self._console = console or Console(highlight=False)
        self._bars = Progress(
            TextColumn("{task.fields[label]}", markup=False),
            _Way(bar_width=24),
            _Times(),
            TextColumn("{task.description}", markup=False),
            console=self._console,
            transient=True,
        )
        self._tasks: dict[Stage, TaskID] = {}

    def begun(self, stage: Stage, items: int) -> None:
        """Show a bar."""
        super().begun(stage, items)
        self._tasks[stage] = self._bars.add_task(
            "",
            total=items or None,
            label=stage.label,
            items=items,
            expected=self._expected.get(stage.label, 0.0),
        )

    def done(self, stage: Stage, id: str, title: str, seconds: float | None) -> None:
        """Move the bar on, and name what was done last."""
        super().done(stage, id, title, seconds)
        said = "未变" if seconds is None else f"{seconds:.1f}秒"
        self._bars.update(self._tasks[stage], advance=1, description=f"{title}（{said}）")

    def ended(self, stage: Stage, seconds: float) -> None:
        """Put a line in place of the bar."""
        self._bars.remove_task(self._tasks.pop(stage))
        self._bars.refresh()  # or it would be drawn once more, below its own line
        self.print(ended_words(stage, seconds, self._items[stage]))


class _Way(BarColumn):
    """How far a stage is: by what is done, else by the time it took the last time."""

    def render(self, task: Task) -> ProgressBar:
        """Return the bar of a stage."""
        expected = float(task.fields["expected"])
        if task.total is not None or not expected:
            return super().render(task)
        way = min(task.elapsed or 0.0, expected)
        return ProgressBar(total=expected, completed=way, width=self.bar_width)


class _Times(ProgressColumn):
    """How many are done, for how long it has gone on, and about how long it will."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        """Return the words for a stage."""
        elapsed = task.elapsed or 0.0
        items = int(task.fields["items"])
        done = f"{int(task.completed)}/{items} " if items else ""
        left = remaining(elapsed, int(task.completed), items, float(task.fields["expected"]))
        return Text(f"{done}已用{elapsed:.0f}秒{f'，约剩{left:.0f}秒' if left else ''}")


def remaining(elapsed: float, done: int, items: int, expected: float) -> float:
    """Return about how many seconds a stage still takes; 0.0 where nothing tells.

    Parameters
    ----------
    elapsed
        Seconds it has gone on.
    done, items
        Things made, and things to make; 0 where they are not told.
    expected
        Seconds that it took the last time; 0.0 where that is not known.
    """
    if done and items:
        return elapsed / done * (items - done)
    return max(expected - elapsed, 0.0)
