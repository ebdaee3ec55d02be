"""Read the CSV files that analysts keep: baselines, yearly targets and human assessments.

Each file → the frame of its contract. A file that is not there is an empty frame; of one that is
there everything wrong is reported at once, with file, line, column, value and what to write
instead. Numbers of a doubtful size are refused until the row confirms them (`input_sizes`).
"""

from __future__ import annotations

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
    CONFIRMED,
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
    known: Mapping[tuple[str, str], list[ReportedValue]] = defaultdict(list)
    for report in reported:
        known[report.indicator_id, report.scope.value].append(report)
    baselines: Mapping[tuple[str, str], list[tuple[TimePeriod, float]]] = defaultdict(list)
    for row in rows:
        told = TimePeriod.parse(row.values["time_period"]), row.values["obs_value"]
        baselines[row.values["indicator_id"], row.values["scope"]].append(told)
    for row in rows:
        key = row.values["indicator_id"], row.values["scope"]
        indicator = plan.indicator(key[0])
        value, period = row.values["obs_value"], TimePeriod.parse(row.values["time_period"])
        beside = [told for told in baselines[key] if told != (period, value)]
        problems += number_problems(
            row,
            path,
            "obs_value",
            impossible(indicator, value),
            value_doubt(plan, indicator, period, value, known[key], beside=beside),
        )
        if period > Edition.parse(row.values["from_edition"]).end:
            what = f"起用期号「{row.values['from_edition']}」时，{period} 还没有结束"
            problems.append(row.problem(path.name, "from_edition", what, "核对数据时期和起用期号"))
    return frame_of(path, BASELINES, rows, problems)


def baseline_rows(path: Path, plan: Plan) -> tuple[list[InputRow], list[Problem]]:
    """Return the rows of ``baselines.csv`` that can be read, and what is wrong in the others."""
    indicators = {indicator.id for indicator in plan.indicators}
    return read_rows(
        path,
        BASELINES,
        {
            "indicator_id": one_of(indicators, "方案中的指标 id"),
            "time_period": MONTH,
            "scope": one_of({scope.value for scope in Scope}, "、".join(Scope)),
            "obs_value": NUMBER,
            "source": text("来源"),
            "note": ANYTHING,
            "from_edition": edition(plan, "起用期号"),
        },
        (CONFIRMED,),
    )


def readable_baselines(path: Path, plan: Plan) -> pd.DataFrame:
    """Return what of ``baselines.csv`` can be read, to hold other numbers against (`BASELINES`).

    What is wrong in the rest is not said here: `read_baselines` says it.
    """
    rows, _ = baseline_rows(path, plan)
    by_key = {tuple(row.values[name] for name in BASELINES.key): row for row in rows}
    return BASELINES.frame(
        {name: row.values[name] for name in BASELINES.columns} for row in by_key.values()
    )


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
        {
            "goal_id": one_of(goals, "方案中的数量目标 id"),
            "year": year(first, last),
            "target_value": NUMBER,
            "source": text("来源"),
            "from_edition": edition(plan, "起用期号"),
        },
        (CONFIRMED,),
    )
    known = BASELINES.frame([]) if baselines is None else baselines
    by_goal: Mapping[str, list[InputRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: int(row.values["year"])):
        by_goal[row.values["goal_id"]].append(row)
    for goal_id, own in by_goal.items():
        problems += _target_problems(own, path, plan, plan.goal(goal_id), known)
    return frame_of(path, ANNUAL_TARGETS, rows, problems)


def _target_problems(
    rows: Sequence[InputRow], path: Path, plan: Plan, goal: Goal, baselines: pd.DataFrame
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
        year, value = row.values["year"], row.values["target_value"]
        never = impossible(indicator, value) if in_its_unit else ""
        others = _beside(row, trusted)
        doubt = annual_target_doubt(plan, goal, year, value, other_years=others, baselines=based_on)
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
    verdicts = {rating.value for rating in Rating} - {Rating.NOT_ASSESSABLE.value}
    units = {name for unit in plan.units for name in (unit.id, unit.name, unit.short)}
    rows, problems = read_rows(
        path,
        ASSESSMENTS,
        {
            "goal_id": one_of(goals, "方案中由人工评定的目标 id"),
            "edition": edition(plan, "期号"),
            "verdict": one_of(verdicts, "、".join(r for r in Rating if r in verdicts)),
            "evidence": text("评定依据"),
            "assessed_by": one_of(units, "方案中的填报单位，不写个人"),
            "assessed_on": DAY,
        },
    )
    for row in rows:
        assessed = TimePeriod.parse(row.values["assessed_on"][:7])
        if assessed <= plan.start or assessed > last_edition(plan).end:
            what = f"评定日期「{row.values['assessed_on']}」不在方案期内"
            problems.append(row.problem(path.name, "assessed_on", what, "核对年份"))
    return frame_of(path, ASSESSMENTS, rows, problems)


def _beside(row: InputRow, rows: Iterable[InputRow]) -> dict[int, float]:
    """Return the goal's other yearly targets that are known when a row begins to hold, by year."""
    start = Edition.parse(row.values["from_edition"])
    known: dict[int, tuple[Edition, float]] = {}
    for other in rows:
        since = Edition.parse(other.values["from_edition"])
        year = other.values["year"]
        if year == row.values["year"] or since > start:
            continue
        if year not in known or since > known[year][0]:
            known[year] = since, other.values["target_value"]
    return {year: value for year, (_, value) in known.items()}
