"""What is known in an edition: the facts cut to it and grouped for judging, once for all goals.

Turns frames into plain objects. Each input holds from its own edition on, so that any past book
can be judged again exactly.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planbook.assess.series import Observation
from planbook.facts.observations import Facts, as_of
from planbook.periods import Edition, TimePeriod


@dataclass(frozen=True, slots=True)
class Baseline:
    """The value a goal starts from, with the area it covers.

    Attributes
    ----------
    vintages
        Edition from which each value was known, and the value, oldest first; the last one holds.
    """

    period: TimePeriod
    scope: str
    vintages: tuple[tuple[Edition, float], ...]

    @property
    def value(self) -> float:
        return self.vintages[-1][1]

    @property
    def known_since(self) -> Edition:
        return self.vintages[0][0]

    def changed_after(self, period: TimePeriod) -> bool:
        """Whether a value known up to the end of a month was replaced by another one later."""
        then = [value for edition, value in self.vintages if edition.end <= period]
        return bool(then) and then[-1] != self.value


@dataclass(frozen=True, slots=True)
class AnnualTarget:
    """A 年度目标 in the goal's unit."""

    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A verdict by people, and where it comes from."""

    verdict: str
    evidence: str
    assessed_by: str
    assessed_on: str


@dataclass(frozen=True)
class Known:
    """The facts of an edition.

    Attributes
    ----------
    observations
        By indicator, one a period and scope, oldest first.
    baselines
        By indicator, one a period and scope.
    annual_targets
        By goal and year.
    assessments
        By goal, the newest up to the edition.
    revised
        By indicator, period and scope of values that changed since they were first reported, the
        edition of the newest change.
    """

    edition: Edition
    observations: Mapping[str, tuple[Observation, ...]]
    baselines: Mapping[str, tuple[Baseline, ...]]
    annual_targets: Mapping[str, Mapping[int, AnnualTarget]]
    assessments: Mapping[str, Assessment]
    revised: Mapping[tuple[str, str, str], Edition]

    def revision(self, indicator_id: str, period: TimePeriod, scope: str) -> Edition | None:
        """Return the edition that last changed a value; ``None`` if none has."""
        return self.revised.get((indicator_id, str(period), scope))

    @classmethod
    def of(cls, facts: Facts, edition: Edition) -> Known:
        """Cut the facts to an edition."""
        targets: dict[str, dict[int, AnnualTarget]] = defaultdict(dict)
        for row in _records(as_of(facts.annual_targets, edition)):
            target = AnnualTarget(float(row["target_value"]), row["source"])
            targets[row["goal_id"]][int(row["year"])] = target
        return cls(
            edition=edition,
            observations=_observations(as_of(facts.observations, edition)),
            baselines=_baselines(facts.baselines, edition),
            annual_targets=targets,
            assessments={
                row["goal_id"]: Assessment(
                    row["verdict"], row["evidence"], row["assessed_by"], row["assessed_on"]
                )
                for row in _records(as_of(facts.assessments, edition))
            },
            revised=_revised(as_of(facts.revisions, edition)),
        )


def _observations(frame: pd.DataFrame) -> dict[str, tuple[Observation, ...]]:
    found: dict[str, list[Observation]] = defaultdict(list)
    for row in _records(frame):
        found[row["indicator_id"]].append(
            Observation(
                period=TimePeriod.parse(row["time_period"]),
                scope=row["scope"],
                vintage=row["vintage"],
                accumulation=row["accumulation"],
                value=_number(row["obs_value"]),
                status=row["obs_status"],
                release_stage=row["release_stage"],
                yoy=_number(row["yoy"]),
                yoy_type=row["yoy_type"],
                prior_value=_number(row["prior_value"]),
            )
        )
    return {
        indicator: tuple(sorted(rows, key=lambda row: (row.period, row.scope)))
        for indicator, rows in found.items()
    }


def _baselines(frame: pd.DataFrame, edition: Edition) -> dict[str, tuple[Baseline, ...]]:
    vintages: dict[tuple[str, str, str], list[tuple[Edition, float]]] = defaultdict(list)
    for row in _records(frame):
        since, value = Edition.parse(row["from_edition"]), _number(row["obs_value"])
        if since <= edition and value is not None:
            key = (row["indicator_id"], row["time_period"], row["scope"])
            vintages[key].append((since, value))
    found: dict[str, list[Baseline]] = defaultdict(list)
    for (indicator, period, scope), values in vintages.items():
        known = Baseline(TimePeriod.parse(period), scope, tuple(sorted(values)))
        found[indicator].append(known)
    return {indicator: tuple(rows) for indicator, rows in found.items()}


def _revised(frame: pd.DataFrame) -> dict[tuple[str, str, str], Edition]:
    found: dict[tuple[str, str, str], Edition] = {}
    for row in _records(frame):
        key = (row["indicator_id"], row["time_period"], row["scope"])
        edition = Edition.parse(row["vintage"])
        found[key] = max(edition, found.get(key, edition))
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    names = [str(column) for column in frame.columns]
    columns = [frame[name].tolist() for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def observations_of(frame: pd.DataFrame, indicator_id: str) -> tuple[Observation, ...]:
    """Return the observations of one indicator, oldest first, from a frame of one edition."""
    own = frame[frame["indicator_id"] == indicator_id]
    return _observations(own).get(indicator_id, ())
