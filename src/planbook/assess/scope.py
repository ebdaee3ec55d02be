"""Which series of an indicator a goal is judged on: values of different scope are never compared.

Turns what is known of an indicator into the series of one scope, or says that the newest value
covers another area than the goal's reference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from planbook.assess.known import Known
from planbook.assess.series import Observation, Series
from planbook.periods import TimePeriod
from planbook.plan import Indicator
from planbook.vocabulary import Scope


@dataclass(frozen=True)
class Choice:
    """The series to judge, with the baseline in its scope.

    Attributes
    ----------
    newest
        Newest observation with a number, in whatever scope.
    baseline
        At the base period, in the scope of the series.
    baseline_known
        Whether there is a baseline at the base period in any scope.
    comparable
        Whether the newest value covers the area of the reference.
    """

    series: Series
    newest: Observation | None
    baseline: float | None
    baseline_known: bool
    comparable: bool


def choose(
    indicator: Indicator,
    known: Known,
    *,
    base: TimePeriod,
    until: TimePeriod,
    growth_counts: bool = False,
) -> Choice:
    """Return the series in which a goal is judged.

    The reference is the indicator's scope if the plan states one; else the scopes of the baselines
    at the base period, so that a baseline added for a new area lets judging resume there; else the
    scope of the oldest observation. A value of another scope is not compared with it.

    Parameters
    ----------
    base
        Time of the baseline.
    until
        Due date; later observations do not count.
    growth_counts
        Whether a reported 同比 without a value is an observation.
    """
    rows = [row for row in known.observations.get(indicator.id, ()) if row.period <= until]
    numbered = [
        row for row in rows if row.value is not None or (growth_counts and row.yoy is not None)
    ]
    baselines = known.baselines.get(indicator.id, ())
    at_base = {baseline.scope: baseline.value for baseline in baselines if baseline.period == base}
    reference = _reference(indicator, at_base, numbered)
    length = Counter(row.scope for row in numbered)

    def longest(scopes: Iterable[str]) -> str:
        return max(scopes, key=lambda scope: (length[scope], scope))

    latest = max((row.period for row in numbered), default=None)
    current = {row.scope: row for row in numbered if row.period == latest}
    comparable = reference & set(current)
    scope = longest(comparable or reference)
    series = Series(
        scope=scope,
        accumulation=indicator.accumulation,
        observations=tuple(row for row in rows if row.scope == scope),
        baselines={b.period: b.value for b in baselines if b.scope == scope},
    )
    return Choice(
        series=series,
        newest=current[longest(comparable or current)] if current else None,
        baseline=at_base.get(scope),
        baseline_known=bool(at_base),
        comparable=bool(comparable) or not current,
    )


def _reference(
    indicator: Indicator, at_base: Iterable[str], numbered: list[Observation]
) -> frozenset[str]:
    """Return the scopes with which a value can be compared, at least one."""
    if indicator.scope is not Scope.UNSTATED:
        return frozenset({str(indicator.scope)})
    if stated := frozenset(at_base):
        return stated
    oldest = min(numbered, key=lambda row: (row.period, row.scope), default=None)
    return frozenset({str(Scope.UNSTATED) if oldest is None else oldest.scope})
