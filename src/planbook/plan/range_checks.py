"""A range is reached from below: what must hold of its ends, and of the baselines given for it.

The lower end of a range is what has to be reached, and more than its upper end is 超额. A goal that
begins above its range would so be met before anything was done, although its plan means to come
down into it. Such a goal is no range but a ceiling, which the plan's files can say; so it is
refused, wherever the baseline is written: in an amendment (a rule of `planbook.plan.checks`) or in
the analysts' files (`planbook.collect.decided`).
"""

from __future__ import annotations

from collections.abc import Iterator

from planbook.errors import Problem
from planbook.periods import TimePeriod
from planbook.plan.model import Plan
from planbook.plan.outline import Outline
from planbook.vocabulary import Comparator


def ranges_have_two_ends(outline: Outline) -> Iterator[Problem]:
    """A range has an upper end above the lower one; nothing else has."""
    for goal in outline.goals:
        item = goal.item
        is_range = item.comparator is Comparator.RANGE
        for where, low, high in [
            (goal.where, item.target, item.target_high),
            *(
                (f"{goal.where}.amendments[{n}]", amendment.target, amendment.target_high)
                for n, amendment in enumerate(item.amendments)
            ),
        ]:
            if is_range and high is None:
                yield Problem("区间目标没有上限", f"{where}.target_high", "补上 target_high")
            elif not is_range and high is not None:
                yield Problem(
                    "只有区间目标才有上限",
                    f"{where}.target_high",
                    "删去，或把 comparator 改为 range",
                )
            elif high is not None and low is not None and high <= low:
                what = f"区间上限 {high:g} 不大于下限 {low:g}"
                yield Problem(what, f"{where}.target_high", "上限应大于 target")


def ranges_are_reached_from_below(outline: Outline) -> Iterator[Problem]:
    """The baseline that an amendment gives is not above the range it gives."""
    for goal in outline.goals:
        if goal.item.comparator is not Comparator.RANGE or goal.item.kind.of_growth:
            continue
        for n, amendment in enumerate(goal.item.amendments):
            base, high = amendment.baseline, amendment.target_high
            if base is not None and high is not None and base > high:
                what, fix = _from_above(goal.item.name, base, amendment.target, high)
                yield Problem(what, f"{goal.where}.amendments[{n}].baseline", fix)


def base_above_range(
    plan: Plan, indicator_id: str, period: TimePeriod, value: float
) -> tuple[str, str] | None:
    """Return what is wrong with a baseline that lies above the range of a goal, and the remedy.

    ``None`` where no goal of the indicator has a range that begins at the period, or the value is
    not above it. A target restated with a baseline of its own is not held against this one.
    """
    for goal in plan.indicator(indicator_id).goals:
        if (
            goal.comparator is not Comparator.RANGE
            or goal.kind.of_growth
            or goal.base_period != period
        ):
            continue
        own = [a for a in goal.amendments if a.baseline is None]
        for low, high in [
            (goal.target, goal.target_high),
            *((a.target, a.target_high) for a in own),
        ]:
            if low is not None and high is not None and value > high:
                return _from_above(goal.name, value, low, high)
    return None


def _from_above(name: str, base: float, low: float, high: float) -> tuple[str, str]:
    what = (
        f"「{name}」的目标是区间 {low:g}~{high:g}，达到下限即为达标；"
        f"基期值 {base:g} 高于区间上限，一开始就算作达标"
    )
    fix = (
        f"要降到上限以下的，目标改为 comparator: '<='、direction: down、target: {high:g}，"
        f"删去 target_high；只要不低于下限的，改为 comparator: '>='，删去 target_high；"
        "基期值写错的，改正"
    )
    return what, fix
