"""A case judged by the module of its kind, and the word that its pace gets.

Shared by the verdict itself (`planbook.assess.verdicts`) and by what asks for it again under other
circumstances (`planbook.assess.reasons`). Reasons not to judge are none of its business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planbook.assess.case import Case, Outcome
from planbook.assess.kinds.cumulative import judge_cumulative
from planbook.assess.kinds.flows import judge_every_year, judge_yearly_total
from planbook.assess.kinds.growth import judge_average_growth
from planbook.assess.kinds.levels import judge_level
from planbook.assess.rating import at_best, rating
from planbook.assess.scope import Choice
from planbook.assess.targets import Target
from planbook.plan import Goal, Plan, Thresholds
from planbook.vocabulary import Kind, Rating

JUDGES: Mapping[Kind, Callable[[Case], Outcome]] = {
    Kind.LEVEL_AT_END: judge_level,
    Kind.ANNUAL_FLOW: judge_yearly_total,
    Kind.GROWTH_VS_BASE: judge_yearly_total,
    Kind.CUMULATIVE: judge_cumulative,
    Kind.CAGR: judge_average_growth,
    Kind.EVERY_YEAR: judge_every_year,
}


def case_of(plan: Plan, goal: Goal, choice: Choice, *, due_passed: bool) -> Case | None:
    """Return what is judged; ``None`` where no value in the scope of the target is known."""
    if choice.newest is None or not choice.comparable:
        return None
    return Case(
        goal=goal,
        indicator=plan.indicator_of(goal),
        target=Target.of(plan, goal),
        start=choice.start,
        due=plan.goal_due(goal),
        series=choice.series,
        latest=choice.newest,
        baseline=choice.baseline,
        thresholds=plan.thresholds.of(goal.kind),
        small_target=plan.about.small_target,
        due_passed=due_passed,
        cycle=plan.cycle,
    )


def value_before(choice: Choice) -> float | None:
    """Return the value of the newest one's period a year earlier, in its scope."""
    if choice.newest is None or not choice.comparable:
        return None
    return choice.series.a_year_earlier(choice.newest.time_period)


def is_adverse(goal: Goal, choice: Choice) -> bool:
    """Whether the newest value is worse than a year earlier."""
    value = None if choice.newest is None else choice.newest.obs_value
    prior = value_before(choice)
    return value is not None and prior is not None and goal.direction.sign * (value - prior) < 0


def word_of(
    thresholds: Thresholds, outcome: Outcome, measure: float | None, *, adverse: bool, due: bool
) -> Rating:
    """Return the rating of an outcome.

    Parameters
    ----------
    thresholds
        Of the goal's kind.
    measure
        What is put to the thresholds, the outcome's own as a rule.
    due
        Whether the value of the due date decides.
    """
    word = rating(
        pace=measure,
        met=outcome.meeting.met,
        adverse=adverse or outcome.unsteady,
        due_passed=due,
        thresholds=thresholds,
    )
    return at_best(word, Rating.FAR_BEHIND) if outcome.capped else word
