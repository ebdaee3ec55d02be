"""The clauses that sentences about a goal are made of, each empty where it has nothing to say.

Turns a view into plain Chinese phrases without a full stop. `planbook.present.sentences` puts them
together, so that none reads like a form with blanks.
"""

from __future__ import annotations

import math

from planbook.present import numbers
from planbook.present.views import GoalView
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    Kind,
    Nature,
    Note,
    ObsStatus,
    RatedBy,
    Rating,
    Reason,
    ReleaseStage,
)

_COUNTS = frozenset({Nature.COUNT_STOCK, Nature.COUNT_GROSS, Nature.COUNT_NET})
_AMOUNT_NAMES = ("数", "数量")  # a name that is itself an amount wants a verb


def opening(view: GoalView, *, named: bool) -> str:
    """Return when, what and how much; or why there is no value."""
    if view.latest is None:
        return _no_value(view, named=named)
    name = view.indicator.name if view.is_growth else view.name
    when = f"截至{view.latest_label}" if _is_stock(view) else view.latest_label
    marks = _stage(view) + ("（沿用）" if _is_carried(view) else "")
    total = "累计" if view.kind is Kind.CUMULATIVE else ""
    if not named and not view.is_growth:
        return f"{when}{total or '为'}{view.latest_words}{marks}"
    if view.latest < 0 and view.indicator.nature is Nature.COUNT_NET:
        return f"{when}，{name}为负（{view.latest_words}）{marks}"
    if total and total in name:
        total = ""
    verb = view.latest <= 0 or view.is_share or name.endswith(_AMOUNT_NAMES)
    return f"{when}，{name}{total}{'为' if verb else ''}{view.latest_words}{marks}"


def _no_value(view: GoalView, *, named: bool) -> str:
    why = {
        Reason.NO_BASELINE: "尚无数据，基数待补",
        Reason.NOT_REPORTED: "本期应报未报",
        Reason.ANNUAL_NOT_DUE: "年度指标，首个完整年度的数据尚未到报送时间",
    }.get(view.reason or Reason.TOO_FEW_OBSERVATIONS, "尚无数据")
    if not named:
        return why
    return f"{view.name}{'为' if view.reason is Reason.ANNUAL_NOT_DUE else ''}{why}"


def _stage(view: GoalView) -> str:
    if Note.PROVISIONAL not in view.notes:
        return ""
    estimated = ObsStatus.ESTIMATED, ReleaseStage.ESTIMATE
    return "（估计数）" if _any_of(view, estimated) else "（快报数）"


def _any_of(view: GoalView, words: tuple[str, str]) -> bool:
    return view.text("latest_status") == words[0] or view.text("release_stage") == words[1]


def _is_carried(view: GoalView) -> bool:
    return bool({Note.CARRIED_ANNUAL, Note.CARRIED_QUARTER} & set(view.notes))


def _is_stock(view: GoalView) -> bool:
    how = Accumulation(view.text("accumulation") or view.indicator.accumulation)
    return how in (Accumulation.END_OF_PERIOD, Accumulation.STATUS)


def change(view: GoalView) -> str:
    """Return the change on the year before: reported growth, steps of a count, points of a share.

    A complete year is compared with the year before (比上年), anything shorter with the same
    period (同比).
    """
    latest, before, yoy = view.latest, view.number("prior_value"), view.number("yoy")
    if latest is None:
        return ""
    if view.is_share:
        return "" if before is None else _compared(view, numbers.shift(latest - before))
    if yoy is not None:
        said = _compared(view, numbers.growth(yoy))
        return said + _growth_type(view)
    if before is None or view.indicator.nature not in _COUNTS:
        return ""
    step = latest - before
    amount = view.value_words(abs(step))
    if view.kind is Kind.CUMULATIVE:
        if 0 <= step <= latest:
            return f"其中近一年{amount}"
        return f"近一年{'增加' if step > 0 else '减少'}{amount}"
    moved = "增加" if step > 0 else "减少"
    return _compared(view, f"{moved}{amount}" if step else numbers.UNCHANGED)


def _compared(view: GoalView, moved: str) -> str:
    """Return a move in words against the year before: 同比增长3.2%, 与上年末持平."""
    period = view.period("latest_period")
    if period is not None and period.is_year_end:
        then = "上年末" if _is_stock(view) else "上年"
    else:
        then = "上年同期"
    if moved == numbers.UNCHANGED:
        return f"与{then}持平"
    relative = then == "上年同期" and moved.endswith("%")
    return f"同比{moved}" if relative else f"比{then}{moved}"


def _growth_type(view: GoalView) -> str:
    """Return 名义, 实际 or 可比口径 in brackets; a number of things has no prices."""
    kind = view.text("yoy_type")
    priced = "元" in view.indicator.unit
    return f"（{kind}）" if kind and (priced or kind != "名义") else ""


def estimate(view: GoalView) -> str:
    """Return the year's total as 推算 from the year to date."""
    value, period = view.number("observed_value"), view.period("observed_period")
    if not view.flag("is_estimate") or value is None or period is None:
        return ""
    basis = "往年同期占比" if view.flag("share_from_history") else "月份"
    return f"按{basis}推算，{period.year}年全年约{view.estimate_words(value)}"


