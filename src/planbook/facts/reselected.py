"""Enter recorded acts that withdraw a workbook, or choose another one, after its book was issued.

The book of the workbook's own edition stays as it was; from the edition on in which the act holds,
the values are those of the workbook that counts then, and where it has none, what was known before.
Statuses of measures have no vintages that are compared: they are those of what counts now.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from planbook.collect.inbox.received import Reselected, Submissions
from planbook.collect.read.submission import DeclaredRevision, Submission
from planbook.facts.vintages import Row, Vintages
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.vocabulary import ObsStatus

_ABSENT = {
    "obs_value": math.nan,
    "obs_status": ObsStatus.NOT_SENT.value,
    "release_stage": "",
    "yoy": math.nan,
    "yoy_type": "",
    "prior_value": math.nan,
    "remark": "",
    "source_cell": "",
}


def vintages_of(plan: Plan, submissions: Submissions) -> Vintages:
    """Return the vintages of what counted in each edition, by what was decided up to it."""
    changed = {(c.edition, c.unit_id) for c in submissions.reselected}
    first = {(c.edition, c.unit_id): c.before for c in reversed(submissions.reselected)}
    counted = [s for s in submissions.current if (s.edition, s.unit_id) not in changed]
    counted += [before for before in first.values() if before is not None]
    pending: list[Submission | Reselected] = [*counted, *submissions.reselected]
    vintages = Vintages(plan)
    for item in sorted(pending, key=_in_order):
        if isinstance(item, Submission):
            vintages.take(item)
        else:
            _enter(vintages, item)
    if submissions.reselected:  # a status that is taken back was never reported
        vintages.statuses = Vintages.of(plan, submissions.current).statuses
    return vintages


def _in_order(item: Submission | Reselected) -> tuple[Edition, bool, Edition, str]:
    """Return a key for sorting: an act holds before the reports of its edition are taken in."""
    if isinstance(item, Submission):
        return item.edition, True, item.edition, item.unit_id
    return item.from_edition, False, item.edition, item.unit_id


def _enter(vintages: Vintages, change: Reselected) -> None:
    start = change.from_edition
    if change.before is not None:
        _take_back(vintages, change.before, start, change.reason)
    if change.after is not None:
        vintages.take(replace(change.after, edition=start))


def _take_back(vintages: Vintages, gone: Submission, start: Edition, reason: str) -> None:
    """Let what was known before hold again, wherever this workbook's word is the newest."""
    for key, held in vintages.values.items():
        now = vintages.known(key, start)
        if now is None or now["source_file"] != gone.file:
            continue
        older = _before(held, gone)
        absent = {**now, **_ABSENT, "source_file": "", "source_sheet": ""}
        held[start] = {**(older or absent), "vintage": str(start)}
        vintages.declared[key, start] = DeclaredRevision(
            indicator_id=key[0],
            period=TimePeriod.parse(key[1]),
            old_value=None,
            new_value=held[start]["obs_value"],
            reason=reason,
            cell="",
        )


def _before(held: dict[Edition, Row], gone: Submission) -> Row | None:
    """Return the newest row that another workbook brought before this one."""
    others: Iterable[Edition] = (e for e, row in held.items() if row["source_file"] != gone.file)
    newest = max((edition for edition in others if edition <= gone.edition), default=None)
    return None if newest is None else held[newest]
