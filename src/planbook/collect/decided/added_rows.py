"""Add rows to ``actions.csv`` and ``tasks.csv`` as commands do; what reading refuses is left out.

A file's bytes and the cells of rows → the file's new bytes, all that stood in it unchanged.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from planbook.collect.decided.action_decisions import read_action_decisions
from planbook.collect.decided.appended_rows import appended
from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.task_decisions import read_task_decisions
from planbook.contract import Contract
from planbook.errors import Problem, ProblemsFound
from planbook.plan import Plan
from planbook.task_frames import TASK_DECISIONS, TaskDecisionRow
from planbook.vocabulary import Visibility
from planbook.watch_frames import ACTION_DECISIONS, ActionDecisionRow, AlertRule


def cells_of(row: ActionDecisionRow | TaskDecisionRow) -> dict[str, str]:
    """Return a row as it is typed."""
    return {field.name: _typed(getattr(row, field.name)) for field in fields(row)}


def _typed(value: object) -> str:
    if isinstance(value, AlertRule | Visibility):
        return value.label
    return "" if value is None else str(value)


def with_action(
    path: Path, cells: Mapping[str, str], plan: Plan, fixed: Fixed | None = None
) -> bytes:
    """Return what ``actions.csv`` will be once a row is added; see `_with_rows`."""
    return _with_rows(
        path, [cells], ACTION_DECISIONS, lambda file: read_action_decisions(file, plan, fixed)
    )


def with_tasks(
    path: Path, added: Sequence[Mapping[str, str]], plan: Plan, fixed: Fixed | None = None
) -> bytes:
    """Return what ``tasks.csv`` will be once rows are added; see `_with_rows`."""
    return _with_rows(
        path, added, TASK_DECISIONS, lambda file: read_task_decisions(file, plan, fixed)
    )


def _with_rows(
    path: Path,
    added: Sequence[Mapping[str, str]],
    contract: Contract[Any],
    read: Callable[[Path], tuple[Any, ...]],
) -> bytes:
    """Return what a file will be once rows are added at its end.

    Parameters
    ----------
    path
        Need not exist yet.
    added
        The cells of each row by column; those left out are empty.

    Raises
    ------
    ProblemsFound
        If the file has problems already, or would have with the rows.
    """
    before = read(path)
    whole = appended(path, contract.columns, added)
    with tempfile.TemporaryDirectory() as folder:
        tried = Path(folder) / path.name
        tried.write_bytes(whole)
        found = read(tried)
    if found[: len(before)] != before or len(found) != len(before) + len(added):
        fix = "在 Excel 中打开文件，把内容填在末尾"
        raise ProblemsFound(path.name, [Problem("文件的写法特殊，不能追加", path.name, fix)])
    return whole
