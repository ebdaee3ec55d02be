"""The rows of a CSV file that analysts keep, and what is wrong with the others.

A file and how each of its columns is read → rows with their lines, all problems at once, and the
frame of a contract where there are none. `csv_inputs` says which files there are.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from planbook.collect.decided.csv_file import read_csv
from planbook.collect.decided.input_columns import Column
from planbook.collect.decided.input_sizes import CONFIRM, is_confirmed
from planbook.collect.personal import personal_problem
from planbook.contract import Contract
from planbook.errors import Problem, ProblemsFound

CONFIRMED = "confirmed"
_PUBLISHED = {"source", "note", "evidence"}  # columns of free text that the book prints


@dataclass(frozen=True, kw_only=True, slots=True)
class InputRow:
    """A row that was read: the line it stands in, and below it one field a column."""

    line: int

    def problem(self, file: str, column: str, what: str, fix: str) -> Problem:
        """Return a problem of one of the row's cells."""
        return Problem(what, f"{file} 第 {self.line} 行「{column}」列", fix)


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmedRow(InputRow):
    """A row that may say, in an optional column, how a doubtful number was verified."""

    confirmed: str


R = TypeVar("R", bound=InputRow)


def read_rows(
    path: Path, contract: Contract[Any], made: type[R], columns: Mapping[str, Column]
) -> tuple[list[R], list[Problem]]:
    """Return the rows whose cells could all be read, as objects of `made`, and what is wrong."""
    if not path.exists():
        return [], []
    optional = (CONFIRMED,) if issubclass(made, ConfirmedRow) else ()
    lines, problems = read_csv(path, list(contract.columns), optional)
    rows: list[R] = []
    first_lines: dict[tuple[Any, ...], int] = {}
    for line in lines:
        place = InputRow(line=line.line)
        values: dict[str, Any] = {name: line.cells[name] for name in optional}
        for name, column in columns.items():
            cell = line.cells[name]
            try:
                values[name] = column.parse(cell)
            except (KeyError, ValueError):
                what = f"「{cell}」不是{column.expected}" if cell else f"缺少{column.expected}"
                near = difflib.get_close_matches(cell, column.choices, n=1)
                fix = f"是否应为「{near[0]}」？" if near else column.remedy
                problems.append(place.problem(path.name, name, what, fix))
        for name in (name for name in columns if name in _PUBLISHED):
            problems += personal_problem(
                line.cells[name], f"{path.name} 第 {line.line} 行「{name}」列"
            )
        if not values.keys() >= columns.keys():
            continue
        key = tuple(values[name] for name in contract.key)
        if key in first_lines:
            what = f"与第 {first_lines[key]} 行重复（{'、'.join(contract.key)} 相同）"
            problems.append(Problem(what, f"{path.name} 第 {line.line} 行", "只保留一行"))
        else:
            first_lines[key] = line.line
            rows.append(made(line=line.line, **values))
    return rows, problems


def frame_of(
    path: Path, contract: Contract[Any], rows: Iterable[InputRow], problems: list[Problem]
) -> pd.DataFrame:
    """Return the rows as a frame of the file's contract.

    Raises
    ------
    ProblemsFound
        With the problems in the order of their lines, if there are any.
    """
    if problems:
        raise ProblemsFound(path.name, sorted(problems, key=_line_of))
    return contract.frame({name: getattr(row, name) for name in contract.columns} for row in rows)


def _line_of(problem: Problem) -> int:
    line = re.search(r"第 (\d+) 行", problem.where)
    return int(line[1]) if line else 0


def number_problems(
    row: ConfirmedRow, path: Path, column: str, impossible: str, doubt: str
) -> list[Problem]:
    """Return what is wrong with a number: a confirmation removes a doubt, not what cannot be."""
    if impossible:
        return [row.problem(path.name, column, impossible, "核对数值和单位")]
    if not doubt or is_confirmed(getattr(row, column), row.confirmed):
        return []
    return [row.problem(path.name, column, doubt, CONFIRM)]
