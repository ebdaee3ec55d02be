"""Hold the yearly targets of a goal against its own, against each other and against baselines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from planbook.collect.decided.input_rows import InputRow, number_problems
from planbook.collect.decided.input_sizes import annual_target_doubt, baselines_of, impossible
from planbook.errors import Problem
from planbook.frames import AnnualTargetRow, BaselineRow
from planbook.plan import Goal, Plan


def annual_target_problems(
    rows: Iterable[InputRow[AnnualTargetRow]],
    path: Path,
    plan: Plan,
    known: tuple[BaselineRow, ...],
) -> Iterator[Problem]:
    """Yield what is wrong with the numbers of yearly targets, goal by goal.

    Parameters
    ----------
    known
        Baselines to hold them against, besides the goals' own targets.
    """
    by_goal: Mapping[str, list[InputRow[AnnualTargetRow]]] = defaultdict(list)
    for read in sorted(rows, key=lambda read: read.row.year):
        by_goal[read.row.goal_id].append(read)
    for goal_id, own in by_goal.items():
        yield from _target_problems(own, path, plan, plan.goal(goal_id), known)


def _target_problems(
    rows: Sequence[InputRow[AnnualTargetRow]],
    path: Path,
    plan: Plan,
    goal: Goal,
    baselines: Iterable[BaselineRow],
) -> list[Problem]:
    """Return what is wrong with the numbers of a goal's yearly targets, given by year.

    One that is doubted is not held against the others.
    """
    indicator = plan.indicator_of(goal)
    in_its_unit = plan.goal_unit(goal) == indicator.unit
    based_on = baselines_of(goal, indicator, baselines)
    problems: list[Problem] = []
    trusted = [read.row for read in rows]
    for read in rows:
        row = read.row
        never = impossible(indicator, row.target_value) if in_its_unit else ""
        doubt = annual_target_doubt(
            plan,
            goal,
            row.year,
            row.target_value,
            other_years=_beside(row, trusted),
            baselines=based_on,
        )
        found = number_problems(read, path.name, "target_value", never, doubt)
        if found:
            trusted.remove(row)
            problems += found
    return problems


def _beside(row: AnnualTargetRow, rows: Iterable[AnnualTargetRow]) -> dict[int, float]:
    """Return the goal's other yearly targets that are known when a row begins to hold, by year."""
    known = [r for r in rows if r.year != row.year and r.from_edition <= row.from_edition]
    newest_last = sorted(known, key=lambda other: other.from_edition)
    return {other.year: other.target_value for other in newest_last}
