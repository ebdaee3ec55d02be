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
from planbook.assess.series import Series
from planbook.frames import ObservationRow
from planbook.periods import TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.plan.plan_file import PlanFile
from planbook.vocabulary import UNSTATED, Kind


@dataclass(frozen=True)
class Choice:
    """The series to judge, with the baseline in its scope.

    Attributes
    ----------
    start
        Time of the baseline.
    newest
        Newest observation with a number since the base period, in whatever scope.
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
    newest: ObservationRow | None
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
    indicator = plan.indicator_of(goal)
    start = plan.goal_start(goal)
    reported = known.observations.get(indicator.id, ())
    numbered, until = _deciding(plan, goal, reported)
    baselines = known.baselines.get(indicator.id, ())
    at_base = [baseline for baseline in baselines if baseline.period == start]
    restated = goal.restated(known.edition)
    scope = target_scope(indicator, at_base, numbered, plan.about)
    if restated is not None and restated.scope is not None:
        scope = restated.scope
    values = {b.period: b.value for b in baselines if b.scope == scope}
    if restated is not None and restated.baseline is not None:
        values[start] = restated.baseline
    newest = _newest([row for row in numbered if row.time_period >= start], scope)
    own = tuple(row for row in reported if row.time_period <= until and row.scope == scope)
    return Choice(
        series=Series(scope, indicator.accumulation, own, values, plan.year),
        start=start,
        newest=newest,
        baseline=values.get(start),
        baseline_known=bool(at_base),
        baseline_revised=restated is None
        and any(b.scope == scope and b.changed_after(plan.goal_due(goal)) for b in at_base),
        comparable=newest is None or newest.scope == scope,
    )


def _deciding(
    plan: Plan, goal: Goal, reported: Sequence[ObservationRow]
) -> tuple[list[ObservationRow], TimePeriod]:
    """Return the observations with a number that may decide, and the last month that counts.

    Of an average growth rate a reported 同比 without a value is one. Of a goal that no year decides
    it is the value of the due month itself, before one that covers it.
    """
    due, until = plan.goal_due(goal), plan.decided_by(goal)
    numbered = [
        row
        for row in reported
        if row.time_period <= until
        and (row.obs_value is not None or (goal.kind is Kind.CAGR and row.yoy is not None))
    ]
    if not goal.kind.of_years:
        periods = (row.time_period for row in numbered)
        until = min((period for period in periods if period >= due), default=until)
        numbered = [row for row in numbered if row.time_period <= until]
    return numbered, until


def _newest(numbered: Sequence[ObservationRow], scope: str) -> ObservationRow | None:
    """Return the newest observation with a number, of several scopes first the one asked for."""
    latest = max((row.time_period for row in numbered), default=None)
    current = {row.scope: row for row in numbered if row.time_period == latest}
    return current[scope if scope in current else min(current)] if current else None


def target_scope(
    indicator: Indicator,
    at_base: Sequence[Baseline],
    numbered: Sequence[ObservationRow],
    about: PlanFile,
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
    about
        Says from which month values may cover another area, if the area ever changed, and which
        areas there are only since then.
    """
    if indicator.scope != UNSTATED:
        return indicator.scope
    scope_break = about.scope_break
    new = {scope.name for scope in about.scopes if scope.since_break}
    length = Counter(row.scope for row in numbered)
    early = [row for row in numbered if scope_break is None or row.time_period < scope_break]
    first = min(
        early, key=lambda row: (row.time_period, row.vintage, -length[row.scope]), default=None
    )
    settled = [b for b in at_base if scope_break is None or b.known_since.end < scope_break]
    if not settled and first is None:  # added since, with nothing reported before to contradict
        settled = [b for b in at_base if b.scope not in new]
    earliest = min((b.known_since for b in settled), default=None)
    scopes = {b.scope for b in settled if b.known_since == earliest}
    if first is not None and (first.scope in scopes or not scopes):
        return first.scope
    return max(scopes, key=lambda scope: (length[scope], scope), default=UNSTATED)
