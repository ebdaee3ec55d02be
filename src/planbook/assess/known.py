"""What is known in an edition: the facts cut to it and grouped for judging, once for all goals.

Each input holds from its own edition on, so that any past book can be judged again exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from planbook.contract import Row
from planbook.facts.observations import Facts, as_of
from planbook.facts.vintages import Key
from planbook.frames import (
    AnnualTargetRow,
    AssessmentRow,
    BaselineRow,
    ObservationRow,
    RevisionRow,
)
from planbook.grouping import grouped
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
        By goal, by year.
    assessments
        By goal, the newest up to the edition.
    revised
        Of values that changed since they were first reported, the edition of the newest change.
    """

    edition: Edition
    observations: Mapping[str, tuple[ObservationRow, ...]]
    baselines: Mapping[str, tuple[Baseline, ...]]
    annual_targets: Mapping[str, tuple[AnnualTargetRow, ...]]
    assessments: Mapping[str, AssessmentRow]
    revised: Mapping[Key, Edition]

    def revision(self, indicator_id: str, period: TimePeriod, scope: str) -> Edition | None:
        """Return the edition that last changed a value; ``None`` if none has."""
        return self.revised.get((indicator_id, period, scope))

    @classmethod
    def of(cls, facts: Facts, edition: Edition) -> Known:
        """Cut the facts to an edition; of the same facts it is done once."""
        return facts.once(_known, edition)


def _known(facts: Facts, edition: Edition) -> Known:
    return Known(
        edition=edition,
        observations=_grouped(
            as_of(facts.observations, edition), "indicator_id", "time_period", "scope"
        ),
        baselines=_baselines(facts.baselines, edition),
        annual_targets=_grouped(as_of(facts.annual_targets, edition), "goal_id", "year"),
        assessments={row.goal_id: row for row in as_of(facts.assessments, edition)},
        revised=_revised(as_of(facts.revisions, edition)),
    )


def _grouped(rows: Iterable[Row], by: str, *order: str) -> dict[str, tuple[Row, ...]]:
    """Return the rows by a column, those of each group in the order of others."""
    found = grouped(sorted(rows, key=attrgetter(*order)), attrgetter(by))
    return {name: tuple(own) for name, own in found.items()}


def _baselines(rows: Iterable[BaselineRow], edition: Edition) -> dict[str, tuple[Baseline, ...]]:
    vintages: dict[Key, list[tuple[Edition, float]]] = defaultdict(list)
    for row in rows:
        if row.from_edition <= edition:
            key = (row.indicator_id, row.time_period, row.scope)
            vintages[key].append((row.from_edition, row.obs_value))
    found: dict[str, list[Baseline]] = defaultdict(list)
    for (indicator, period, scope), values in vintages.items():
        found[indicator].append(Baseline(period, scope, tuple(sorted(values))))
    return {indicator: tuple(known) for indicator, known in found.items()}


def _revised(rows: Iterable[RevisionRow]) -> dict[Key, Edition]:
    found: dict[Key, Edition] = {}
    for row in rows:
        key = (row.indicator_id, row.time_period, row.scope)
        found[key] = max(row.vintage, found.get(key, row.vintage))
    return found
