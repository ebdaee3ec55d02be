"""Whether an indicator's newest value answers for an edition: owed, reported, carried, due.

Turns what an indicator owes and what came into a reason not to judge, or into the notes that go
with the value. The value's size plays no part here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planbook.assess.series import Observation
from planbook.periods import Edition, TimePeriod
from planbook.plan import Indicator
from planbook.vocabulary import Frequency, Note, ObsStatus, Reason


@dataclass(frozen=True)
class Standing:
    """How the newest value stands to what is owed.

    Attributes
    ----------
    owed
        Last period owed up to the edition and not after the one that decides; ``None`` if none yet.
    reason
        Why the value cannot be judged; ``None`` if it can.
    carried
        A value of an earlier edition stands in, because nothing new is owed or 「—」 was reported.
    due_passed
        The value that decides is there.
    """

    owed: TimePeriod | None
    reason: Reason | None
    carried: bool
    due_passed: bool
    notes: frozenset[Note]


def standing(
    indicator: Indicator,
    edition: Edition,
    *,
    first: Edition,
    start: TimePeriod,
    due: TimePeriod,
    until: TimePeriod,
    latest: Observation | None,
    reported: Iterable[Observation],
) -> Standing:
    """Return how the newest value stands to what is owed.

    A value that ends a month or two before the owed period, but after the quarter before, answers
    for it (1—8月 for 1—9月). A value owed in an earlier quarter and never sent stays outstanding.

    Parameters
    ----------
    first
        Edition from which the goal holds.
    start
        Time of the baseline: what describes it or an earlier time is no progress.
    due, until
        First and last month whose value decides: the due month, and the last that can stand for it.
    latest
        Newest observation with a number, in the scope judged.
    reported
        All observations of the indicator, in any scope, with and without a number.
    """
    last = indicator.last_owed(edition, first)
    owed = min(last[1], until) if last is not None else None
    if owed is not None and owed <= start:
        owed = None
    absent = [row.period for row in reported if row.status == ObsStatus.NOT_APPLICABLE]
    annual = indicator.frequency is Frequency.ANNUAL
    reason = None
    stands_in = False
    if latest is None or latest.period <= start:
        latest = None
    if latest is not None and (owed is None or latest.period >= min(owed, due)):
        stands_in = indicator.owed_in(edition) is None and latest.period == owed
    elif owed is None:
        reason = Reason.ANNUAL_NOT_DUE if annual else Reason.TOO_FEW_OBSERVATIONS
    elif latest is not None and _nearly(latest.period, owed, edition, due):
        pass
    elif owed in absent:
        stands_in = latest is not None
        reason = None if stands_in else Reason.TOO_FEW_OBSERVATIONS
    else:
        reason = Reason.NOT_REPORTED
    due_passed = latest is not None and latest.period >= due
    notes = set()
    if reason is None and not due_passed and latest is not None:
        if stands_in:
            notes.add(_carried(owed in absent and latest.period != owed, annual=annual))
        elif latest.period < edition.end and not annual:
            notes.add(Note.PARTIAL_PERIOD)
    return Standing(
        owed=owed,
        reason=reason,
        carried=stands_in and not due_passed,
        due_passed=due_passed,
        notes=frozenset(notes),
    )


def _carried(absent: bool, *, annual: bool) -> Note:
    """Return the note on a value that stands in: for 「—」, for a year, for a quarter without."""
    if absent:
        return Note.CARRIED_ABSENT
    return Note.CARRIED_ANNUAL if annual else Note.CARRIED_QUARTER


def _nearly(period: TimePeriod, owed: TimePeriod, edition: Edition, due: TimePeriod) -> bool:
    """Whether a period answers for the one owed; after the due date only its own value does."""
    if owed >= due and edition.end > due:
        return False
    return Edition.containing(owed).plus(-1).end < period < owed
