"""The rows of a CSV file that analysts keep, and what is wrong with the others.

A file and how each of its columns is read → rows of a contract with their lines, and all problems
at once. `csv_inputs` says which files there are.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

from planbook.collect.decided.csv_file import MOST_PROBLEMS, read_csv, unlooked
from planbook.collect.decided.fixed_rows import Fixed, fixed_problems
from planbook.collect.decided.input_columns import Column
from planbook.collect.decided.input_sizes import CONFIRM, is_confirmed
from planbook.collect.personal import personal_problem
from planbook.contract import Contract
from planbook.errors import Problem, ProblemsFound
from planbook.plan import Plan
from planbook.yamlfile import of_today, passing_over_unknown

CONFIRMED = "confirmed"
_PUBLISHED = {  # columns of free text that the book prints
    "source",
    "note",
    "evidence",
    "task",
    "decided_in",
    "closure",
    "deliverable",
    "dropped",
}


R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class InputRow(Generic[R]):
    """A row of a contract as it was read.

    Attributes
    ----------
    line
        In which it stands.
    confirmed
        How a doubtful number was verified, where the file may say so.
    """

    line: int
    row: R
    confirmed: str = ""

    def problem(self, file: str, column: str, what: str, fix: str) -> Problem:
        """Return a problem of one of the row's cells."""
        return Problem(what, _place(file, self.line, column), fix)


def read_rows(
    path: Path,
    plan: Plan,
    contract: Contract[R],
    columns: Mapping[str, Column],
    *,
    confirmable: bool = False,
    optional: Sequence[str] = (),
    filled: Callable[[dict[str, str]], dict[str, str]] = dict,
) -> tuple[list[InputRow[R]], list[Problem]]:
    """Return the rows whose cells could all be read, and what is wrong in the others.

    Parameters
    ----------
    confirmable
        Whether the file may have the column `CONFIRMED`.
    optional
        Columns of the contract that the file need not have; their cells are empty then.
    filled
        Gives a row's cells with what stands for those left empty.
    """
    if not path.exists():
        return [], []
    required = [name for name in contract.columns if name not in optional]
    also = (*optional, *([CONFIRMED] if confirmable else []))
    lines, problems = read_csv(path, required, also)
    rows: list[InputRow[R]] = []
    first_lines: dict[tuple[Any, ...], int] = {}
    most = len(problems) + MOST_PROBLEMS
    for line in lines:
        if len(problems) >= most:
            return rows, [*problems, unlooked(path.name, line.line)]
        values: dict[str, Any] = {}
        cells = filled(line.cells)
        for name in (each for each in contract.columns if each in columns):
            column, cell = columns[name], cells[name]
            try:
                values[name] = column.parse(cell)
            except (KeyError, ValueError):
                what = f"「{cell}」不是{column.expected}" if cell else f"缺少{column.expected}"
                near = [column.meant[cell]] if cell in column.meant else []
                near = near or difflib.get_close_matches(cell, column.choices, n=1)
                fix = f"是否应为「{near[0]}」？" if near else column.remedy
                problems.append(Problem(what, _place(path.name, line.line, name), fix))
        problems += of_today(
            problem
            for name in columns
            if name in _PUBLISHED
            for problem in personal_problem(
                line.cells[name], _place(path.name, line.line, name), plan.about.telephones
            )
        )
        if not values.keys() >= columns.keys():
            continue
        key = tuple(values[name] for name in contract.key)
        if key in first_lines:
            what = f"与第 {first_lines[key]} 行重复（{'、'.join(contract.key)} 相同）"
            problems.append(Problem(what, f"{path.name} 第 {line.line} 行", "只保留一行"))
        else:
            first_lines[key] = line.line
            confirmed = line.cells[CONFIRMED] if confirmable else ""
            rows.append(InputRow(line.line, contract.row(**values), confirmed))
    return rows, problems


def sound_rows(path: Path, rows: Iterable[InputRow[R]], problems: list[Problem]) -> tuple[R, ...]:
    """Return the rows of a file in which nothing is wrong.

    Raises
    ------
    ProblemsFound
        With the problems in the order of their lines, if there are any.
    """
    if problems:
        raise ProblemsFound(path.name, sorted(problems, key=_line_of))
    return tuple(read.row for read in rows)


def _place(file: str, line: int, column: str) -> str:
    return f"{file} 第 {line} 行「{column}」列"


def _line_of(problem: Problem) -> int:
    line = re.search(r"第 (\d+) 行", problem.where)
    return int(line[1]) if line else 0


def number_problems(
    read: InputRow[Any], file: str, column: str, impossible: str, doubt: str
) -> list[Problem]:
    """Return what is wrong with a number: a confirmation removes a doubt, not what cannot be."""
    if impossible:
        return [read.problem(file, column, impossible, "核对数值和单位")]
    if not doubt or is_confirmed(getattr(read.row, column), read.confirmed):
        return []
    return [read.problem(file, column, doubt, CONFIRM)]


def unlike_published(
    path: Path,
    rows: Iterable[InputRow[R]],
    contract: Contract[R],
    fixed: Fixed | None,
    read: Callable[[Path, Plan], tuple[list[InputRow[R]], list[Problem]]],
    *,
    plan: Plan,
) -> list[Problem]:
    """Return what of a file's rows is not as it was published, and what of those cannot be read.

    Of rows about what the plan has no more nothing is asked: only by the plan of then can they
    be read.
    """
    if fixed is None:
        return []
    since = "from_edition" if "from_edition" in contract.columns else "edition"
    frozen = fixed.data / path.name
    with passing_over_unknown():
        then, unread = read(frozen, plan)
        if unread:
            _, unread = read(frozen, fixed.plan)
    return [
        *fixed.unreadable(unread),
        *fixed_problems(
            fixed,
            path.name,
            ((f"{path.name} 第 {row.line} 行「{since}」列", row.row) for row in rows),
            (row.row for row in then),
            key=attrgetter(*contract.key),
            since=since,
        ),
    ]
