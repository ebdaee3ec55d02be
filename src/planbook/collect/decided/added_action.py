"""Add a row to ``actions.csv`` as a command does: what reading would refuse is not written.

The file's bytes and the cells of a row → the file's new bytes, all that stood in it unchanged.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from planbook.collect.decided.action_decisions import ACTIONS_FILE, read_action_decisions
from planbook.collect.decided.appended_rows import appended
from planbook.collect.decided.fixed_rows import Fixed
from planbook.errors import Problem, ProblemsFound
from planbook.plan import Plan
from planbook.watch_frames import ACTION_DECISIONS, ActionDecisionRow


def cells_of(row: ActionDecisionRow) -> dict[str, str]:
    """Return a row as it is typed."""
    typed = {name: getattr(row, name) for name in ACTION_DECISIONS.columns}
    labels = {
        "alert_rule": row.alert_rule.label if row.alert_rule else "",
        "visibility": row.visibility.label,
    }
    return {name: str(value) for name, value in typed.items()} | labels


def with_action(
    path: Path, cells: Mapping[str, str], plan: Plan, fixed: Fixed | None = None
) -> bytes:
    """Return what the file will be once a row is added at its end.

    Parameters
    ----------
    path
        Need not exist yet.
    cells
        By column; those left out are empty.

    Raises
    ------
    ProblemsFound
        If the file has problems already, or would have with the row.
    """
    before = read_action_decisions(path, plan, fixed)
    added = appended(path, ACTION_DECISIONS.columns, [cells])
    with tempfile.TemporaryDirectory() as folder:
        tried = Path(folder) / ACTIONS_FILE
        tried.write_bytes(added)
        found = read_action_decisions(tried, plan, fixed)
    if found[:-1] != before or len(found) != len(before) + 1:
        fix = "在 Excel 中打开文件，把这一行填在末尾"
        raise ProblemsFound(path.name, [Problem("文件的写法特殊，不能追加", path.name, fix)])
    return added
