"""Take a file of past values into ``history.csv``: all its new rows, or none and all that is wrong.

The rows are checked with those that are there already; what reading would refuse is not written.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from planbook.collect.decided.appended_rows import appended
from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.input_rows import CONFIRMED, InputRow, sound_rows
from planbook.collect.decided.past_values import (
    PAST_VALUES,
    PAST_VALUES_FILE,
    Key,
    PastValue,
    past_value_problems,
    past_value_rows,
    read_past_values,
)
from planbook.collect.read.submission import Submission
from planbook.collect.written_numbers import shown
from planbook.errors import Problem, ProblemsFound
from planbook.periods import Edition
from planbook.plan import Plan


@dataclass(frozen=True)
class AddedPastValues:
    """What a file brings.

    Attributes
    ----------
    content
        What ``history.csv`` will be.
    new
        The rows that it had not.
    known
        How many it had.
    """

    content: bytes
    new: tuple[PastValue, ...]
    known: int


def with_past_values(
    path: Path,
    source: Path,
    plan: Plan,
    *,
    known_from: Edition,
    submissions: Iterable[Submission] = (),
    fixed: Fixed | None = None,
) -> AddedPastValues:
    """Return what ``history.csv`` will be once the rows of another file are added at its end.

    A row that says what is known already changes nothing.

    Parameters
    ----------
    path
        ``history.csv``; need not exist yet.
    known_from
        The edition of rows that name none.
    submissions
        The workbooks that count in the edition that knows them first.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file, or in ``history.csv``.
    """
    told = tuple(submissions)
    before = read_past_values(path, plan, told, fixed)
    rows, problems = past_value_rows(source, plan, known_from)
    if not (rows or problems):
        problems = [Problem("没有一行数据", source.name, "在表头下面每行填一个值")]
    held: dict[Key, dict[Edition, PastValue]] = {}
    for row in before:
        held.setdefault(row.key, {})[row.from_edition] = row
    new = [read for read in rows if not _is_known(read.row, held.get(read.row.key, {}))]
    problems += past_value_problems(source.name, rows, plan, told, before)
    problems += _of_published(new, source.name, fixed)
    problems += _unlike_known(new, source.name, held)
    added = sound_rows(source, (read for read in new), problems)
    columns = (*PAST_VALUES.columns, CONFIRMED)
    content = appended(path, columns, map(_cells, new))
    _refuse_unreadable(content, path, plan, told, fixed, expected=(*before, *added))
    return AddedPastValues(content, added, len(rows) - len(new))


def _is_known(row: PastValue, held: dict[Edition, PastValue]) -> bool:
    """Tell whether the value that holds when a row begins is this one already."""
    newest = max((e for e in held if e <= row.from_edition), default=None)
    return newest is not None and replace(held[newest], from_edition=row.from_edition) == row


def _of_published(
    rows: Iterable[InputRow[PastValue]], file: str, fixed: Fixed | None
) -> Iterator[Problem]:
    """Yield rows that published books should have known."""
    for read in rows:
        since = read.row.from_edition
        if fixed is not None and fixed.holds(since):
            what = f"{fixed.published} 已发布，不能再加入 from_edition 为 {since} 的内容"
            fix = f"from_edition 改为 {fixed.open_from}"
            yield read.problem(file, "from_edition", what, fix)


def _unlike_known(
    rows: Iterable[InputRow[PastValue]], file: str, held: dict[Key, dict[Edition, PastValue]]
) -> Iterator[Problem]:
    """Yield rows of which ``history.csv`` says something else from the same edition on."""
    for read in rows:
        was = held.get(read.row.key, {}).get(read.row.from_edition)
        if was is not None:
            what = f"{PAST_VALUES_FILE} 中自 {was.from_edition} 起已是 {_told(was)}"
            fix = (
                f"数值后来有修订的，from_edition 写得知修订的期号；填错的，改 {PAST_VALUES_FILE}，"
                "这里删去这一行"
            )
            yield read.problem(file, "obs_value", what, fix)


def _told(row: PastValue) -> str:
    return f"{shown(row.obs_value)}（{row.source}）"


def _cells(read: InputRow[PastValue]) -> dict[str, str]:
    """Return a row as it is typed."""
    row = read.row
    typed = {name: getattr(row, name) for name in PAST_VALUES.columns}
    cells = {name: "" if cell is None else str(cell) for name, cell in typed.items()}
    numbers = {"obs_value": row.obs_value, "yoy": row.yoy}
    cells |= {name: shown(number) for name, number in numbers.items() if number is not None}
    return {**cells, CONFIRMED: read.confirmed}


def _refuse_unreadable(
    content: bytes,
    path: Path,
    plan: Plan,
    submissions: tuple[Submission, ...],
    fixed: Fixed | None,
    *,
    expected: tuple[PastValue, ...],
) -> None:
    """Read the new file as a build would."""
    with tempfile.TemporaryDirectory() as folder:
        tried = Path(folder) / path.name
        tried.write_bytes(content)
        if read_past_values(tried, plan, submissions, fixed) != expected:
            problem = Problem("文件的写法特殊，不能追加", path.name, "把各行抄到它的末尾")
            raise ProblemsFound(path.name, [problem])
