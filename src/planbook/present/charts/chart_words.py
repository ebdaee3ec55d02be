"""Words and numbers that charts print beside a comparison, so that none reads as its opposite.

What is not met never reads as 100 % or 持平, and what is behind never as what is due: two different
numbers that stand against each other get as many decimals as it takes to tell them apart.
"""

from __future__ import annotations

from planbook.present import numbers
from planbook.present.comparing import Side, compared, telling
from planbook.present.points import Point
from planbook.present.say.clauses import ENDS_IN_LATIN
from planbook.present.say.goal_terms import average_compared
from planbook.present.views import GoalView
from planbook.vocabulary import Accumulation, Kind, Rating

MEETING = "达标线"  # T*, the value that counts as met, where it is not the target itself


def named(name: str, value: str) -> str:
    """Return a name with its value: 贷款余额2,176亿元; a name in letters keeps off its number."""
    runs_into = ENDS_IN_LATIN.search(name) and value[:1] in "−0123456789"
    return f"{name}{'为' if runs_into else ''}{value}"


def growth_name(view: GoalView, point: Point) -> str:
    """Return what a rate of growth is called: 累计同比 of a part of a year, 年增速 if computed."""
    if point.is_computed:
        return "年增速"
    to_date = view.verdict.accumulation is Accumulation.YTD
    return "累计同比" if to_date and not view.year.is_end(point.period) else "同比"


def value_said(view: GoalView, value: float) -> str:
    """Return a value of the indicator with its unit; short of its target it never reads as it."""
    held = view.kind is not Kind.CAGR and not view.verdict.rating.is_met
    others = [view.verdict.target_value] if held else []
    return numbers.with_unit(telling(value, others, view.decimals), view.indicator.unit)


def due_words(view: GoalView) -> str:
    """Return the value due with its unit: of a count it may be a fraction, 102.5家."""
    due = view.verdict.path_value
    if due is None:
        return numbers.ABSENT
    unit = "%" if view.kind is Kind.CAGR else view.indicator.unit
    return numbers.with_unit(numbers.short(due, max(view.decimals, 1)), unit)


def judged_words(view: GoalView, value: float) -> str:
    """Return the value that is judged with its unit: 推算全年346.0亿元, 18.2%, 102家."""
    average = average_compared(view)
    if average is not None:
        return f"{average.value}%"
    if view.verdict.is_estimate:
        return f"推算全年{view.estimate_words(value)}"
    return value_said(view, value)


def gap_words(view: GoalView, value: float, due: float, level: str) -> str:
    """Return how a value compares with what is due: 低于应达水平3.2亿元, 与应达水平持平.

    Parameters
    ----------
    level
        What is due, in words.
    """
    in_points = view.is_share or view.kind is Kind.CAGR
    found = average_compared(view) or compared(value, due, 1)
    if found.side is Side.SAME:
        return f"与{level}持平"
    worse = view.goal.direction.sign * found.side < 0
    within = "（在达序时界限内）" if worse and view.verdict.rating is Rating.ON_COURSE else ""
    gap = found.gap if in_points or view.decimals else numbers.trimmed(found.gap)
    said = numbers.with_unit(gap, "个百分点" if in_points else view.indicator.unit)
    return f"{'高' if found.side is Side.MORE else '低'}于{level}{said}{within}"
