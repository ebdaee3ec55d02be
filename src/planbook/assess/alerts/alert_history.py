"""The warnings of every edition: found by the rules, each said once, and how long it has stood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from planbook.assess.alerts.answers import answering
from planbook.assess.alerts.evidence import ActionsOf, Evidence, MeasuresOf, Record
from planbook.assess.alerts.precedence import unrepeated
from planbook.assess.alerts.rules import RULES
from planbook.facts.observations import Facts
from planbook.frames import Verdict
from planbook.outlook_frames import OutlookRow
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.watch_frames import AlertRow, AlertRule

Subject = tuple[str, ...]


def assess_alerts(
    plan: Plan,
    facts: Facts,
    edition: Edition,
    *,
    history: Iterable[Verdict],
    outlooks: Iterable[OutlookRow],
    measures_of: MeasuresOf,
    actions_of: ActionsOf,
    published: Iterable[AlertRow] = (),
    published_editions: Collection[Edition] = (),
) -> tuple[AlertRow, ...]:
    """Return the warnings of every edition up to one, each by what that edition knew.

    Parameters
    ----------
    history, outlooks
        Of every edition up to `edition`.
    measures_of, actions_of
        Where measures and actions stood in an edition; asked for a few editions each, so that a
        cache pays.
    published
        Of earlier editions, as they were published: they stand as they are.
    published_editions
        Those that were published, without the number of a correction: they are not looked at again,
        even if no warning of theirs is known.

    Returns
    -------
    tuple of AlertRow
        By edition, oldest first, then by rule and in the plan's order.
    """
    record = Record(
        plan=plan,
        facts=facts,
        verdicts={(row.edition.base, row.goal_id): row for row in history},
        outlooks={(row.edition.base, row.goal_id): row for row in outlooks},
        states={
            (row.edition.base, row.submitting_unit): row.state
            for row in facts.submissions
            if row.owed
        },
        measures_of=measures_of,
        actions_of=actions_of,
    )
    taken: dict[Edition, list[AlertRow]] = {each: [] for each in published_editions}
    for row in published:
        taken.setdefault(row.edition.base, []).append(row)
    found: list[AlertRow] = []
    before: Sequence[AlertRow] = ()
    for each in reversed(Evidence(record, edition).editions):
        if each.base in taken and each != edition:
            before = taken[each.base]
        else:
            before = tuple(_of_edition(Evidence(record, each), before))
        found += before
    return tuple(found)


def _of_edition(evidence: Evidence, before: Sequence[AlertRow]) -> Iterator[AlertRow]:
    """Yield the warnings of an edition, given those of the edition before."""
    stood = {_subject(row): row for row in before}
    rows: list[AlertRow] = []
    for id in AlertRule:
        rule = RULES[id]
        new = list(rule.find(evidence))
        again = {_subject(row) for row in new}
        standing = [
            row
            for old in before
            if rule.still is not None and old.alert_rule is id and _subject(old) not in again
            if (row := rule.still(evidence, old)) is not None
        ]
        rows += [*new, *standing]
    for row in unrepeated(rows, evidence):
        yield _followed(evidence, row, stood)


def _followed(evidence: Evidence, row: AlertRow, stood: Mapping[Subject, AlertRow]) -> AlertRow:
    """Return a warning with how long it has stood, and the actions that answer it."""
    before = stood.get(_subject(row))
    if before is not None:
        since, waited = before.since, before.unanswered
    elif _subject(_of_measure(row, evidence)) in stood:
        since, waited = row.since, _waited(evidence, row)
    else:
        since, waited = evidence.edition, 0
    ids = answering(row, evidence)
    return replace(
        row,
        edition=evidence.edition,
        since=since,
        action_ids=ids,
        unanswered=0 if ids else waited + 1,
    )


def _of_measure(row: AlertRow, evidence: Evidence) -> AlertRow:
    """Return the warning about the measure that a sub-item belongs to, which covers its own."""
    if not row.measure_id:
        return row
    return replace(row, measure_id=evidence.plan.measure(row.measure_id).id)


def _waited(evidence: Evidence, row: AlertRow) -> int:
    """Return for how many editions before this one nobody acted on a sub-item or its measure."""
    count = 0
    for edition in evidence.editions[1:]:
        then = Evidence(evidence.record, edition)
        own, covering = answering(row, then), answering(_of_measure(row, evidence), then)
        if edition < row.since or own or covering:
            break
        count += 1
    return count


def _subject(row: AlertRow) -> Subject:
    """Return what makes a warning the same one as in the edition before."""
    period = str(row.period) if RULES[row.alert_rule].of_a_period else ""
    return (
        row.alert_rule,
        row.goal_id,
        row.measure_id,
        row.action_id,
        row.submitting_unit,
        period,
    )
