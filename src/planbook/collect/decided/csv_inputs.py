"""Read the CSV files that analysts keep: baselines, yearly targets and human assessments.

Each file → the frame of its contract. A file that is not there is an empty frame; of one that is
there everything wrong is reported at once, with file, line, column, value and what to write
instead. Numbers of a doubtful size are refused until the row confirms them (`input_sizes`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planbook.collect.decided.input_columns import (
    ANYTHING,
    DAY,
    MONTH,
    NUMBER,
    edition,
    last_edition,
    one_of,
    text,
    year,
)
from planbook.collect.decided.input_rows import (
    ConfirmedRow,
    InputRow,
    frame_of,
    number_problems,
    read_rows,
)
from planbook.collect.decided.input_sizes import (
    annual_target_doubt,
    baselines_of,
    impossible,
    value_doubt,
)
from planbook.collect.read.submission import ReportedValue
from planbook.errors import Gathering, Problem
from planbook.frames import ANNUAL_TARGETS, ASSESSMENTS, BASELINES
from planbook.periods import Edition, TimePeriod
from planbook.plan import Goal, Plan
from planbook.vocabulary import Rating, Scope

BASELINES_FILE = "baselines.csv"


@dataclass(frozen=True)
class Inputs:
    """What analysts decided: frames of the contracts of their names."""

    baselines: pd.DataFrame
    annual_targets: pd.DataFrame
    assessments: pd.DataFrame


@dataclass(frozen=True, kw_only=True, slots=True)
class BaselineRow(ConfirmedRow):
    """A row of ``baselines.csv``; `obs_value` is in the indicator's unit."""

    indicator_id: str
    time_period: TimePeriod
    scope: Scope
    obs_value: float
    source: str
    note: str
    from_edition: Edition


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetRow(ConfirmedRow):
    """A row of ``annual_targets.csv``; `target_value` is in the goal's unit."""

    goal_id: str
    year: int
    target_value: float
    source: str
    from_edition: Edition


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentRow(InputRow):
    """A row of ``assessments.csv``."""

    goal_id: str
    edition: Edition
    verdict: Rating
    evidence: str
    assessed_by: str
    assessed_on: dt.date


def read_inputs(
    data: Path, plan: Plan, gathering: Gathering, reported: Iterable[ReportedValue] = ()
) -> Inputs:
    """Read the three files of a dataset's folder; a file that has problems counts as empty.

    Parameters
    ----------
    gathering
        Takes the problems, to be raised with those of other files.
    reported
        What departments reported: values to hold a baseline against, besides the targets.
    """
    none = BASELINES.frame([])
    baselines = gathering.read(lambda: read_baselines(data / BASELINES_FILE, plan, reported), none)
    return Inputs(
        baselines,
        gathering.read(
            lambda: read_annual_targets(data / "annual_targets.csv", plan, baselines),
            ANNUAL_TARGETS.frame([]),
        ),
        gathering.read(
            lambda: read_assessments(data / "assessments.csv", plan), ASSESSMENTS.frame([])
        ),
    )


