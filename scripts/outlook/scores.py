"""Forecasts of past series scored: the source that is tested has no part in the constants used.

From windows (`rolling_origins`) to two tables: `Scores.cases`, a row a forecast with its errors,
and `Scores.targets`, a row a target with its likelihood and whether it was met.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from outlook.fitting import (
    FITTED,
    FULL,
    Counted,
    count_reference,
    error_of,
    fit,
    fitted_on,
    frame,
    met_share,
    rating,
)
from outlook.origins import AMBITIONS, PERIODS, Case, Logs, Origin, Spreads, constants, roll
from outlook.series import Series
from planbook.assess.outlook import student
from planbook.assess.outlook.constants import FLOW, LEVEL, SEASONED
from planbook.assess.outlook.forecast import Course
from planbook.assess.outlook.parameters import Model

Reference = dict[tuple[str, str, int], float]
REACH80, REACH95 = student.quantile(0.9), student.quantile(0.975)
MISS95 = 2 / 0.05  # what the interval score charges for a miss, in its width


@dataclass
class Left:
    """What is known from all sources but one."""

    spread: Spreads
    reference: Reference


@dataclass
class Scores:
    """All cases and all targets; `case` of a target is the row of its case."""

    cases: pd.DataFrame
    targets: pd.DataFrame


@dataclass
class _Rows:
    cases: list[tuple[Any, ...]] = field(default_factory=list)
    targets: list[tuple[Any, ...]] = field(default_factory=list)


_CASES = ("source", "series", "quantity", "periods", "ahead", "known")
_MEASURED = ("steady", "inside80", "inside95", "interval")
_TARGETS = ("case", "ambition", "plan_like", "p", "own", "met", "reference")


def left_out(series: Sequence[Series]) -> dict[str, Left]:
    """Return spread and reference table without each source, by source."""
    errors, seen = [], defaultdict(list)
    for origin, case in roll(series, FITTED):
        if fitted_on(origin, case):
            errors.append(error_of(origin, case))
        if origin.periods == FULL:
            seen[origin.source].append((origin, case))
    table = frame(errors)
    counted = {source: count_reference(cases) for source, cases in seen.items()}
    return {
        source: Left(fit(table[table["source"] != source]), _without(source, counted))
        for source in dict.fromkeys(each.source for each in series)
    }


def _without(source: str, counted: Mapping[str, Counted]) -> Reference:
    sums: dict[tuple[str, str, int], list[int]] = defaultdict(lambda: [0, 0])
    for other, cells in counted.items():
        if other != source:
            for key, (met, cases) in cells.items():
                sums[key][0] += met
                sums[key][1] += cases
    return {key: met_share(*cell) for key, cell in sums.items()}


def score(series: Sequence[Series], left: Mapping[str, Left]) -> Scores:
    """Return what the outlook would have said of each series and how that went."""
    rows = _Rows()
    for source, without in left.items():
        own = [each for each in series if each.source == source]
        with constants(without.spread):
            for origin, case in roll(own, PERIODS):
                _add(rows, origin, case, without.reference)
    cases = pd.DataFrame(rows.cases, columns=[*_CASES, *_MEASURED])
    targets = pd.DataFrame(rows.targets, columns=list(_TARGETS))
    places = cases[[*_CASES, "steady"]]
    return Scores(cases, targets.join(places, on="case"))


def _add(rows: _Rows, origin: Origin, case: Case, reference: Reference) -> None:
    series, forecast = origin.logs.series, case.forecast
    at = abs(case.error) / forecast.scale
    model = FLOW if series.flow else LEVEL
    place = (series.source, series.name, case.quantity, origin.periods, origin.ahead, origin.known)
    measured = (
        origin.periods >= SEASONED and steady(origin.course, model),
        at <= REACH80,
        at <= REACH95,
        interval_score(case) / usual_change(origin.logs, origin.known, case.quantity),
    )
    rows.cases.append((*place, *measured))
    year = math.ceil(origin.gone / 4)
    for ambition, target, pace, like in zip(
        AMBITIONS, case.targets, case.paces, case.plan_like, strict=True
    ):
        word = rating(pace)
        rows.targets.append(
            (
                len(rows.cases) - 1,
                ambition,
                like,
                1 - forecast.below(target),
                forecast.own_value >= target,
                case.actual >= target,
                reference.get((case.quantity, word, year), 1.0 if word == "met" else 0.5),
            )
        )


def steady(course: Course, model: Model) -> bool:
    """Whether a series grows by more a period than its growth fluctuates."""
    own = (course.undamped(8) - course.undamped(4)) / 4
    fluctuation = (course.scale / model.scale_usual ** (1 - model.scale_weight)) ** (
        1 / model.scale_weight
    )
    return bool(own > fluctuation)


def interval_score(case: Case) -> float:
    """Return width of the 95 % interval plus what a miss costs (Gneiting and Raftery 2007)."""
    low, high = (case.forecast.quantile(share) for share in (0.025, 0.975))
    return high - low + MISS95 * max(low - case.actual, case.actual - high, 0.0)


def usual_change(logs: Logs, known: int, quantity: str) -> float:
    """Return the mean absolute change on the year before, of levels or of yearly sums."""
    values = logs.values if quantity == "level" else np.exp(logs.years)
    changes = np.abs(values[known - 16 : known] - values[known - 20 : known - 4])
    return float(np.mean(changes))
