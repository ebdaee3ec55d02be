"""The outlook on past series: from scores to the figures of its record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from outlook.alarm_rates import rates
from outlook.other_methods import OURS, briers, difference, windows
from outlook.record import EVERY, QUANTITIES, Figure, Record
from outlook.scores import Scores, left_out, score
from outlook.series import Series, load
from planbook.assess.outlook.constants import SEASONED

FAR = 3  # quarters from which the own pace is looked at
GROUPS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)  # of likelihoods
OWN_GROUPS = (0.0, 0.3, 0.5, 0.7, 0.9, 1.0)
SURE = 1e-4  # from 0 and from 1, as far as logits go
PRINTED = ("p", "met")


def measure(day: date, *, others: bool = True) -> Record:
    """Return all figures; without `others` no other methods, which take the most time."""
    series = load()
    scores = score(series, left_out(series))
    found = [
        *_basis(series, scores, day),
        *_coverage(scores),
        *_skill(scores),
        *_likely(scores),
        *_choices(scores),
    ]
    if others:
        found += _methods(series)
    found += (
        Figure("alarms", each.rule, each.periods, name, value)
        for each in rates(series)
        for name, value in (("share", each.sounded), ("cases", float(each.cases)))
    )
    return Record(found)


def _basis(series: Sequence[Series], scores: Scores, day: date) -> Iterator[Figure]:
    sorts = pd.Series([each.sort.value for each in series]).value_counts()
    counted = {
        "date": float(day.strftime("%Y%m%d")),
        "series": len(series),
        "sources": len({each.source for each in series}),
        **{str(sort): count for sort, count in sorts.items()},
        "cases": len(scores.cases),
        "targets": len(scores.targets),
    }
    for name, value in counted.items():
        yield Figure("basis", EVERY, EVERY, name, float(value))


def _coverage(scores: Scores) -> Iterator[Figure]:
    seasoned = scores.cases[scores.cases["periods"] >= SEASONED]
    for table, cases, by in (
        ("periods", scores.cases, "periods"),
        ("ahead", seasoned, "ahead"),
        ("sources", seasoned, "source"),
    ):
        for (row, quantity), group in cases.groupby([by, "quantity"]):
            for name in ("inside80", "inside95", "interval"):
                yield Figure(table, str(row), str(quantity), name, float(group[name].mean()))
    for quantity, group in seasoned[seasoned["steady"]].groupby("quantity"):
        for name in ("inside80", "inside95"):
            yield Figure("steady", EVERY, str(quantity), name, float(group[name].mean()))
        yield Figure("steady", EVERY, str(quantity), "cases", float(len(group)))
    for (ahead, quantity), group in seasoned[seasoned["steady"]].groupby(["ahead", "quantity"]):
        value = float(group["inside80"].mean())
        yield Figure("steady", str(ahead), str(quantity), "inside80", value)


def _skill(scores: Scores) -> Iterator[Figure]:
    targets = scored(scores.targets)
    for (row, quantity), group in targets.groupby(["periods", "quantity"]):
        for name in ("brier", "reference", "base"):
            value = group["brier" if name == "brier" else f"{name}_brier"].mean()
            yield Figure("periods", str(row), str(quantity), name, float(value))
    seasoned = targets[targets["periods"] >= SEASONED]
    for (row, quantity), group in seasoned.groupby(["ahead", "quantity"]):
        skill = 1 - group["brier"].mean() / group["base_brier"].mean()
        yield Figure("ahead", str(row), str(quantity), "skill", float(skill))


def scored(targets: pd.DataFrame) -> pd.DataFrame:
    """Return targets with the Brier scores of the model, the reference table and the base rate.

    The base rate is the share met of the other sources, by quantity and quarters ahead.
    """
    by = ["quantity", "ahead"]
    met = targets.groupby([*by, "source"])["met"].agg(["sum", "size"])
    others = met.groupby(by).transform("sum") - met
    base = (others["sum"] / others["size"].where(others["size"] > 0)).fillna(0.5)
    told = targets.join(base.to_frame("base"), on=[*by, "source"])
    for name in ("reference", "base"):
        told[f"{name}_brier"] = (told[name] - told["met"]) ** 2
    told["brier"] = (told["p"] - told["met"]) ** 2
    return told


def _likely(scores: Scores) -> Iterator[Figure]:
    targets = scores.targets[scores.targets["periods"] >= SEASONED]
    own = targets[targets["own"] & (targets["ahead"] >= FAR)]
    tables = (
        ("likely", targets, GROUPS),
        ("own", own, OWN_GROUPS),
        ("own_plan", own[own["plan_like"]], OWN_GROUPS),
    )
    for table, rows, edges in tables:
        labels = [f"{100 * low:.0f}%—{100 * high:.0f}%" for low, high in pairwise(edges)]
        group = pd.cut(rows["p"], edges, labels=labels, include_lowest=True)
        for (label, quantity), part in rows.groupby([group, "quantity"], observed=True):
            for name in PRINTED:
                value = float(part[name].mean())
                yield Figure(table, str(label), str(quantity), name, value)
            yield Figure(table, str(label), str(quantity), "cases", float(len(part)))


def _choices(scores: Scores) -> Iterator[Figure]:
    """Yield the Brier scores of what else could be printed, where the own pace meets the target."""
    seasoned = scores.targets[scores.targets["periods"] >= SEASONED]
    targets = seasoned.assign(recalibrated=recalibrated(seasoned))
    own = targets[targets["own"] & (targets["ahead"] >= FAR)]
    for table, rows in (("choices", own), ("choices_plan", own[own["plan_like"]])):
        ways = {
            "model": rows["p"],
            "at least 0.25": rows["p"].clip(lower=0.25),
            "3/4 model, 1/4 reference": 0.75 * rows["p"] + 0.25 * rows["reference"],
            "recalibrated": rows["recalibrated"],
        }
        for name, p in ways.items():
            missed = (p - rows["met"]) ** 2
            for quantity, value in missed.groupby(rows["quantity"]).mean().items():
                yield Figure(table, name, str(quantity), "brier", float(value))


def recalibrated(targets: pd.DataFrame) -> pd.Series:
    """Return likelihoods corrected by intercept and slope of their logits (Cox 1958).

    Both are fitted for each quantity on the sources other than the one that is corrected.
    """
    found = targets["p"].copy()
    logits = logit(targets["p"])
    for (quantity, source), rows in targets.groupby(["quantity", "source"]):
        others = (targets["quantity"] == quantity) & (targets["source"] != source)
        if others.any():
            intercept, slope = calibration(logits[others], targets.loc[others, "met"])
            found[rows.index] = 1 / (1 + np.exp(-(intercept + slope * logits[rows.index])))
    return found


def logit(p: pd.Series) -> pd.Series:
    """Return the logits of likelihoods, of which none is quite 0 or 1."""
    inside = p.clip(SURE, 1 - SURE)
    return pd.Series(np.log(inside / (1 - inside)), index=p.index)


def calibration(logits: pd.Series, met: pd.Series, steps: int = 25) -> tuple[float, float]:
    """Return intercept and slope that make outcomes likeliest, by Newton's method."""
    design = np.column_stack([np.ones(len(logits)), logits])
    outcome, found = met.to_numpy(dtype=float), np.array([0.0, 1.0])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-design @ found))
        information = design.T @ (design * (p * (1 - p))[:, None])
        found = found + np.linalg.solve(information, design.T @ (outcome - p))
    return float(found[0]), float(found[1])


def _methods(series: Sequence[Series]) -> Iterator[Figure]:
    table = briers(windows(series))
    for quantity in QUANTITIES:
        part = table[table["quantity"] == quantity]
        for name, value in part.groupby("method", sort=False)["brier"].mean().items():
            yield Figure("methods", str(name), quantity, "brier", float(value))
        for name in (each for each in table["method"].unique() if each != OURS):
            found = difference(table, name, quantity)
            for what, value in zip(("apart", "low", "high"), found, strict=True):
                yield Figure("methods", name, quantity, what, value)