def read_baselines(path: Path, plan: Plan, reported: Iterable[ReportedValue] = ()) -> pd.DataFrame:
    """Read ``baselines.csv``: values at the start, each with its source (`BASELINES`).

    Parameters
    ----------
    reported
        What departments reported: values to hold a baseline against, besides the targets.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    rows, problems = baseline_rows(path, plan)
    known: Mapping[tuple[str, Scope], list[ReportedValue]] = defaultdict(list)
    for report in reported:
        known[report.indicator_id, report.scope].append(report)
    baselines: Mapping[tuple[str, Scope], list[tuple[TimePeriod, float]]] = defaultdict(list)
    for row in rows:
        baselines[row.indicator_id, row.scope].append((row.time_period, row.obs_value))
    for row in rows:
        key, indicator = (row.indicator_id, row.scope), plan.indicator(row.indicator_id)
        value, period = row.obs_value, row.time_period
        beside = [told for told in baselines[key] if told != (period, value)]
        never = impossible(indicator, value)
        doubt = value_doubt(plan, indicator, period, value, known[key], beside=beside)
        problems += number_problems(row, path, "obs_value", never, doubt)
        if period > row.from_edition.end:
            what = f"起用期号「{row.from_edition}」时，{period} 还没有结束"
            problems.append(row.problem(path.name, "from_edition", what, "核对数据时期和起用期号"))
    return frame_of(path, BASELINES, rows, problems)


def baseline_rows(path: Path, plan: Plan) -> tuple[list[BaselineRow], list[Problem]]:
    """Return the rows of ``baselines.csv`` that can be read, and what is wrong in the others."""
    indicators = {indicator.id for indicator in plan.indicators}
    return read_rows(
        path,
        BASELINES,
        BaselineRow,
        {
            "indicator_id": one_of(indicators, "方案中的指标 id"),
            "time_period": MONTH,
            "scope": one_of(Scope, "、".join(Scope)),
            "obs_value": NUMBER,
            "source": text("来源"),
            "note": ANYTHING,
            "from_edition": edition(plan, "起用期号"),
        },
    )


def readable_baselines(path: Path, plan: Plan) -> pd.DataFrame:
    """Return what of ``baselines.csv`` can be read, to hold other numbers against (`BASELINES`).

    What is wrong in the rest is not said here: `read_baselines` says it.
    """
    rows, _ = baseline_rows(path, plan)
    return frame_of(path, BASELINES, rows, [])


def read_annual_targets(
    path: Path, plan: Plan, baselines: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Read ``annual_targets.csv``: 年度工作目标 in the goal's unit (`ANNUAL_TARGETS`).

    Parameters
    ----------
    baselines
        Of contract `BASELINES`: values to hold the targets against, besides the goals' own.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    goals = {goal.id for goal in plan.goals if not goal.kind.by_people}
    first, last = plan.start.plus(1).year, plan.due.year
    rows, problems = read_rows(
        path,
        ANNUAL_TARGETS,
        TargetRow,
        {
            "goal_id": one_of(goals, "方案中的数量目标 id"),
            "year": year(first, last),
            "target_value": NUMBER,
            "source": text("来源"),
            "from_edition": edition(plan, "起用期号"),
        },
    )
    known = BASELINES.frame([]) if baselines is None else baselines
    by_goal: Mapping[str, list[TargetRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.year):
        by_goal[row.goal_id].append(row)
    for goal_id, own in by_goal.items():
        problems += _target_problems(own, path, plan, plan.goal(goal_id), known)
    return frame_of(path, ANNUAL_TARGETS, rows, problems)


def _target_problems(
    rows: Sequence[TargetRow], path: Path, plan: Plan, goal: Goal, baselines: pd.DataFrame
) -> list[Problem]:
    """Return what is wrong with the numbers of a goal's yearly targets, given by year.

    One that is doubted is not held against the others.
    """
    indicator = plan.indicator_of(goal)
    in_its_unit = plan.goal_unit(goal) == indicator.unit
    based_on = baselines_of(goal, indicator, baselines)
    problems: list[Problem] = []
    trusted = list(rows)
    for row in rows:
        never = impossible(indicator, row.target_value) if in_its_unit else ""
        doubt = annual_target_doubt(
            plan,
            goal,
            row.year,
            row.target_value,
            other_years=_beside(row, trusted),
            baselines=based_on,
        )
        found = number_problems(row, path, "target_value", never, doubt)
        if found:
            trusted.remove(row)
            problems += found
    return problems


def read_assessments(path: Path, plan: Plan) -> pd.DataFrame:
    """Read ``assessments.csv``: verdicts by people on what no formula judges (`ASSESSMENTS`).

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    goals = {goal.id for goal in plan.goals if goal.kind.by_people}
    verdicts = [rating for rating in Rating if rating is not Rating.NOT_ASSESSABLE]
    rows, problems = read_rows(
        path,
        ASSESSMENTS,
        AssessmentRow,
        {
            "goal_id": one_of(goals, "方案中由人工评定的目标 id"),
            "edition": edition(plan, "期号"),
            "verdict": one_of(verdicts, "、".join(verdicts)),
            "evidence": text("评定依据"),
            "assessed_by": one_of(plan.unit_ids, "方案中的填报单位，不写个人"),
            "assessed_on": DAY,
        },
    )
    for row in rows:
        assessed = TimePeriod(row.assessed_on.year, row.assessed_on.month)
        if assessed <= plan.start or assessed > last_edition(plan).end:
            what = f"评定日期「{row.assessed_on}」不在方案期内"
            problems.append(row.problem(path.name, "assessed_on", what, "核对年份"))
    return frame_of(path, ASSESSMENTS, rows, problems)


def _beside(row: TargetRow, rows: Iterable[TargetRow]) -> dict[int, float]:
    """Return the goal's other yearly targets that are known when a row begins to hold, by year."""
    known = [r for r in rows if r.year != row.year and r.from_edition <= row.from_edition]
    newest_last = sorted(known, key=lambda other: other.from_edition)
    return {other.year: other.target_value for other in newest_last}
