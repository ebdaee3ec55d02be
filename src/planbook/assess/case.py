"""What goes into the judgement of a goal and what comes out, for every kind alike.

A `Case` is a goal with the facts it is judged on; the modules of the kinds turn it into an
`Outcome` of plain numbers. Words, reasons and the row of the table follow in
`planbook.assess.goals`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import nan

from planbook.assess.running_year import RunningYear
from planbook.assess.series import Observation, Series
from planbook.assess.targets import Target
from planbook.periods import TimePeriod
from planbook.plan import Goal, Indicator, Thresholds
from planbook.vocabulary import Note, RatedBy, Reason


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
    assumed_share
        Of the running year reached, at an end of the band of its estimate; ``None`` for the usual
        share.
    """

    goal: Goal
    indicator: Indicator
    target: Target
    start: TimePeriod
    due: TimePeriod
    series: Series
    latest: Observation
    baseline: float | None
    thresholds: Thresholds
    small_target: float  # the longest way that is judged in whole units
    due_passed: bool
    assumed_share: float | None = None

    @property
    def direction(self) -> int:
        return self.goal.direction.sign


@dataclass(kw_only=True)
class Outcome:
    """The numbers of a verdict, NaN where undefined; names are those of the verdicts' columns.

    Attributes
    ----------
    rate
        The pace put to the thresholds where it is not `pace`: without distance to the target a
        pace has no value, but the sign of the change is known.
    capped
        Whether a closed year that missed caps the rating.
    running
        The running year whose estimate the rating rests on; ``None`` if it rests on none.
    unsteady
        Whether the running year, as estimated, will not meet what an earlier year has met.
    reason
        Why there is no verdict although the value is in order.
    """

    observed_value: float = nan
    observed_period: TimePeriod | None = None
    elapsed: float = nan
    horizon: float = nan
    target_value: float = nan
    meeting_value: float = nan
    path_value: float = nan
    share_due: float = nan
    increment_due: float = nan
    completion: float = nan
    increment_completion: float = nan
    time_elapsed: float = nan
    growth_pace: float = nan
    linear_pace: float = nan
    pace: float = nan
    rate: float | None = None
    rated_by: RatedBy | None = None
    is_estimate: bool = False
    band_low: float = nan
    band_high: float = nan
    usual_share: float = nan
    share_from_history: bool = False
    met: bool = False
    met_period: TimePeriod | None = None
    exceeded: bool = False
    remaining: float = nan
    required_rate: float = nan
    required_step: float = nan
    average_step: float = nan
    rolling_value: float = nan
    missed_years: tuple[int, ...] = ()
    capped: bool = False
    running: RunningYear | None = None
    unsteady: bool = False
    reason: Reason | None = None
    notes: set[Note] = field(default_factory=set)

    def meet(self, target: Target, value: float) -> None:
        """Record whether the value meets the target, and how."""
        self.met = target.meets(value)
        self.exceeded = target.exceeds(value)
        if self.exceeded:
            self.notes.add(Note.ABOVE_RANGE)
        if target.only_by_tolerance(value):
            self.notes.add(Note.WITHIN_TOLERANCE)

    def step(self, *, done: float, quarters: float, quarters_left: float) -> None:
        """Record the amount a quarter so far and the one still needed."""
        if quarters > 0:
            self.average_step = done / quarters
        if quarters_left > 0:
            self.required_step = self.remaining / quarters_left


def number(value: float | None) -> float:
    """Return the value for a frame: NaN for ``None``."""
    return nan if value is None else value
