"""How far a forecast of a short series is usually off: its own scale, times a measured spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planbook.assess.outlook.constants import FLOW_SHORT, SCALE_CAP, SCALE_FLOOR, SPREAD
from planbook.assess.outlook.parameters import Model

_YEARLY_CHANGES = 3  # from so many the scale of a short series rests on them
_FULL = 16  # more periods of history than these do not narrow the spread


def own_scale(adjusted: Sequence[float], model: Model) -> float:
    """Return the scale of a series from its season-free logarithms, mixed with that of like ones.

    A geometric mean: a few values alone may look steadier than they are.
    """
    return _mixed(float(np.std(np.diff(adjusted), ddof=1)), model)


def short_scale(values: Sequence[float]) -> float:
    """Return the scale of five to seven logarithms of a flow, season and all.

    Changes on the year before are free of the season; where there are fewer than three, those from
    period to period stand in.
    """
    changes = np.subtract(values[4:], values[:-4])
    if len(changes) < _YEARLY_CHANGES:
        changes = np.diff(values)
    return _mixed(float(np.std(changes, ddof=1)), FLOW_SHORT)


def spread(quantity: str, *, periods: int, ahead: float) -> float:
    """Return the usual error in units of the own scale.

    Parameters
    ----------
    quantity
        A key of `SPREAD`: the level at a time, the sum of a year, the sum of all that remains.
    periods
        Of history, at least five.
    ahead
        Quarters from the newest value to the time asked for.

    Raises
    ------
    ValueError
        If nothing was measured for so short a history.
    """
    for found in SPREAD[quantity]:
        if found.n_from <= periods <= found.n_to:
            return float(found.a * (_FULL / min(periods, _FULL)) ** found.k * ahead**found.b)
    raise ValueError(f"no spread of {quantity} was measured for {periods} periods")


def _mixed(sd: float, model: Model) -> float:
    bounded = min(max(sd, SCALE_FLOOR), SCALE_CAP)
    return float(bounded**model.scale_weight * model.scale_usual ** (1 - model.scale_weight))
