"""The rows of a CSV file that analysts keep, and what is wrong with the others.

A file and how each of its columns is read → rows with their lines, all problems at once, and the
frame of a contract where there are none. Which files there are is in `inputs`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planbook.collect.decided.csv_file import read_csv
from planbook.collect.decided.input_columns import Column
from planbook.collect.decided.input_sizes import CONFIRM, is_confirmed
from planbook.collect.personal import personal_problem
from planbook.contract import Contract
from planbook.errors import Problem, ProblemsFound

CONFIRMED = "confirmed"  # the optional column that lets a doubtful number stand
_PUBLISHED = {"source", "note", "evidence"}  # columns of free text that the book prints


@dataclass(frozen=True, slots=True)
class InputRow:
    """A row that was read: its values by column, and the line it stands in."""

    line: int
    values: dict[str, Any]

    def problem(self, file: str, column: str, what: str, fix: str) -> Problem:
        """Return a problem of one of the row's cells."""
        return Problem(what, f"{file} 第 {self.line} 行「{column}」列", fix)


def read_rows(
    path: Path,
    contract: Contract[Any],
    columns: Mapping[str, Column],
    optional: tuple[str, ...] = (),
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


def frame_of(
    path: Path, contract: Contract[Any], rows: list[InputRow], problems: list[Problem]
) -> pd.DataFrame:
    """Return the rows as a frame of the file's contract.

    Raises
    ------
    ProblemsFound
        With the problems in the order of their lines, if there are any.
    """
    if problems:
        raise ProblemsFound(path.name, sorted(problems, key=_line_of))
    return contract.frame({name: row.values[name] for name in contract.columns} for row in rows)


def _line_of(problem: Problem) -> int:
    line = re.search(r"第 (\d+) 行", problem.where)
    return int(line[1]) if line else 0


def number_problems(
    row: InputRow, path: Path, column: str, impossible: str, doubt: str
) -> list[Problem]:
    """Return what is wrong with a number: a confirmation removes a doubt, not what cannot be."""
    if impossible:
        return [row.problem(path.name, column, impossible, "核对数值和单位")]
    if not doubt or is_confirmed(row.values[column], row.values[CONFIRMED]):
        return []
    return [row.problem(path.name, column, doubt, CONFIRM)]
