"""Which tasks units propose that nobody has agreed yet, and which an edition declined.

What was proposed in earlier editions stays until it is decided: nothing that a unit wrote is lost
because an edition went by.
"""

from __future__ import annotations

from planbook.facts.observations import Facts
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.task_frames import PendingTaskRow, TaskDecisionRow, TaskProposalRow, open_proposals


def pending_tasks(
    plan: Plan, facts: Facts, edition: Edition, *, demonstration: bool
) -> tuple[PendingTaskRow, ...]:
    """Return what waits to be decided in an edition, and what it declined, in the order of units.

    Parameters
    ----------
    facts
        Proposals and decisions of any editions: those up to `edition` count. A correction edition
        shows what was declined in the edition that it corrects.
    """
    found = [
        _row(proposal, None, edition, demonstration=demonstration)
        for proposal in open_proposals(facts.task_proposals, facts.task_decisions, edition)
    ]
    newest = {row.task_id: row for row in facts.task_proposals if row.vintage <= edition}
    told_in = plan.cycle.told_in
    found += [
        _row(newest[id], row, edition, demonstration=demonstration)
        for id, row in declined_tasks(facts.task_decisions).items()
        if id in newest
        and row.from_edition <= edition
        and told_in(row.from_edition).base == told_in(edition).base
    ]
    order = {unit.id: number for number, unit in enumerate(plan.units)}

    def place(row: PendingTaskRow) -> tuple[int, bool, object, str]:
        unit = order.get(row.submitting_unit, len(order))
        return unit, bool(row.dropped), row.due_month, row.task_id

    return tuple(sorted(found, key=place))


def declined_tasks(decisions: tuple[TaskDecisionRow, ...]) -> dict[str, TaskDecisionRow]:
    """Return by id the rows that declined a proposal: the first of a task, and it ends it."""
    first: dict[str, TaskDecisionRow] = {}
    for row in sorted(decisions, key=lambda row: row.from_edition):
        first.setdefault(row.task_id, row)
    return {id: row for id, row in first.items() if row.dropped}


def _row(
    proposal: TaskProposalRow,
    declined: TaskDecisionRow | None,
    edition: Edition,
    *,
    demonstration: bool,
) -> PendingTaskRow:
    return PendingTaskRow(
        task_id=proposal.task_id,
        goal_id=proposal.goal_id,
        measure_id=proposal.measure_id,
        task=proposal.task,
        deliverable=proposal.deliverable,
        submitting_unit=proposal.submitting_unit,
        due_month=proposal.due_month,
        proposed_in=proposal.proposed_in,
        decided_in=declined.decided_in if declined else "",
        dropped=declined.dropped if declined else "",
        edition=edition,
        demonstration=demonstration,
    )
