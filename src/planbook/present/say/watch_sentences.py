"""What warnings and actions come to in an edition, in two sentences.

A public book counts what it shows, and says that it does not show all.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.present.book import Book
from planbook.present.say.action_words import UNANSWERED, actions_counted
from planbook.present.say.watch_words import NOT_RECORDED
from planbook.present.watched import (
    cleared_alerts,
    closed_actions,
    is_public,
    is_recorded,
    overdue_alerts,
    standing_alerts,
    unanswered,
)
from planbook.watch_frames import AlertRow

NOT_PUBLIC = "公开版不列内部的督办事项，也不列填报单位报送方面的预警。"


def watch_sentences(book: Book) -> str:
    """Return what there is of warnings, then of actions."""
    if not is_recorded(book, book.edition):
        return NOT_RECORDED
    said = alerts_sentence(book) + actions_sentence(book)
    return said + (NOT_PUBLIC if is_public(book) else "")


def alerts_sentence(book: Book) -> str:
    """Return how many warnings stand, about what, how many are new, and how many unanswered."""
    rows, cleared = standing_alerts(book), cleared_alerts(book)
    if not rows:
        gone = f"，上期的{len(cleared)}条均不再触发" if cleared else ""
        return f"{_counted(book)}{gone}。"
    new = sum(row.since == book.edition for row in rows)
    moved = [f"新增{new}条" if new else "", f"不再触发{len(cleared)}条" if cleared else ""]
    said = [
        f"{_counted(book)}，涉及{_about(rows)}",
        "较上期" + "、".join(filter(None, moved)) if any(moved) and _has_earlier(book) else "",
        unanswered_words(book),
    ]
    return "；".join(filter(None, said)) + "。"


def unanswered_words(book: Book) -> str:
    """Return how many warnings have long stood without an action; empty for none."""
    alone, editions = len(unanswered(book)), book.plan.about.alerts.editions
    return f"已持续{editions}期以上而{UNANSWERED}的{alone}条" if alone else ""


def unanswered_sentence(book: Book) -> str:
    """Return how many warnings stand, and on how many nobody acts; empty without a warning."""
    rows, alone = standing_alerts(book), unanswered_words(book)
    return f"{_counted(book)}{f'，其中{alone}' if alone else ''}。" if rows else ""


def _counted(book: Book) -> str:
    """Return how many warnings stand, and how many more the list of overdue actions holds."""
    rows, overdue = standing_alerts(book), overdue_alerts(book)
    said = f"本期预警{len(rows)}条" if rows else "本期没有预警"
    return f"{said}（督办事项逾期的{len(overdue)}条另列）" if overdue else said


def actions_sentence(book: Book) -> str:
    """Return how many actions are open, late and with whom, and how many were closed."""
    closed = len(closed_actions(book))
    said = [actions_counted(book), f"本期销号{closed}项" if closed else ""]
    return f"{'；'.join(filter(None, said)) or _no_action(book)}。"


def _no_action(book: Book) -> str:
    return "公开的督办事项中没有未销号的" if is_public(book) else "没有未销号的督办事项"


def _has_earlier(book: Book) -> bool:
    return not book.is_first and is_recorded(book, book.previous())


def _about(rows: Sequence[AlertRow]) -> str:
    """Return what warnings are about: 9项目标、2项举措、1家单位."""
    goals = {row.goal_id for row in rows if row.goal_id}
    measures = {row.measure_id for row in rows if row.measure_id}
    units = {row.submitting_unit for row in rows if not (row.goal_id or row.measure_id)}
    said = [
        f"{len(goals)}项目标" if goals else "",
        f"{len(measures)}项举措" if measures else "",
        f"{len(units)}家填报单位" if units else "",
    ]
    return "、".join(filter(None, said))