def completion(view: GoalView, *, told: bool) -> str:
    """Return 目标完成率, without comparison, and not for falling goals.

    Parameters
    ----------
    told
        Whether the words before have named the target.
    """
    share = view.number("completion")
    if view.latest is None:
        return ""
    if share is None or share <= 0 or view.falling:
        return "" if told else f"目标为{_target(view)}"
    verb = "相当于" if view.flag("is_estimate") else "完成"
    due = "本年" if view.kind is Kind.EVERY_YEAR else view.due_words
    goal = "该目标" if told else f"{due}目标（{_target(view)}）"
    beyond = "，已超过目标上限" if view.flag("exceeded") else ""
    return f"{verb}{goal}的{numbers.percent(share)}{beyond}"


def _target(view: GoalView) -> str:
    """Return the target, with the amount that a growth comes to and the end that counts."""
    said, amount = view.target_words(), view.number("target_value")
    if view.kind is Kind.GROWTH_VS_BASE and amount is not None:
        return f"{said}，即{view.value_words(amount)}"
    return f"{said}，以下限计" if view.goal.comparator is Comparator.RANGE else said


def increment(view: GoalView) -> str:
    """Return how 增量完成率, or the share of a cumulative target, compares with time elapsed."""
    done, elapsed = view.number("increment_completion"), view.number("time_elapsed")
    if view.latest is None or done is None or elapsed is None or view.rating.is_met:
        return ""
    if view.rating is Rating.REVERSING and view.kind is not Kind.CUMULATIVE:
        side = "高" if view.falling else "低"
        base = view.value_words(view.number("baseline_value"))
        return f"{side}于基期水平（{view.baseline_label}{base}）"
    if view.kind is Kind.CUMULATIVE:
        said = ""
    elif numbers.rounded(done * 100, 1).is_zero():
        said = "较基期没有变化，"
    else:
        said = f"增量完成率{numbers.percent(done)}，"
    gap = done - elapsed
    if numbers.rounded(gap * 100, 1).is_zero():
        return f"{said}与序时进度持平"
    return f"{said}{'快' if gap > 0 else '慢'}于序时进度{numbers.points(gap)}"


def average(view: GoalView, *, told: bool) -> str:
    """Return the average growth of complete years against the growth wanted."""
    observed, target = view.number("observed_value"), view.goal.target
    until = view.period("observed_period")
    if observed is None or target is None or until is None:
        return "" if told or view.latest is None else f"目标为{view.target_words()}"
    base = view.period("baseline_period") or view.goal.base_period
    first = base.year + 1 if base else until.year
    years = f"{until.year}年" if first >= until.year else f"{first}—{until.year}年年均"
    level = "目标" if told else f"目标（{view.target_words()}）"
    gap = observed - target
    compared = (
        f"与{level}持平"
        if numbers.rounded(gap, 1).is_zero()
        else f"比{level}{'高' if gap > 0 else '低'}{numbers.number(abs(gap), 1)}个百分点"
    )
    return f"{years}{numbers.growth(observed)}，{compared}"


def pace(view: GoalView) -> str:
    """Return the pace that rates, where the words before have not said it."""
    ratio = view.pace
    silent = view.rating.is_met or view.rating is Rating.MISSED or view.kind is Kind.CAGR
    if silent or ratio is None or ratio <= 0 or math.isinf(ratio):
        return ""
    share, done = numbers.pace_share(ratio), view.number("increment_completion")
    match view.rated_by:
        case RatedBy.GROWTH:
            return f"折合年均{'降幅' if view.falling else '增速'}为所需的{share}"
        case RatedBy.YEAR_TARGET:
            period = view.period("latest_period")
            closed = period is not None and period.is_year_end
            return "" if closed else f"为同期应达数的{share}"
        case _:
            elapsed = view.number("time_elapsed")
            if done is not None and elapsed is not None:
                level = numbers.rounded((done - elapsed) * 100, 1).is_zero()
                return "" if level else f"完成序时进度的{share}"
            return f"完成应达进度的{share}"


def missed_years(view: GoalView) -> str:
    """Return the closed years in which a yearly goal was missed: 2025年、2026年未达标."""
    years = "、".join(f"{year}年" for year in view.text("missed_years").split())
    return f"{years}未达标" if years else ""


def required(view: GoalView) -> str:
    """Return what is still to be done, where the goal is not met."""
    if view.rating.is_met or view.rating is Rating.MISSED or view.latest is None:
        return ""
    if Note.SMALL_TARGET in view.notes:
        remaining = view.number("remaining")
        return f"距目标还差{view.value_words(abs(remaining))}" if remaining else ""
    rate, step = view.number("required_rate"), view.number("required_step")
    if view.kind is Kind.CAGR and rate is not None:
        return _required_growth(view, rate * 100)
    if view.kind is Kind.CUMULATIVE and step is not None:
        return f"此后平均每季度须新增{_step(view, step)}{_so_far(view)}"
    return ""


def _required_growth(view: GoalView, rate: float) -> str:
    until = view.period("observed_period")
    last = until is not None and view.due.year - until.year == 1
    when = f"{view.due.year}年" if last else "此后年均"
    if numbers.rounded(rate, 1).is_zero():
        return "此后不低于现有水平即可达到目标"
    if rate < 0:
        return f"{when}降幅不超过{numbers.number(-rate, 1)}%即可达到目标"
    return f"{when}须{numbers.growth(rate)}"


def _so_far(view: GoalView) -> str:
    average_step = view.number("average_step")
    if average_step is None:
        return ""
    if average_step == 0:
        return "（此前没有新增）"
    if average_step < 0:
        return f"（此前平均每季度减少{_step(view, -average_step)}）"
    return f"（此前平均{_step(view, average_step)}）"


def _step(view: GoalView, value: float) -> str:
    decimals = max(view.decimals, 1) if value < 10 else view.decimals
    return numbers.quantity(value, view.unit, decimals)
