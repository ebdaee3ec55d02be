"""Other ways to carry a short series on, on the same windows, with the same form of the spread.

Each gives a path; quantities, targets and scale are the outlook's own, and how wide its errors are
is measured for each method alike, on the other sources. So only the paths differ.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from outlook.fitting import multiplier
from outlook.origins import AHEAD, AMBITIONS, Case, Logs, Origin, cases
from outlook.series import Series
from planbook.assess.outlook.constants import FLOW, LEVEL
from planbook.assess.outlook.forecast import Course
from planbook.assess.outlook.trend import Trend, trend_of

Path = Callable[[int], float]
Method = Callable[[Sequence[float], Trend], Sequence[float]]  # a path's values, one quarter on each
COMPARED = (12, 16)  # periods of history
QUARTERS = (1, 3, 5, 8, 11)  # ahead
SMOOTHINGS = np.arange(0.05, 1.0, 0.05)
DRAWS = 2000  # of the sources, for the interval of a difference


def theta(values: Sequence[float], trend: Trend) -> list[float]:
    """Return the theta method's path (Assimakopoulos and Nikolopoulos 2000), season by OLS.

    The mean of the fitted line and of a smoothed series of twice its curvature.
    """
    y = np.asarray(trend.adjusted)
    time = np.arange(len(y))
    slope, start = np.polyfit(time, y, 1)
    curved = 2 * y - (start + slope * time)
    level = min((_smoothed(curved, alpha) for alpha in SMOOTHINGS), key=lambda found: found[1])[0]
    line = start + slope * (time[-1] + np.arange(1, len(AHEAD) + 1))
    return [(level + each) / 2 + _season(trend, at) for at, each in zip(AHEAD, line, strict=True)]


def _smoothed(y: Any, alpha: float) -> tuple[float, float]:
    """Return last level and squared errors of simple exponential smoothing."""
    level, errors = float(y[0]), 0.0
    for each in y[1:]:
        errors += (each - level) ** 2
        level += alpha * (each - level)
    return level, errors


def damped_ets(values: Sequence[float], trend: Trend) -> list[float]:
    """Return the path of statsmodels' ETS(A,Ad,A), fitted by maximum likelihood."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = ETSModel(
            pd.Series(list(values)),
            trend="add",
            damped_trend=True,
            seasonal="add",
            seasonal_periods=4,
        )
        return [float(each) for each in model.fit(disp=False, maxiter=200).forecast(len(AHEAD))]


def _season(trend: Trend, ahead: int) -> float:
    return trend.season[(trend.newest + ahead) % 4]


OURS, POINT = "本书", "推算数达到即为100%"
METHODS: Mapping[str, Method | None] = {
    OURS: None,
    "theta": theta,
    "阻尼趋势ETS": damped_ets,
}


def windows(series: Sequence[Series]) -> pd.DataFrame:
    """Return a row a method and case, from one origin a series."""
    rows = []
    for each in series:
        logs = Logs(each)
        origins = logs.origins()
        known = origins[len(origins) // 2]
        for periods in COMPARED:
            for name, method in METHODS.items():
                course = _course(logs, known, periods, method)
                for ahead in QUARTERS:
                    for case in cases(Origin(logs, known, periods, ahead, course)):
                        gap = 0.0 if method else case.forecast.centre - case.forecast.own_centre
                        place = (each.source, each.name, case.quantity, case.row, periods, ahead)
                        rows.append((*place, name, case, case.error, course.scale, abs(gap)))
    columns = ["source", "series", "quantity", "row", "periods", "ahead"]
    return pd.DataFrame(rows, columns=[*columns, "method", "case", "error", "own", "gap"])


def _course(logs: Logs, known: int, periods: int, method: Method | None) -> Course:
    course = logs.course(known, periods)
    if method is None:
        return course
    newest = (logs.series.position + known - 1) % 4
    values = logs.y[known - periods : known].tolist()
    trend = trend_of(values, newest=newest, model=FLOW if logs.series.flow else LEVEL)
    path = list(method(values, trend))

    def going_on(ahead: int) -> float:
        return path[ahead - 1]

    return replace(course, damped=going_on, undamped=going_on)


def briers(table: pd.DataFrame) -> pd.DataFrame:
    """Return the Brier score of each case by method, the spread from the other sources.

    With the point forecast of ours, read as a yes or no, as one more method.
    """
    table = table.assign(brier=math.nan)
    for source in table["source"].unique():
        others = table[table["source"] != source]
        for key, rows in table[table["source"] == source].groupby(
            ["method", "row", "periods", "ahead"]
        ):
            method, row, periods, ahead = key
            like = others[
                (others["method"] == method)
                & (others["row"] == row)
                & (others["periods"] == periods)
                & (others["ahead"] == ahead)
            ]
            wide = multiplier(like["error"], like["own"], like["gap"])
            table.loc[rows.index, "brier"] = [
                _brier(case, own * wide)
                for case, own in zip(rows["case"], rows["own"], strict=True)
            ]
    point = table[table["method"] == OURS]
    scores = [
        sum((reached(case, target) - (case.actual >= target)) ** 2 for target in case.targets)
        / len(AMBITIONS)
        for case in point["case"]
    ]
    return pd.concat([table, point.assign(method=POINT, brier=scores)], ignore_index=True)


def reached(case: Case, target: float) -> int:
    """Return 1 where the point forecast meets the target, else 0."""
    return int(case.forecast.quantile(0.5) >= target)


def _brier(case: Case, errors: float) -> float:
    forecast = replace(case.forecast, errors=errors)
    missed = [
        (1 - forecast.below(target) - (case.actual >= target)) ** 2 for target in case.targets
    ]
    return sum(missed) / len(AMBITIONS)


def difference(table: pd.DataFrame, method: str, quantity: str) -> tuple[float, float, float]:
    """Return by how much a method's Brier score is above ours, with its 90 % interval.

    Sources are drawn again, for series of one source share their times.
    """
    part = table[table["quantity"] == quantity]
    wide = part.pivot_table(
        index=["source", "series", "row", "periods", "ahead"], columns="method", values="brier"
    )
    apart = (wide[method] - wide[OURS]).groupby("source").agg(["sum", "size"])
    random = np.random.default_rng(20261126)
    drawn = random.integers(0, len(apart), (DRAWS, len(apart)))
    sums, sizes = apart["sum"].to_numpy()[drawn], apart["size"].to_numpy()[drawn]
    low, high = np.quantile(sums.sum(axis=1) / sizes.sum(axis=1), [0.05, 0.95])
    return float(apart["sum"].sum() / apart["size"].sum()), float(low), float(high)
