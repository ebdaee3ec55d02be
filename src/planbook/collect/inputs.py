"""Read the CSV files that analysts keep: baselines, yearly targets and human assessments.

Each file → the frame of its contract. A file that is not there is an empty frame; of one that is
there everything wrong is reported at once, with file, line, column, value and what to write
instead. Numbers of a doubtful size are refused until the row confirms them (`input_sizes`).
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planbook.collect.csv_file import read_csv
from planbook.collect.input_columns import (
    ANYTHING,
    DAY,
    MONTH,
    NUMBER,
    Column,
    edition,
    last_edition,
    one_of,
    text,
    year,
)
from planbook.collect.input_sizes import (
    CONFIRM,
    annual_target_doubt,
    baselines_of,
    impossible,
    is_confirmed,
    value_doubt,
)
from planbook.collect.personal import personal_problem
from planbook.collect.submission import ReportedValue
from planbook.contract import Contract
from planbook.errors import Gathering, Problem, ProblemsFound
from planbook.frames import ANNUAL_TARGETS, ASSESSMENTS, BASELINES
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.vocabulary import Rating, Scope

BASELINES_FILE = "baselines.csv"
_PUBLISHED = {"source", "note", "evidence"}  # columns of free text that the book prints
CONFIRMED = "confirmed"  # the optional column that lets a doubtful number stand


@dataclass(frozen=True, slots=True)
class InputRow:
    """A row that was read: its values by column, and the line it stands in."""

    line: int
    values: dict[str, Any]

    def problem(self, file: str, column: str, what: str, fix: str) -> Problem:
        """Return a problem of one of the row's cells."""
        return Problem(what, f"{file} 第 {self.line} 行「{column}」列", fix)


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
        problems += _number_problems(
            row,
            path,
            "obs_value",
            impossible(indicator, value),
            value_doubt(plan, indicator, period, value, known[key], beside=beside),
        )
        if period > Edition.parse(row.values["from_edition"]).end:
            what = f"起用期号「{row.values['from_edition']}」时，{period} 还没有结束"
            problems.append(row.problem(path.name, "from_edition", what, "核对数据时期和起用期号"))
    return _frame(path, BASELINES, rows, problems)


def baseline_rows(path: Path, plan: Plan) -> tuple[list[InputRow], list[Problem]]:
    """Return the rows of ``baselines.csv`` that can be read, and what is wrong in the others."""
    indicators = {indicator.id for indicator in plan.indicators}
    return _read(
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
    rows, problems = _read(
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
    doubted: set[int] = set()  # lines whose number is not held against the others
    for row in sorted(rows, key=lambda row: (row.values["goal_id"], row.values["year"])):
        goal = plan.goal(row.values["goal_id"])
        indicator, value = plan.indicator_of(goal), row.values["target_value"]
        in_its_unit = plan.goal_unit(goal) == indicator.unit
        found = _number_problems(
            row,
            path,
            "target_value",
            impossible(indicator, value) if in_its_unit else "",
            annual_target_doubt(
                plan,
                goal,
                row.values["year"],
                value,
                other_years=_beside(row, [r for r in rows if r.line not in doubted]),
                baselines=baselines_of(goal, indicator, known),
            ),
        )
        problems += found
        doubted |= {row.line} if found else set()
    return _frame(path, ANNUAL_TARGETS, rows, problems)


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
    rows, problems = _read(
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
    return _frame(path, ASSESSMENTS, rows, problems)


def _read(
    path: Path, contract: Contract, columns: Mapping[str, Column], optional: tuple[str, ...] = ()
) -> tuple[list[InputRow], list[Problem]]:
    """Return the rows whose cells could all be read, and what is wrong."""
    if not path.exists():
        return [], []
    lines, problems = read_csv(path, list(contract.columns), optional)
    rows: list[InputRow] = []
    first_lines: dict[tuple[Any, ...], int] = {}
    for line in lines:
        row = InputRow(line.line, {name: line.cells[name] for name in optional})
        complete = True
        for name, column in columns.items():
            cell = line.cells[name]
            try:
                row.values[name] = column.parse(cell)
            except ValueError:
                what = f"「{cell}」不是{column.expected}" if cell else f"缺少{column.expected}"
                near = difflib.get_close_matches(cell, column.choices, n=1)
                fix = f"是否应为「{near[0]}」？" if near else column.remedy
                problems.append(row.problem(path.name, name, what, fix))
                complete = False
        for name in (name for name in columns if name in _PUBLISHED):
            place = f"{path.name} 第 {row.line} 行「{name}」列"
            problems += personal_problem(line.cells[name], place)
        if not complete:
            continue
        key = tuple(row.values[name] for name in contract.key)
        if key in first_lines:
            what = f"与第 {first_lines[key]} 行重复（{'、'.join(contract.key)} 相同）"
            problems.append(Problem(what, f"{path.name} 第 {row.line} 行", "只保留一行"))
        else:
            first_lines[key] = row.line
            rows.append(row)
    return rows, problems


def _frame(
    path: Path, contract: Contract, rows: list[InputRow], problems: list[Problem]
) -> pd.DataFrame:
    if problems:
        raise ProblemsFound(path.name, sorted(problems, key=_line_of))
    return contract.frame({name: row.values[name] for name in contract.columns} for row in rows)


def _line_of(problem: Problem) -> int:
    line = re.search(r"第 (\d+) 行", problem.where)
    return int(line[1]) if line else 0


def _number_problems(
    row: InputRow, path: Path, column: str, impossible: str, doubt: str
) -> list[Problem]:
    """Return what is wrong with a number: a confirmation removes a doubt, not what cannot be."""
    if impossible:
        return [row.problem(path.name, column, impossible, "核对数值和单位")]
    if not doubt or is_confirmed(row.values[column], row.values[CONFIRMED]):
        return []
    return [row.problem(path.name, column, doubt, CONFIRM)]


def _beside(row: InputRow, rows: Iterable[InputRow]) -> dict[int, float]:
    """Return the goal's other yearly targets that are known when a row begins to hold, by year."""
    goal_id, start = row.values["goal_id"], Edition.parse(row.values["from_edition"])
    known: dict[int, tuple[Edition, float]] = {}
    for other in rows:
        since = Edition.parse(other.values["from_edition"])
        year = other.values["year"]
        if other.values["goal_id"] != goal_id or year == row.values["year"] or since > start:
            continue
        if year not in known or since > known[year][0]:
            known[year] = since, other.values["target_value"]
    return {year: value for year, (_, value) in known.items()}
