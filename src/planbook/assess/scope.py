"""Which series of an indicator a goal is judged on: a target is compared only in its own scope.

Turns what is known of an indicator into the series of that scope, or says that the newest value
covers another area. Which scope a target has was settled when it was set: what is added later, a
baseline of a new area among it, does not move it. Only an amendment restates it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from planbook.assess.known import Baseline, Known
from planbook.assess.series import Observation, Series
from planbook.periods import TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import Kind, Scope


@dataclass(frozen=True)
class Choice:
    """The series to judge, with the baseline in its scope.

    Attributes
    ----------
    start
        Time of the baseline.
    newest
        Newest observation with a number, in whatever scope.
    baseline
        At the base period, in the scope of the series.
    baseline_known
        Whether there is a baseline at the base period in any scope.
    baseline_revised
        Whether the baseline was changed after the due date.
    comparable
        Whether the newest value covers the area of the target.
    """

    series: Series
    start: TimePeriod
    newest: Observation | None
    baseline: float | None
    baseline_known: bool
    baseline_revised: bool
    comparable: bool


def choose(plan: Plan, goal: Goal, known: Known) -> Choice:
    """Return the series in which a goal is judged, cut after the value that decides it.

    Parameters
    ----------
    goal
        With the target in force in the edition of `known`.
    """
    indicator, due, until = plan.indicator_of(goal), plan.goal_due(goal), plan.decided_by(goal)
    start = (goal.since if goal.kind is Kind.CUMULATIVE else goal.base_period) or plan.start
    growth_counts = goal.kind is Kind.CAGR  # a reported 同比 without a value is an observation
    reported = known.observations.get(indicator.id, ())
    numbered = [
        row
        for row in reported
        if row.period <= until
        and (row.value is not None or (growth_counts and row.yoy is not None))
    ]
    if not goal.kind.of_years:  # the value of the due month itself, before one that covers it
        until = min((row.period for row in numbered if row.period >= due), default=until)
        numbered = [row for row in numbered if row.period <= until]
    baselines = known.baselines.get(indicator.id, ())
    at_base = [baseline for baseline in baselines if baseline.period == start]
    restated = goal.restated(known.edition)
    scope = (
        target_scope(indicator, at_base, numbered, scope_break=plan.about.scope_break)
        if restated is None
        else str(restated.scope)
    )
    values = {b.period: b.value for b in baselines if b.scope == scope}
    if restated is not None and restated.baseline is not None:
        values[start] = restated.baseline
    latest = max((row.period for row in numbered), default=None)
    current = {row.scope: row for row in numbered if row.period == latest}
    comparable = scope in current
    return Choice(
        series=Series(
            scope=scope,
            accumulation=indicator.accumulation,
            observations=tuple(
                row for row in reported if row.period <= until and row.scope == scope
            ),
            baselines=values,
        ),
        start=start,
        newest=current[scope if comparable else min(current)] if current else None,
        baseline=values.get(start),
        baseline_known=bool(at_base),
        baseline_revised=restated is None
        and any(b.scope == scope and b.changed_after(due) for b in at_base),
        comparable=comparable or not current,
    )


def target_scope(
    indicator: Indicator,
    at_base: Sequence[Baseline],
    numbered: Sequence[Observation],
    *,
    scope_break: TimePeriod | None,
) -> str:
    """Return the scope in which a target was set.

    The indicator's if the plan states one, else that of the baseline, else the one first reported
    for a period before the break. Where none of these is known it is 未注明: a value that states
    its area cannot be compared with it.

    Parameters
    ----------
    at_base
        Baselines at the base period. Of several scopes the one in force before the break counts:
        known before it or, where none was, the one values were then reported in.
    numbered
        Observations with a number, up to the due date.
    scope_break
        The month from which values may cover another area; ``None`` where the area never changed.
    """
    if indicator.scope is not Scope.UNSTATED:
        return str(indicator.scope)
    length = Counter(row.scope for row in numbered)
    early = [row for row in numbered if scope_break is None or row.period < scope_break]
    first = min(early, key=lambda row: (row.period, row.vintage, -length[row.scope]), default=None)
    settled = [b for b in at_base if scope_break is None or b.known_since.end < scope_break]
    if not settled and first is None:  # added since, with nothing reported before to contradict
        settled = [b for b in at_base if b.scope != Scope.NEW_DISTRICT]
    earliest = min((b.known_since for b in settled), default=None)
    scopes = {b.scope for b in settled if b.known_since == earliest}
    if first is not None and (first.scope in scopes or not scopes):
        return first.scope
    return max(scopes, key=lambda scope: (length[scope], scope), default=str(Scope.UNSTATED))
