"""Goals on a few things that are counted: so many whole units are due by now, and so many are done.

Called by the kinds after they have found what share of the way is due. The limits of the ratings
are those of the plan, rounded down to whole units.
"""

from __future__ import annotations

import math

from planbook.assess.case import Case, Rated
from planbook.assess.path import units_due, way_in_units
from planbook.plan import Thresholds
from planbook.vocabulary import Note, RatedBy

_NOISE = 1e-9  # a year estimated at 2.9999999999999996 units is three


def rated_in_units(case: Case, value: float, *, baseline: float, share: float) -> Rated | None:
    """Rate a count with a short way by whole units; ``None`` for every other goal.

    Of a way of ``W`` units ``k = ⌊W·share⌋`` are due. With ``x = d·(v − b)`` done: on course from
    ``k``, behind from ``⌊far_behind·W·share⌋``, reversing below zero. The pace printed is ``x/k``.

    Parameters
    ----------
    value
        As observed or estimated.
    baseline
        Where the way begins; zero for what is added up.
    share
        Of the way due by the value's time, before rounding.
    """
    way = way_in_units(case.target, baseline, small=case.small_target)
    if way is None:
        return None
    due = units_due(way, share)
    done = case.direction * (value - baseline)
    notes = {Note.SMALL_TARGET}
    if not due and done + _NOISE >= 0:
        notes.add(Note.LESS_THAN_ONE_DUE)
    least = units_due(way, share * case.thresholds.far_behind)
    return Rated(
        rated_by=RatedBy.WHOLE_UNITS,
        pace=done / due if due else None,
        rate=_measure(done + _NOISE, due, least, case.thresholds),
        path_value=baseline + case.direction * due,
        share_due=share,
        notes=frozenset(notes),
    )


def _measure(done: float, due: int, least: int, thresholds: Thresholds) -> float:
    """Return what stands for the pace where thresholds meet it."""
    if done < 0:
        return -math.inf
    if done >= due:
        return math.inf
    return thresholds.far_behind if done >= least else 0.0
