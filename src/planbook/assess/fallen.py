"""Why a goal that had been met is met no longer: by a newer value, a revision or another target.

Only the first is a change of the thing measured, and only then may readers be told that the goal
was once met.
"""

from __future__ import annotations

from collections.abc import Iterator

from planbook.assess.path import in_goal_unit
from planbook.assess.scope import Choice
from planbook.assess.targets import Target
from planbook.periods import Edition
from planbook.plan import Goal, Plan
from planbook.vocabulary import Kind, Note

_BY_YEARS = frozenset({Kind.ANNUAL_FLOW, Kind.GROWTH_VS_BASE})
_AT_THE_END = frozenset({Kind.CAGR, Kind.EVERY_YEAR})  # never met by a single value


def why_fallen(plan: Plan, goal: Goal, choice: Choice, *, met_in: Edition) -> Note:
    """Return the note on a goal that was met in an earlier edition and is not met now.

    Parameters
    ----------
    goal
        With the target in force now.
    choice
        The values as they are known now.
    met_in
        The first edition in which it was met.
    """
    target = Target.of(plan, goal)
    if any(target.meets(value) for value in _values(goal, choice)):
        return Note.FALLEN_OUT
    before = plan.goal(goal.id).as_of(met_in)
    if (before.target, before.target_high) != (goal.target, goal.target_high):
        return Note.MET_BEFORE_AMENDMENT
    return Note.MET_BEFORE_REVISION


def _values(goal: Goal, choice: Choice) -> Iterator[float]:
    """Yield every value known now, in the target's unit, that alone could have met the target."""
    if goal.kind in _AT_THE_END:
        return
    for period, value in choice.series.values.items():
        if period <= choice.start or (
            goal.kind in _BY_YEARS and not choice.series.year.is_end(period)
        ):
            continue
        found = in_goal_unit(goal, value, choice.baseline)
        if found is not None:
            yield found
