"""What goes into the judgement of a goal and what comes out, for every kind alike.

A `Case` is a goal with the facts it is judged on; the modules of the kinds turn it into an
`Outcome` of plain numbers, ``None`` where one is undefined. Words, reasons and the verdict follow
in `planbook.assess.verdicts`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from planbook.assess.path import as_value, in_goal_unit
from planbook.assess.running_year import RunningYear
from planbook.assess.series import Series
from planbook.assess.targets import Target
from planbook.contract import Number
from planbook.frames import ObservationRow, Verdict
from planbook.periods import FiscalYear, TimePeriod
from planbook.plan import Goal, Indicator, Thresholds
from planbook.plan.cycle import Cycle
from planbook.vocabulary import Note, RatedBy, Reason

NO_NOTES: frozenset[Note] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Case:
    """A goal whose newest value may be judged.

    Attributes
    ----------
    goal
        With the target in force.
    target
        In the goal's unit.
    start, due
        ``t0`` and ``tE``.
    series
        In the scope judged, cut after the value that decides.
    latest
        Newest observation of the series with a number.
    baseline
        At `start`, in the same scope.
    due_passed
        Whether the value of the due date decides.
    cycle
        The plan's, over whose editions what is left is spread.
    assumed_share
        Of the running year reached, at an end of the band of its estimate; ``None`` for the usual
        share.
    assumed_time
        At which the value is held against what is due, carried there from its own; ``None`` for its
        own. What share of the running year a value is, is asked of its own time all the same.
    """

    goal: Goal
    indicator: Indicator
    target: Target
    start: TimePeriod
    due: TimePeriod
    series: Series
    latest: ObservationRow
    baseline: float | None
    thresholds: Thresholds
    small_target: float  # the longest way that is judged in whole units
    due_passed: bool
    cycle: Cycle
    assumed_share: float | None = None
    assumed_time: TimePeriod | None = None

    def time(self, own: TimePeriod) -> TimePeriod:
        """Return the time at which a value of a period is held against what is due."""
        return self.assumed_time or own

    @property
    def hypothetical(self) -> bool:
        """Whether something is assumed, so that no band is asked for."""
        return self.assumed_share is not None or self.assumed_time is not None

    @property
    def year(self) -> FiscalYear:
        """The years of the plan."""
        return self.cycle.year

    @property
    def direction(self) -> int:
        return self.goal.direction.sign

    @property
    def horizon(self) -> float:
        """Years from the start to the due date."""
        return self.due.years_since(self.start)

    def completion(self, value: float, target: float | None) -> float | None:
        """Return 目标完成率, the value as a share of the target; ``None`` where less is better."""
        if target is None or self.direction < 0 or target <= 0:
            return None
        return value / target

    def as_value(self, number: float) -> float | None:
        """Return a number in the goal's unit as a value of the indicator."""
        return as_value(self.goal, number, self.baseline)

    def in_goal_unit(self, value: float | None) -> float | None:
        """Return a value of the indicator in the goal's unit."""
        return in_goal_unit(self.goal, value, self.baseline)


@dataclass(frozen=True, kw_only=True)
class Rated:
    """What rates a value: its pace, and what is due by its time.

    Attributes
    ----------
    rate
        The pace put to the thresholds where it is not `pace`: without distance to the target a
        pace has no value, but the sign of the change is known.
    """

    rated_by: RatedBy | None = None
    pace: Number = None
    rate: Number = None
    path_value: Number = None
    share_due: Number = None
    notes: frozenset[Note] = NO_NOTES

    @property
    def measure(self) -> float | None:
        """What is put to the thresholds."""
        return self.pace if self.rate is None else self.rate


@dataclass(frozen=True, kw_only=True)
class Way:
    """How far a value has come from the baseline to the value that meets, and in what time."""

    meeting_value: Number = None
    elapsed: Number = None
    horizon: Number = None
    completion: Number = None
    increment_completion: Number = None
    increment_due: Number = None
    growth_pace: Number = None
    linear_pace: Number = None
    required_rate: Number = None
    rated: Rated = Rated()
    notes: frozenset[Note] = NO_NOTES

    @property
    def time_elapsed(self) -> float | None:
        """序时进度; a later value that stands for the due date had all the time there is."""
        if self.elapsed is None or self.horizon is None:
            return None
        return min(self.elapsed / self.horizon, 1.0)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Whether a value meets the target, and how; `met_period` is the value's own."""

    met: bool = False
    met_period: TimePeriod | None = None
    exceeded: bool = False
    notes: frozenset[Note] = NO_NOTES

    @classmethod
    def of(cls, target: Target, value: float | None, period: TimePeriod) -> Meeting:
        """Hold a value against the target; none meets nothing."""
        if value is None:
            return cls()
        met, exceeded = target.meets(value), target.exceeds(value)
        notes = {Note.ABOVE_RANGE: exceeded, Note.WITHIN_TOLERANCE: target.only_by_tolerance(value)}
        return cls(
            met=met,
            met_period=period if met else None,
            exceeded=exceeded,
            notes=frozenset(note for note, holds in notes.items() if holds),
        )


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """The estimate of the running year that a rating rests on; empty where it rests on none."""

    running: RunningYear | None = None
    usual_share: Number = None
    share_from_history: bool = False
    band_low: Number = None
    band_high: Number = None
    notes: frozenset[Note] = NO_NOTES


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The amount an edition so far, and the one still needed."""

    average_step: Number = None
    required_step: Number = None

    @classmethod
    def of(
        cls,
        *,
        cycle: Cycle,
        done: float | None,
        months: float,
        remaining: float | None,
        months_left: float,
    ) -> Steps:
        """Spread what is done and what remains over the editions of their months."""
        before, after = months / cycle.months, months_left / cycle.months
        return cls(
            average_step=done / before if done is not None and before > 0 else None,
            required_step=remaining / after if remaining is not None and after > 0 else None,
        )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The numbers of a verdict; names are those of the verdicts' columns.

    Attributes
    ----------
    capped
        Whether a closed year that missed caps the rating.
    unsteady
        Whether the running year, as estimated, will not meet what an earlier year has met.
    reason
        Why there is no verdict although the value is in order.
    own_notes
        Besides those of the parts.
    """

    observed_value: Number = None
    observed_period: TimePeriod | None = None
    is_estimate: bool = False
    target_value: Number = None
    remaining: Number = None
    rolling_value: Number = None
    missed_years: tuple[int, ...] = ()
    way: Way = Way()
    meeting: Meeting = Meeting()
    estimate: Estimate = Estimate()
    steps: Steps = Steps()
    capped: bool = False
    unsteady: bool = False
    reason: Reason | None = None
    own_notes: frozenset[Note] = NO_NOTES

    @property
    def rated(self) -> Rated:
        return self.way.rated

    @property
    def notes(self) -> frozenset[Note]:
        """All notes, of the parts too."""
        parts = (self.way, self.rated, self.meeting, self.estimate)
        return self.own_notes.union(*(part.notes for part in parts))

    def columns(self) -> dict[str, Any]:
        """Return the numbers under the names of their fields in a `Verdict`."""
        parts = (self, self.way, self.rated, self.meeting, self.estimate, self.steps)
        return {name: getattr(part, name) for part in parts for name in _COLUMNS[type(part)]}


_NUMBERS = [each.name for each in fields(Verdict) if each.name not in ("reason", "notes")]
_COLUMNS = {
    part: [name for name in _NUMBERS if hasattr(part, name)]
    for part in (Outcome, Way, Rated, Meeting, Estimate, Steps)
}
