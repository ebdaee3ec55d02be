"""Whether an indicator's newest value answers for an edition: owed, reported, carried, due.

Turns what an indicator owes and what came into a reason not to judge, or into the notes that go
with the value. The value's size plays no part here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planbook.assess.known import Known
from planbook.assess.scope import Choice
from planbook.frames import ObservationRow
from planbook.periods import Edition, TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.plan.cycle import Cycle
from planbook.plan.parts import SHORT
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
    reason: Reason | None = None
    carried: bool = False
    due_passed: bool = False
    notes: frozenset[Note] = frozenset()


def standing_of(plan: Plan, goal: Goal, known: Known, choice: Choice) -> Standing:
    """Return how a goal's newest value stands to what is owed."""
    due, until = plan.goal_due(goal), plan.decided_by(goal)
    indicator = plan.indicator_of(goal)
    return standing(
        indicator,
        known.edition,
        plan.cycle,
        first=goal.from_edition or plan.about.first_edition,
        start=choice.start,
        due=until if goal.kind.of_years else due,
        until=until,
        latest=choice.newest,
        reported=known.observations.get(indicator.id, ()),
    )


def standing(
    indicator: Indicator,
    edition: Edition,
    cycle: Cycle,
    *,
    first: Edition,
    start: TimePeriod,
    due: TimePeriod,
    until: TimePeriod,
    latest: ObservationRow | None,
    reported: Iterable[ObservationRow],
) -> Standing:
    """Return how the newest value stands to what is owed.

    A value that ends a month or two before the owed period, but after the edition before, answers
    for it (1—8月 for 1—9月). A value owed in an earlier edition and never sent stays outstanding.

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
    owed = _owed(indicator, edition, cycle, first, start=start, until=until)
    absent = any(
        row.time_period == owed and row.obs_status is ObsStatus.NOT_APPLICABLE for row in reported
    )
    annual = indicator.frequency is Frequency.ANNUAL
    if latest is None or latest.time_period <= start:
        return Standing(owed, _why_silent(owed, absent=absent, annual=annual))
    period = latest.time_period
    if owed is None or period >= min(owed, due):
        carried = indicator.owed_in(edition, cycle) is None and period == owed
    elif _nearly(period, owed, edition, cycle, due):
        carried = False
    elif absent:
        carried = True
    else:
        return Standing(owed, Reason.NOT_REPORTED)
    if period >= due:
        return Standing(owed, due_passed=True)
    notes = set()
    if carried:
        notes.add(_carried(absent and period != owed, annual=annual))
    elif period < edition.end and not annual:
        notes.add(Note.PARTIAL_PERIOD)
    return Standing(owed, carried=carried, notes=frozenset(notes))


def _owed(
    indicator: Indicator,
    edition: Edition,
    cycle: Cycle,
    first: Edition,
    *,
    start: TimePeriod,
    until: TimePeriod,
) -> TimePeriod | None:
    """Return the last period owed that tells of progress."""
    last = indicator.last_owed(edition, first, cycle)
    owed = None if last is None else min(last[1], until)
    return None if owed is None or owed <= start else owed


def _why_silent(owed: TimePeriod | None, *, absent: bool, annual: bool) -> Reason:
    """Return why there is no value at all since the start."""
    if owed is not None:
        return Reason.TOO_FEW_OBSERVATIONS if absent else Reason.NOT_REPORTED
    return Reason.ANNUAL_NOT_DUE if annual else Reason.TOO_FEW_OBSERVATIONS


def _carried(absent: bool, *, annual: bool) -> Note:
    """Return the note on a value that stands in: for 「—」, for a year, for an edition without."""
    if absent:
        return Note.CARRIED_ABSENT
    return Note.CARRIED_ANNUAL if annual else Note.CARRIED_QUARTER


def _nearly(
    period: TimePeriod, owed: TimePeriod, edition: Edition, cycle: Cycle, due: TimePeriod
) -> bool:
    """Whether a period answers for the one owed; after the due date only its own value does."""
    if owed >= due and edition.end > due:
        return False
    return max(cycle.containing(owed).plus(-1).end, owed.plus(-SHORT - 1)) < period < owed
