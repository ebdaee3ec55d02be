"""The clauses that go with a rating: what it rests on, how firm it is, and what is still needed.

Turns a view into plain Chinese phrases without a full stop, each empty where it has nothing to say.
"""

from __future__ import annotations

from planbook.present import numbers
from planbook.present.comparing import Side, compared, side, telling
from planbook.present.say.clauses import year_before
from planbook.present.say.due_clauses import grown, higher
from planbook.present.say.goal_terms import (
    Step,
    every,
    required_growth,
    required_step,
    time_left,
)
from planbook.present.views import GoalView
from planbook.vocabulary import Comparator, Kind, Note, RatedBy, Rating


def because(view: GoalView) -> str:
    """Return what the rating rests on where the numbers before do not say it; may be empty."""
    if view.verdict.rating.is_met:
        return _because_met(view)
    value = view.verdict.observed_value
    target = view.goal.target if view.kind is Kind.CAGR else view.verdict.target_value
    strict = view.goal.comparator is Comparator.ABOVE and not view.verdict.is_estimate
    if strict and value is not None and target is not None and side(value, target) is Side.SAME:
        exactly = "" if view.kind is Kind.CAGR else "恰为目标数，"
        return f"{exactly}须{'低于' if view.falling else '超过'}目标数方为达到"
    return ""


def _because_met(view: GoalView) -> str:
    said = []
    met = view.verdict.met_period
    if view.verdict.is_estimate:
        when = f"{view.year.label_of(met)}全年数" if met else "最近一个完整年度的数值"
        said.append(f"{when}已达到目标")
    elif Note.WITHIN_TOLERANCE in view.verdict.notes:
        said.append("在允许误差之内")
    if Note.EARLY_TOTAL in view.verdict.notes:
        said.append(f"到期年以{view.year.label_of(view.due)}全年数为准")
    before, latest = view.verdict.prior_value, view.verdict.latest_value
    worse = view.verdict.rating is Rating.MET_UNSTEADY and view.verdict.adverse
    if worse and before is not None and latest is not None:
        then = telling(before, [latest], view.decimals)
        told = numbers.with_unit(then, view.indicator.unit)
        said.append(f"但{higher(side(latest, before))}于{year_before(view)}（{told}）")
    return "，".join(said)


def provisional(view: GoalView) -> str:
    """Return in brackets what else the rating may turn out to be; empty where it is settled."""
    if not view.verdict.rating_provisional:
        return ""
    ends = (view.verdict.rating_low, view.verdict.rating_high)
    others = dict.fromkeys(str(end) for end in ends if end not in (None, view.verdict.rating))
    if not others:
        return "（推算的误差范围未知）"
    return f"（误差范围内也可能为{'、'.join(others)}）"


def yearly_target(view: GoalView) -> str:
    """Return whether the year's own target (年度目标) was reached, once the year is closed."""
    value, target = view.verdict.annual_target_value, view.verdict.annual_target
    verdict, year = view.verdict.annual_target_verdict, view.verdict.annual_target_year
    if value is None or target is None or not year or verdict is None or not verdict.decided:
        return ""
    found = compared(value, target, 1 if view.is_growth else view.decimals)
    wanted, reached = (
        grown(text) if view.is_growth else numbers.with_unit(text, view.unit)
        for text in (numbers.trimmed(found.other), found.value)
    )
    return f"{view.year.label(year)}的年度目标为{wanted}，实际{reached}，{verdict}"


def required(view: GoalView) -> str:
    """Return what is still to be done, where the goal is not met."""
    if view.decided:
        return ""
    growth, step = required_growth(view), required_step(view)
    if view.kind is Kind.CAGR and growth is not None:
        return _required_growth(view, *growth)
    if view.verdict.latest_value is None:
        return ""
    if view.verdict.rated_by is RatedBy.WHOLE_UNITS or Note.SMALL_TARGET in view.verdict.notes:
        return _left(view)
    if view.kind is Kind.CUMULATIVE and step is not None and step.amount > 0:
        return f"此后平均{every(view)}须新增{_steps(view, step)}"
    return ""


def _left(view: GoalView) -> str:
    """Return how many are missing, and in what time: 距目标还差4家，还有5个季度."""
    remaining = view.verdict.remaining
    if not remaining:
        return ""
    verb = "还须减少" if remaining < 0 else "还差"
    if view.verdict.is_estimate:
        return f"推算数距目标{verb}{view.estimate_words(abs(remaining))}"
    said = f"距目标{verb}{view.value_words(abs(remaining))}"
    left = time_left(view)
    return f"{said}，还有{left}" if left else said


def _required_growth(view: GoalView, rate: float, decimals: int) -> str:
    until = view.verdict.observed_period
    last = until is not None and view.year.of(view.due) - view.year.of(until) == 1
    when = view.year.label_of(view.due) if last else "此后年均"
    if side(rate, 0.0) is Side.SAME:
        return f"此后不{'高' if view.falling else '低'}于现有水平即可达到目标"
    if (rate < 0) != view.falling:  # it may even move away from the target by so much
        moves = "增" if rate > 0 else "降"
        return f"{when}{moves}幅不超过{numbers.number(abs(rate), decimals)}%即可达到目标"
    return f"{when}须{numbers.growth(rate, decimals)}"


def _steps(view: GoalView, step: Step) -> str:
    """Return the amount needed each edition, or year, beside the average so far, told apart."""
    so_far, unit, decimals = view.verdict.average_step, view.unit, step.decimals
    exact = view.verdict.required_step or 0.0
    if view.is_annual:
        a_year = view.cycle.a_year
        exact, so_far = exact * a_year, None if so_far is None else so_far * a_year
    needed = numbers.with_unit(step.number, unit)
    if so_far is not None and exact <= so_far < step.amount:  # it is enough as it goes on
        needed = numbers.with_unit(telling(exact, [so_far, 0.0], decimals), unit)
    if so_far is None:
        return needed
    if side(so_far, 0.0) is Side.SAME:
        return f"{needed}（此前没有新增）"
    if so_far < 0:
        down = numbers.with_unit(numbers.trimmed(telling(-so_far, [0.0], decimals)), unit)
        return f"{needed}（此前平均{every(view)}减少{down}）"
    told = numbers.trimmed(telling(so_far, [step.amount, 0.0], decimals))
    return f"{needed}（此前平均{numbers.with_unit(told, unit)}）"
