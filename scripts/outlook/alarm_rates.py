"""How often the warning rules about series sound on series in which nothing was planted.

Real series have real breaks; a rate here is a false alarm only where nothing happened. Rules that
need a plan get one whose target goes on as the three years before it did.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from outlook.origins import AMBITIONS, PLAN, Case, Logs, Origin, cases
from outlook.record import OUTLIER
from outlook.series import Series
from planbook.assess.alerts.likelihood_rules import crosses, drops
from planbook.assess.outlook.constants import NEWEST
from planbook.assess.outlook.likelihood import printed
from planbook.assess.outlook.logits import logit
from planbook.assess.outlook.outliers import one_step
from planbook.plan.alert_limits import AlertLimits

LIMITS = AlertLimits()  # as every plan has them that says nothing else
QUARTERS = 12  # of a series at which the outlier rule is tried
PLANS = 4  # of a series
MISTYPED = {"+30%": math.log(1.3), "−23%": -math.log(1.3), "×10": math.log(10)}
GOING_ON = AMBITIONS.index(0.0)


class Rate(NamedTuple):
    """How often a rule sounded in so many cases."""

    rule: str
    periods: str
    sounded: float
    cases: int


def rates(series: Sequence[Series]) -> list[Rate]:
    """Return the rate of every rule about series."""
    logs = [Logs(each) for each in series]
    found = [*_outliers(logs), _reversal(logs)]
    steps = pd.DataFrame(
        [row for each in logs for row in _along_plans(each)],
        columns=["first", "crossed", "fell", "beyond", "met"],
    )
    later = steps[~steps["first"]]
    return [
        *found,
        _rate("达标可能性降到30%及以下", later["crossed"]),
        _rate("达标可能性下降20个百分点以上，且不到50%", later["fell"]),
        _rate("所需增速超过历史最高", steps["beyond"]),
        _rate("所需增速超过历史最高的，最终达标", steps[steps["beyond"]]["met"]),
        _rate("全部情形，最终达标", steps["met"]),
    ]


def _rate(rule: str, sounded: pd.Series, periods: str = "—") -> Rate:
    return Rate(rule, periods, float(sounded.mean()), len(sounded))


def _outliers(logs: Sequence[Logs]) -> Iterator[Rate]:
    """Of the one-step interval: on true values, and on the same mistyped."""
    for used in (8, 12, 16, 20):
        outside: dict[str, list[bool]] = {word: [] for word in ("", *MISTYPED)}
        for each in logs:
            for at in sorted({round(x) for x in np.linspace(NEWEST, len(each.y) - 1, QUARTERS)}):
                newest = (each.series.position + at - 1) % 4
                values = each.y[at - used : at].tolist()
                interval = one_step(
                    values, newest=newest, flow=each.series.flow, sure=LIMITS.outlier
                )
                if interval is None:
                    continue
                outside[""].append(not interval.holds(float(each.y[at])))
                for word, by in MISTYPED.items():
                    outside[word].append(not interval.holds(_mistyped(each, at, by)))
        yield _rate(OUTLIER, pd.Series(outside[""]), str(used))
        for word in MISTYPED:
            yield _rate(f"{OUTLIER}：误填{word}", pd.Series(outside[word]), str(used))


def _mistyped(logs: Logs, at: int, by: float) -> float:
    """Return the transformed value of a number mistyped; a share stays below 100."""
    if not logs.series.share:
        return float(logs.y[at]) + by
    wrong = min(float(logs.values[at]) * math.exp(by), 99.9)
    return logit(wrong)


def _reversal(logs: Sequence[Logs]) -> Rate:
    """Of four quarters in a row below the year before, after a year that grew on the whole."""
    sounded = []
    for each in logs:
        yearly = each.y[4:] - each.y[:-4]
        for at in range(8, len(yearly) + 1):
            last, before = yearly[at - 4 : at], yearly[at - 8 : at - 4]
            sounded.append(bool((last < 0).all() and before.mean() > 0))
    return _rate("连续四季同比下降", pd.Series(sounded))


def _along_plans(logs: Logs) -> Iterator[tuple[bool, bool, bool, bool, bool]]:
    """Yield what sounds at each quarter of plans laid over a series, and if they were met."""
    last_start = len(logs.values) - PLAN
    for start in sorted({round(x) for x in np.linspace(NEWEST, last_start, PLANS)}):
        before: float | None = None
        for gone in range(1, PLAN):
            known, ahead = start + gone, PLAN - gone
            course = logs.course(known, NEWEST)
            case = cases(Origin(logs, known, NEWEST, ahead, course))[0]
            target = case.targets[GOING_ON]
            p, met = printed(1 - case.forecast.below(target)), case.actual >= target
            crossed = before is not None and crosses(LIMITS, before, p)
            fell = before is not None and drops(LIMITS, before, p) and not crossed
            yield before is None, crossed, fell, _beyond(logs, known, ahead, case), met
            before = p


def _beyond(logs: Logs, known: int, ahead: int, case: Case) -> bool:
    """Whether what is required is more than any quarter of the window grew in a year.

    A year, where more than one is left.
    """
    target, now = case.targets[GOING_ON], float(logs.rated[known - 1])
    open_way = logit(target) if logs.series.share else math.log(target)
    window = logs.y[known - NEWEST : known]
    best = max(0.0, float((window[4:] - window[:-4]).max()))
    return (open_way - now) / max(ahead / 4, 1) > best
