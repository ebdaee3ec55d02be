"""What stands in an edition to be watched: its warnings, and the actions on them.

Chooses rows of the tables `alerts` and `actions`; their words are in `planbook.present.say`.
"""

from __future__ import annotations

from collections.abc import Iterable

from planbook.periods import Edition
from planbook.present.book import Book
from planbook.vocabulary import Visibility
from planbook.watch_frames import ActionRow, ActionStatus, AlertRow, AlertRule


def is_recorded(book: Book, edition: Edition) -> bool:
    """Whether warnings were kept of an edition: not of one published before there were any.

    With them began the outlooks, of which every edition has a row a goal.
    """
    listed = any(row.edition == edition for row in book.rows.editions)
    return not listed or any(row.edition == edition for row in book.rows.outlooks)


def standing_alerts(book: Book) -> list[AlertRow]:
    """Return this edition's warnings, the gravest rule first, in the plan's order.

    An overdue action is not among them: it stands in the list of actions.
    """
    return [row for row in book.alerts if row.alert_rule is not AlertRule.ACTION_OVERDUE]


def overdue_alerts(book: Book) -> list[AlertRow]:
    """Return this edition's warnings that `standing_alerts` leaves to the list of actions."""
    return [
        row
        for row in book.rows.alerts
        if row.edition == book.edition and row.alert_rule is AlertRule.ACTION_OVERDUE
    ]


def cleared_alerts(book: Book) -> list[AlertRow]:
    """Return the warnings of the edition before that stand no more, in the same order.

    Not that of a sub-item which its measure's now covers: it goes on.
    """
    now = standing_alerts(book)
    still, measures = {_what(row) for row in now}, {(row.alert_rule, row.measure_id) for row in now}
    parents = {item.id: each.id for each in book.plan.measures for item in each.sub_items}
    gone = [
        row
        for row in _watched(book, book.previous())
        if _what(row) not in still and (row.alert_rule, parents.get(row.measure_id)) not in measures
    ]
    return list(book.in_order(gone))


def alerts_of(book: Book, goal_id: str) -> list[AlertRow]:
    """Return this edition's warnings about a goal."""
    own = book.alerts_of_goals.get(goal_id, ())
    return [row for row in own if row.alert_rule is not AlertRule.ACTION_OVERDUE]


def warned_goals(book: Book) -> frozenset[str]:
    """Return the goals of which there is a warning in this edition."""
    return frozenset(row.goal_id for row in standing_alerts(book) if row.goal_id)


def unanswered(book: Book) -> list[AlertRow]:
    """Return the warnings that have stood for so long that somebody should act, without an action.

    None in a public book, which does not know all actions.
    """
    return [row for row in standing_alerts(book) if is_unanswered(book, row)]


def is_unanswered(book: Book, row: AlertRow) -> bool:
    """Whether a warning has stood for the plan's number of editions without an action."""
    return row.unanswered >= book.plan.about.alerts.editions and not is_public(book)


def is_public(book: Book) -> bool:
    """Whether it is the public book, in which only some actions are."""
    return book.visibility is Visibility.PUBLIC


def open_actions(book: Book) -> list[ActionRow]:
    """Return the actions that nothing has closed, the earliest due first."""
    return _by_due(row for row in book.rows.actions if row.closed_in is None)


def overdue_actions(book: Book) -> list[ActionRow]:
    """Return the open actions whose due month is over."""
    return [row for row in open_actions(book) if row.overdue]


def blocked_actions(book: Book) -> list[ActionRow]:
    """Return the open actions that cannot go on without others, by the last reply."""
    return [row for row in open_actions(book) if row.action_status is ActionStatus.BLOCKED]


def closed_actions(book: Book) -> list[ActionRow]:
    """Return the actions that this edition closed."""
    return _by_due(row for row in book.rows.actions if _just_closed(book, row))


def _just_closed(book: Book, row: ActionRow) -> bool:
    return row.closed_in in (book.edition, book.edition.base)


def actions_of(book: Book, goal_id: str) -> list[ActionRow]:
    """Return the open actions about a goal, and those that this edition closed."""
    own = book.actions_of_goals.get(goal_id, ())
    still = _by_due(row for row in own if row.closed_in is None)
    return [*still, *_by_due(row for row in own if _just_closed(book, row))]


def answers(book: Book, row: AlertRow) -> list[ActionRow]:
    """Return the open actions that answer a warning, as far as this book knows them."""
    known = (book.actions[id] for id in row.action_ids if id in book.actions)
    return _by_due(action for action in known if action.closed_in is None)


def _watched(book: Book, edition: Edition) -> list[AlertRow]:
    return [
        row
        for row in book.rows.alerts
        if row.edition == edition and row.alert_rule is not AlertRule.ACTION_OVERDUE
    ]


def _what(row: AlertRow) -> tuple[str, ...]:
    """Return what makes a warning the same in two editions: it began in the same one."""
    return (row.alert_rule, row.goal_id, row.measure_id, row.submitting_unit, str(row.since))


def _by_due(rows: Iterable[ActionRow]) -> list[ActionRow]:
    return sorted(rows, key=lambda row: (row.due_month, row.action_id))
