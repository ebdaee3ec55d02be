"""What yearly tasks, key projects and monthly workbooks add to a book that is made from nothing.

The demonstration as it is and once more without them, built in turn in one run: no task was agreed
and no project reported, nothing is collected between the quarters, the two pages are not there.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bench_commands import Spent, copy_checkout, remove_made, spend
from demo.tree import dataset_files
from make_demo import desk, write

AT_MOST = 0.1  # of the CPU seconds of a book without them
PAGES = ("tasks", "projects")  # ids of the front pages; their notebooks are called so too


@dataclass(frozen=True)
class Pair:
    """What a round took: the book without them, then with them."""

    without: Spent
    whole: Spent

    @property
    def cpu(self) -> float:
        """Return by which share they add to the CPU seconds."""
        return self.whole.cpu / self.without.cpu - 1

    @property
    def wall(self) -> float:
        """Return by which share they add to the wall seconds."""
        return self.whole.seconds / self.without.seconds - 1


def measure(
    root: Path, scratch: Path, rounds: int, options: tuple[str, ...], tell: Callable[[str], object]
) -> list[Pair]:
    """Build both books from nothing, in turn, so often; every other round the whole one first.

    Raises
    ------
    click.ClickException
        If a command fails.
    """
    whole, without = scratch / "whole", scratch / "without"
    for copy in (whole, without):
        copy_checkout(root, copy)
    leave_out(without)
    command = [sys.executable, "scripts/build.py", "--dataset", "demo", *options]
    pairs = []
    for number in range(rounds):
        spent = {}
        for copy in (without, whole) if number % 2 == 0 else (whole, without):
            remove_made(copy)
            spent[copy] = spend(command, copy)
        pairs.append(Pair(spent[without], spent[whole]))
        tell(line(pairs[-1]))
    return pairs


def leave_out(project: Path) -> None:
    """Make a copy of the project one without tasks, projects and months between the quarters."""
    plan, pages = project / "data" / "plan", "|".join(PAGES)
    _rewrite(plan / "plan.yaml", rf"  - id: (?:{pages})\n    title: .*\n    notebook: .*\n", "")
    _rewrite(plan / "plan.yaml", r"flashes: .*\nflashes_from: .*\n", "")
    _rewrite(
        project / "book" / "handbook.md", rf"\[([^]]+)\]\(chapters/(?:{pages})\.ipynb\)", r"\1"
    )
    for name in PAGES:
        (project / "notebooks" / f"{name}.ipynb").unlink()
    made = desk(plan)
    silent = tuple(unit.id for unit in made.plan.units)
    decided = tuple(
        action
        for action in made.scenario.actions
        if all(made.plan.cycle.has(each.from_edition) for each in action.decided)
    )
    nothing = {"tasks": (), "without_tasks": silent, "proposals": (), "projects": ()}
    scenario = made.scenario.model_copy(update={**nothing, "actions": decided})
    write(project / "data" / "demo", dataset_files(replace(made, scenario=scenario)))


def _rewrite(path: Path, what: str, instead: str) -> None:
    text = path.read_text(encoding="utf-8")
    written, times = re.subn(what, instead, text)
    if not times:
        raise ValueError(f"{path.name}: nothing like {what}")
    path.write_text(written, encoding="utf-8", newline="\n")


def line(pair: Pair) -> str:
    """Return what a round took, and by how much the whole book is the longer one."""
    return (
        f"CPU {pair.without.cpu:.2f} → {pair.whole.cpu:.2f} 秒（{pair.cpu:+.1%}），"
        f"用时 {pair.without.seconds:.2f} → {pair.whole.seconds:.2f} 秒（{pair.wall:+.1%}）"
    )


def verdict(pairs: list[Pair]) -> str:
    """Return the medians of the rounds, and whether what is added is little enough."""
    cpu = statistics.median(pair.cpu for pair in pairs)
    wall = statistics.median(pair.wall for pair in pairs)
    held = "符合" if cpu < AT_MOST else "超过"
    return (
        f"年度任务、重点项目和月度快报使整本书的 CPU 用时增加 {cpu:.1%}"
        f"（上限 {AT_MOST:.0%}，{held}），用时增加 {wall:.1%}；各轮的中位数"
    )
