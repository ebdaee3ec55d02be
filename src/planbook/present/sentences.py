"""What the book says about a goal and a field, in the wording of official monitoring reports.

Turns views into plain Chinese text; whoever puts it on a page escapes it. Sentences are assembled
from clauses that are left out where they have nothing to say: none reads like a form with blanks.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from planbook.present import numbers
from planbook.present.text import full_width
from planbook.present.views import GoalView
from planbook.present.wording import NOTE_SENTENCES, STATUS_ORDER
from planbook.vocabulary import (
    Accumulation,
    Kind,
    Nature,
    Note,
    RatedBy,
    Rating,
    Reason,
)

RATING_ORDER = (  # best to worst; what cannot be judged last
    Rating.MET,
    Rating.MET_UNSTEADY,
    Rating.ON_COURSE,
    Rating.BEHIND,
    Rating.FAR_BEHIND,
    Rating.REVERSING,
    Rating.MISSED,
    Rating.NOT_ASSESSABLE,
)
_COUNTS = frozenset({Nature.COUNT_STOCK, Nature.COUNT_GROSS, Nature.COUNT_NET})


def clause(view: GoalView) -> str:
    """Return the plan's clause as it is printed: full-width marks, the due date in front."""
    return f"到{view.due_words}，{full_width(view.goal.quote)}"


def goal_sentence(view: GoalView, *, follows: bool = False) -> str:
    """Return one sentence about a goal: value, change, completion, against time due, rating.

    Parameters
    ----------
    follows
        Whether the sentence before told the value of the same indicator.
    """
    if view.kind.by_people:
        return _by_people(view)
    if follows:
        opening = [f"同一指标的目标还有{view.target_words()}"]
    else:
        opening = [_opening(view), _change(view)]
    if view.kind is Kind.CAGR:
        parts = [*opening, _average(view, told=follows)]
    else:
        parts = [*opening, _estimate(view), _completion(view), _increment(view)]
    return "，".join(part for part in [*parts, _verdict(view), _required(view)] if part) + "。"


def goal_points(view: GoalView, *, follows: bool = False) -> list[str]:
    """Return the same as `goal_sentence` for a reader who has name and rating before their eyes.

    The first sentence says where the goal is, the second, if any, what that means for its target.

    Parameters
    ----------
    follows
        Whether the goal before told the value of the same indicator.
    """
    if view.kind.by_people:
        said, _, _ = _by_people(view).removeprefix(view.name).partition("，无法判定")
        return [f"{said.rstrip('。')}。"]
    if follows:
        where = [f"指标同前，目标为{view.target_words()}"]
    else:
        where = [_opening(view, named=False), _change(view)]
    if view.kind is Kind.CAGR:
        what = [_average(view, told=follows)]
    else:
        where += [_estimate(view), _completion(view)]
        what = [_increment(view)]
    missed = "、".join(f"{year}年" for year in view.text("missed_years").split())
    what += [_rate_words(view).rstrip("，"), f"{missed}未达标" if missed else "", _required(view)]
    sentences = ("，".join(part for part in parts if part) for parts in (where, what))
    return [f"{sentence}。" for sentence in sentences if sentence]


def field_lead(views: Sequence[GoalView]) -> str:
    """Return the counts of a field's goals by rating, or that it has none; empty for one."""
    if not views:
        return "方案没有为本领域单列目标，按举措跟踪。"
    return f"共{len(views)}项目标：{rating_counts(views)}。" if len(views) > 1 else ""


def rating_counts(views: Iterable[GoalView]) -> str:
    """Return the counts by rating: 已达成1项、滞后2项、无法判定1项（基数待补）."""
    views = list(views)
    counted = Counter(view.rating for view in views)
    said = [f"{r}{counted[r]}项" for r in RATING_ORDER if counted[r]]
    reasons = Counter(view.reason for view in views if view.reason)
    if not reasons:
        return "、".join(said)
    if len(reasons) == 1:
        return f"{'、'.join(said)}（{next(iter(reasons))}）"
    why = "、".join(f"{reason}{reasons[reason]}项" for reason in Reason if reasons[reason])
    return f"{'、'.join(said)}（{why}）"


