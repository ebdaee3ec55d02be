"""A goal judged with some things of one edition and the others of the next.

Data are the values of periods after the older edition's newest, each with the share of its year
that it usually is. Revision are the values up to that period and the baseline, as known later. Time
is the time at which a value is held against what is due: without new data the old value is carried
there, without time the new one is carried back. Target is the target in force, with whatever else
an amendment restates, and the thresholds of its ratings. All go through the functions that judge.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from planbook.assess.judging import JUDGES, case_of, is_adverse, word_of
from planbook.assess.known import Baseline, Known
from planbook.assess.scope import choose
from planbook.assess.verdict_notes import Judged
from planbook.assess.verdicts import judged
from planbook.frames import ObservationRow
from planbook.periods import TimePeriod
from planbook.plan import Goal, Plan, Thresholds
from planbook.vocabulary import Rating
from planbook.watch_frames import ChangeFactor

Chosen = frozenset[ChangeFactor]
Key = tuple[TimePeriod, str]  # period, scope


@dataclass(frozen=True, slots=True)
class Mixed:
    """What a mixture of two editions is judged to be."""

    pace: float
    rating: Rating


@dataclass(frozen=True)
class Side:
    """A goal as judged in one edition, with what its indicator was known to be."""

    judged: Judged
    observations: Mapping[Key, ObservationRow]
    baselines: tuple[Baseline, ...]

    @classmethod
    def of(cls, plan: Plan, goal: Goal, known: Known) -> Side:
        """Judge the goal with the target in force in the edition."""
        indicator = plan.indicator_of(goal).id
        rows = known.observations.get(indicator, ())
        return cls(
            judged(plan, goal.as_of(known.edition), known),
            {(row.time_period, row.scope): row for row in rows},
            known.baselines.get(indicator, ()),
        )

    @property
    def time(self) -> TimePeriod | None:
        """The time at which its value is held against what is due."""
        return self.judged.outcome.observed_period

    @property
    def target(self) -> tuple[object, ...]:
        """All that an amendment can change."""
        goal = self.judged.goal
        return goal.target, goal.target_high, goal.restated(self.judged.known.edition)


@dataclass(frozen=True)
class TwoEditions:
    """A goal as judged in two editions, whose parts can be mixed."""

    plan: Plan
    old: Side
    new: Side

    @property
    def changed(self) -> Chosen:
        """The factors that are not the same in both editions."""
        return frozenset(self._changed())

    def _changed(self) -> Iterator[ChangeFactor]:
        old, new = self.old, self.new
        for key in old.observations.keys() | new.observations.keys():
            if old.observations.get(key) != new.observations.get(key):
                yield self._factor(key)
        if old.baselines != new.baselines:
            yield ChangeFactor.REVISION
        if old.time != new.time:
            yield ChangeFactor.TIME
        if old.target != new.target:
            yield ChangeFactor.TARGET

    def mixed(
        self, chosen: Chosen, *, gap: float = 0.0, thresholds: Thresholds | None = None
    ) -> Mixed | None:
        """Judge the goal with the factors chosen from the newer edition.

        Parameters
        ----------
        gap
            What another method made of the pace; it is added to it.
        thresholds
            By which it is rated; ``None``: those of the plan.

        Returns
        -------
        Mixed or None
            ``None`` where this mixture has no pace.
        """
        plan, aimed = self.plan, self._side(ChangeFactor.TARGET, chosen).judged
        dated, goal = self._side(ChangeFactor.TIME, chosen), aimed.goal
        indicator, due = plan.indicator_of(goal).id, dated.judged.stands.due_passed
        known = replace(
            aimed.known,
            observations={indicator: tuple(self._taken(chosen))},
            baselines={indicator: self._side(ChangeFactor.REVISION, chosen).baselines},
        )
        choice = choose(plan, goal, known)
        case = case_of(plan, goal, choice, due_passed=due)
        if case is None:
            return None
        limits = (thresholds or plan.thresholds).of(goal.kind)
        case = replace(case, assumed_time=dated.time, thresholds=limits)
        outcome = JUDGES[goal.kind](case)
        rated, adverse = outcome.rated, is_adverse(goal, choice)
        if rated.pace is None or not math.isfinite(rated.pace):
            return None
        pace = rated.pace + gap
        measure = pace if rated.rate is None else rated.rate
        return Mixed(pace, word_of(limits, outcome, measure, adverse=adverse, due=due))

    def _taken(self, chosen: Chosen) -> Iterator[ObservationRow]:
        """Yield the observations of the mixture, each as known in the edition it is taken from."""
        for key in sorted(self.old.observations.keys() | self.new.observations.keys()):
            row = self._side(self._factor(key), chosen).observations.get(key)
            if row is not None:
                yield row

    def _side(self, factor: ChangeFactor, chosen: Chosen) -> Side:
        return self.new if factor in chosen else self.old

    def _factor(self, key: Key) -> ChangeFactor:
        """Return which factor a value belongs to: data are later ones than there were before."""
        newest = self.old.judged.choice.newest
        later = newest is None or key[0] > newest.time_period
        return ChangeFactor.DATA if later else ChangeFactor.REVISION
