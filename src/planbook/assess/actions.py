"""Where every decided action stands in an edition: what was decided, what its unit last replied.

An action is carried from edition to edition until the office closes it, and is last shown in the
edition in which it was closed. What a unit replies closes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from planbook.facts.observations import Facts, as_of
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.task_frames import TaskDecisionRow
from planbook.vocabulary import Visibility
from planbook.watch_frames import ActionDecisionRow, ActionReplyRow, ActionRow


def assess_actions(
    plan: Plan, facts: Facts, edition: Edition, *, demonstration: bool
) -> tuple[ActionRow, ...]:
    """Return the actions that are open in an edition or were closed in it.

    One is overdue while it is open and its due month ended before the edition's end or with it.
    Overdue ones come first, closed ones last; within these by due month, then in the order of the
    plan's units.

    Parameters
    ----------
    facts
        Decisions and replies of any editions: those up to `edition` count. A correction edition
        shows what was closed in the edition that it corrects, and an edition what was closed in
        a month that it takes in.
    """
    decisions: dict[str, list[ActionDecisionRow]] = defaultdict(list)
    for row in facts.action_decisions:
        if row.from_edition <= edition:
            decisions[row.action_id].append(row)
    replies = {row.action_id: row for row in as_of(facts.action_replies, edition)}
    rows = [
        _row(own, replies.get(id), edition, demonstration=demonstration)
        for id, own in decisions.items()
    ]
    told_in = plan.cycle.told_in
    shown = [
        row
        for row in rows
        if row.closed_in is None or told_in(row.closed_in).base == told_in(edition).base
    ]
    order = {unit.id: number for number, unit in enumerate(plan.units)}

    def place(row: ActionRow) -> tuple[bool, bool, object, int, str]:
        closed = row.closed_in is not None
        return (
            closed,
            not row.overdue,
            row.due_month,
            order.get(row.submitting_unit, len(order)),
            row.action_id,
        )

    return tuple(sorted(shown, key=place))


def _row(
    decisions: Sequence[ActionDecisionRow],
    reply: ActionReplyRow | None,
    edition: Edition,
    *,
    demonstration: bool,
) -> ActionRow:
    """Return where an action stands by its rows known in the edition."""
    ordered = sorted(decisions, key=lambda row: row.from_edition)
    first, now = ordered[0], ordered[-1]
    return ActionRow(
        action_id=now.action_id,
        goal_id=now.goal_id,
        measure_id=now.measure_id,
        alert_rule=now.alert_rule,
        task=now.task,
        submitting_unit=now.submitting_unit,
        due_month=now.due_month,
        first_due_month=first.due_month,
        decided_in=now.decided_in,
        opened=first.from_edition,
        closure=now.closure,
        closed_in=now.from_edition if now.closure else None,
        action_status=reply.action_status if reply else None,
        reply=reply.reply if reply else "",
        replied_in=reply.vintage if reply else None,
        overdue=not now.closure and now.due_month <= edition.end,
        visibility=now.visibility,
        public_since=public_since(ordered),
        edition=edition,
        demonstration=demonstration,
    )


def public_since(decisions: Sequence[ActionDecisionRow | TaskDecisionRow]) -> Edition | None:
    """Return from which edition on what was decided, the oldest row first, has been public."""
    since = None
    for row in decisions:
        if row.visibility is not Visibility.PUBLIC:
            since = None
        elif since is None:
            since = row.from_edition
    return since