def headline(views: Iterable[GoalView]) -> str:
    """Return the state of several goals in one line: how many do well, lag, cannot be judged."""
    counted = Counter(view.rating for view in views)
    total = sum(counted.values())
    well = sum(counted[r] for r in (Rating.MET, Rating.MET_UNSTEADY, Rating.ON_COURSE))
    silent = counted[Rating.NOT_ASSESSABLE]
    behind = total - well - silent
    lag = "未达成" if counted[Rating.MISSED] == behind else "进度滞后"
    if total in (well, silent):
        return f"{total}项目标{'均已达成或达序时' if well else '均无法判定'}"
    said = [
        f"{well}项已达成或达序时" if well else "",
        f"{behind}项{lag}" if behind else "",
        f"{silent}项无法判定" if silent else "",
    ]
    return f"{total}项目标中，{'、'.join(part for part in said if part)}"


def measures_sentence(statuses: Iterable[str]) -> str:
    """Return the counts of measures by status; an empty status was never reported."""
    counted = Counter(statuses)
    total = sum(counted.values())
    if not total:
        return ""
    if set(counted) == {""}:
        return f"共{total}项举措，均未报送进展。"
    said = [f"{status}{counted[status]}项" for status in reversed(STATUS_ORDER) if counted[status]]
    if counted[""]:
        said.append(f"未报送{counted['']}项")
    return f"共{total}项举措：{'、'.join(said)}。"


def note_sentences(view: GoalView) -> list[str]:
    """Return what the reader should know about the verdict, a sentence a note."""
    return [NOTE_SENTENCES[note] for note in view.notes]


def _by_people(view: GoalView) -> str:
    if view.reason is not None:
        why = "无量化标准，须人工评定，尚未收到评定意见"
        return f"{view.name}{why}，无法判定{view.rating.symbol}。"
    evidence = view.text("evidence").rstrip("。")
    because = f"：{evidence}" if evidence else ""
    return f"{view.name}经{view.assessor}评定为{view.rating_words}{because}。"


def _opening(view: GoalView, *, named: bool = True) -> str:
    if view.latest is None:
        return f"{view.name if named else ''}{_why_no_value(view)}"
    name = view.indicator.name if view.is_growth else view.name
    how = Accumulation(view.text("accumulation") or view.indicator.accumulation)
    stock = how in (Accumulation.END_OF_PERIOD, Accumulation.STATUS)
    when = f"截至{view.latest_label}" if stock else view.latest_label
    is_is = "为" if view.latest < 0 or view.is_share else ""
    stage = "（快报数）" if Note.PROVISIONAL in view.notes else ""
    carried = "（沿用）" if {Note.CARRIED_ANNUAL, Note.CARRIED_QUARTER} & set(view.notes) else ""
    if not named and not view.is_growth:
        return f"{when}为{view.latest_words}{stage}{carried}"
    return f"{when}，{name}{is_is}{view.latest_words}{stage}{carried}"


def _why_no_value(view: GoalView) -> str:
    return {
        Reason.NO_BASELINE: "尚无数据，基数待补",
        Reason.NOT_REPORTED: "本期应报未报",
        Reason.ANNUAL_NOT_DUE: "为年度指标，首个完整年度的数据尚未到报送时间",
    }.get(view.reason or Reason.TOO_FEW_OBSERVATIONS, "尚无数据")


def _change(view: GoalView) -> str:
    """The change on the year before: reported growth, else steps of a count, points of a share."""
    latest, before, yoy = view.latest, view.number("prior_value"), view.number("yoy")
    if latest is None:
        return ""
    if view.is_share:
        return "" if before is None else f"比上年{numbers.shift(latest - before)}"
    if yoy is not None:
        kind = f"（{view.text('yoy_type')}）" if view.text("yoy_type") else ""
        return f"同比{numbers.growth(yoy)}{kind}"
    if before is None or view.indicator.nature not in _COUNTS:
        return ""
    step = latest - before
    if view.kind is Kind.CUMULATIVE:
        return f"近一年{'增加' if step >= 0 else '减少'}{view.value_words(abs(step))}"
    if step == 0:
        return "与上年同期持平"
    return f"比上年同期{'增加' if step > 0 else '减少'}{view.value_words(abs(step))}"


