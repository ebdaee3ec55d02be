"""What became of yearly targets (年度工作目标): a verdict of their own beside the goal's rating.

A yearly target is held against the value of the year's end alone, in the scope and the unit of its
goal; it never touches the rating. One that demands less than the plan's own path is told where it
is read. Who fills the columns of a goal's verdict is `planbook.assess.verdicts`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from planbook.assess.kinds.growth import observed_growth
from planbook.assess.known import Known
from planbook.assess.path import goal_path, in_goal_unit
from planbook.assess.scope import Choice, choose
from planbook.assess.targets import Target
from planbook.frames import AnnualVerdictRow
from planbook.plan import Goal, Plan
from planbook.rounding import rounded
from planbook.vocabulary import Kind, YearVerdict

_PERCENT_DECIMALS = 1  # to which a rate is compared with the path
_NOISE = 1e-9


def year_results(
    plan: Plan, goal: Goal, known: Known, choice: Choice
) -> Iterator[AnnualVerdictRow]:
    """Yield the yearly targets in force with the value of the year's end, by year.

    年度目标 are numbers without a word such as 约 or 超过: they are reached by the number itself,
    from the goal's side. Before the year has ended there is no verdict.
    """
    target = Target.of(plan, goal)
    for given in known.annual_targets.get(goal.id, ()):
        value = _value_of_year(goal, choice, given.year)
        if value is not None:
            reached = target.reaches(value, given.target_value)
            verdict = YearVerdict.REACHED if reached else YearVerdict.NOT_REACHED
        elif known.edition.end < plan.year.end(given.year):
            verdict = YearVerdict.YEAR_OPEN
        else:
            verdict = YearVerdict.NO_VALUE
        yield AnnualVerdictRow(
            goal_id=goal.id,
            year=given.year,
            target_value=given.target_value,
            observed_value=value,
            verdict=verdict,
            source=given.source,
            edition=known.edition,
        )


def assess_annual_targets(plan: Plan, known: Known) -> tuple[AnnualVerdictRow, ...]:
    """Return every yearly target in force in an edition with what became of it.

    By goal in the plan's order and year.
    """
    return tuple(
        row
        for goal, choice in _with_yearly_targets(plan, known)
        for row in year_results(plan, goal, known, choice)
    )


@dataclass(frozen=True, slots=True)
class LenientTarget:
    """A yearly target that demands less than the path to the goal; numbers in the goal's unit."""

    goal_id: str
    year: int
    target: float
    path: float  # rounded as it is printed wherever a path is
    decimals: int  # to which the two differ


def lenient_annual_targets(plan: Plan, known: Known) -> list[LenientTarget]:
    """Return the yearly targets in force that demand less than the plan's path at their year's end.

    A path that runs between two printable numbers demands the easier one; it is told as the nearer
    one, as charts and tables print it. Where no path is known for want of a baseline, nothing can
    be said.
    """
    found = []
    for goal, choice in _with_yearly_targets(plan, known):
        unit_decimals = plan.indicator_of(goal).decimals
        decimals = _PERCENT_DECIMALS if goal.kind.of_growth else unit_decimals
        target = Target.of(plan, goal)
        for given in known.annual_targets[goal.id]:
            due = _due_at_year_end(plan, goal, choice, given.year)
            if due is None:
                continue
            eased, value = _eased(due, decimals, goal.direction.sign), given.target_value
            if not target.reaches(value, eased):
                path = float(rounded(due, decimals))
                found.append(LenientTarget(goal.id, given.year, value, path, decimals))
    return found


def _with_yearly_targets(plan: Plan, known: Known) -> Iterator[tuple[Goal, Choice]]:
    for goal in plan.goals:
        if goal.id in known.annual_targets:
            in_force = goal.as_of(known.edition)
            yield in_force, choose(plan, in_force, known)


def _value_of_year(goal: Goal, choice: Choice, year: int) -> float | None:
    """Return the value of the year's end in the goal's unit; of an average, that up to the year."""
    series = choice.series
    if goal.kind is Kind.CAGR:
        base = series.year.of(choice.start)
        found = observed_growth(series, baseline=choice.baseline, base_year=base, until=year)
        return found.average * 100 if found is not None and found.year == year else None
    return in_goal_unit(goal, series.values.get(series.year.end(year)), choice.baseline)


def _due_at_year_end(plan: Plan, goal: Goal, choice: Choice, year: int) -> float | None:
    """Return what the plan's own path demands of a year, in the goal's unit."""
    if goal.kind in (Kind.EVERY_YEAR, Kind.CAGR):
        return Target.of(plan, goal).meeting
    line = goal_path(plan, goal, baseline=choice.baseline)
    due = None if line is None else line.at(plan.year.end(year))
    return in_goal_unit(goal, due, choice.baseline)


def _eased(value: float, decimals: int, sign: int) -> float:
    """Return the value rounded to the side that demands less."""
    scale = 10.0**decimals
    return sign * math.floor(sign * value * scale + _NOISE) / scale
