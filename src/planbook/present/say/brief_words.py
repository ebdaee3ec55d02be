"""What the brief of one page says around what a briefing holds: heads, what was left out."""

from __future__ import annotations

from collections.abc import Iterable

from planbook.present.say.table_words import sentence

IN_BOOK = "见本期进展报告「导读」"
BETWEEN = "；"  # clauses


def outlook_heading(goals: int) -> str:
    return f"{goals}项目标的达标前景"


def goal_and_unit(goal: str, rating: str, unit: str) -> str:
    return f"{goal}（{rating}），{unit}"


def others_behind(goals: int) -> str:
    return f"另有{goals}项滞后，见本期进展报告「预警与变化」。" if goals else ""


def others(count: int) -> str:
    return f"另有{count}项"


def rest_in_book(clauses: Iterable[str]) -> str:
    """Return the clauses that are told, and where the others are."""
    told = list(clauses)
    return BETWEEN.join([*told, f"其余{IN_BOOK}" if told else IN_BOOK])


def change_and_why(change: str, why: str) -> str:
    return sentence(BETWEEN.join((change, why)).strip(BETWEEN))