def _estimate(view: GoalView) -> str:
    value, period = view.number("observed_value"), view.period("observed_period")
    if not view.flag("is_estimate") or value is None or period is None:
        return ""
    basis = "往年同期占比" if view.flag("share_from_history") else "月份"
    return f"按{basis}推算{period.year}年全年约{view.estimate_words(value)}"


def _completion(view: GoalView) -> str:
    """目标完成率, printed without comparison, and not for falling goals."""
    share = view.number("completion")
    if view.latest is None:
        return ""
    if share is None or view.falling or view.latest == 0:
        return f"目标为{view.target_words()}"
    due = "本年" if view.kind is Kind.EVERY_YEAR else view.due_words
    verb = "推算数相当于" if view.flag("is_estimate") else "完成"
    beyond = "，已超过目标上限" if view.flag("exceeded") else ""
    return f"{verb}{due}目标（{view.target_words()}）的{numbers.percent(share)}{beyond}"


def _increment(view: GoalView) -> str:
    """Only 增量完成率 (or the share of a cumulative target) is compared with the time elapsed."""
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


def _average(view: GoalView, *, told: bool) -> str:
    """The average growth of complete years against the growth wanted."""
    observed, target = view.number("observed_value"), view.goal.target
    until = view.period("observed_period")
    if observed is None or target is None or until is None:
        return "" if told or view.latest is None else f"目标为{view.target_words()}"
    gap = observed - target
    level = f"比目标（{view.target_words()}）" if not told else "比目标"
    amount = f"{numbers.number(abs(gap), 1)}个百分点"
    compared = (
        f"与目标（{view.target_words()}）持平"
        if numbers.rounded(gap, 1).is_zero()
        else f"{level}{'高' if gap > 0 else '低'}{amount}"
    )
    return f"截至{until.year}年的年均增速为{numbers.number(observed, 1)}%，{compared}"


def _verdict(view: GoalView) -> str:
    if view.rating is Rating.NOT_ASSESSABLE:
        because = f"因{view.reason}，暂" if view.reason and view.latest is not None else ""
        return f"{because}无法判定{view.rating.symbol}"
    missed = "、".join(f"{year}年" for year in view.text("missed_years").split())
    but = f"但{missed}未达标，" if missed else ""
    return f"{_rate_words(view)}{but}判定为{view.rating_words}"


def _rate_words(view: GoalView) -> str:
    """The pace that rates, where the words before have not said it."""
    pace = view.pace
    silent = view.rating.is_met or view.rating is Rating.MISSED or view.kind is Kind.CAGR
    if silent or pace is None or pace <= 0 or math.isinf(pace):
        return ""
    how = {
        RatedBy.GROWTH: "按增长率折算，进度为应达进度的",
        RatedBy.ANNUAL_TARGET: "对照年度目标，进度为应达进度的",
    }.get(view.rated_by or RatedBy.LINEAR, "进度为应达进度的")
    return f"{how}{numbers.percent(pace, 0)}，"


def _required(view: GoalView) -> str:
    """What is still to be done, where the goal is not met."""
    if view.rating.is_met or view.rating is Rating.MISSED or view.latest is None:
        return ""
    if Note.SMALL_TARGET in view.notes:
        remaining = view.number("remaining")
        return f"距目标还差{view.value_words(abs(remaining))}" if remaining else ""
    rate, step, so_far = (
        view.number("required_rate"),
        view.number("required_step"),
        view.number("average_step"),
    )
    if view.kind is Kind.CAGR and rate is not None:
        return f"此后年均须{numbers.growth(rate * 100)}"
    if view.kind is Kind.CUMULATIVE and step is not None:
        average = f"（此前平均{_step(view, so_far)}）" if so_far is not None else ""
        return f"此后平均每季度须新增{_step(view, step)}{average}"
    return ""


def _step(view: GoalView, value: float) -> str:
    decimals = max(view.decimals, 1) if value < 10 else view.decimals
    return numbers.quantity(value, view.unit, decimals)
