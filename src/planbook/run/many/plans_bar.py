"""What the person at a terminal sees while many plans are built: a bar over all, lines above it."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from planbook.run.many.plan_lines import PlanLines
from planbook.run.many.task import PlanOutcome
from planbook.run.screen import AboveBars


class PlansBar(AboveBars, PlanLines):
    """Prints the lines above a bar with counts and times."""

    def __init__(self, console: Console | None = None) -> None:
        super().__init__()
        self._console = console or Console(highlight=False)
        columns = (TextColumn("各方案"), BarColumn(bar_width=24), MofNCompleteColumn(), _Told(self))
        self._bars = Progress(*columns, console=self._console, transient=True)
        self._task = self._bars.add_task("", total=None)

    def begun(self, plans: int) -> None:
        """Show the bar."""
        super().begun(plans)
        self._bars.update(self._task, total=plans)

    def ended(self, outcome: PlanOutcome) -> None:
        """Move it on."""
        super().ended(outcome)
        self._bars.update(self._task, completed=self.done)


class _Told(ProgressColumn):
    """Counts and times, as the lines have them."""

    max_refresh = 0.5

    def __init__(self, lines: PlanLines) -> None:
        super().__init__()
        self._lines = lines

    def render(self, task: Task) -> Text:
        """Return the words."""
        return Text(f"{self._lines.counts()}  {self._lines.times()}")
