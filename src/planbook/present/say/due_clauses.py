"""The clauses that hold a goal against its target and against what is due by now.

Turns a view into plain Chinese phrases without a full stop, each empty where it has nothing to
say. Both sides of a comparison are rounded by `planbook.present.comparing`.
"""

from __future__ import annotations

import math

from planbook.periods import FiscalYear
from planbook.present import comparing, numbers
from planbook.present.say.goal_terms import average_compared, meeting_quantity
from planbook.present.views import GoalView
from planbook.vocabulary import Comparator, Kind, Note, RatedBy, Rating

LESS_THAN_ONE = "按时间折算，此时应达不足1"  # the unit follows


def completion(view: GoalView, *, told: bool) -> str:
    """Return 目标完成率, without comparison, and not for falling goals.

    Parameters
    ----------
    told
        Whether the words before have named the target.
    """
    share, target = view.verdict.completion, view.goal.target
    if view.verdict.latest_value is None:
        return ""
    if share is None or share <= 0 or view.falling or (target is not None and target <= 0):
        beside = _beside(view)
        if told:
            return beside
        said = f"目标为{_in_brackets(_target(view))}"
        return f"{said}，{beside}" if beside else said
    verb = "相当于" if view.verdict.is_estimate else "完成"
    due = "本年" if view.kind is Kind.EVERY_YEAR else view.due_words
    goal = "该目标" if told else f"{due}目标（{_target(view)}）"
    beyond = "，已超过目标上限" if view.verdict.exceeded else ""
    return f"{verb}{goal}的{comparing.completion_share(share)}{beyond}"


def _beside(view: GoalView) -> str:
    """Return on which side of the target the value lies, where that decides and no share says it.

    Only of goals without a share: those that fall, and those whose target is not above zero.
    """
    value, target = view.verdict.observed_value, view.verdict.target_value
    if value is None or target is None or not view.decided or view.verdict.is_estimate:
        return ""
    if target > 0 and not view.falling:
        return ""
    found = comparing.compared(value, target, view.decimals)
    if found.side is comparing.Side.SAME:
        return ""
    gap = numbers.with_unit(found.gap, view.gap_unit)
    return f"比目标{higher(found.side)}{gap}"


def higher(of: comparing.Side) -> str:
    """Return the word for a side of two numbers: 高 or 低."""
    return "高" if of is comparing.Side.MORE else "低"


def _in_brackets(said: str) -> str:
    """Return a target with what is said of it in brackets: 13%左右（达标值13.7%）."""
    target, _, more = said.partition("，")
    return f"{target}（{more}）" if more else target


def _target(view: GoalView) -> str:
    """Return the target, with the amount a growth comes to and the value that counts as met."""
    said, amount = view.target_words(), view.verdict.target_value
    if view.kind is Kind.GROWTH_VS_BASE and amount is not None:
        others = [view.verdict.observed_value, view.verdict.baseline_value]
        shown = comparing.telling(amount, others, view.decimals)
        said += f"，即{numbers.with_unit(shown, view.indicator.unit)}"
    if view.goal.comparator is Comparator.RANGE:
        return f"{said}，以下限计"
    return said + _meeting(view)


def _meeting(view: GoalView) -> str:
    """Return the value that counts as met where it is not the target: ，达标值143人."""
    amount = meeting_quantity(view)
    if not amount:
        return ""
    if view.goal.comparator is Comparator.ABOVE:
        return f"，即{amount}及{'以下' if view.falling else '以上'}"
    return f"，达标值{amount}"


def _due_shares(view: GoalView) -> comparing.Compared | None:
    """Return 增量完成率 beside the increment due on the path that rates; ``None`` without either.

    Of a cumulative goal the share of its target beside the share due.
    """
    done, due = view.verdict.increment_completion, view.verdict.increment_due
    return None if done is None or due is None else comparing.compared_shares(done, due)


def increment(view: GoalView) -> str:
    """Return how 增量完成率, or the share of a cumulative target, compares with what is due."""
    if view.verdict.latest_value is None or view.decided:
        return ""
    if view.verdict.rated_by is RatedBy.WHOLE_UNITS and view.verdict.rating is not Rating.REVERSING:
        return _units(view)
    if view.verdict.rating is Rating.REVERSING and view.kind is not Kind.CUMULATIVE:
        return _past_baseline(view)
    if Note.NOTHING_DUE in view.verdict.notes:
        return "按年末认定，此时尚无应达数"
    done, found = view.verdict.increment_completion, _due_shares(view)
    if done is None:
        return ""
    if view.kind is Kind.CUMULATIVE:
        said = ""
    elif comparing.side(done, 0.0) is comparing.Side.SAME:
        said = "较基期没有变化，"
    else:
        said = f"增量完成率{found.value if found else numbers.percent(done)}，"
    if found is None:
        return said.removesuffix("，")
    if found.side is comparing.Side.SAME:
        return f"{said}与应达进度持平"
    faster = "快" if found.side is comparing.Side.MORE else "慢"
    return f"{said}{faster}于应达进度（{found.other}）{found.gap}"


