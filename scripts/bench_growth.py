"""How the work grows with the plan: CPU seconds of each stage of projects of several sizes.

Every stage runs in a process of its own, from nothing; what is counted is the processor's time in
it and in the processes that it started, so that a busy machine changes little. Processes that
outlive a build are counted on Linux alone (`bench_commands.Spent`). The exponent is the slope of
seconds over goals, both as logarithms, by least squares: 1 is twice the time for twice the goals.

History is judged over editions in place of goals: the demonstration's seven editions come again,
two years later each time, so that a plan has up to 31.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from bench_commands import run_in, spend
from larger import write_project
from planbook.assess.published import Published
from planbook.collect.inbox.filed import Decided
from planbook.collect.inbox.submissions import read_submissions
from planbook.contract import Row
from planbook.errors import Gathering
from planbook.facts import Facts
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.produce.site.compile import compile_html
from planbook.produce.site.warming import warm
from planbook.run.judged_tables import judged_tables
from planbook.run.opening import open_workspace
from planbook.run.pipeline import read_facts
from planbook.workspace import Workspace

QUICK = (61, 115)
LIMITS = {"reading": 1.05, "judging": 1.05, "build": 1.05, "compile": 1.1, "history": 1.05}
REPEATS = {7: 1, 15: 2, 31: 4}  # by number of editions: how often the seven come
_APART = 24  # months from one time they come to the next


def measure(
    folder: Path, sizes: Sequence[int], told: Callable[[str], None]
) -> dict[str, dict[int, float]]:
    """Return CPU seconds by stage and size: goals, of the history editions."""
    found: dict[str, dict[int, float]] = {stage: {} for stage in LIMITS}
    for goals in sizes:
        project = folder / str(goals)
        write_project(project, goals=goals)
        for stage in ("reading", "judging"):
            found[stage][goals] = _in_process(stage, project)
        found["build"][goals] = _build(project)
        found["compile"][goals] = _in_process("compile", project)
        told(f"{goals}项目标：" + _listed({stage: own.get(goals) for stage, own in found.items()}))
    for editions in REPEATS:
        found["history"][editions] = _in_process("history", folder / str(sizes[0]), editions)
    return found


def exponent(seconds: Mapping[int, float]) -> float:
    """Return the slope of the line through logarithms, by least squares."""
    points = [(math.log(size), math.log(spent)) for size, spent in seconds.items()]
    x, y = (sum(each) / len(points) for each in zip(*points, strict=True))
    along = sum((a - x) ** 2 for a, _ in points)
    slope: float = sum((a - x) * (b - y) for a, b in points) / along
    return slope


def last_exponent(seconds: Mapping[int, float]) -> float:
    """Return the exponent between the two largest sizes, where a constant part weighs least."""
    return exponent({size: seconds[size] for size in sorted(seconds)[-2:]})


def _listed(spent: Mapping[str, float | None]) -> str:
    return "，".join(f"{stage} {cpu:.2f}" for stage, cpu in spent.items() if cpu is not None)


def _build(project: Path) -> float:
    shutil.rmtree(project / "_build", ignore_errors=True)
    return spend([sys.executable, "-m", "planbook", "build"], project).cpu


def _of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _in_process(stage: str, project: Path, editions: int = 7) -> float:
    command = [sys.executable, __file__, stage, str(project), str(editions)]
    said = run_in(command, project)
    return float(json.loads(said.splitlines()[-1]))


def main(stage: str, project: Path, editions: int) -> float:
    """Return the CPU seconds of a stage in this process and those it starts, without imports."""
    workspace, plan = open_workspace("demo", project)
    work = _STAGES[stage](workspace, plan, editions)
    before = time.process_time() + _of_children()
    work()
    return time.process_time() + _of_children() - before


def _reading(workspace: Workspace, plan: Plan, _: int) -> Callable[[], object]:
    decided = Decided.read(workspace, plan, Gathering())
    return lambda: read_submissions(
        workspace.submissions,
        plan,
        dataset=workspace.dataset,
        upto=workspace.dataset.current_edition,
        corrections=decided.corrections,
        baselines=decided.baselines,
        actions=decided.actions,
        tasks=decided.tasks,
        selections=decided.selections,
        register=workspace.editions,
    )


def _judging(workspace: Workspace, plan: Plan, editions: int) -> Callable[[], object]:
    edition, times = workspace.dataset.current_edition, REPEATS[editions]
    facts = repeated(read_facts(workspace, plan, edition, Gathering()), times)
    about = plan.about.model_copy(update={"due": plan.due.plus(_APART * (times - 1))})
    longer = plan.model_copy(update={"about": about})
    newest = edition.plus(_APART // edition.months * (times - 1))
    return lambda: judged_tables(longer, facts, newest, (), Published(), demonstration=True)


def repeated(facts: Facts, times: int) -> Facts:
    """Return facts in which all that was reported was reported so many times, years apart."""

    def moved(rows: Sequence[Row], *columns: str) -> tuple[Row, ...]:
        return tuple(_later(row, columns, _APART * time) for time in range(times) for row in rows)

    return replace(
        facts,
        observations=moved(facts.observations, "vintage", "time_period"),
        status_reports=moved(facts.status_reports, "vintage"),
        assessments=moved(facts.assessments, "edition"),
        submissions=moved(facts.submissions, "edition"),
        revisions=moved(facts.revisions, "vintage", "time_period"),
    )


def _later(row: Any, columns: Sequence[str], months: int) -> Any:
    then: dict[str, Any] = {}
    for column in columns:
        when = getattr(row, column)
        then[column] = when.plus(months // when.months if isinstance(when, Edition) else months)
    return replace(row, **then)


def _compiling(workspace: Workspace, _: Plan, __: int) -> Callable[[], object]:
    warm()
    aside = Path(mkdtemp(dir=workspace.scratch))
    made = aside / "html"
    made.mkdir()
    return lambda: compile_html(workspace.sources, made, aside / "doctrees")


_STAGES = {
    "reading": _reading,
    "judging": _judging,
    "history": _judging,
    "compile": _compiling,
}

if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
