"""The spread of the outlook fitted and its reference table counted, on public series.

The spread is what the own scale has to be multiplied by, beside the doubt about the drift, for 80 %
of the errors to lie within the interval of 80 %: solved for each length of history and each number
of quarters ahead, then made smooth by least squares on logarithms.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from outlook.origins import Case, Origin, Spreads, roll
from outlook.series import load
from planbook.assess.outlook import student
from planbook.assess.outlook.constants import DRIFT_DOUBT, SEASONED
from planbook.assess.outlook.likelihood import pace_class
from planbook.assess.outlook.parameters import Spread

FITTED = (5, 6, 7, 8, 10, 12, 14, 16, 20)  # periods of history
GROUPS = ((5, 6), (7, 7), (8, 20))  # from and to how many, a row of the spread each
FULL = 16  # more history does not narrow the spread
ENOUGH = 100  # windows from which a group counts in full
WIDENED = 1.1  # sums: on series left out their intervals fall a little short of 80 %
Counted = dict[tuple[str, str, int], tuple[int, int]]  # quantity, class, year: met, cases
CLASSES = ("met", "on", "mid", "low", "reversed")


@dataclass(frozen=True)
class Error:
    """An error of a forecast, with what its scale is made of.

    Attributes
    ----------
    error
        Of the logarithm (logit) of what was open.
    own
        Scale of the series.
    gap
        Between the damped and the undamped centre.
    """

    source: str
    row: str
    periods: int
    ahead: int
    error: float
    own: float
    gap: float


def multiplier(errors: Any, own: Any, gap: Any, share: float = 0.8) -> float:
    """Return by what the own scale is multiplied for a share of errors to lie inside.

    Parameters
    ----------
    errors, own, gap
        Arrays of equal length, see `Error`.
    """
    reach = student.quantile((1 + share) / 2)
    doubt = (DRIFT_DOUBT * np.asarray(gap)) ** 2
    needed = (np.asarray(errors) / reach) ** 2 - doubt
    factors = np.sqrt(np.maximum(needed, 0)) / np.asarray(own)
    return float(np.quantile(factors, share))


def fit(errors: pd.DataFrame) -> Spreads:
    """Return the spread of each quantity, from a row an `Error`."""
    found: dict[str, list[Spread]] = {}
    for row, rows in errors.groupby("row", sort=False):
        for low, high in GROUPS:
            part = rows[rows["periods"].between(low, high)]
            if len(part):
                spread = _smooth(part, low, high)
                if row != "level":
                    spread = spread._replace(a=spread.a * WIDENED)
                found.setdefault(str(row), []).append(spread)
    return {row: tuple(spreads) for row, spreads in found.items()}


def _smooth(part: pd.DataFrame, low: int, high: int) -> Spread:
    """Fit ``a·(16/min(n, 16))^k·h^b``; k is 0 where history hardly differs."""
    design, values, weights = [], [], []
    for key, group in part.groupby(["periods", "ahead"]):
        periods, ahead = (int(str(each)) for each in key)
        found = multiplier(group["error"], group["own"], group["gap"])
        if found <= 0:
            continue
        design.append((1.0, math.log(FULL / min(periods, FULL)), math.log(ahead)))
        values.append(math.log(found))
        weights.append(math.sqrt(min(1.0, len(group) / ENOUGH)))
    columns = [0, 1, 2] if low >= SEASONED else [0, 2]
    scaled = np.asarray(design)[:, columns] * np.asarray(weights)[:, None]
    solved, *_ = np.linalg.lstsq(scaled, np.asarray(values) * np.asarray(weights), rcond=None)
    a, *rest = (float(each) for each in solved)
    k, b = rest if len(rest) == 2 else (0.0, rest[0])
    return Spread(n_from=low, n_to=high, a=math.exp(a), k=k, b=b)


def error_of(origin: Origin, case: Case) -> Error:
    """Return what the fit needs of a case."""
    own, gap = origin.course.scale, abs(case.forecast.centre - case.forecast.own_centre)
    return Error(origin.source, case.row, origin.periods, origin.ahead, case.error, own, gap)


def fitted_on(origin: Origin, case: Case) -> bool:
    """Whether a case counts in the fit: the total has the sums that a year's rest has too.

    A year that has begun is forecast by its rest, which is the total's; so sums of years count from
    five quarters ahead, and of the rest the last quarter stands apart (`LAST_PERIOD_FACTOR`).
    """
    return case.row != "remaining_sum" or (case.quantity == "total" and origin.ahead > 1)


def rating(pace: float) -> str:
    """Return the class of the reference table; an infinite pace stands for what is met."""
    return "met" if math.isinf(pace) else pace_class(pace)


def count_reference(seen: Iterable[tuple[Origin, Case]]) -> Counted:
    """Return (met, cases) by quantity, class and year of the plan, of plan-like targets."""
    counted: dict[tuple[str, str, int], list[int]] = {}
    for origin, case in seen:
        year = math.ceil(origin.gone / 4)
        for target, pace, like in zip(case.targets, case.paces, case.plan_like, strict=True):
            if like and not (case.quantity == "total" and math.isinf(pace)):
                cell = counted.setdefault((case.quantity, rating(pace), year), [0, 0])
                cell[0] += case.actual >= target
                cell[1] += 1
    order = [
        (quantity, word, year)
        for quantity in ("level", "year_sum", "total")
        for word in CLASSES
        for year in (1, 2, 3)
    ]
    return {key: (counted[key][0], counted[key][1]) for key in order if key in counted}


def met_share(met: int, cases: int) -> float:
    """Return the share that was met, drawn a little to one half: (met + 1)/(cases + 2)."""
    return (met + 1) / (cases + 2)


def measure() -> tuple[pd.DataFrame, Counted]:
    """Roll all series; return the errors and the counts of the reference table."""
    errors, seen = [], []
    for origin, case in roll(load(), FITTED):
        if fitted_on(origin, case):
            errors.append(error_of(origin, case))
        if origin.periods == FULL:
            seen.append((origin, case))
    return frame(errors), count_reference(seen)


def frame(errors: Sequence[Error]) -> pd.DataFrame:
    """Return a row an error."""
    names = [each.name for each in fields(Error)]
    return pd.DataFrame([[getattr(each, name) for name in names] for each in errors], columns=names)