def _past_baseline(view: GoalView) -> str:
    """Return that the value is worse than the one it started from."""
    base, value = view.verdict.baseline_value, view.verdict.observed_value
    if base is None or value is None:
        return ""
    shown = numbers.with_unit(comparing.telling(base, [value], view.decimals), view.indicator.unit)
    return f"{higher(comparing.side(value, base))}于基期水平（{view.baseline_label}{shown}）"


def _units(view: GoalView) -> str:
    """Return how the number stands to the whole number due, of a goal that is a few away."""
    due, value = view.verdict.path_value, view.verdict.observed_value
    if due is None or value is None:
        return ""
    if Note.LESS_THAN_ONE_DUE in view.verdict.notes:
        return numbers.with_unit(LESS_THAN_ONE, view.indicator.unit)
    shown = view.value_words(due)
    decimals = max(view.decimals, 1) if view.verdict.is_estimate else view.decimals
    found = comparing.compared(value, due, decimals)
    if found.side is comparing.Side.SAME:
        return f"与此时应达数（{shown}）持平"
    gap = numbers.with_unit(numbers.trimmed(found.gap), view.indicator.unit)
    return f"比此时应达数（{shown}）{'多' if found.side is comparing.Side.MORE else '少'}{gap}"


def average(view: GoalView, *, told: bool) -> str:
    """Return the average growth of complete years against the growth wanted."""
    found, until = average_compared(view), view.verdict.observed_period
    if found is None or until is None:
        return "" if told or view.verdict.latest_value is None else f"目标为{view.target_words()}"
    base = view.verdict.baseline_period or view.goal.base_period
    last = view.year.of(until)
    first = view.year.of(base) + 1 if base else last
    years = f"{_years(view.year, first, last)}年均" if first < last else view.year.label(last)
    wanted, level = "", "目标" if told else f"目标（{view.target_words()}）"
    if meets := meeting_quantity(view):
        wanted, level = "" if told else f"目标为{view.target_words()}，", f"达标值（{meets}）"
    against = f"比{level}{higher(found.side)}{found.gap}个百分点"
    if found.side is comparing.Side.SAME:
        against = f"与{level}持平"
    return f"{years}{grown(found.value)}，{wanted}{against}"


def _years(year: FiscalYear, first: int, last: int) -> str:
    """Return several years: 2025—2026年, 2024—2025财年至2025—2026财年."""
    if year.is_calendar:
        return f"{first}—{last}年"
    return f"{year.label(first)}至{year.label(last)}"


def grown(printed: str) -> str:
    """Return a growth rate that is text already in words: 增长18.2%, 下降0.3%, 持平."""
    if not printed.strip("−0."):
        return numbers.UNCHANGED
    return f"{'下降' if printed.startswith('−') else '增长'}{printed.removeprefix('−')}%"


def pace(view: GoalView) -> str:
    """Return the pace that rates, where the words before have not said it."""
    ratio = view.verdict.pace
    if view.decided or view.verdict.rated_by is RatedBy.WHOLE_UNITS:
        return ""
    if ratio is None or ratio <= 0 or math.isinf(ratio):
        return ""
    share, limit = comparing.pace_share(ratio), _limit(view, ratio)
    match view.verdict.rated_by:
        case RatedBy.GROWTH:
            return f"折合年均{'降幅' if view.falling else '增速'}为所需的{share}{limit}"
        case RatedBy.YEAR_TARGET:
            period = view.verdict.latest_period
            closed = period is not None and view.year.is_end(period)
            return "" if closed else f"为同期应达数的{share}{limit}"
        case RatedBy.AVERAGE_GROWTH:
            return f"为{'达标' if _meeting(view) else '目标'}增速的{share}{limit}" if limit else ""
        case _:
            found = _due_shares(view)
            level = found is not None and found.side is comparing.Side.SAME
            return "" if level else f"完成应达进度的{share}{limit}"


def _limit(view: GoalView, ratio: float) -> str:
    """Return from which share on a goal is on course, where nobody would expect it to be there.

    On course although not all that is due is there; or behind close to it, because a year that has
    to meet by itself must have all that is due.
    """
    on_course = (
        view.verdict.rating is Rating.ON_COURSE
        and comparing.side(ratio, 1.0) is comparing.Side.LESS
    )
    close = view.kind is Kind.EVERY_YEAR and view.verdict.rating is Rating.BEHIND
    if not on_course and not close:
        return ""
    return f"（{numbers.short(view.thresholds.on_course * 100, 1)}%及以上为达序时）"
