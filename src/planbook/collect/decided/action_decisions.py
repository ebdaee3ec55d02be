"""Read ``actions.csv``: what was decided to be done, by which unit and when, and what closed it.

The file → rows of `ActionDecisionRow`, everything wrong in it at once. The office writes it; units
only reply, in their workbooks. A row is the whole state of an action from its edition on, a later
row of the same id replaces it, and one with a closure ends it.
"""

from __future__ import annotations

from pathlib import Path

from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.input_columns import (
    ANYTHING,
    edition,
    month,
    named,
    or_nothing,
    text,
)
from planbook.collect.decided.input_rows import InputRow, read_rows, sound_rows, unlike_published
from planbook.collect.decided.standing_rows import (
    Standing,
    id_column,
    standing_problems,
    subject_columns,
)
from planbook.errors import Problem
from planbook.plan import Plan
from planbook.watch_frames import ACTION_DECISIONS, ActionDecisionRow, AlertRule
from planbook.yamlfile import of_today

ACTIONS_FILE = "actions.csv"
_RULES = {name: rule for rule in AlertRule for name in (rule.value, rule.label)}
_ACTIONS = Standing(
    id="action_id",
    ends="closure",
    subject=("goal_id", "measure_id", "alert_rule", "submitting_unit"),
    due="办结期限",
    noun="事项",
    begun="交办",
    ended="销号",
    again="改回原来的内容；要换对象或单位的，将这一项销号，另用一个编号交办",
)


def read_action_decisions(
    path: Path, plan: Plan, fixed: Fixed | None = None
) -> tuple[ActionDecisionRow, ...]:
    """Read ``actions.csv``: the decided actions, each with all its rows.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    rows, problems = action_decision_rows(path, plan)
    problems += of_today(standing_problems(_ACTIONS, rows, path.name, plan))
    problems += unlike_published(
        path, rows, ACTION_DECISIONS, fixed, action_decision_rows, plan=plan
    )
    return sound_rows(path, rows, problems)


def action_decision_rows(
    path: Path, plan: Plan
) -> tuple[list[InputRow[ActionDecisionRow]], list[Problem]]:
    """Return the rows of the file that can be read, and what is wrong in the others."""
    return read_rows(
        path,
        plan,
        ACTION_DECISIONS,
        {
            "action_id": id_column("督办编号，如 a-2026-01"),
            "alert_rule": or_nothing(
                named(
                    _RULES, "预警规则", f"写预警的名称（{'、'.join(r.label for r in AlertRule)}）"
                ),
                None,
            ),
            "task": text("督办事项"),
            "due_month": month(plan),
            "decided_in": text("交办依据"),
            "closure": ANYTHING,
            "from_edition": edition(plan, "起用期号", flashes=True),
            **subject_columns(plan),
        },
    )


def readable_action_decisions(path: Path, plan: Plan) -> tuple[ActionDecisionRow, ...]:
    """Return what of ``actions.csv`` can be read, to hold replies against.

    What is wrong in the rows is not said here: `read_action_decisions` says it.
    """
    rows, _ = action_decision_rows(path, plan)
    return sound_rows(path, rows, [])
