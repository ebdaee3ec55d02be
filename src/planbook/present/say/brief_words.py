"""What the brief of one page says around what a briefing holds: heads, what was left out."""

from __future__ import annotations

from collections.abc import Iterable

from planbook.present.escaping import listed
from planbook.present.say.table_words import named_text, sentence

IN_BOOK = "见本期进展报告「导读」"
BETWEEN = "；"  # clauses


def outlook_heading(goals: int) -> str:
    return f"{goals}项目标的达标前景"


def unlikely(names: list[str], most: int) -> str:
    """Return which goals are unlikely to be met, and of how many where not all are named."""
    more = f"{len(names)}项" if len(names) > most else ""
    return sentence(named_text("可能性较小的", listed(names, most) + more))


def goal_and_unit(goal: str, rating: str, unit: str) -> str:
    return f"{goal}（{rating}），{unit}"


def others_behind(goals: int) -> str:
    return f"另有{goals}项滞后，见本期进展报告「总览」的全部目标。" if goals else ""


def others(count: int) -> str:
    return f"另有{count}项"


def rest_in_book(clauses: Iterable[str]) -> str:
    """Return the clauses that are told, and where the others are."""
    told = list(clauses)
    return BETWEEN.join([*told, f"其余{IN_BOOK}" if told else IN_BOOK])


def change_and_why(change: str, why: str) -> str:
    return sentence(BETWEEN.join((change, why)).strip(BETWEEN))
