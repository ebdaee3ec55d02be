"""Season, drift and level of a series of logarithms, and its path with the drift damped or not.

The drift of a short series is mostly noise: a part of it is believed, it fades from period to
period, and what remains is the drift of like series.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planbook.assess.outlook.constants import DAMPING, DRIFT_CAP, FLOW_SHORT, SEASONED
from planbook.assess.outlook.parameters import Model

Numbers = NDArray[Any]
Path = Callable[[int], float]  # periods after the newest, from 1, to a logarithm


@dataclass(frozen=True)
class Trend:
    """Where a series stands and how it goes on.

    Attributes
    ----------
    adjusted
        The series without its season, oldest first.
    season
        What each position of the year adds, 0 to 3.
    own
        Drift of the series itself, a period.
    drift
        The part of it that is believed, with that of like series.
    level
        Newest value, smoothed.
    """

    model: Model
    adjusted: tuple[float, ...]
    season: tuple[float, ...]
    newest: int
    own: float
    drift: float
    level: float

    def damped(self, ahead: int) -> float:
        """Return the path on which own drift fades to that of like series."""
        usual = self.model.drift_usual
        kept = sum(DAMPING**step for step in range(1, ahead + 1))
        return self.level + usual * ahead + (self.drift - usual) * kept + self._season(ahead)

    def undamped(self, ahead: int) -> float:
        """Return the path on which the series goes on as it did."""
        return self.steady(self.own)(ahead)

    def steady(self, drift: float) -> Path:
        """Return the path on which the series goes on by a drift."""
        return lambda ahead: self.level + drift * ahead + self._season(ahead)

    def _season(self, ahead: int) -> float:
        return self.season[(self.newest + ahead) % 4]


def trend_of(values: Sequence[float], *, newest: int, model: Model) -> Trend:
    """Return the trend of at least eight values without a gap.

    Parameters
    ----------
    values
        Logarithms, oldest first.
    newest
        Position of the last one in its year, 0 to 3.
    """
    y = np.asarray(values, dtype=float)
    positions = (newest - np.arange(len(y))[::-1]) % 4
    season = _season(y, positions)
    adjusted = y - season[positions]
    own = _own_drift(adjusted)
    drift = model.drift_usual + model.drift_kept * (own - model.drift_usual)
    return Trend(
        model=model,
        adjusted=tuple(adjusted.tolist()),
        season=tuple(season.tolist()),
        newest=newest,
        own=own,
        drift=drift,
        level=_level(adjusted, drift, model.smoothing),
    )


def short_paths(values: Sequence[float]) -> tuple[Path, Path]:
    """Return the damped and the undamped path of five to seven logarithms of a flow.

    The same quarter of the last four, moved on by a yearly growth.
    """
    steady, usual = short_steady(values), FLOW_SHORT.drift_usual
    changes = [(y - before) / 4 for before, y in zip(values, values[4:], strict=False)]
    own = float(np.clip(np.mean(changes), -DRIFT_CAP, DRIFT_CAP))
    return steady(usual + FLOW_SHORT.drift_kept * (own - usual)), steady(own)


def short_steady(values: Sequence[float]) -> Callable[[float], Path]:
    """Return the paths of five to seven logarithms of a flow by their drift a period."""
    last = list(values[-4:])

    def going_on(drift: float) -> Path:
        return lambda ahead: last[(ahead - 1) % 4] + 4 * drift * math.ceil(ahead / 4)

    return going_on


def _season(y: Numbers, positions: Numbers) -> Numbers:
    """Return what each position of the year adds, shrunk toward nothing where it may be chance."""
    n = len(y)
    if n < SEASONED:
        raise ValueError(f"{n} values have no season, at least {SEASONED} are needed")
    time = np.arange(n) - (n - 1) / 2
    quarters = (positions[:, None] == np.arange(4)).astype(float)
    with_season = np.column_stack([time, quarters])
    found, full = _fitted(with_season, y)
    _, plain = _fitted(np.column_stack([np.ones(n), time]), y)
    explained = plain - full
    if explained <= 0:
        return np.zeros(4)
    shrink = max(0.0, 1 - full / (n - 5) * 3 / explained)
    effects = found[1:]
    return np.asarray(shrink * (effects - effects.mean()))


def _fitted(design: Numbers, y: Numbers) -> tuple[Numbers, float]:
    """Return the least-squares coefficients and the sum of squared errors."""
    found = np.linalg.solve(design.T @ design, design.T @ y)
    return found, float(np.sum((y - design @ found) ** 2))


def _own_drift(adjusted: Numbers) -> float:
    """Return the mean of the slope fitted and the slope between the ends, capped."""
    n = len(adjusted)
    time = np.arange(n) - (n - 1) / 2
    slope = float(time @ adjusted / (time @ time))
    ends = float(adjusted[-1] - adjusted[0]) / (n - 1)
    return float(np.clip((slope + ends) / 2, -DRIFT_CAP, DRIFT_CAP))


def _level(adjusted: Numbers, drift: float, smoothing: float) -> float:
    """Return the newest value, averaged with the earlier ones moved on by the drift."""
    back = np.arange(len(adjusted))
    weights = (1 - smoothing) ** back
    return float(weights @ (adjusted[::-1] + back * drift) / weights.sum())
