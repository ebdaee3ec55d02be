"""Read the CSV files that analysts keep: baselines, yearly targets and human assessments.

Each file → the frame of its contract. A file that is not there is an empty frame; of one that is
there every wrong cell is reported at once, with file, line and column.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from planbook.collect.number_cells import accepted_text
from planbook.contract import Contract
from planbook.errors import Problem, ProblemsFound
from planbook.frames import ANNUAL_TARGETS, ASSESSMENTS, BASELINES
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.vocabulary import Rating, Scope

Parse = Callable[[str], Any]
Rule = tuple[Parse, str]  # turns a cell into its value or raises ValueError; what is expected


def read_baselines(path: Path, plan: Plan) -> pd.DataFrame:
    """Read ``baselines.csv``: values at the start, each with its source (`BASELINES`).

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    indicators = {indicator.id for indicator in plan.indicators}
    return _read(
        path,
        BASELINES,
        {
            "indicator_id": (_one_of(indicators), "方案中的指标 id"),
            "time_period": (_month, "年月，如 2024-12"),
            "scope": (_one_of({scope.value for scope in Scope}), "、".join(Scope)),
            "obs_value": (_number, "不带单位的数值"),
            "source": (_text, "来源"),
            "note": (str, ""),
            "from_edition": (_edition, "起用期号，如 2026-Q3"),
        },
    )


def read_annual_targets(path: Path, plan: Plan) -> pd.DataFrame:
    """Read ``annual_targets.csv``: 年度工作目标 in the goal's unit (`ANNUAL_TARGETS`).

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    goals = {goal.id for goal in plan.goals if not goal.kind.by_people}
    first, last = plan.start.plus(1).year, plan.due.year
    years = {str(year) for year in range(first, last + 1)}
    return _read(
        path,
        ANNUAL_TARGETS,
        {
            "goal_id": (_one_of(goals), "方案中的数量目标 id"),
            "year": (lambda cell: int(_one_of(years)(cell)), f"{first}至{last}的年份"),
            "target_value": (_number, "不带单位的数值"),
            "source": (_text, "来源"),
            "from_edition": (_edition, "起用期号，如 2026-Q3"),
        },
    )


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
    return _read(
        path,
        ASSESSMENTS,
        {
            "goal_id": (_one_of(goals), "方案中由人工评定的目标 id"),
            "edition": (_edition, "期号，如 2026-Q3"),
            "verdict": (_one_of(verdicts), "、".join(r for r in Rating if r in verdicts)),
            "evidence": (_text, "评定依据"),
            "assessed_by": (_one_of(units), "方案中的填报单位，不写个人"),
            "assessed_on": (_day, "日期，如 2026-10-12"),
        },
    )


def _read(path: Path, contract: Contract, rules: dict[str, Rule]) -> pd.DataFrame:
    if not path.exists():
        return contract.frame([])
    problems: list[Problem] = []
    rows = _rows(path, contract, problems)
    read: list[dict[str, Any]] = []
    first_lines: dict[tuple[Any, ...], int] = {}
    for line, row in rows:
        values, complete = {}, True
        for column, (parse, expected) in rules.items():
            try:
                values[column] = parse(row[column].strip())
            except ValueError:
                what = f"「{row[column]}」不是{expected}" if row[column] else f"缺少{expected}"
                problems.append(Problem(what, f"{path.name} 第 {line} 行「{column}」列", "改正"))
                complete = False
        if not complete:
            continue
        key = tuple(values[column] for column in contract.key)
        if key in first_lines:
            what = f"与第 {first_lines[key]} 行重复（{'、'.join(contract.key)} 相同）"
            problems.append(Problem(what, f"{path.name} 第 {line} 行", "只保留一行"))
        else:
            first_lines[key] = line
            read.append(values)
    if problems:
        raise ProblemsFound(path.name, problems)
    return contract.frame(read)


def _rows(
    path: Path, contract: Contract, problems: list[Problem]
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows with the line they begin on; with a wrong header, none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem("不是 UTF-8 编码", path.name, "另存为「CSV UTF-8」格式"))
        return []
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    wanted = list(contract.columns)
    if sorted(header) != sorted(wanted):
        what = f"表头为「{','.join(header)}」，应为「{','.join(wanted)}」"
        problems.append(
            Problem(what, f"{path.name} 第 1 行", "按应有的列名改正，不缺、不多、不重复")
        )
        return []
    rows = []
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if len(cells) == len(header):
                rows.append((line, dict(zip(header, cells, strict=True))))
            else:
                what = f"有 {len(cells)} 列，应为 {len(header)} 列"
                fix = "补齐各列；文字中有半角逗号的，用半角双引号括起来"
                problems.append(Problem(what, f"{path.name} 第 {line} 行", fix))
        line = reader.line_num + 1
    return rows


def _one_of(allowed: set[str]) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(cell)
        return cell

    return parse


def _text(cell: str) -> str:
    if not cell:
        raise ValueError(cell)
    return cell


def _number(cell: str) -> float:
    number = accepted_text(cell)
    if number is None or not math.isfinite(number):
        raise ValueError(cell)
    return number


def _month(cell: str) -> str:
    return str(TimePeriod.parse(cell))


def _edition(cell: str) -> str:
    return str(Edition.parse(cell))


def _day(cell: str) -> str:
    return dt.datetime.strptime(cell, "%Y-%m-%d").date().isoformat()
