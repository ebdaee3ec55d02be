"""Enter what changed after a book was issued: workbooks that acts withdrew or chose, and late ones.

The book of the workbook's own edition stays as it was; from the edition on in which the change
holds, the values are those of the workbook that counts then, and where it has none, what was known
before. Statuses, replies, proposed tasks and reports on tasks and projects that an act takes back
were never made; late ones hold from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planbook.collect.decided.past_values import PastValue
from planbook.collect.inbox.received import Reselected, Submissions
from planbook.collect.read.submission import Submission
from planbook.facts.vintages import Vintages
from planbook.frames import ObservationRow
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.vocabulary import ObsStatus


def vintages_of(plan: Plan, submissions: Submissions, past: Iterable[PastValue] = ()) -> Vintages:
    """Return the vintages of what counted in each edition, by what was decided up to it."""
    past = tuple(past)
    changed = {(c.edition, c.unit_id) for c in submissions.reselected}
    first = {(c.edition, c.unit_id): c.before for c in reversed(submissions.reselected)}
    counted = [s for s in submissions.current if (s.edition, s.unit_id) not in changed]
    counted += [before for before in first.values() if before is not None]
    pending: list[Submission | Reselected] = [*counted, *submissions.reselected]
    vintages = Vintages(plan)
    vintages.take_past(past)
    for item in sorted(pending, key=_in_order):
        if isinstance(item, Submission):
            vintages.take(item)
        else:
            _enter(vintages, item)
    if submissions.reselected:
        told = (s for s in submissions.current if (s.edition, s.unit_id) not in changed)
        # what came late first: what the unit said in that edition itself is newer
        said = Vintages.of(plan, (*_saying(submissions.reselected), *told))
        vintages.statuses, vintages.replies = said.statuses, said.replies
        vintages.tasks, vintages.proposals = said.tasks, said.proposals
        vintages.projects = said.projects
    return vintages


def _saying(changes: Iterable[Reselected]) -> Iterator[Submission]:
    """Yield the workbooks that said how things stand, as of the editions that knew them."""
    told: dict[tuple[Edition, str], list[Submission]] = {}
    for change in changes:
        key = (change.edition, change.unit_id)
        before = [] if change.before is None else [change.before]
        after = [] if change.after is None else [change.after]
        if change.late:
            later = [replace(s, edition=change.from_edition) for s in after]
            told[key] = [*told.get(key, before), *later]
        else:
            told[key] = after
    for found in told.values():
        yield from found


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
        if now is not None and now.source_file == gone.file:
            told = {**held, **vintages.past.get(key, {})}
            held[start] = replace(_before(told, gone) or _absent(now), vintage=start)
            vintages.declared[key, start] = reason


def _absent(row: ObservationRow) -> ObservationRow:
    return replace(
        row,
        obs_value=None,
        obs_status=ObsStatus.NOT_SENT,
        release_stage=None,
        yoy=None,
        yoy_type=None,
        prior_value=None,
        remark="",
        source_file="",
        source_sheet="",
        source_cell="",
    )


def _before(held: dict[Edition, ObservationRow], gone: Submission) -> ObservationRow | None:
    """Return the newest row that another workbook brought before this one."""
    others: Iterable[Edition] = (e for e, row in held.items() if row.source_file != gone.file)
    newest = max((edition for edition in others if edition <= gone.edition), default=None)
    return None if newest is None else held[newest]
