"""The shape of what `planbook.assess.outlook.constants` holds."""

from __future__ import annotations

from typing import NamedTuple


class Model(NamedTuple):
    """How a series of one sort is carried on; rates are logarithms a period.

    `drift_usual` is the drift of like series and `drift_kept` how much of the own deviation from it
    is believed; `smoothing` weighs the newest value in the level; the own scale counts with
    `scale_weight` and that of like series, `scale_usual`, with the rest.
    """

    drift_usual: float
    drift_kept: float
    smoothing: float
    scale_usual: float
    scale_weight: float


class Spread(NamedTuple):
    """Errors in units of the own scale: ``a·(16/min(n, 16))^k·h^b``, for n periods of history."""

    n_from: int
    n_to: int
    a: float
    k: float
    b: float


class Reference(NamedTuple):
    """How often a goal in a like situation was met in the end, and in how many cases."""

    met_share: float
    cases: int
