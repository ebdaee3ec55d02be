"""Goals on a few things that are counted: so many whole units are due by now, and so many are done.

Called by the kinds after they have found what share of the way is due. The limits of the ratings
are those of the plan, rounded down to whole units.
"""

from __future__ import annotations

import math

from planbook.assess.case import Case, Outcome
from planbook.assess.path import units_due, way_in_units
from planbook.plan import Thresholds
from planbook.vocabulary import Note, RatedBy

_NOISE = 1e-9  # a year estimated at 2.9999999999999996 units is three


def judge_in_units(case: Case, outcome: Outcome, *, baseline: float, share: float) -> None:
    """Rate a count with a short way by whole units; leave every other goal as it is.

    Of a way of ``W`` units ``k = ⌊W·share⌋`` are due. With ``x = d·(v − b)`` done: on course from
    ``k``, behind from ``⌊far_behind·W·share⌋``, reversing below zero. The pace printed is ``x/k``.

    Parameters
    ----------
    outcome
        With the value observed; pace, rating's measure and value due are replaced.
    baseline
        Where the way begins; zero for what is added up.
    share
        Of the way due by the value's time, before rounding.
    """
    way = way_in_units(case.target, baseline, small=case.small_target)
    if way is None or math.isnan(outcome.observed_value):
        return
    due = units_due(way, share)
    done = case.direction * (outcome.observed_value - baseline)
    outcome.rated_by = RatedBy.WHOLE_UNITS
    outcome.share_due = share
    outcome.path_value = baseline + case.direction * due
    outcome.pace = done / due if due else math.nan
    outcome.notes.add(Note.SMALL_TARGET)
    outcome.notes.discard(Note.PACES_DISAGREE)
    if not due and done + _NOISE >= 0:
        outcome.notes.add(Note.LESS_THAN_ONE_DUE)
    least = units_due(way, share * case.thresholds.far_behind)
    outcome.rate = _measure(done + _NOISE, due, least, case.thresholds)


def _measure(done: float, due: int, least: int, thresholds: Thresholds) -> float:
    """Return what stands for the pace where thresholds meet it."""
    if done < 0:
        return -math.inf
    if done >= due:
        return math.inf
    return thresholds.far_behind if done >= least else 0.0
